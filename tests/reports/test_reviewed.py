"""What reviewers say of a call: of several reviews by a form the newest one scores it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as with_fields

from callcoach.reports.judged import reviewers
from callcoach.reports.reviewed import with_reviews
from callcoach.review.review import Review
from callcoach.review.state import fold
from tests.reports.calls import NAMES, PLAIN
from tests.review.forms import NO, PINS, YES, example, opened


def at(hour: int) -> str:
    return f"2026-12-01T{hour:02}:00:00.000Z"


def handed_in(by: str, hour: int, greets: bool = True, purpose: str = "standard") -> Review:
    """Return a review that was submitted at an hour; it comes to 100% or to 50%."""
    review = opened(by, when=at(1), purpose=purpose)
    review.answer("greets", YES if greets else NO, by=by, when=at(1))
    review.answer("names", YES, by=by, when=at(1))
    review.submit(by=by, when=at(hour))
    return review


def decided(hour: int) -> Review:
    """Return a review of 100% that an appeal has brought down to 50% at an hour."""
    review = handed_in("Wang", 2)
    review.appeal("Too good.", by="Li", when=at(3))
    review.answer("greets", NO, by="Chen", when=at(hour))
    review.decide(is_changed=True, why="So it is.", by="Chen", when=at(hour))
    return review


def reopened() -> Review:
    review = handed_in("Chen", 5, greets=False)
    review.reopen(by="Chen", when=at(6))
    return review


FIRST = handed_in("Wang", 2)
CASES = {
    "one": ([FIRST], [("Wang", 100.0)], []),
    "none": ([opened("Bo"), handed_in("Chen", 4, purpose="calibration")], [], []),
    "a draft beside it": ([opened("Bo"), FIRST], [("Wang", 100.0)], []),
    "a calibration beside it": (
        [FIRST, handed_in("Chen", 4, greets=False, purpose="calibration")],
        [("Wang", 100.0)],
        [],
    ),
    "ones own beside it": (
        [FIRST, handed_in("Li", 4, greets=False, purpose="self")],
        [("Wang", 100.0)],
        [],
    ),
    "a second one": (
        [FIRST, handed_in("Chen", 4, greets=False)],
        [("Chen", 50.0)],
        [("Wang", 100.0)],
    ),
    "a second one by the same person": (
        [handed_in("Wang", 4, greets=False), FIRST],
        [("Wang", 50.0)],
        [("Wang", 100.0)],
    ),
    "the first is decided last": (
        [handed_in("Chen", 4), decided(5)],
        [("Wang", 50.0)],
        [("Chen", 100.0)],
    ),
    "the second is handed in last": (
        [handed_in("Chen", 6), decided(5)],
        [("Chen", 100.0)],
        [("Wang", 50.0)],
    ),
    "the second was taken back": ([FIRST, reopened()], [("Wang", 100.0)], []),
}


@pytest.mark.parametrize(("reviews", "count", "do_not"), CASES.values(), ids=CASES)
def test_the_newest_review_by_a_form_counts(
    reviews: list[Review], count: list[tuple[str, float]], do_not: list[tuple[str, float]]
) -> None:
    found = with_reviews(PLAIN, [it.state for it in reviews], lambda _: example())
    assert [(it.reviewer, it.percent) for it in found.scores] == count
    assert [(it.reviewer, it.percent) for it in found.replaced] == do_not


def test_each_form_has_its_own_score() -> None:
    other = with_fields(FIRST.state.opened, pins=with_fields(PINS, form="other"))
    moves = (it for it in (FIRST.state.submitted,) if it)
    both = [fold([other, *moves]), handed_in("Chen", 4, greets=False).state]
    found = with_reviews(PLAIN, both, lambda _: example())
    assert [(it.form, it.reviewer) for it in found.scores] == [
        ("other", "Wang"),
        ("example", "Chen"),
    ]
    assert found.replaced == ()


@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(2, 9), st.booleans()), max_size=5))
def test_each_review_is_counted_once_as_a_score_or_as_work(
    made: list[tuple[str, int, bool]],
) -> None:
    reviews = [handed_in(by, hour, greets).state for by, hour, greets in made]
    found = with_reviews(PLAIN, reviews, lambda _: example())
    assert len(found.scores) == min(len(made), 1)
    assert len(found.scores) + len(found.replaced) == len(made)
    for score in found.scores:
        assert score.when == max(at(hour) for _, hour, _ in made)


def test_a_second_review_is_no_second_score_but_its_reviewers_work() -> None:
    both = [handed_in("Chen", 4, greets=False).state, FIRST.state]
    call = with_reviews(PLAIN, both, lambda _: example())
    told = {(it.item, it.series): it for it in reviewers([call], NAMES).figures}
    assert {name: told[name, "reviews"].count for name in ("Wang", "Chen")} == {
        "Wang": 1,
        "Chen": 1,
    }
    assert (told["Wang", "score"].value, told["Chen", "score"].value) == (100.0, 50.0)
