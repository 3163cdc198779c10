"""Says when a review can be changed, and by whom."""

from collections.abc import Container

from callcoach.errors import IllegalMove
from callcoach.locale import mark
from callcoach.review.events import ReviewOpened
from callcoach.review.purpose import check_answered
from callcoach.review.state import ReviewState, Status, status_name

_OPEN = (Status.DRAFT, Status.APPEALED)
"""When answers and the comments beneath them can change."""
_NEXT = {
    Status.DRAFT: mark("submit it first"),
    Status.SUBMITTED: mark("it can be appealed against or acknowledged"),
    Status.APPEALED: mark("the appeal is to be decided first"),
    Status.DECIDED: mark("it can be acknowledged"),
    Status.ACKNOWLEDGED: mark("it is over"),
}


def named(by: str) -> str:
    """Return a name; raises `IllegalMove` where there is none."""
    if not by.strip():
        raise IllegalMove("nobody says who does this", "name yourself: --as NAME")
    return by.strip()


def check_status(state: ReviewState, wanted: Container[Status], told: str) -> None:
    """Raise `IllegalMove` for a review that has not come as far, or farther; `told` says of what.

    `told` is a text of the catalogue with a place for `status`.
    """
    if state.status not in wanted:
        raise IllegalMove(told, _NEXT[state.status], status=status_name(state.status))


def check_agent(opened: ReviewOpened, by: str, told: str) -> None:
    """Raise `IllegalMove` where only the agent of the call can answer a review; `told` says so."""
    check_answered(opened)
    if opened.agent and named(by) != opened.agent:
        raise IllegalMove(told, "it is {agent}: --as", agent=opened.agent)


def check_writing(state: ReviewState, by: str) -> None:
    """Raise `IllegalMove` where nothing can be answered now, or not by this person."""
    if state.status not in _OPEN:
        raise IllegalMove(
            "the review is {status}: nothing in it can be changed",
            "an appeal can have it changed",
            status=status_name(state.status),
        )
    opened = state.opened
    if state.status is Status.DRAFT and named(by) != opened.by:
        raise IllegalMove(
            "the review is {name}’s",
            "open one of your own, or name {name}: --as",
            name=opened.by,
        )
    appellant = state.appeal.by if state.appeal else ""
    if state.status is Status.APPEALED and named(by) in (opened.agent, appellant):
        raise IllegalMove("nobody decides on their own appeal", "let somebody else decide")
