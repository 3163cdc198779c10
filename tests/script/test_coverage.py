"""How much of a pack its rehearsed calls reach."""

import pytest

from callcoach.script.coverage import Coverage, Part, Visit, cover
from callcoach.script.model import CueId, ExitId, Script, StepId
from tests.support import Tree, end, files, minimal, script_of, step

LANGUAGES = ["zh", "en"]


def both(text: str) -> Tree:
    """Return a text in both languages."""
    return {"zh": f"中{text}", "en": text}


SCRIPT: Script = script_of(
    minimal(
        languages=LANGUAGES,
        title=both("Example"),
        uses=["base"],
        steps={
            "hello": {
                "title": both("Hello"),
                "say": {"hi": both("Hi")},
                "exits": {
                    "on": {"label": both("On"), "to": "bye"},
                    "away": {"label": both("Away"), "to": "base.bye"},
                },
            },
            "model": {"title": both("Model"), "say": {"m": both("Model")}, "outcome": "done"},
            "bye": {"use": "model"},
        },
        objections={
            "later": {
                "title": both("Later"),
                "heard": {"zh": "晚点", "en": "later"},
                "say": {"l": both("Later")},
                "exits": {"back": {"label": both("Back"), "back": "yes"}},
            }
        },
        cues={
            "greet": {
                "in": "hello",
                "title": both("Greet"),
                "heard": {"zh": ["您好"], "en": ["hi"]},
            },
            "smile": {"in": "hello", "title": both("Smile")},
            "half": {"in": "hello", "title": both("Half"), "heard": {"zh": ["您"]}},
        },
        outcomes={"done": {"code": "DONE", "title": both("Done")}},
    ),
    files(minimal(pack="base", steps={"hello": step("Hi.", on="bye"), "bye": end("B.")}), "base"),
)


def visit(
    language: str, *steps: str, exits: tuple[tuple[str, str], ...] = (), cues: tuple[str, ...] = ()
) -> Visit:
    """Return what a rehearsed call reached, by local ids."""
    return Visit(
        language,
        frozenset(StepId(f"example.{step}") for step in steps),
        frozenset((StepId(f"example.{step}"), ExitId(exit)) for step, exit in exits),
        frozenset(CueId(f"example.{cue}") for cue in cues),
    )


EVERYTHING = {
    language: visit(
        language,
        *("hello", "bye", "later"),
        exits=(("hello", "on"), ("hello", "away"), ("later", "back")),
        cues=("greet", "half") if language == "zh" else ("greet",),
    )
    for language in LANGUAGES
}


def missed(coverage: Coverage) -> list[tuple[str, str, str]]:
    """Return what was missed: part, id, language."""
    return [(item.part, item.id, item.language) for item in coverage.missed]


def test_everything_is_missed_where_nobody_called() -> None:
    coverage = cover(SCRIPT, [])
    assert not coverage.is_full
    assert coverage.reached == {
        (Part.STEP, "zh"): (0, 2),
        (Part.EXIT, "zh"): (0, 3),
        (Part.OBJECTION, "zh"): (0, 1),
        (Part.CUE, "zh"): (0, 2),
        (Part.STEP, "en"): (0, 2),
        (Part.EXIT, "en"): (0, 3),
        (Part.OBJECTION, "en"): (0, 1),
        (Part.CUE, "en"): (0, 1),
    }
    assert len(coverage.missed) == 15


def test_nothing_is_missed_where_calls_reached_everything_in_each_language() -> None:
    coverage = cover(SCRIPT, EVERYTHING.values())
    assert coverage.is_full
    assert missed(coverage) == []
    assert all(reached == total for reached, total in coverage.reached.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_counts_for_its_own_language_alone(language: str) -> None:
    coverage = cover(SCRIPT, [EVERYTHING[language]])
    other = {"zh": "en", "en": "zh"}[language]
    assert {item.language for item in coverage.missed} == {other}


def test_what_several_calls_reached_adds_up() -> None:
    visits = [
        visit("zh", "hello", exits=(("hello", "on"), ("hello", "away")), cues=("greet", "half")),
        visit("zh", "bye"),
        visit("zh", "later", exits=(("later", "back"),)),
        EVERYTHING["en"],
    ]
    assert cover(SCRIPT, iter(visits)).is_full


def test_what_is_missed_comes_in_the_order_of_the_file() -> None:
    without = [
        visit("zh", "hello", exits=(("hello", "on"),), cues=("half",)),
        EVERYTHING["en"],
    ]
    assert missed(cover(SCRIPT, without)) == [
        ("exit", "example.hello/away", "zh"),
        ("step", "example.bye", "zh"),
        ("objection", "example.later", "zh"),
        ("exit", "example.later/back", "zh"),
        ("cue", "example.greet", "zh"),
    ]
    assert all(item.place.file == "pack.yaml" for item in cover(SCRIPT, without).missed)


def test_only_the_packs_own_parts_count_and_a_model_step_that_nobody_enters_does_not() -> None:
    ids = {item.id for item in cover(SCRIPT, []).missed}
    assert not any(id.startswith("base.") for id in ids)
    assert "example.model" not in ids


def test_a_model_step_counts_once_somebody_entered_it() -> None:
    coverage = cover(SCRIPT, [*EVERYTHING.values(), visit("zh", "model")])
    assert coverage.reached[Part.STEP, "zh"] == (3, 3)
    assert coverage.reached[Part.STEP, "en"] == (2, 2)


def test_a_cue_that_can_only_be_ticked_is_left_out() -> None:
    assert "example.smile" not in {item.id for item in cover(SCRIPT, []).missed}
    half = [item.language for item in cover(SCRIPT, []).missed if item.id == "example.half"]
    assert half == ["zh"]
