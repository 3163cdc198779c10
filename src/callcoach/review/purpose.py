"""What a review is for, and whether it counts as a judgement on its call and agent."""

from callcoach.errors import IllegalMove
from callcoach.review.events import ReviewOpened

STANDARD, CALIBRATION, ROLE_PLAY, SELF = "standard", "calibration", "role_play", "self"
PURPOSES = (STANDARD, CALIBRATION, ROLE_PLAY, SELF)


def usual_purpose(agent: str, by: str, is_practice: bool) -> str:
    """Return what somebody's review of a call is for, where nothing else is said."""
    if is_own(agent, by):
        return SELF
    return ROLE_PLAY if is_practice else STANDARD


def is_own(agent: str, by: str) -> bool:
    """Tell whether somebody judges a call of their own."""
    return bool(agent) and by.strip() == agent


def counts(opened: ReviewOpened) -> bool:
    """Tell whether a review is a judgement on its call and agent.

    A calibration is about reviewers, and one's own call is judged for oneself.
    """
    return opened.purpose not in (CALIBRATION, SELF) and not is_own(opened.agent, opened.by)


def check_purpose(purpose: str, agent: str, by: str) -> None:
    """Raise `IllegalMove` where a review would not be what it is said to be."""
    if is_own(agent, by) and purpose not in (SELF, CALIBRATION):
        raise IllegalMove(
            "nobody reviews their own call",
            "let somebody else judge it, or judge it for yourself: --purpose self",
        )
    if purpose == SELF and not is_own(agent, by):
        raise IllegalMove(
            "only the agent of a call can judge it for herself", "leave --purpose self away"
        )


def check_answered(opened: ReviewOpened) -> None:
    """Raise `IllegalMove` where agents judge their own call: nobody answers that."""
    if opened.purpose == SELF:
        raise IllegalMove("this is how the agent judges the call", "a review is somebody else’s")
