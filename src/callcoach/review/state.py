"""Folds the events of a review into its state; the only place that knows what they change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import assert_never

from callcoach.call.events import FlagRaised
from callcoach.errors import StorageError, Told
from callcoach.locale import mark
from callcoach.review.events import (
    Acknowledged,
    Answered,
    AnswerTakenBack,
    Appealed,
    Commented,
    CommentRemoved,
    Decided,
    FlagRejected,
    FlagRestored,
    Mark,
    Reopened,
    Rescored,
    ReviewEvent,
    ReviewOpened,
    Submitted,
    UnknownReview,
)
from callcoach.review.marks import Answer


class Status(StrEnum):
    """How far a review has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPEALED = "appealed"
    DECIDED = "decided"
    ACKNOWLEDGED = "acknowledged"


STATUS_NAMES = {
    Status.DRAFT: mark("in draft"),
    Status.SUBMITTED: mark("submitted"),
    Status.APPEALED: mark("under appeal"),
    Status.DECIDED: mark("decided"),
    Status.ACKNOWLEDGED: mark("acknowledged"),
}


def status_name(status: Status) -> Told:
    """Return what a status is called."""
    return Told(STATUS_NAMES[status])


FlagKey = tuple[str, str, float]
"""A flag of a call: its cue, its kind, and when it was raised, in seconds."""


def flag_key(flag: FlagRaised) -> FlagKey:
    """Return what reviews know a flag of a call by."""
    return flag.cue, flag.what.value, flag.at


@dataclass(frozen=True)
class ReviewState:
    """What is true of a review now."""

    opened: ReviewOpened
    seq: int
    """Of the latest event."""
    status: Status = Status.DRAFT
    given: Mapping[str, Answer] = field(default_factory=dict)
    """What people answered, by question."""
    comments: Mapping[int, Commented] = field(default_factory=dict)
    next_comment: int = 1
    rejected: Mapping[FlagKey, FlagRejected] = field(default_factory=dict)
    """The flags that are called wrong by themselves, not by an answer."""
    submitted: Submitted | None = None
    submitted_answers: Mapping[str, Answer] = field(default_factory=dict)
    """The answers as they stood when it was submitted."""
    submitted_rejected: Mapping[FlagKey, FlagRejected] = field(default_factory=dict)
    """The flags that were called wrong when it was submitted."""
    withdrawn: tuple[tuple[Submitted, Reopened], ...] = ()
    """When it was handed in before, and taken back, in order."""
    appeal: Appealed | None = None
    decision: Decided | None = None
    acknowledged: Acknowledged | None = None
    rescored: tuple[Rescored, ...] = ()

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """Return the answers that hold: the person's, else what the call suggests."""
        suggested = {id: found.answer for id, found in self.opened.suggested.items()}
        return suggested | dict(self.given)

    @property
    def differs(self) -> bool:
        """Tell whether an answer, or a word on a flag, is another than was submitted."""
        return (
            self.answers != self.submitted_answers
            or self.rejected.keys() != self.submitted_rejected.keys()
        )

    @property
    def standing(self) -> Submitted | Decided | None:
        """Return what gave the score that stands: the decision, else the handing in; or None."""
        return self.decision or self.submitted

    @property
    def stands_since(self) -> str:
        """Return when the score that stands was given, ISO 8601; empty for a draft."""
        return self.standing.when if self.standing else ""

    @property
    def standing_answers(self) -> Mapping[str, Answer]:
        """Return the answers that gave the score that stands, whatever was answered since."""
        return self.answers if self.decision else self.submitted_answers

    @property
    def standing_rejected(self) -> Mapping[FlagKey, FlagRejected]:
        """Return the flags that were called wrong with the score that stands."""
        return self.rejected if self.decision else self.submitted_rejected

    @property
    def mark(self) -> Mark | None:
        """Return the score that stands; None for a draft."""
        return self.standing.mark if self.standing else None

    @cached_property
    def commented(self) -> frozenset[str]:
        """Return the questions that have a comment."""
        return frozenset(found.question for found in self.comments.values() if found.question)


def begin(event: ReviewEvent | None) -> ReviewState:
    """Return the state after a review's first event; raises `StorageError` for any other."""
    if not isinstance(event, ReviewOpened):
        raise StorageError(
            "a review does not begin with its opening", "the journal may be damaged: verify it"
        )
    return ReviewState(event, event.seq)


def apply(state: ReviewState, event: ReviewEvent) -> ReviewState:
    """Return the state after one more event."""
    seq = event.seq
    match event:
        case Answered(question=question, answer=answer):
            return replace(state, seq=seq, given={**state.given, question: answer})
        case AnswerTakenBack(question=question):
            kept = {id: answer for id, answer in state.given.items() if id != question}
            return replace(state, seq=seq, given=kept)
        case Commented(comment=comment):
            comments = {**state.comments, comment: event}
            following = max(state.next_comment, comment + 1)
            return replace(state, seq=seq, comments=comments, next_comment=following)
        case CommentRemoved(comment=comment):
            left = {id: found for id, found in state.comments.items() if id != comment}
            return replace(state, seq=seq, comments=left)
        case FlagRejected(cue=cue, what=what, at=at):
            return replace(state, seq=seq, rejected={**state.rejected, (cue, what, at): event})
        case FlagRestored(cue=cue, what=what, at=at):
            kept_flags = {key: it for key, it in state.rejected.items() if key != (cue, what, at)}
            return replace(state, seq=seq, rejected=kept_flags)
        case Submitted():
            return replace(
                state,
                seq=seq,
                status=Status.SUBMITTED,
                submitted=event,
                submitted_answers=state.answers,
                submitted_rejected=state.rejected,
            )
        case Reopened():
            before = ((state.submitted, event),) if state.submitted else ()
            return replace(
                state,
                seq=seq,
                status=Status.DRAFT,
                submitted=None,
                submitted_answers={},
                submitted_rejected={},
                withdrawn=(*state.withdrawn, *before),
            )
        case Appealed():
            return replace(state, seq=seq, status=Status.APPEALED, appeal=event)
        case Decided():
            return replace(state, seq=seq, status=Status.DECIDED, decision=event)
        case Acknowledged():
            return replace(state, seq=seq, status=Status.ACKNOWLEDGED, acknowledged=event)
        case Rescored():
            return replace(state, seq=seq, rescored=(*state.rescored, event))
        case ReviewOpened() | UnknownReview():
            return replace(state, seq=seq)
        case _:
            assert_never(event)


def fold(events: Iterable[ReviewEvent]) -> ReviewState:
    """Return the state after all events of a review; raises `StorageError` without its first."""
    waiting = iter(events)
    state = begin(next(waiting, None))
    for event in waiting:
        state = apply(state, event)
    return state
