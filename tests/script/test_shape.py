"""What the checker says of ends that no call comes to, of codes that are given twice, of plans."""

import pytest

from callcoach.call.rehearse import Failure, rehearse
from callcoach.cli.script.rehearse import covered, play_plans
from callcoach.script.check import check
from callcoach.script.coverage import Part
from callcoach.script.load import PackFiles
from callcoach.script.model import PackId
from callcoach.script.skeleton import SCHEMA_FILE, skeleton
from tests.sessions import coach, start
from tests.support import MINIMAL, Tree, base, codes, end, findings, load, minimal, script_of, step

NAME = PackId("survey")
TWO = {"done": {"code": "D", "title": "Done"}, "later": {"code": "L", "title": "Later"}}


def changed(old: str, new: str, file: str = "pack.yaml") -> PackFiles:
    """Return a new pack with one text in one of its files replaced."""
    made = skeleton(NAME, ("en",), "en")
    texts = {name: text for name, text in made.items() if name != SCHEMA_FILE}
    assert old in texts[file]
    return PackFiles(NAME, texts | {file: texts[file].replace(old, new, 1)})


def test_an_outcome_is_missed_whose_step_is_only_taken_over_by_another() -> None:
    found = check(load(changed("to: goodbye\n", "to: greeting\n")))
    assert [(it.code, it.arguments["outcome"]) for it in found] == [("CC065", "done")]


def test_an_outcome_is_missed_whose_steps_no_call_comes_to() -> None:
    steps = {
        "hello": step("Hi.", on="bye"),
        "bye": end("Bye."),
        "island": step("Here.", on="shore"),
        "shore": end("Later.", "later"),
    }
    assert sorted(codes(minimal(steps=steps, outcomes=TWO))) == ["CC050", "CC050", "CC065"]


def test_a_step_that_only_unreachable_steps_take_over_is_itself_unreachable() -> None:
    steps = {
        "hello": step("Hi.", on="bye"),
        "bye": end("Bye."),
        "model": step("Model.", on="bye"),
        "lone": {"use": "model", "title": "Lone"},
    }
    assert codes(minimal(steps=steps)) == ["CC050", "CC050"]
    reached = steps | {"hello": step("Hi.", on="lone")}
    assert codes(minimal(steps=reached)) == []


def test_a_step_that_a_call_can_come_to_counts_although_another_takes_it_over() -> None:
    steps = {
        "hello": step("Hi.", on="bye", away="other"),
        "bye": end("Bye."),
        "other": {"use": "bye", "title": "Other"},
    }
    coverage = covered(script_of(minimal(steps=steps)), [], ())
    assert coverage.reached[Part.STEP, "en"] == (0, 3)


@pytest.mark.parametrize(
    ("second", "expected"),
    [("D", ["CC066"]), ("d", []), ("L", [])],
)
def test_two_outcomes_of_a_pack_have_different_codes(second: str, expected: list[str]) -> None:
    outcomes = {
        "done": {"code": "D", "title": "Done"},
        "away": {"code": second, "title": "Away", "early": "yes"},
    }
    assert codes(minimal(outcomes=outcomes)) == expected


def test_an_outcome_may_have_the_code_of_one_in_another_pack() -> None:
    lent = base(outcomes={"done": {"code": "DONE", "title": "Done"}})
    assert codes(minimal(uses=["base"]), lent) == []


def test_a_used_pack_has_the_languages_of_the_one_that_uses_it() -> None:
    spoken = MINIMAL.replace("[en]", "[en, fr]\nuses: base")
    found = [it for it in findings(spoken, base()) if it.code == "CC038"]
    assert [(it.place.line, it.arguments["language"]) for it in found] == [(6, "fr")]
    assert "CC038" not in codes(MINIMAL.replace("[en]", "[en]\nuses: base"), base())


@pytest.mark.parametrize("sign", ["（", "）", "［", "］", "｜", "＃", "{", "}", "*", "/", "+"])
@pytest.mark.parametrize("key", ["heard", "unless"])
def test_a_sign_that_means_nothing_in_a_phrase_is_found(sign: str, key: str) -> None:
    watch = {"it": {"title": "It", "heard": ["good morning"], key: [f"good {sign} morning"]}}
    (found,) = findings(minimal(watch=watch))
    assert (found.code, found.arguments["signs"]) == ("CC033", sign)


@pytest.mark.parametrize(
    "phrase", ["f*** it", "24/7 help", "and/or", "c++", "(a|b) #", "pay …2 now"]
)
def test_a_sign_that_belongs_to_a_word_is_fine(phrase: str) -> None:
    watch = {"it": {"title": "It", "heard": [phrase]}}
    assert findings(minimal(watch=watch)) == ()


def plan(*turns: Tree | str) -> dict[str, object]:
    """Return a pack with one plan."""
    one = {"title": "One", "turns": list(turns), "outcome": "done"}
    return minimal(plans={"one": one})


@pytest.mark.parametrize(
    ("turn", "nearest"),
    [({"exit": "onn"}, "on"), ({"expect": {"suggests": "onn"}}, "on"), ({"exit": "x"}, "")],
)
def test_an_exit_that_no_step_has_is_found_in_a_plan(turn: Tree, nearest: str) -> None:
    (found,) = findings(plan("say", turn, "end"))
    assert (found.code, found.nearest) == ("CC020", nearest)


@pytest.mark.parametrize("name", ["on", "hello", "example.hello"])
def test_a_plan_may_expect_an_exit_or_a_step_to_be_suggested(name: str) -> None:
    assert codes(plan({"expect": {"suggests": name}}, {"exit": "on"}, "end")) == []


def failures(source: Tree) -> list[Failure]:
    """Return what does not come as the plan of a pack expects."""
    loaded = load(source)
    assert loaded.script is not None
    (one,) = loaded.plans.values()
    return rehearse(*start(coach(loaded.script), "en"), one).failures


@pytest.mark.parametrize(
    ("turn", "named"),
    [
        ({"exit": "off"}, "exit: off"),
        ({"objection": "hello"}, "objection: hello"),
        ("undo", "undo"),
    ],
)
def test_a_turn_that_is_not_possible_is_named_as_the_plan_writes_it_and_ends_the_rehearsal(
    turn: Tree | str, named: str
) -> None:
    (failure,) = failures(plan(turn, turn, {"expect": {"step": "bye"}}, {"exit": "on"}))
    assert (failure.what, failure.expected) == ("move", named)
    assert failure.found


def test_what_a_new_packs_plan_misspells_is_one_failure_in_each_call() -> None:
    files = changed("exit: reached", "exit: asked", "plans/first.yaml")
    loaded = load(files)
    assert loaded.script is not None
    played = play_plans(loaded.script, loaded.plans.values())
    assert [len(one.failures) for one in played] == [1, 0]
