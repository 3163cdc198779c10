"""Raises and clears flags: what went wrong about a cue, and what has been repaired since."""

from callcoach.call.capturing import was_deaf
from callcoach.call.draft import Draft
from callcoach.call.events import (
    CueHeard,
    CueTicked,
    FlagCleared,
    FlagRaised,
    Heard,
    Span,
)
from callcoach.call.flow import Position
from callcoach.call.judge import CueHit, Judge
from callcoach.call.state import Choice, OpenFlag
from callcoach.script.model import Cue, CueId, CueKind, FlagKind, Outcome, StepId
from callcoach.script.rules import Capture

_OF_SILENCE = (FlagKind.MISSING, FlagKind.LATE, FlagKind.OUT_OF_ORDER)
"""The kinds of flags that are raised because a cue was not said, or not yet."""

# Members that are asked for at every utterance: looking one up in its enum costs a call.
_AVOID = CueKind.AVOID
_MISSING, _OUT_OF_ORDER = FlagKind.MISSING, FlagKind.OUT_OF_ORDER
_AMOUNT, _DAY = Capture.AMOUNT, Capture.DAY


class Flags:
    """The rules of flags for one script. Every method adds to a draft what follows."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.script = judge.script

    def pass_time(self, draft: Draft) -> None:
        """Flag what has become due since the last input, each at the time it was due."""
        state, judge = draft.state, self.judge
        if not judge.timed or state.ended or state.is_on_hold:
            return
        now = state.active(draft.at)
        overdue: list[tuple[float, int, Cue]] = []
        for seconds, place, cue in judge.timed:
            if seconds >= now:
                break
            if not judge.is_owed(state, cue) or (_MISSING, cue.id) in state.flags:
                continue
            due = judge.due(state, cue)
            if due is not None and due < now:
                overdue.append((due + state.held, place, cue))
        for due, _, cue in sorted(overdue):
            at = min(max(due, draft.state.at), draft.at)
            is_of_step = cue.within is not None and cue.within.of == "step"
            since = state.position.since if is_of_step else 0.0
            self._raise(draft, _MISSING, cue, "deadline", at=at, due=due, since=since)

    def hear(self, draft: Draft, heard: Heard, found: CueHit, doubt: float | None = None) -> bool:
        """Count a cue that was said in `heard` and draw the consequences.

        `doubt` is how sure the recogniser was of its words; None where it was. Words in doubt
        meet what is owed, because an agent who said them should not be told to say them again,
        but they accuse nobody, and are no repeat of what may not be said too often. Return whether
        that settles it for this utterance: saying a thing twice in one breath is saying it once,
        but words that came too early may still come in time, and those in doubt may be said more
        clearly.
        """
        cue = found.cue
        span = Span(heard.seq, found.start, found.end)
        is_in_order = self.judge.is_in_order(draft.state, cue)
        is_doubtful = doubt is not None
        may_not = cue.kind is _AVOID or (
            cue.most is not None and self.judge.is_met(draft.state, cue)
        )
        counts = is_in_order and not (is_doubtful and may_not)
        confidence = found.confidence if doubt is None else min(found.confidence, doubt)
        draft.add(
            CueHeard(
                seq=draft.seq,
                at=draft.at,
                cue=cue.id,
                span=span,
                phrase=found.phrase,
                counts=counts,
                by=found.by,
                taken_for=found.taken_for,
                confidence=round(confidence, 3),
                also=found.also,
                amount=found.values.get(_AMOUNT, ""),
                day=found.values.get(_DAY, ""),
                parts=found.parts,
                is_doubtful=is_doubtful,
            )
        )
        if counts and cue.kind is not _AVOID:
            self._meet(draft, cue, "said", span, heard.start)
        if is_doubtful:
            return counts
        if cue.kind is _AVOID:
            self._forbid(draft, cue, span, is_in_order)
        elif is_in_order:
            known = draft.state.cue(cue.id)
            if cue.most is not None and known.count - known.unsure > cue.most:
                self._raise(draft, FlagKind.REPEATED, cue, "too_often", span=span)
        self._put_in_order(draft, cue.id, span)
        return is_in_order or cue.kind is _AVOID

    def _forbid(self, draft: Draft, cue: Cue, span: Span, is_in_order: bool) -> None:
        if not cue.after:
            self._raise(draft, FlagKind.FORBIDDEN, cue, "forbidden", span=span)
        elif not is_in_order:
            self._raise(draft, _OUT_OF_ORDER, cue, "too_early", span=span)

    def _put_in_order(self, draft: Draft, anchor: str, span: Span | None) -> None:
        """Flag the cues that should have been said before `anchor` and were not."""
        for cue in self.judge.first.get(anchor, ()):
            known = (_OUT_OF_ORDER, cue.id) in draft.state.flags
            if not known and not self.judge.has_passed(draft.state, cue):
                self._raise(
                    draft, _OUT_OF_ORDER, cue, "comes_first", since=0.0, span=span, other=anchor
                )

    def _meet(
        self, draft: Draft, cue: Cue, by: str, span: Span | None, since: float | None
    ) -> None:
        """Clear what a cue repairs by being met; `since` is when the words for it began."""
        if not draft.state.flags or not self.judge.is_met(draft.state, cue):
            return
        missing = draft.state.flags.get((_MISSING, cue.id))
        if missing is not None:
            is_in_time = since is not None and missing.due is not None and since <= missing.due
            self._clear(draft, missing, "in_time" if is_in_time else by, span)
            if missing.due is not None and not is_in_time and by == "said":
                self._raise(draft, FlagKind.LATE, cue, "late", span=span, due=missing.due)
        repaired = draft.state.flags.get((_OUT_OF_ORDER, cue.id))
        if repaired is not None and repaired.reason == "comes_first":
            self._clear(draft, repaired, by, span)
        if cue.id in self.judge.repairing:
            for flag in tuple(draft.state.flags.values()):
                avoided = self.script.cues.get(flag.cue)
                if avoided is not None and avoided.repair == cue.id:
                    self._clear(draft, flag, "repaired", span)

    def tick(self, draft: Draft, event: CueTicked) -> None:
        """Draw the consequences of a tick."""
        by = "ticked" if event.by == "hand" else "unkept"
        self._meet(draft, self.script.cues[event.cue], by, None, None)

    def leave(self, draft: Draft, left: Position, to: StepId) -> None:
        """Flag what was not said in a step that was left for another where it is not due.

        Where an objection leads elsewhere, nobody is blamed for the step below it: the customer
        cut it short. What an outcome requires is still asked for at the end.
        """
        here = self.script.due[to]
        for id in self.script.due[left.step]:
            cue = self.script.cues[id]
            is_flagged = id in here or (_MISSING, id) in draft.state.flags
            if not is_flagged and self.judge.is_owed(draft.state, cue, left.visit):
                self._raise(draft, _MISSING, cue, "step_left", since=left.since)

    def enter(self, draft: Draft, step: StepId) -> None:
        """Flag what should have been said before a step that was entered."""
        for anchor in self.script.lineages[step]:
            self._put_in_order(draft, anchor, None)

    def end(self, draft: Draft, outcome: Outcome | None, has_followed: bool = False) -> None:
        """Flag what a call that ends like this should have had.

        Where the script has only followed what was said, steps are left before their cues could
        be heard: all that was due on the way is looked at now.
        """
        state, judge = draft.state, self.judge
        owed: dict[CueId, Cue] = {}
        if outcome is None or not outcome.is_early:
            owed = {found.cue.id: found.cue for found in judge.owed(state)}
            needed = judge.required(outcome)
            owed |= {cue.id: cue for cue in needed if not judge.has_passed(state, cue)}
        if has_followed:
            passed = (due for step, due in self.script.due.items() if step in state.entered)
            known = (self.script.cues[id] for due in passed for id in due)
            owed |= {
                cue.id: cue
                for cue in known
                if cue.kind is CueKind.SAY and not judge.has_passed(state, cue)
            }
        for cue in owed.values():
            if (_MISSING, cue.id) not in state.flags:
                self._raise(draft, _MISSING, cue, "call_ended", since=0.0)

    def undo(self, draft: Draft, choice: Choice) -> None:
        """Take back the flags that a choice led to, and raise again those that it cleared."""
        about = self.script.cues.get(CueId(choice.what)) if "cue" in choice.kind else None
        is_met = about is not None and self.judge.is_met(draft.state, about)
        for flag in tuple(draft.state.flags.values()):
            is_new = flag.id >= choice.before.next_flag and flag.cue == choice.what
            is_none = is_met and is_new and flag.what in _OF_SILENCE
            if flag.cause == choice.seq or is_none:
                self._clear(draft, flag, "undone", None)
        if about is None:
            return
        has_been_said = draft.state.cue(about.id).count > choice.before.cue(about.id).count
        if has_been_said and is_met:
            return
        for key, flag in choice.before.flags.items():
            cue = self.script.cues.get(flag.cue)
            is_about = cue is not None and about.id in (cue.id, cue.repair)
            if cue is not None and is_about and key not in draft.state.flags:
                self._raise(
                    draft,
                    flag.what,
                    cue,
                    flag.reason,
                    span=flag.span,
                    due=flag.due,
                    other=flag.other,
                    is_unheard=flag.is_unheard,
                )

    def _raise(
        self,
        draft: Draft,
        what: FlagKind,
        cue: Cue,
        reason: str,
        *,
        since: float | None = None,
        at: float | None = None,
        span: Span | None = None,
        due: float | None = None,
        other: str = "",
        is_unheard: bool = False,
    ) -> None:
        """Raise a flag; `since` is when its words, which are missing, could have come first.

        `is_unheard` where it is known of one that is raised again.
        """
        known = draft.state.flags.get((what, cue.id))
        when = draft.at if at is None else at
        draft.add(
            FlagRaised(
                seq=draft.seq,
                at=when,
                flag=known.id if known else draft.state.next_flag,
                what=what,
                cue=cue.id,
                severity=cue.severity,
                reason=reason,
                span=span,
                due=due,
                other=other,
                cause=draft.cause,
                is_unheard=is_unheard
                or (since is not None and was_deaf(draft.state.capture, since, when)),
            )
        )

    def _clear(self, draft: Draft, flag: OpenFlag, by: str, span: Span | None) -> None:
        draft.add(FlagCleared(seq=draft.seq, at=draft.at, flag=flag.id, by=by, span=span))
