"""The ears of a session: what was said so far, and what follows from the words.

A call that is taken up again is heard again from its events, so that rules know what was before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from callcoach.call.captured import Doubt
from callcoach.call.draft import Draft
from callcoach.call.events import Heard, Span, Suggested
from callcoach.call.flags import Flags
from callcoach.call.judge import CueHit, Hint
from callcoach.call.metrics import figures, measure
from callcoach.call.rules.listener import Listener, Opinion, RuleHit
from callcoach.call.rules.reading import Reading
from callcoach.call.rules.talk import Said
from callcoach.call.state import CallState
from callcoach.script.model import CueId, CueKind, Speaker, StepId
from callcoach.script.rules import RuleId

Opinions = Mapping[RuleId, Opinion]

_EXACT = frozenset(("typed", "line"))
"""The sources of words that no recogniser has written down."""


class Ears:
    """What one call has heard. Every method that is given a draft adds to it what follows."""

    def __init__(self, flags: Flags, state: CallState, opinions: Opinions | None = None) -> None:
        self._flags = flags
        self._judge = flags.judge
        self._opinions = opinions
        self._facts: dict[str, str] = {"language": state.language}
        self._day = state.day
        self._steps: list[frozenset[StepId]] = []
        self.transcript: list[Heard] = []
        """Everything that was said so far, in the order in which it was fed."""
        self._doubts: dict[int, tuple[Doubt, ...]] = {}
        """The words that a recogniser was not sure of, by the `seq` of their utterance."""
        self._newest: tuple[Speaker, Reading, Sequence[RuleHit]] | None = None
        """Who spoke last since the call was taken up, how that reads, and the rules it meets."""
        self._due: list[RuleHit] = []
        """The rules that have come to hold by the passing of time, until they are settled."""
        self._listener = self._begin()

    def _begin(self) -> Listener:
        return Listener(self._judge.rules, self._facts, self._day, self._opinions)

    def know(self, name: str, value: str) -> None:
        """Take note of a fact of the call, for rules that ask for it."""
        self._facts[name] = value
        self._facts[name.rpartition(".")[2]] = value

    def recall(self, state: CallState, heard: Heard) -> tuple[RuleHit, ...]:
        """Return the rules that hold by an utterance; `state` is the call's when it was said."""
        steps = self._steps_of(state)
        self.transcript.append(heard)
        if heard.doubts:
            self._doubts[heard.seq] = heard.doubts
        self._steps.append(steps)
        return self._listener.hear(self._said(heard, steps))

    def listen(self, draft: Draft, heard: Heard) -> None:
        """Add an utterance and everything that follows from its words."""
        draft.cause = heard.seq
        state, newest = draft.state, len(self.transcript)
        draft.add(heard)
        ruled = self.recall(state, heard)
        self._note(draft, [hit for hit in ruled if hit.utterance < newest])
        reading = self._listener.read(self._judge.without_blanks(heard.text))
        hits, hints = self._judge.listen(draft.state, heard.speaker, reading)
        now = [hit for hit in ruled if hit.utterance == newest]
        found = [*hits, *(it for hit in now for it in self._cues_of(draft, hit))]
        counted: set[CueId] = set()
        doubted: set[CueId] = set()
        for hit in sorted(found, key=lambda hit: (hit.start, hit.end)):
            doubt = self._doubt(heard, hit)
            if doubt is not None and hit.cue.kind is CueKind.AVOID:
                if hit.cue.id in doubted:
                    continue
                doubted.add(hit.cue.id)
            if hit.cue.id not in counted and self._flags.hear(draft, heard, hit, doubt):
                counted.add(hit.cue.id)
        self._newest = (heard.speaker, reading, now)
        for hint in self._hinted(draft.state, hints):
            span = Span(heard.seq, hint.start, hint.end)
            draft.add(Suggested(seq=draft.seq, at=draft.at, target=hint.target, span=span))

    def suggested(self, state: CallState) -> tuple[str, ...]:
        """Return where the words of the newest utterance lead from where the call is now."""
        if self._newest is None:
            return ()
        speaker, reading, _ = self._newest
        _, hints = self._judge.listen(state, speaker, reading)
        return tuple(hint.target for hint in self._hinted(state, hints))

    def _hinted(self, state: CallState, hints: Iterable[Hint]) -> list[Hint]:
        """Return the `hints` of phrases and those of rules by the newest utterance, in order."""
        if self._newest is None:
            return []
        speaker, _, ruled = self._newest
        known = {hint.target for hint in hints}
        more = (hint for hit in ruled for hint in self._judge.hints_of(state, hit, speaker))
        found = [*hints, *(hint for hint in more if hint.target not in known)]
        return sorted(found, key=lambda hint: (hint.start, hint.end, hint.is_exit))

    def glimpse(self, state: CallState, speaker: Speaker, text: str) -> tuple[CueId, ...]:
        """Return the cues that words would meet that are still being spoken, each once."""
        words = self._judge.without_blanks(text)
        hits, _ = self._judge.listen(state, speaker, self._listener.read(words))
        found = [hit.cue.id for hit in hits]
        said = Said(speaker, words, state.at, state.at, self._steps_of(state))
        for hit in self._listener.peek(said):
            found += [it.cue.id for it in self._judge.cues_of(state, hit, speaker, ())]
        return tuple(dict.fromkeys(found))

    def wait(self, now: float) -> None:
        """Let time pass until `now`, in seconds since the call began."""
        if self._judge.is_timed:
            self._due += self._listener.wait(now)

    def settle(self, draft: Draft) -> None:
        """Add what the time that has passed has led to."""
        self._note(draft, self._due)
        self._due.clear()

    def end(self, draft: Draft) -> None:
        """Add what is known only now that the call is over."""
        metrics = None
        if self._judge.rules.is_measured:
            capture = draft.state.capture
            deaf = () if capture is None else capture.deaf
            told = measure(self.transcript, draft.state.at, deaf)
            metrics = figures(told, hold=draft.state.held)
        self._note(draft, self._listener.end(metrics))

    def reopen(self) -> None:
        """Listen anew to what was said: the end of the call was taken back."""
        self._listener = self._begin()
        for heard, steps in zip(self.transcript, self._steps, strict=True):
            self._listener.hear(self._said(heard, steps))

    def _note(self, draft: Draft, hits: Iterable[RuleHit]) -> None:
        """Add what follows from rules that hold by what was said before, or was not said."""
        settled: set[tuple[CueId, int]] = set()
        for hit in hits if self.transcript else ():
            heard = self.transcript[hit.utterance]
            for found in self._cues_of(draft, hit):
                key = (found.cue.id, hit.utterance)
                doubt = self._doubt(heard, found)
                if key not in settled and self._flags.hear(draft, heard, found, doubt):
                    settled.add(key)

    def _doubt(self, heard: Heard, hit: CueHit) -> float | None:
        """Return how sure the recogniser was of the words of a hit; None where it was."""
        found = [
            doubt.confidence
            for span in (Span(heard.seq, hit.start, hit.end), *hit.also)
            for doubt in self._doubts.get(span.heard, ())
            if doubt.start < span.end and span.start < doubt.end
        ]
        return min(found, default=None)

    def _cues_of(self, draft: Draft, hit: RuleHit) -> Iterator[CueHit]:
        """Yield the cues that a rule meets."""
        speaker = None if hit.is_silent else self.transcript[hit.utterance].speaker
        also = tuple(Span(self.transcript[at].seq, start, end) for at, start, end in hit.also)
        return self._judge.cues_of(draft.state, hit, speaker, also)

    def _steps_of(self, state: CallState) -> frozenset[StepId]:
        return self._judge.rules.lineages.get(state.position.step, frozenset())

    def _said(self, heard: Heard, steps: frozenset[StepId]) -> Said:
        text = self._judge.without_blanks(heard.text)
        is_exact = heard.source in _EXACT
        return Said(heard.speaker, text, heard.start, heard.end, steps, is_exact)
