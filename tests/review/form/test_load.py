"""Reading forms: the short way of writing them, and what is refused."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.review.form.load import load_form
from callcoach.review.form.model import Fails, Needs, QuestionKind, Range, Scoring, Source
from callcoach.script.diagnostic import entry
from tests.review.form.forms import codes, form_of, one, tree
from tests.support import Tree, dump

SHORT = """\
callcoach: 1
form: short
version: "3"
title: {zh: 表, en: Form}
languages: [zh, en]
pack: overdue
bands: {90: {zh: 好, en: Fine}, 0: {zh: 差, en: Poor}}
sections:
  first:
    title: {zh: 一, en: One}
    questions:
      greets: {zh: 问好, en: Greets, cue: greet}
      threatens: {zh: 威胁, en: Threatens, answers: no_yes, flag: courtesy.threat, fails: form}
      breaks: {zh: 打断, en: Breaks in, metric: agent.interruptions, ranges: {..1: 1, 1..: 0}}
      agreed: {zh: 谈成, en: Agreed, attribute: outcome, values: {promise: yes}, absent: no}
"""


def test_a_question_takes_one_line() -> None:
    form = form_of(SHORT)
    greets, threatens, breaks, agreed = form.questions
    assert [it.title.plain("zh") for it in form.questions] == ["问好", "威胁", "打断", "谈成"]
    assert [(it.id, it.score) for it in greets.options] == [("yes", 1.0), ("no", 0.0)]
    assert greets.options[0].title.plain("zh") == "是"
    assert greets.auto is not None
    assert (greets.auto.cues, greets.auto.present, greets.auto.absent) == (
        ("overdue.greet",), "yes", "no")  # fmt: skip
    assert threatens.auto is not None
    assert (threatens.auto.present, threatens.auto.absent) == ("yes", "no")
    assert [(it.id, it.fails) for it in threatens.options] == [("no", None), ("yes", Fails.FORM)]
    assert breaks.kind is QuestionKind.NUMBER
    assert breaks.ranges == (Range(None, 1.0, 1.0), Range(1.0, None, 0.0))
    assert agreed.auto is not None
    assert (agreed.auto.source, dict(agreed.auto.values)) == (
        Source.ATTRIBUTE, {"overdue.promise": "yes"})  # fmt: skip
    assert [(it.least, it.title.plain("en")) for it in form.bands] == [(90, "Fine"), (0, "Poor")]


def test_a_text_alone_is_a_question_of_yes_or_no() -> None:
    (question,) = form_of(one({"greets": "Greets"})).questions
    assert (question.title.plain("en"), question.kind) == ("Greets", QuestionKind.ONE)
    assert question.auto is None
    assert question.needs is Needs.NEVER


def test_a_form_is_pinned_by_the_digest_of_its_text() -> None:
    form = form_of(SHORT)
    assert form.digest == hashlib.sha256(SHORT.encode()).hexdigest()
    assert form.source == SHORT
    assert load_form(form.source, "elsewhere.yaml").form is not None


@pytest.mark.parametrize(
    ("bounds", "least", "most"),
    [("..3", None, 3.0), ("3..", 3.0, None), ("20%..60%", 0.2, 0.6), ("-1 .. 2.5", -1.0, 2.5)],
)
def test_ranges_have_bounds(bounds: str, least: float | None, most: float | None) -> None:
    question = next(form_of(one({"n": {"title": "N", "ranges": {bounds: 1}}})).questions)
    assert question.ranges == (Range(least, most, 1.0),)


@pytest.mark.parametrize(
    ("preset", "scores"),
    [
        ("yes_no", [1, 0]),
        ("no_yes", [1, 0]),
        ("met_partly_not", [1, 0.5, 0]),
        ("one_to_five", [0, 0.25, 0.5, 0.75, 1]),
    ],
)
def test_presets_are_listed_as_people_read_them(preset: str, scores: list[float]) -> None:
    question = next(form_of(one({"q": {"title": "Q", "answers": preset}})).questions)
    assert [option.score for option in question.options] == scores


def test_a_key_that_chooses_a_grade_is_the_grade() -> None:
    question = next(form_of(one({"q": {"title": "Q", "answers": "one_to_five"}})).questions)
    assert [option.title.plain("en") for option in question.options] == list("12345")


def test_a_condition_may_name_grades() -> None:
    asked = {
        "q": {"title": "Q", "answers": "one_to_five"},
        "why": {"title": "Why", "when": {"q": ["1", 2]}},
    }
    _, why = form_of(one(asked)).questions
    assert why.when[0].options == {"1", "2"}


def test_points_may_be_more_than_one_and_less_than_nothing() -> None:
    answers = {"a": {"title": "A", "score": 5}, "b": {"title": "B", "score": -2}}
    given = one({"q": {"title": "Q", "answers": answers, "many": "yes"}}, scoring="points")
    form = form_of(given)
    (question,) = form.questions
    assert (form.scoring, question.kind) == (Scoring.POINTS, QuestionKind.MANY)
    assert [option.score for option in question.options] == [5, -2]


def test_an_answer_can_be_left_to_people() -> None:
    form = form_of(one({"q": {"title": "Q", "cue": "greet", "absent": "none"}}))
    auto = next(form.questions).auto
    assert auto is not None
    assert (auto.present, auto.absent) == ("yes", None)


WRONG: tuple[tuple[Tree, str], ...] = (
    (one({"q": {"title": "Q", "answer": "yes_no"}}), "CC004"),
    (one({"q": {"answers": "yes_no"}}), "CC005"),
    (one({"q": ["a"]}), "CC006"),
    (one({"q": {"title": "Q", "answers": "yesno"}}), "CC007"),
    (one({"q": {"title": "Q", "answers": {"a": {"title": "A", "score": 2}}}}), "CC007"),
    (one({"q": {"title": "Q", "answers": {"any": {"title": "A", "score": 1}}}}), "CC008"),
    (one({"q": {"title": "Q", "ranges": {"3": 1}}}), "CC007"),
    (one({"Q": "Q"}), "CC008"),
    (one({"q": "Q"}, callcoach=2), "CC009"),
    (one({"q": "Q"}, bands={"high": "High"}), "CC007"),
    (one({"q": "Q"}, languages=["zh", "en"]), "CC006"),
    (one({"q": {"title": "Q", "cue": "a", "flag": "b"}}), "CC121"),
    (tree({"part": "Part"}), "CC006"),
    (tree({"part": {"title": "Part"}}), "CC005"),
)


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_what_cannot_be_read_is_reported(given: Tree, code: str) -> None:
    assert code in codes(given)


def test_a_language_that_presets_do_not_have_is_reported() -> None:
    assert "CC030" in codes(one({"q": "Q"}, languages=["fr"]))


_values = st.recursive(
    st.sampled_from(["", "yes", "greet", "..3", "-1", "any", "none", "问好"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(
                ["title", "answers", "when", "cue", "ranges", "values", "score", "q", "not", "..2"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None)
@given(_values, _values)
def test_no_form_breaks_the_reader_or_the_checker(question: object, head: object) -> None:
    given_form = one({"q": question, "r": {"title": "R", "when": head}}, bands=head)
    for code in codes(given_form):
        assert entry(code)
    load_form(dump({"sections": question, "callcoach": 1}), "form.yaml")
