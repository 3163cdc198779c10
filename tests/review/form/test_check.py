"""What is said about forms beyond the examples of the findings, and what is not."""

import pytest

from callcoach.review.form.check import check_form
from callcoach.review.form.library import FormLibrary, shipped_forms
from callcoach.review.form.vague import vague_word
from callcoach.script.wording import Wording
from tests.review.form.forms import codes, findings, one, tree
from tests.support import Tree, minimal, script_of, shipped

CASES: tuple[tuple[str, Tree, list[str]], ...] = (
    ("small weights are shares", one({"a": {"title": "A", "weight": 3}, "b": "B"}), []),
    ("a bonus counts for no weight",
     one({"a": {"title": "A", "weight": 100}, "b": {"title": "B", "bonus": "yes", "weight": 20}}),
     []),
    ("points need not be 100", one({"a": {"title": "A", "weight": 30}}, scoring="points"), []),
    ("a section of notes need not be scored",
     tree({"a": {"title": "A", "questions": {"q": "Q"}},
           "b": {"title": "B", "scored": "no", "questions": {"t": {"title": "T",
                                                                  "answers": "text"}}}}), []),
    ("a form of notes alone has no 100 %",
     one({"t": {"title": "T", "answers": "text"}}), ["CC111"]),
    ("a comment may be wanted by the answer alone",
     one({"a": {"title": "A", "answers": {
         "y": {"title": "Y", "score": 1},
         "n": {"title": "N", "score": 0, "fails": "form", "comment": "yes"}}}}), []),
    ("a condition on “not” leaves “not applicable”",
     one({"a": "A", "b": {"title": "B", "when": {"a": {"not": ["yes", "no"]}}}}), []),
    ("a condition on itself", one({"a": {"title": "A", "when": {"a": "yes"}}, "b": "B"}),
     ["CC104"]),
    ("an answer that the other question does not have",
     one({"a": "A", "b": {"title": "B", "when": {"a": "maybe"}}}), ["CC102"]),
    ("ranges that overlap",
     one({"n": {"title": "N", "ranges": {"..3": 1, "2..": 0}}}), ["CC118"]),
    ("ranges within others leave no gap",
     one({"n": {"title": "N", "ranges": {"..9": 1, "2..3": 0, "9..": 0}}}), ["CC118"]),
    ("a range within", one({"n": {"title": "N", "ranges": {"..": 1, "2..": 0}}}), ["CC007"]),
    ("what counts is said", one({"a": {"title": "Good attitude", "help": "Says please"}}), []),
    ("bands above 100", one({"a": "A"}, bands={"120": "A", "0": "B"}), ["CC113"]),
)  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [row[1:] for row in CASES],
                         ids=[row[0] for row in CASES])  # fmt: skip
def test_a_form_is_checked(given: Tree, expected: list[str]) -> None:
    assert codes(given) == expected


BROKEN: tuple[tuple[str, Tree, list[str]], ...] = (
    ("what is wrong in whole parts is found beside an error",
     one({"a": {"title": "A", "answers": "yesno"},
          "b": {"title": "B", "when": {"c": "yes"}},
          "c": "Good attitude",
          "d": {"title": "D", "ranges": {"..3": 1, "4..": 0}}}),
     ["CC007", "CC104", "CC109", "CC118"]),
    ("what rests on a broken question is not judged",
     one({"a": {"title": "A", "answers": "yesno"}, "b": {"title": "B", "when": {"a": "maybe"}}}),
     ["CC007"]),
    ("a question of a bad name is there all the same",
     one({"Bad-Name": "A", "b": {"title": "B", "when": {"Bad-Name": "yes"}}}), ["CC008"]),
    ("a section of a bad name is looked through",
     tree({"Bad-Name": {"title": "A", "questions": {"q": {"title": "A", "answers": "yesno"}}}}),
     ["CC008", "CC007"]),
    ("sums wait until all of it can be read",
     one({"a": {"title": "A", "weight": 60}, "b": {"title": "B", "weight": "x"}}), ["CC007"]),
    ("a form without a version is read on",
     tree({"part": {"title": "Part", "questions": {"a": {"title": "Good"}}}}, version=None),
     ["CC005", "CC109"]),
)  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [row[1:] for row in BROKEN],
                         ids=[row[0] for row in BROKEN])  # fmt: skip
def test_a_broken_form_is_checked_as_far_as_it_can_be(given: Tree, expected: list[str]) -> None:
    assert codes(given) == expected


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Has a good attitude", "good"),
        ("Was professional", "professional"),
        ("服务态度如何", "态度"),
        ("Says good morning", ""),
        ("Wishes a good day", ""),
        ("Says the company's name", ""),
        ("报出姓名", ""),
    ],
)
def test_vague_words_are_those_that_cannot_be_heard(title: str, word: str) -> None:
    assert vague_word(title) == word


def test_a_cue_of_another_pack_is_guessed() -> None:
    script = script_of(minimal(cues={"greet": {"title": "Greet", "heard": "hello"}}))
    (found,) = findings(one({"q": {"title": "Q", "cue": "elsewhere.greet"}}), script)
    assert (found.code, found.nearest) == ("CC114", "example.greet")


@pytest.mark.parametrize("name", FormLibrary((shipped_forms(),)).names())
def test_a_shipped_form_is_without_findings(name: str) -> None:
    loaded = FormLibrary((shipped_forms(),)).load(name)
    assert loaded.form is not None
    assert loaded.findings == ()
    script = shipped().load(loaded.form.pack).script
    assert script is not None
    assert check_form(loaded.form, script) == ()
    assert loaded.form.id == name
    assert loaded.form.languages == ("zh", "en")
    wordings: list[Wording] = [loaded.form.title, *(it.title for it in loaded.form.sections)]
    for question in loaded.form.questions:
        wordings += [question.title, *(option.title for option in question.options)]
        wordings += [question.help] if question.help else []
    assert all(set(it.variants) == {"zh", "en"} for it in wordings)


def test_there_are_forms_for_courtesy_compliance_and_role_play() -> None:
    names = FormLibrary((shipped_forms(),)).names()
    assert {"courtesy", "compliance", "role_play"} <= set(names)
