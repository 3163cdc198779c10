"""What answers come to: a table first, then what has to hold for any form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.review.form.model import Form, Question, QuestionId
from callcoach.review.marks import Answer, Score
from callcoach.review.score import is_asked, score
from tests.review.form.forms import form_of, one, tree
from tests.support import Tree

Given = Mapping[str, str | float | None]
"""Question to option, options joined by `+`, a number, or None for “not applicable”."""

WEIGHTED = tree(
    {
        "first": {
            "title": "First",
            "weight": 60,
            "questions": {"a": {"title": "A", "weight": 3}, "b": "B"},
        },
        "second": {
            "title": "Second",
            "weight": 40,
            "questions": {
                "c": {"title": "C", "answers": "met_partly_not"},
                "d": {"title": "D", "bonus": "yes", "weight": 0.5},
            },
        },
    },
    bands={"90": "High", "50": "Middle", "0": "Low"},
)
GRAVE = one(
    {
        "a": "A",
        "b": {"title": "B", "answers": "no_yes", "fails": "form", "comment": "below_full"},
        "c": {"title": "C", "fails": "section", "scored": "no"},
        "d": {"title": "D", "answers": "one_to_five", "fails": "question"},
    },
    bands={"50": "Pass", "0": "Fail"},
)
POINTS = one(
    {
        "a": {"title": "A", "weight": 5},
        "b": {
            "title": "B",
            "many": "yes",
            "answers": {
                "x": {"title": "X", "score": 3},
                "y": {"title": "Y", "score": 2, "comment": "yes"},
                "z": {"title": "Z", "score": -4},
            },
        },
        "n": {"title": "N", "ranges": {"..1": 2, "1..3": 1, "3..": 0}},
        "e": {"title": "E", "bonus": "yes"},
    },
    scoring="points",
)
ASKED = one(
    {
        "a": {"title": "A", "answers": "met_partly_not"},
        "b": {"title": "B", "when": {"a": ["met", "partly"]}},
        "c": {"title": "C", "when": {"b": {"not": "yes"}}},
        "d": {"title": "D", "answers": "text", "when": {"c": "any"}},
    }
)

TABLE: tuple[tuple[Tree, Given, float | None], ...] = (
    (WEIGHTED, {}, None),
    (WEIGHTED, {"a": "yes", "b": "yes", "c": "met"}, 100),
    (WEIGHTED, {"a": "yes", "b": "no", "c": "met"}, 85),
    (WEIGHTED, {"a": "no", "b": "yes", "c": "partly"}, 35),
    (WEIGHTED, {"a": None, "b": "yes", "c": "partly"}, 80),
    (WEIGHTED, {"a": None, "b": None, "c": "partly"}, 50),
    (WEIGHTED, {"a": None, "b": None, "c": None}, None),
    (WEIGHTED, {"a": "yes", "b": "yes", "c": "met", "d": "yes"}, 120),
    (WEIGHTED, {"a": "yes", "b": "yes", "c": "met", "d": "no"}, 100),
    (WEIGHTED, {"a": "maybe", "c": "met"}, 100),
    (GRAVE, {"a": "yes", "b": "no", "c": "yes", "d": "5"}, 100),
    (GRAVE, {"a": "yes", "b": "yes", "c": "yes", "d": "5"}, 0),
    (GRAVE, {"a": "yes", "b": "no", "c": "no", "d": "5"}, 0),
    (GRAVE, {"b": "yes"}, 0),
    (GRAVE, {"a": "yes", "b": "no", "c": "yes", "d": "1"}, 200 / 3),
    (POINTS, {"a": "yes", "b": "x+y", "n": 0}, 100),
    (POINTS, {"a": "yes", "b": "x", "n": 2}, 75),
    (POINTS, {"a": "no", "b": "z", "n": 9}, 0),
    (POINTS, {"a": "yes", "n": 0, "e": "yes"}, 800 / 7),
    (POINTS, {"a": None, "b": None, "n": 2.5}, 50),
    (ASKED, {"a": "met", "b": "no", "c": "yes"}, 200 / 3),
    (ASKED, {"a": "not_met", "b": "yes", "c": "yes"}, 0),
    (ASKED, {"a": "met", "b": "yes", "c": "no"}, 100),
)


def answer(value: str | float | None) -> Answer:
    """Return an answer in short."""
    if value is None:
        return Answer(is_skipped=True)
    if isinstance(value, str):
        return Answer(tuple(value.split("+")))
    return Answer(number=float(value))


def scored(form: Tree, answers: Given, *commented: str) -> Score:
    """Return the score of some answers."""
    read = {QuestionId(id): answer(value) for id, value in answers.items()}
    return score(form_of(form), read, commented)


@pytest.mark.parametrize(("form", "answers", "percent"), TABLE)
def test_answers_come_to_a_percentage(form: Tree, answers: Given, percent: float | None) -> None:
    found = scored(form, answers).percent
    assert found == (None if percent is None else pytest.approx(percent, abs=1e-5))


def test_bands_name_scores_and_a_failed_form_is_in_the_lowest() -> None:
    named = {
        100: scored(WEIGHTED, {"a": "yes", "b": "yes", "c": "met"}),
        50: scored(WEIGHTED, {"c": "partly"}),
        0: scored(GRAVE, {"a": "yes", "b": "yes"}),
    }
    titles = [it.band.title.plain("en") if it.band else None for it in named.values()]
    assert titles == ["High", "Middle", "Fail"]
    assert named[0].has_failed
    assert named[0].earned == 0
    assert scored(WEIGHTED, {}).band is None


def test_a_score_says_what_is_still_to_be_done() -> None:
    found = scored(GRAVE, {"a": None, "b": "yes", "d": "4"})
    assert found.unanswered == ("c",)
    assert found.uncommented == ("b",)
    assert scored(GRAVE, {"b": "yes"}, "b").uncommented == ()
    assert scored(GRAVE, {"b": "no"}).uncommented == ()
    assert scored(POINTS, {"b": "x+y"}).uncommented == ("b",)
    assert scored(ASKED, {"a": "not_met"}).unanswered == ()


def test_a_question_that_may_not_be_skipped_is_unanswered() -> None:
    form = one({"a": {"title": "A", "skip": "no"}, "b": "B"})
    assert scored(form, {"a": None, "b": None}).unanswered == ("a",)


def test_sections_carry_their_share_of_what_was_scored() -> None:
    both = scored(WEIGHTED, {"a": "yes", "c": "met"}).sections
    assert [it.weight for it in both] == [0.6, 0.4]
    first, second = scored(WEIGHTED, {"a": None, "b": None, "c": "met"}).sections
    assert (first.percent, first.weight, second.weight) == (None, 0, 1)


def test_conditions_follow_one_another() -> None:
    form = form_of(ASKED)
    answers = {QuestionId(id): answer(it) for id, it in {"a": "met", "b": "no"}.items()}
    assert [is_asked(form, answers, it.id) for it in form.questions] == [True, True, True, False]
    answers[QuestionId("b")] = answer(None)
    assert is_asked(form, answers, QuestionId("c"))  # “not applicable” is not “yes”


class _Asked(dict[QuestionId, Answer]):
    """Answers that count how often they are asked for."""

    times = 0

    def get(self, key: object, default: Any = None) -> Any:
        self.times += 1
        return super().get(key, default)  # type: ignore[call-overload]


def test_conditions_that_rest_on_several_others_are_looked_at_once() -> None:
    chain: dict[str, object] = {"q0": "Q 0", "q1": {"title": "Q 1", "when": {"q0": "yes"}}}
    for number in range(2, 30):
        before = {f"q{number - 1}": "yes", f"q{number - 2}": "yes"}
        chain[f"q{number}"] = {"title": f"Q {number}", "when": before}
    form = form_of(one(chain))
    answers = _Asked((it.id, Answer(("yes",))) for it in form.questions)
    assert score(form, answers).percent == 100.0
    assert answers.times < 200


_OPTIONS = ("yes", "no")


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Return a form of one to three sections without bonus."""
    sections: dict[str, object] = {}
    number = 0
    points = draw(st.booleans())
    for part in range(draw(st.integers(1, 3))):
        questions: dict[str, object] = {}
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            question: dict[str, object] = {
                "title": f"Q{number}",
                "answers": draw(st.sampled_from(["yes_no", "met_partly_not", "one_to_five"])),
                "weight": draw(st.sampled_from([0.5, 1, 2, 3])),
            }
            if draw(st.integers(0, 4)) == 0:
                question["fails"] = draw(st.sampled_from(["question", "section", "form"]))
            questions[f"q{number}"] = question
        weight = draw(st.sampled_from([1, 2, 5]))
        sections[f"s{part}"] = {"title": f"S{part}", "weight": weight, "questions": questions}
    return form_of(tree(sections, scoring="points" if points else "percent"))


