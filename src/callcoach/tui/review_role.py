"""What a person is to a review, which keys matter then, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from callcoach.locale import mark
from callcoach.review.state import Status

if TYPE_CHECKING:
    from callcoach.locale import Messages
    from callcoach.tui.reviews import Judging


class Role(Enum):
    """What a person is to a review, as it stands now."""

    REVIEWER = auto()
    """Fills it in."""
    DECIDER = auto()
    """Decides on the appeal."""
    AGENT = auto()
    """May appeal, or take note."""
    READER = auto()
    """Can do nothing now but read."""


HINTS: Mapping[Role, tuple[str, ...]] = {
    Role.REVIEWER: (
        *("next_open", "next_flag", "evidence", "finish", "comment", "next_call"),
        *("next_question", "reason", "coach", "skip"),
    ),
    Role.DECIDER: (
        *("next_open", "finish", "evidence", "next_question", "next_flag", "reason", "comment"),
        "next_call",
    ),
    Role.AGENT: (
        *("appeal", "finish", "next_question", "evidence", "next_flag", "hear", "next_call"),
    ),
    Role.READER: ("next_question", "evidence", "next_flag", "hear", "next_call"),
}
"""The actions that stand in the line of keys, the most needed first: there is not always room."""


def role_of(judging: Judging) -> Role:
    """Return what a person is to the review that is on the screen."""
    status = judging.review.status
    if judging.can_answer:
        return Role.REVIEWER if status is Status.DRAFT else Role.DECIDER
    if judging.is_agents and status in (Status.SUBMITTED, Status.DECIDED):
        return Role.AGENT
    return Role.READER


def what_finishes(judging: Judging, is_disputed: bool) -> str:
    """Return what F10 does now, in the catalogue; empty where nothing is left to do.

    `is_disputed` tells that answers are marked for an appeal.
    """
    match role_of(judging):
        case Role.REVIEWER:
            return mark("Submit")
        case Role.DECIDER:
            return mark("Decide")
        case Role.AGENT if is_disputed and judging.review.status is Status.SUBMITTED:
            return mark("Send the appeal")
        case Role.AGENT:
            return mark("Take note")
        case _:
            return ""


def hints(judging: Judging) -> tuple[str, ...]:
    """Return the actions that stand in the line of keys."""
    also = ("reopen",) if judging.refused_reopening is None else ()
    state, role = judging.review.state, role_of(judging)
    can_appeal = judging.refused_appeal is None
    left_out = {"appeal"} if not can_appeal else set[str]()
    if role is Role.DECIDER and not (state.appeal and state.appeal.questions):
        left_out.add("next_open")  # the appeal is against the whole
    return (*also, *(it for it in HINTS[role] if it not in left_out))


def what_is_next(judging: Judging, messages: Messages) -> str:
    """Return in a sentence who is to do what now, and until when; empty while it is filled in."""
    say, opened, until = messages.say, judging.review.state.opened, judging.review.appeal_until
    match judging.review.status:
        case Status.DRAFT:
            if judging.can_answer:
                return ""
            return say("{name} is at it.", name=opened.by)
        case Status.SUBMITTED if judging.refused_appeal is None and until is not None:
            return say(
                "You can appeal until {day}: “a” marks an answer, F10 goes on.", day=_local(until)
            )
        case Status.SUBMITTED if judging.is_agents:
            return say("The time for an appeal is over. F10 takes note.")
        case Status.SUBMITTED if until is not None and _now(judging) <= until:
            return say("{name} can appeal until {day}.", name=opened.agent, day=_local(until))
        case Status.APPEALED if not judging.can_answer:
            return say("Somebody else decides on the appeal.")
        case Status.APPEALED:
            return say("Answer anew what was wrong, or leave it; F10 decides.")
        case Status.DECIDED if judging.is_agents:
            return say("It is decided. F10 takes note; that ends it.")
        case _:
            return ""


def _local(when: datetime) -> str:
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def _now(judging: Judging) -> datetime:
    return datetime.fromisoformat(judging.journal.now())
