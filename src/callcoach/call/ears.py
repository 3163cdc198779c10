"""The ears of a session: what was said so far, and what follows from the words.

A call that is taken up again is heard again from its events, so that rules know what was before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from callcoach.call.captured import Doubt
from callcoach.call.capturing import share_heard
from callcoach.call.draft import Draft
from callcoach.call.events import ExitTaken, Heard, Jumped, ObjectionOpened, Span, Suggested
from callcoach.call.flags import Flags
from callcoach.call.inputs import FOLLOW
from callcoach.call.judge import CueHit, Hint
from callcoach.call.metrics import figures, measure
from callcoach.call.rules.listener import Listener, Opinion, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.state import CallState
from callcoach.script.model import CueId, CueKind, Speaker, StepId
from callcoach.script.rules import RuleId

Opinions = Mapping[RuleId, Opinion]

_FOLLOWED = (ExitTaken, ObjectionOpened, Jumped)
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
        self._ruled: Sequence[RuleHit] = ()
        """The rules that hold by the newest utterance."""
        self._now: float | None = None
        """How far time has passed, until what that leads to is settled."""
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
        ruled = self._listener.hear(self._said(heard, steps))
        newest, telling = len(self.transcript) - 1, self._judge.telling
        self._ruled = [hit for hit in ruled if hit.utterance == newest and hit.rule in telling]
        return ruled

    def listen(self, draft: Draft, heard: Heard) -> None:
        """Add an utterance and everything that follows from its words."""
        draft.cause = heard.seq
        state, newest = draft.state, len(self.transcript)
        draft.add(heard)
        ruled = self.recall(state, heard)
        self._note(draft, [hit for hit in ruled if hit.utterance < newest])
        reading = self._listener.read(self._judge.without_blanks(heard.text))
        hits, hints = self._judge.listen(draft.state, heard.speaker, reading)
        found = [*hits, *(it for hit in self._ruled for it in self._cues_of(draft, hit))]
        self._count(draft, heard, found)
        for hint in self._hinted(draft.state, heard.speaker, hints):
            span = Span(heard.seq, hint.start, hint.end)
            draft.add(Suggested(seq=draft.seq, at=draft.at, target=hint.target, span=span))

    def _count(self, draft: Draft, heard: Heard, found: Iterable[CueHit]) -> None:
        """Add the cues that the words of an utterance meet, each once."""
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

    def suggested(self, state: CallState) -> tuple[str, ...]:
        """Return where the words of the newest utterance lead from where the call is now."""
        if not self.transcript:
            return ()
        heard = self.transcript[-1]
        reading = self._listener.read(self._judge.without_blanks(heard.text))
        _, hints = self._judge.listen(state, heard.speaker, reading)
        return tuple(hint.target for hint in self._hinted(state, heard.speaker, hints))

    def _hinted(self, state: CallState, speaker: Speaker, hints: Iterable[Hint]) -> list[Hint]:
        """Return the `hints` of phrases and those of rules by the newest utterance, in order."""
        known = {hint.target for hint in hints}
        more = (hint for hit in self._ruled for hint in self._judge.hints_of(state, hit, speaker))
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
            self._now = now

    def settle(self, draft: Draft) -> None:
        """Add what the time that has passed has led to, and the way that was followed."""
        self._pass_time(draft)
        for event in draft.events:
            if isinstance(event, _FOLLOWED) and event.by == FOLLOW:
                self._rehear(draft, event.step)

    def _pass_time(self, draft: Draft) -> None:
        if self._now is not None:
            self._note(draft, self._listener.wait(self._now))
            self._now = None

    def _rehear(self, draft: Draft, left: StepId) -> None:
        """Add the cues that are listened for only where the newest words have led to.

        They were spoken in the step that was left, but they are the first words of the new one.
        """
        if not self.transcript or draft.state.position.step == left:
            return
        heard = self.transcript[-1]
        reading = self._listener.read(self._judge.without_blanks(heard.text))
        hits, _ = self._judge.listen(draft.state, heard.speaker, reading)
        found = [*hits, *(it for hit in self._ruled for it in self._cues_of(draft, hit))]
        self._count(draft, heard, [hit for hit in found if self._is_new(draft, hit, left)])

    def _is_new(self, draft: Draft, hit: CueHit, left: StepId) -> bool:
        """Tell whether a cue was not listened for in the step that was left, nor heard before."""
        span = draft.state.cue(hit.cue.id).span
        is_counted = span is not None and span.heard == self.transcript[-1].seq
        return not is_counted and not self._judge.applies(left, hit.cue)

    def end(self, draft: Draft) -> None:
        """Add what is known only now that the call is over."""
        self._pass_time(draft)
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
        if hit.share_heard < 1.0:
            found.append(hit.share_heard)
        return min(found, default=None)

    def _cues_of(self, draft: Draft, hit: RuleHit) -> Iterator[CueHit]:
        """Yield the cues that a rule meets; none where nobody could have heard what it misses."""
        share = 1.0
        if hit.unsaid_until is not None:
            until = min(hit.unsaid_until, draft.at)
            share = share_heard(draft.state.capture, 0.0, until)
        if not share:
            return
        speaker = None if hit.is_silent else self.transcript[hit.utterance].speaker
        also = tuple(Span(self.transcript[at].seq, start, end) for at, start, end in hit.also)
        for found in self._judge.cues_of(draft.state, hit, speaker, also):
            yield found if share == 1.0 else replace(found, share_heard=share)

    def _steps_of(self, state: CallState) -> frozenset[StepId]:
        return self._judge.rules.lineages.get(state.position.step, frozenset())

    def _said(self, heard: Heard, steps: frozenset[StepId]) -> Said:
        text = self._judge.without_blanks(heard.text)
        is_exact = heard.source in _EXACT
        doubts = tuple((doubt.start, doubt.end) for doubt in heard.doubts)
        return Said(heard.speaker, text, heard.start, heard.end, steps, is_exact, doubts)