def answered(form: Form, data: st.DataObject) -> dict[QuestionId, Answer]:
    """Return an answer to most questions of a form."""
    answers: dict[QuestionId, Answer] = {}
    for question in form.questions:
        chosen = data.draw(st.sampled_from([*(it.id for it in question.options), "skip", "none"]))
        if chosen == "skip":
            answers[question.id] = Answer(is_skipped=True)
        elif chosen != "none":
            answers[question.id] = Answer((chosen,))
    return answers


def _best_first(question: Question) -> list[str]:
    return [it.id for it in sorted(question.options, key=lambda it: -it.score)]


@settings(max_examples=40, deadline=None)
@given(forms(), st.data())
def test_a_better_answer_never_lowers_the_score(form: Form, data: st.DataObject) -> None:
    answers = answered(form, data)
    before = score(form, answers).percent
    for question in form.questions:
        chosen = answers.get(question.id, Answer()).options
        ranked = _best_first(question)
        place = ranked.index(chosen[0]) if chosen else 0
        if place:
            better = answers | {question.id: Answer((ranked[place - 1],))}
            after = score(form, better).percent
            assert before is not None
            assert after is not None
            assert after >= before - 1e-5


@settings(max_examples=40, deadline=None)
@given(forms(), st.data())
def test_percent_is_in_bounds_and_the_order_of_answers_does_not_matter(
    form: Form, data: st.DataObject
) -> None:
    answers = answered(form, data)
    found = score(form, answers)
    assert found.percent is None or 0 <= found.percent <= 100
    assert score(form, dict(reversed(answers.items()))) == found
    best = {it.id: Answer((_best_first(it)[0],)) for it in form.questions}
    assert score(form, best).percent == pytest.approx(100)


@settings(max_examples=40, deadline=None)
@given(forms(), st.data())
def test_not_applicable_is_as_if_the_question_were_not_there(
    form: Form, data: st.DataObject
) -> None:
    answers = answered(form, data)
    gone = data.draw(st.sampled_from([it.id for it in form.questions]))
    skipped = score(form, answers | {gone: Answer(is_skipped=True)})
    without = replace(
        form,
        sections=tuple(
            replace(it, questions=tuple(q for q in it.questions if q.id != gone))
            for it in form.sections
        ),
    )
    rest = {id: it for id, it in answers.items() if id != gone}
    assert score(without, rest).percent == skipped.percent
