"""Answers as people write them: by id, number or title, and told where they do not fit."""

import pytest

from callcoach.errors import IllegalMove
from callcoach.review.fitting import fitting, parse_answer
from callcoach.review.form.model import Question, QuestionId
from callcoach.review.marks import Answer
from tests.review.forms import FORM, example

KINDS = {
    "one": "",
    "many": ", many: yes, answers: {a: {zh: 甲, en: A, score: 1}, b: {zh: 乙, en: B, score: 1}}",
    "number": ", ranges: {..3: 1, 3..: 0}",
    "count": ", flag: threat, answers: number, ranges: {..1: 1, 1..: 0}",
    "measure": ", metric: agent.questions, ranges: {..1: 1, 1..: 0}",
    "must": ", skip: no",
    "grade": ", answers: one_to_five",
}


def question(kind: str) -> Question:
    """Return a question of a kind."""
    found = example(FORM.replace("name}", f"name{KINDS[kind]}}}")).question(QuestionId("names"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "words", "answer"),
    [
        ("one", ("yes",), Answer(("yes",))),
        ("one", ("2",), Answer(("no",))),
        ("one", ("YES",), Answer(("yes",))),
        ("one", ("否",), Answer(("no",))),
        ("many", ("b", "a"), Answer(("a", "b"))),
        ("number", ("2.5",), Answer(number=2.5)),
        ("count", ("2",), Answer(number=2.0)),
        ("measure", ("0",), Answer(number=0.0)),
        ("grade", ("5",), Answer(("5",))),
        ("grade", ("1",), Answer(("1",))),
    ],
)
def test_words_stand_for_an_answer(kind: str, words: tuple[str, ...], answer: Answer) -> None:
    assert parse_answer(question(kind), words) == answer


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("one", ("maybe",)),
        ("one", ("3",)),
        ("one", ("yes", "no")),
        ("many", ("c",)),
        ("number", ("many",)),
        ("number", ("nan",)),
        ("number", ("inf",)),
        ("count", ("1.5",)),
        ("count", ("-1",)),
        ("measure", ("150%",)),
    ],
)
def test_words_that_do_not_fit_are_told(kind: str, words: tuple[str, ...]) -> None:
    with pytest.raises(IllegalMove) as told:
        parse_answer(question(kind), words)
    assert told.value.hint


def test_not_every_question_may_be_skipped() -> None:
    skipped = Answer(is_skipped=True)
    assert fitting(question("one"), skipped) == skipped
    with pytest.raises(IllegalMove, match="has to be answered"):
        fitting(question("must"), skipped)
