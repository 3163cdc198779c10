"""A form being filled in, drawn: what the answer in focus is worth."""

import pytest

from callcoach.locale import Messages
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer
from callcoach.tui.form_sheet import draw_sheet
from callcoach.tui.look import Look
from callcoach.tui.signs import signs
from tests.archive.exports import example as script
from tests.review.forms import FORM, NO, WHEN, YES, example, opened

LOOK = Look(Messages("en"), signs(is_plain=False))
BONUS = FORM.replace("Says their name}", "Says their name, bonus: yes, weight: WEIGHT}")


@pytest.mark.parametrize(
    ("weight", "answer", "worth"),
    [
        ("1", YES, "Yes · 1 bonus point"),
        ("0.5", YES, "Yes · 0.5 bonus points"),
        ("1", NO, "No"),
    ],
)
def test_a_bonus_is_told_in_points(weight: str, answer: Answer, worth: str) -> None:
    review = opened(form=example(BONUS.replace("WEIGHT", weight)))
    review.answer("names", answer, by="Wang", when=WHEN)
    sheet = draw_sheet(review, script(), {}, QuestionId("names"), LOOK)
    assert sheet.pieces[sheet.focused].tail == worth


def test_any_other_answer_is_told_in_points_of_points() -> None:
    review = opened()
    sheet = draw_sheet(review, script(), {}, QuestionId("greets"), LOOK)
    assert sheet.pieces[sheet.focused].tail == "Yes · 1 of 1 point"
