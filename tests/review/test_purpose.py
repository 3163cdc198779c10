"""Nobody reviews their own call; who is at a call; what was handed in is taken back."""

import pytest

from callcoach.errors import IllegalMove
from callcoach.review.events import ReviewEvent, decode, encode, kind_of, version_of
from callcoach.review.hands import in_hands
from callcoach.review.purpose import counts, usual_purpose
from callcoach.review.review import Review
from callcoach.review.state import Status, fold
from tests.review.forms import NO, WHEN, YES, example, opened, submitted

LATER = "2026-12-02T06:00:00.000Z"


@pytest.mark.parametrize(
    ("agent", "by", "is_practice", "purpose"),
    [
        ("Li", "Wang", False, "standard"),
        ("Li", "Wang", True, "role_play"),
        ("Li", "Li", False, "self"),
        ("Li", " Li ", True, "self"),
        ("", "Li", False, "standard"),
    ],
)
def test_what_a_review_is_for(agent: str, by: str, is_practice: bool, purpose: str) -> None:
    assert usual_purpose(agent, by, is_practice) == purpose


@pytest.mark.parametrize(
    ("agent", "by", "purpose"),
    [
        ("Li", "Li", "standard"),
        ("Li", "Li", "role_play"),
        ("Li", "Wang", "self"),
        ("", "Li", "self"),
    ],
)
def test_a_review_that_is_not_what_it_says_is_refused(agent: str, by: str, purpose: str) -> None:
    with pytest.raises(IllegalMove):
        opened(by, agent=agent, purpose=purpose)


def test_what_agents_think_of_their_own_calls_counts_nowhere_and_is_not_answered() -> None:
    own = submitted("Li", agent="Li", purpose="self")
    assert not counts(own.state.opened)
    assert counts(submitted("Wang", agent="Li").state.opened)
    assert not counts(submitted("Wang", purpose="calibration").state.opened)
    with pytest.raises(IllegalMove, match="how the agent judges"):
        own.appeal("No.", by="Li", when=WHEN)
    with pytest.raises(IllegalMove, match="how the agent judges"):
        own.acknowledge(by="Li", when=WHEN)


def test_a_call_is_in_the_hands_of_whoever_else_was_last() -> None:
    first, then = opened("Wang"), submitted("Chen", when=LATER)
    apart = [opened("Bo", purpose="calibration").state, opened("Li", purpose="self").state]
    states = [first.state, then.state, *apart]
    assert in_hands(states, "example", "Zhao") is then.state
    assert in_hands(states, "example", "Chen") is first.state
    assert in_hands(states, "another", "Zhao") is None
    assert in_hands(apart, "example", "Zhao") is None
    assert in_hands([], "example", "Zhao") is None


def test_a_review_is_taken_back_and_handed_in_anew() -> None:
    review = submitted(names=NO)
    before = review.state
    assert before.mark is not None
    (event,) = review.reopen(why=" 11 slipped ", by="Wang", when=LATER)
    assert decode(kind_of(event), version_of(event), encode(event)) == event
    state = review.state
    assert (state.status, state.mark, dict(state.answers)) == (
        Status.DRAFT,
        None,
        dict(before.answers),
    )
    ((handed_in, back),) = state.withdrawn
    assert (handed_in, back.why) == (before.submitted, "11 slipped")
    review.answer("names", YES, by="Wang", when=LATER)
    review.submit(by="Wang", when=LATER)
    assert review.state.mark is not None
    assert (review.state.mark.percent, review.status) == (100.0, Status.SUBMITTED)
    review.reopen(by="Wang", when=LATER)
    assert len(review.state.withdrawn) == 2


def _answered(review: Review) -> Review:
    review.acknowledge(by="Li", when=WHEN)
    return review


def _appealed(review: Review) -> Review:
    review.appeal("No.", by="Li", when=WHEN)
    return review


@pytest.mark.parametrize(
    ("review", "by", "told"),
    [
        (opened(), "Wang", "cannot be taken back"),
        (submitted(), "Chen", "Wang"),
        (submitted(), "Li", "Wang"),
        (_answered(submitted()), "Wang", "cannot be taken back"),
        (_appealed(submitted()), "Wang", "cannot be taken back"),
        (submitted(purpose="calibration", greets=YES), "Wang", "calibration"),
    ],
)
def test_what_was_answered_or_is_anothers_stays(review: Review, by: str, told: str) -> None:
    before = review.state
    with pytest.raises(IllegalMove) as refused:
        review.reopen(by=by, when=WHEN)
    assert told in f"{refused.value.message}{refused.value.message.values}"
    assert review.state == before


def test_the_events_alone_tell_that_it_was_taken_back() -> None:
    review = Review(example(), (opened().state.opened,))
    events: list[ReviewEvent] = [review.state.opened]
    events += review.answer("names", YES, by="Wang", when=WHEN)
    events += review.submit(by="Wang", when=WHEN)
    events += review.reopen(by="Wang", when=LATER, why="Slip")
    assert fold(events) == review.state
