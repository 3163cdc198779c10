"""The ears of a session: what was said so far, and what follows from the words.

A call that is taken up again is heard again from its events, so that rules know what was before.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from callcoach.call.captured import Doubt
from callcoach.call.capturing import share_heard
from callcoach.call.draft import Draft
from callcoach.call.events import Heard, Span, Suggested
from callcoach.call.flags import Flags
from callcoach.call.judge import CueHit
from callcoach.call.leads import Hint, in_order
from callcoach.call.metrics import figures, measure
from callcoach.call.rules.listener import Listener, Opinion, RuleHit
from callcoach.call.rules.reading import Reading
from callcoach.call.rules.talk import Said
from callcoach.call.state import CallState
from callcoach.call.told import best_told
from callcoach.script.model import CueId, CueKind, Speaker, StepId
from callcoach.script.rules import RuleId

Opinions = Mapping[RuleId, Opinion]

_EXACT = frozenset(("typed", "line"))
"""The sources of words that no recogniser has written down."""
_place = attrgetter("start", "end")
_AVOID = CueKind.AVOID


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
        return Listener(
            self._judge.rules, self._facts, self._day, self._opinions, self._judge.telling
        )

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
        hits, hints = self._judge.listen(draft.state, heard.speaker, self._newest())
        self._count(draft, heard, [*hits, *self._cues_of(draft, self._ruled)])
        for hint in self._hinted(draft.state, heard.speaker, hints):
            span = Span(heard.seq, hint.start, hint.end)
            draft.add(Suggested(seq=draft.seq, at=draft.at, target=hint.target, span=span))

    def _newest(self) -> Reading:
        """Return the newest utterance as it is read."""
        return self._listener.read(self._judge.without_blanks(self.transcript[-1].text))

    def _count(self, draft: Draft, heard: Heard, found: list[CueHit]) -> None:
        """Add the cues that the words of an utterance meet, each once."""
        counted: set[CueId] = set()
        doubted: set[CueId] = set()
        found.sort(key=_place)
        for at, hit in enumerate(found):
            id = hit.cue.id
            if id in counted:
                continue
            doubt = self._doubt(heard, hit)
            if doubt is not None and hit.cue.kind is _AVOID:
                if id in doubted:
                    continue
                doubted.add(id)
            is_settled = hit.cue.kind is _AVOID or self._judge.is_in_order(draft.state, hit.cue)
            others = found[at + 1 :] if doubt is None and is_settled else ()
            if self._flags.hear(draft, heard, self._told(heard, hit, others), doubt):
                counted.add(id)

    def _told(self, heard: Heard, hit: CueHit, others: Iterable[CueHit]) -> CueHit:
        """Return a hit by the words that tell most: its own or others' that meet its cue as well.

        Words that are in doubt do not stand in for those that are not.
        """
        id = hit.cue.id
        more = [it for it in others if it.cue.id == id and self._doubt(heard, it) is None]
        if not more and not hit.also:
            return hit
        reading = self._listener.read(self._judge.without_blanks(heard.text))
        return best_told(heard.seq, reading, (hit, *more))

    def suggested(self, state: CallState) -> tuple[str, ...]:
        """Return where the words of the newest utterance lead from where the call is now."""
        if not self.transcript:
            return ()
        speaker = self.transcript[-1].speaker
        _, hints = self._judge.listen(state, speaker, self._newest())
        return tuple(hint.target for hint in self._hinted(state, speaker, hints))

    def _hinted(self, state: CallState, speaker: Speaker, hints: Sequence[Hint]) -> Sequence[Hint]:
        """Return the `hints` of phrases and those of rules by the newest utterance, in order."""
        more = [hint for hit in self._ruled for hint in self._judge.hints_of(state, hit, speaker)]
        if not more:
            return hints
        known = {hint.target for hint in hints}
        return in_order([*hints, *(hint for hint in more if hint.target not in known)])

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
        if draft.followed_from is not None:
            self._rehear(draft, draft.followed_from)

    def _pass_time(self, draft: Draft) -> None:
        if self._now is not None:
            self._note(draft, self._listener.wait(self._now))
            self._now = None

    def _rehear(self, draft: Draft, left: StepId) -> None:
        """Add the cues that are listened for only where the newest words have led to.

        They were spoken in the step that was left, but they are the first words of the new one.
        """
        judge, here = self._judge, draft.state.position.step
        fresh = judge.here(here).limited - judge.here(left).limited
        if not self.transcript or not fresh:
            return
        heard = self.transcript[-1]
        hits, _ = judge.listen(draft.state, heard.speaker, self._newest())
        found = [
            hit
            for hit in (*hits, *self._cues_of(draft, self._ruled))
            if hit.cue.id in fresh and not self._is_counted(draft, hit)
        ]
        self._count(draft, heard, found)

    def _is_counted(self, draft: Draft, hit: CueHit) -> bool:
        """Tell whether the newest utterance was the last to meet a cue."""
        span = draft.state.cue(hit.cue.id).span
        return span is not None and span.heard == self.transcript[-1].seq

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
            for found in self._cues_of(draft, (hit,)):
                key = (found.cue.id, hit.utterance)
                doubt = self._doubt(heard, found)
                told = self._told(heard, found, ())
                if key not in settled and self._flags.hear(draft, heard, told, doubt):
                    settled.add(key)

    def _doubt(self, heard: Heard, hit: CueHit) -> float | None:
        """Return how sure the recogniser was of the words of a hit; None where it was."""
        found = [hit.share_heard] if hit.share_heard < 1.0 else []
        if self._doubts:
            found += [
                doubt.confidence
                for span in (Span(heard.seq, hit.start, hit.end), *hit.also)
                for doubt in self._doubts.get(span.heard, ())
                if doubt.start < span.end and span.start < doubt.end
            ]
        return min(found, default=None)

    def _cues_of(self, draft: Draft, hits: Iterable[RuleHit]) -> Sequence[CueHit]:
        """Return the cues that rules meet; none where nobody could have heard what they miss."""
        met: list[CueHit] = []
        cues = self._judge.here(draft.state.position.step).cues
        for hit in hits:
            if hit.rule not in cues:
                continue
            share = 1.0
            if hit.unsaid_until is not None:
                until = min(hit.unsaid_until, draft.at)
                share = share_heard(draft.state.capture, 0.0, until)
            if share:
                speaker = None if hit.is_silent else self.transcript[hit.utterance].speaker
                also = [Span(self.transcript[at].seq, start, end) for at, start, end in hit.also]
                met += self._judge.cues_of(draft.state, hit, speaker, tuple(also), share)
        return met

    def _steps_of(self, state: CallState) -> frozenset[StepId]:
        return self._judge.rules.lineages.get(state.position.step, frozenset())

    def _said(self, heard: Heard, steps: frozenset[StepId]) -> Said:
        text = self._judge.without_blanks(heard.text)
        is_exact = heard.source in _EXACT
        doubts = tuple([(doubt.start, doubt.end) for doubt in heard.doubts])
        return Said(heard.speaker, text, heard.start, heard.end, steps, is_exact, doubts)
