"""Scores compared: which question changed, and why."""

import pytest

from callcoach.review.form.model import Form, QuestionId
from callcoach.review.marks import Answer, Suggested
from callcoach.review.rescore import FilledForm, Why, carry, compare
from tests.review.forms import FORM, NO, PINS, YES, example


def judged(form: Form, greets: Answer | None = YES, names: Answer | None = YES) -> FilledForm:
    """Return a form in which the call answers `greets`, a person `names`."""
    told = {QuestionId("greets"): Suggested(greets)} if greets else {}
    given = {QuestionId("names"): names} if names else {}
    return FilledForm(form, PINS, told, given)


CASES = [
    (FORM, NO, YES, {"greets": Why.SUGGESTED}),
    (FORM, None, YES, {"greets": Why.SUGGESTED}),
    (FORM, YES, YES, {}),
    (FORM.replace("names:", "says:"), YES, None, {"says": Why.ADDED, "names": Why.REMOVED}),
    (FORM.replace("name}", "name, weight: 2}"), YES, YES, {"names": Why.WORTH}),
    (
        FORM.replace("name}", "name, when: {greets: no}}"),
        YES,
        YES,
        {"names": Why.ASKED},
    ),
    (
        FORM.replace(
            "name}", "name, answers: {a: {zh: 甲, en: A, score: 1}, b: {zh: 乙, en: B, score: 0}}}"
        ),
        YES,
        None,
        {"names": Why.ANSWER_LOST},
    ),
]


@pytest.mark.parametrize(("text", "greets", "names", "whys"), CASES)
def test_a_change_has_its_reason(
    text: str, greets: Answer | None, names: Answer | None, whys: dict[str, Why]
) -> None:
    found = compare("c1", "r1", judged(example()), judged(example(text), greets, names))
    assert {change.question: change.why for change in found.changes} == whys
    assert found.is_changed is bool(whys)


def test_a_new_band_is_a_change() -> None:
    banded = example(FORM + "bands:\n  0: {zh: 好, en: Good}\n")
    assert compare("c1", "", judged(example()), judged(banded)).is_changed


def test_only_answers_that_still_fit_are_carried_over() -> None:
    given = {
        QuestionId("greets"): YES,
        QuestionId("names"): Answer(("maybe",)),
        QuestionId("gone"): YES,
    }
    assert carry(example(), given) == {"greets": YES}
