"""In whose hands a call is: who has begun to judge it, or has judged it."""

from collections.abc import Iterable

from callcoach.review.purpose import counts
from callcoach.review.state import ReviewState


def in_hands(reviews: Iterable[ReviewState], form: str, person: str) -> ReviewState | None:
    """Return the latest of somebody else's reviews of a call; None where it is in no hands.

    `form` is the id of the form that it would be judged with: whichever version of it the other
    has taken, the call is judged. Calibrations, which several make of a call, keep nobody away, nor
    does what the agent thinks of it.
    """
    others = [
        it
        for it in reviews
        if counts(it.opened) and it.opened.by != person and it.opened.pins.form == form
    ]
    return max(others, key=lambda it: it.opened.when, default=None)
