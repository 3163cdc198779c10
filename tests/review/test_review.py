"""Reviews: which moves are open when, and that the events alone make up the review."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import IllegalMove, StorageError
from callcoach.review.events import (
    Decided,
    ReviewEvent,
    ReviewOpened,
    Submitted,
    decode,
    encode,
    kind_of,
    version_of,
)
from callcoach.review.marks import Answer
from callcoach.review.review import Review
from callcoach.review.score import score
from callcoach.review.state import Status, fold
from tests.review.forms import FORM, NO, WHEN, YES, example, opened, submitted

LATER = "2026-12-10T06:00:00.000Z"


def test_the_persons_answer_goes_before_what_the_call_suggests() -> None:
    review = opened()
    assert review.answers == {"greets": YES}
    review.answer("greets", NO, by="Wang", when=WHEN)
    assert review.answers == {"greets": NO}
    assert review.state.opened.suggested["greets"].answer == YES
    review.take_back("greets", by="Wang", when=WHEN)
    assert review.answers == {"greets": YES}


def test_the_same_answer_again_is_no_event() -> None:
    review = opened()
    assert len(review.answer("names", YES, by="Wang", when=WHEN)) == 1
    assert review.answer("names", YES, by="Wang", when=WHEN) == ()
    assert review.take_back("greets", by="Wang", when=WHEN) == ()


def test_a_calibration_is_blind_to_the_call_too() -> None:
    assert opened(purpose="calibration").answers == {}


def test_submitting_names_what_is_unanswered() -> None:
    review = opened()
    with pytest.raises(IllegalMove, match=r"not answered yet: \d names"):
        review.submit(by="Wang", when=WHEN)
    review.answer("names", NO, by="Wang", when=WHEN)
    (event,) = review.submit(by="Wang", when=WHEN)
    assert isinstance(event, Submitted)
    assert (event.mark.percent, review.status) == (50.0, Status.SUBMITTED)


def test_submitting_names_what_lacks_a_comment() -> None:
    review = opened(
        form=example(FORM.replace("Says their name}", "Says their name, comment: always}"))
    )
    review.answer("names", YES, by="Wang", when=WHEN)
    with pytest.raises(IllegalMove, match=r"a comment is missing on: \d names"):
        review.submit(by="Wang", when=WHEN)
    review.comment("Clearly.", by="Wang", when=WHEN, question="names")
    review.submit(by="Wang", when=WHEN)


def test_an_appeal_that_is_granted_changes_the_score() -> None:
    review = submitted(names=NO)
    review.appeal("I did.", by="Li", when=LATER, questions=("names",))
    assert review.status.value == "appealed"
    review.answer("names", YES, by="Chen", when=LATER)
    (event,) = review.decide(is_changed=True, why="It was said.", by="Chen", when=LATER)
    assert isinstance(event, Decided)
    assert review.state.submitted is not None
    assert (review.state.submitted.mark.percent, event.mark.percent) == (50.0, 100.0)
    assert review.state.mark == event.mark
    review.acknowledge(by="Li", when=LATER)
    assert review.status.value == "acknowledged"


def test_who_reviewed_decides_on_the_appeal_only_where_nobody_else_is_there() -> None:
    review = _appealed()
    before = review.state
    for by in ("Wang", " Wang "):
        with pytest.raises(IllegalMove, match="does not decide"):
            review.decide(is_changed=False, why="It was not said.", by=by, when=LATER)
    assert review.state == before
    (event,) = review.decide(
        is_changed=False, why="It was not said.", by="Wang", when=LATER, is_alone=True
    )
    assert isinstance(event, Decided)
    assert event.is_alone
    assert decode(kind_of(event), version_of(event), encode(event)) == event


def test_a_decision_by_somebody_else_is_none_alone() -> None:
    (event,) = _appealed().decide(is_changed=False, why="x", by="Chen", when=LATER, is_alone=True)
    assert isinstance(event, Decided)
    assert not event.is_alone


def test_nobody_decides_on_their_own_appeal_whoever_the_agent_is() -> None:
    review = opened(agent="")
    review.answer("names", YES, by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    review.appeal("No.", by="Bo", when=LATER)
    with pytest.raises(IllegalMove, match="their own appeal"):
        review.decide(is_changed=False, why="x", by="Bo", when=LATER, is_alone=True)


def _draft() -> Review:
    return opened()


def _submitted() -> Review:
    return submitted()


def _appealed() -> Review:
    review = submitted()
    review.appeal("No.", by="Li", when=LATER)
    return review


def _changed() -> Review:
    review = _appealed()
    review.answer("names", NO, by="Chen", when=LATER)
    return review


def _over() -> Review:
    review = submitted()
    review.acknowledge(by="Li", when=LATER)
    return review


MOVES: list[tuple[Callable[[], Review], Callable[[Review], object], str]] = [
    (_draft, lambda it: it.answer("names", YES, by="Chen", when=WHEN), "the review is Wang’s"),
    (_draft, lambda it: it.answer("name", YES, by="Wang", when=WHEN), "did you mean names"),
    (_draft, lambda it: it.answer("names", YES, by=" ", when=WHEN), "name yourself"),
    (_draft, lambda it: it.comment(" ", by="Wang", when=WHEN), "the comment is empty"),
    (_draft, lambda it: it.comment("x", by="Wang", when=WHEN, start=9, end=3), "the earlier first"),
    (_draft, lambda it: it.remove_comment(3, by="Wang", when=WHEN), "there is no comment 3"),
    (_draft, lambda it: it.appeal("No.", by="Li", when=WHEN), "submit it first"),
    (_draft, lambda it: it.acknowledge(by="Li", when=WHEN), "submit it first"),
    (_draft, lambda it: it.decide(is_changed=False, why="x", by="C", when=WHEN), "submit it first"),
    (_submitted, lambda it: it.submit(by="Wang", when=LATER), "submitted already"),
    (_submitted, lambda it: it.answer("names", NO, by="Wang", when=LATER), "can be changed"),
    (_submitted, lambda it: it.comment("x", by="Wang", when=LATER), "can be changed"),
    (_submitted, lambda it: it.appeal("No.", by="Bo", when=LATER), "only the agent"),
    (_submitted, lambda it: it.appeal(" ", by="Li", when=LATER), "needs its reason"),
    (_submitted, lambda it: it.appeal("x", by="Li", when="2026-12-16T06:00:00Z"), "14 days"),
    (_submitted, lambda it: it.acknowledge(by="Bo", when=LATER), "only the agent"),
    (_appealed, lambda it: it.answer("names", NO, by="Li", when=LATER), "their own appeal"),
    (_appealed, lambda it: it.answer("names", NO, by=" Li ", when=LATER), "their own appeal"),
    (_appealed, lambda it: it.acknowledge(by="Li", when=LATER), "decided first"),
    (_appealed, lambda it: it.decide(is_changed=True, why="x", by="C", when=LATER), "answer anew"),
    (_appealed, lambda it: it.decide(is_changed=False, why="", by="C", when=LATER), "its reason"),
    (
        _changed,
        lambda it: it.decide(is_changed=False, why="x", by="C", when=LATER),
        "take them back",
    ),
    (_over, lambda it: it.appeal("No.", by="Li", when=LATER), "it is over"),
    (_over, lambda it: it.acknowledge(by="Li", when=LATER), "it is over"),
]


@pytest.mark.parametrize(("begin", "move", "told"), MOVES)
def test_a_move_that_is_not_open_says_what_is(
    begin: Callable[[], Review], move: Callable[[Review], object], told: str
) -> None:
    review = begin()
    before = review.state
    with pytest.raises(IllegalMove, match=told):
        move(review)
    assert review.state == before


def test_an_appeal_on_the_last_day_is_in_time() -> None:
    review = submitted()
    review.appeal("No.", by="Li", when="2026-12-15T06:00:00.000Z")
    assert review.status is Status.APPEALED


def test_comments_keep_their_numbers() -> None:
    review = opened()
    for text in ("one", "two"):
        review.comment(text, by="Wang", when=WHEN, start=3.0)
    review.remove_comment(2, by="Wang", when=WHEN)
    review.comment("three", by="Wang", when=WHEN)
    assert list(review.state.comments) == [1, 3]
    assert (review.state.comments[1].start, review.state.comments[1].end) == (3.0, 3.0)


def test_a_comment_is_written_anew_where_it_stood() -> None:
    review = opened()
    for text in ("one", "two"):
        review.comment(text, by="Wang", when=WHEN, start=3.0, question="greets", is_coaching=True)
    (event,) = review.edit_comment(1, " uno ", by="Wang", when=WHEN)
    assert [it.text for it in review.state.comments.values()] == ["uno", "two"]
    first = review.state.comments[1]
    assert (first.start, first.question, first.is_coaching) == (3.0, "greets", True)
    assert review.edit_comment(1, "uno", by="Wang", when=WHEN) == ()
    review.comment("three", by="Wang", when=WHEN)
    assert list(review.state.comments) == [1, 2, 3]
    assert event.seq == 3
    with pytest.raises(IllegalMove, match="empty"):
        review.edit_comment(2, " ", by="Wang", when=WHEN)
    with pytest.raises(IllegalMove, match="there is no comment 9"):
        review.edit_comment(9, "x", by="Wang", when=WHEN)


def test_nobody_writes_anothers_comment_anew() -> None:
    review = opened()
    review.comment("Late.", by="Wang", when=WHEN)
    review.answer("names", NO, by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    review.appeal("No.", by="Li", when=WHEN)
    with pytest.raises(IllegalMove, match="Wang’s"):
        review.edit_comment(1, "On time.", by="Chen", when=WHEN)


def test_a_review_that_does_not_begin_is_none() -> None:
    with pytest.raises(StorageError, match="does not begin"):
        fold(())


PEOPLE = st.sampled_from(["Wang", "Li", "Chen"])
QUESTIONS = st.sampled_from(["greets", "names"])
ANSWERS = st.sampled_from([YES, NO, Answer(is_skipped=True)])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), PEOPLE, QUESTIONS, ANSWERS),
        st.tuples(st.just("take_back"), PEOPLE, QUESTIONS),
        st.tuples(st.just("comment"), PEOPLE, QUESTIONS),
        st.tuples(st.just("submit"), PEOPLE),
        st.tuples(st.just("appeal"), PEOPLE),
        st.tuples(st.just("decide"), PEOPLE, st.booleans()),
        st.tuples(st.just("acknowledge"), PEOPLE),
    ),
    max_size=15,
)


@given(STEPS)
def test_the_events_alone_make_up_the_review(steps: list[tuple[object, ...]]) -> None:
    review = opened()
    events: list[ReviewEvent] = [review.state.opened]
    for kind, by, *rest in steps:
        try:
            events += _step(review, str(kind), str(by), rest)
        except IllegalMove:
            continue
    assert [event.seq for event in events] == list(range(len(events)))
    stored = [decode(kind_of(it), version_of(it), encode(it)) for it in events]
    assert Review(example(), stored).state == review.state
    ranks = list(Status)
    assert ranks.index(review.status) >= ranks.index(fold(events[:-1] or events).status)


def _step(review: Review, kind: str, by: str, rest: list[object]) -> tuple[ReviewEvent, ...]:
    match kind, rest:
        case "answer", [question, Answer() as answer]:
            return review.answer(str(question), answer, by=by, when=WHEN)
        case "take_back", [question]:
            return review.take_back(str(question), by=by, when=WHEN)
        case "comment", [question]:
            return review.comment("x", by=by, when=WHEN, question=str(question))
        case "submit", _:
            return review.submit(by=by, when=WHEN)
        case "appeal", _:
            return review.appeal("x", by=by, when=WHEN)
        case "decide", [is_changed]:
            return review.decide(is_changed=bool(is_changed), why="x", by=by, when=WHEN)
        case _:
            return review.acknowledge(by=by, when=WHEN)


def test_the_opening_says_what_a_score_follows_from() -> None:
    event = opened().state.opened
    assert isinstance(event, ReviewOpened)
    assert event.pins.script_digest == "e" * 64


def test_a_score_is_worked_out_once_for_each_state() -> None:
    review = opened()
    before, first = review.state, review.score
    assert review.score is first
    review.answer("names", NO, by="Wang", when=WHEN)
    assert review.score == score(review.form, review.answers, review.state.commented) != first
    review.state = before
    assert review.score == first
