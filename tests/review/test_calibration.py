"""Calibration: who may see whose answers, and what reviewers' answers come to."""

import pytest

from callcoach.review.agreement import Level
from callcoach.review.calibration import calibrate, level_of, may_see
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer
from callcoach.review.state import ReviewState
from tests.review.forms import FORM, NO, WHEN, YES, example, opened, submitted


def draft(by: str, call: str = "c1") -> ReviewState:
    return opened(by, purpose="calibration", call=call).state


def done(by: str, greets: Answer = YES, names: Answer = YES, call: str = "c1") -> ReviewState:
    review = submitted(by, greets=greets, names=names, purpose="calibration", call=call)
    return review.state


def test_nobody_sees_the_others_before_submitting() -> None:
    mine, theirs = draft("Wang"), done("Bo")
    both = (mine, theirs)
    assert not may_see(theirs, "Wang", both)
    assert may_see(theirs, "Bo", both)
    assert not may_see(mine, "Bo", both) or mine.submitted is None
    assert not may_see(theirs, "Chen", both)


def test_all_see_when_all_have_submitted() -> None:
    both = (done("Wang"), done("Bo"))
    assert all(may_see(review, who, both) for review in both for who in ("Wang", "Bo", "Chen"))


def test_other_calls_and_purposes_are_not_blind() -> None:
    assert may_see(submitted("Bo").state, "Wang", (draft("Wang"),))
    assert may_see(done("Bo"), "Wang", (done("Bo"), draft("Wang", "c2")))


def test_agreement_by_question() -> None:
    reviews = [
        done("Wang", YES, YES, "c1"),
        done("Bo", YES, NO, "c1"),
        done("Wang", NO, YES, "c2"),
        done("Bo", NO, YES, "c2"),
        done("Chen", NO, YES, "c2"),
    ]
    found = calibrate(example(), reviews, "Zhao", expert="Chen")
    assert (found.calls, found.reviewers) == (("c1", "c2"), ("Bo", "Wang"))
    greets, names = found.questions
    assert (greets.percent, greets.kappa, greets.alpha) == (1.0, 1.0, 1.0)
    assert (names.percent, names.kappa) == (0.5, 0.0)
    assert names.alpha == pytest.approx(0.0)
    assert greets.expert == {"Bo": 1.0, "Wang": 1.0}


def test_a_call_is_left_out_until_the_viewer_has_submitted() -> None:
    reviews = [
        done("Bo"),
        done("Li"),
        draft("Wang"),
        done("Bo", call="c2"),
        done("Wang", call="c2"),
    ]
    found = calibrate(example(), reviews, "Wang")
    assert (found.calls, found.hidden) == (("c2",), ("c1",))
    assert found.waiting == (("c1", "Wang"),)
    assert calibrate(example(), reviews, "Zhao").calls == ("c1", "c2")


def test_the_latest_review_of_a_reviewer_counts() -> None:
    first = opened("Wang", purpose="calibration", when="2026-11-01T06:00:00.000Z")
    for question in ("greets", "names"):
        first.answer(question, NO, by="Wang", when=WHEN)
    first.submit(by="Wang", when=WHEN)
    found = calibrate(example(), [done("Wang"), first.state, done("Bo")], "Zhao")
    assert [question.percent for question in found.questions] == [1.0, 1.0]


THREE = (
    "a: {{zh: 甲, en: A, score: 1}}, b: {{zh: 乙, en: B, score: {b}}}, "
    "c: {{zh: 丙, en: C, score: 0}}"
)


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("", Level.NOMINAL),
        (f", answers: {{{THREE.format(b=0.5)}}}", Level.ORDINAL),
        (f", answers: {{{THREE.format(b=0)}}}", Level.NOMINAL),
        (f", many: yes, answers: {{{THREE.format(b=0.5)}}}", Level.NOMINAL),
        (", ranges: {..3: 1, 3..: 0}", Level.INTERVAL),
    ],
)
def test_answers_compare_as_their_question_has_it(kind: str, level: Level) -> None:
    form = example(FORM.replace("Says their name}", f"Says their name{kind}}}"))
    question = form.question(QuestionId("names"))
    assert question is not None
    assert level_of(question) is level
