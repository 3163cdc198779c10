"""Rules among the other parts of a pack: what names them, what is checked, what can be judged."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener
from callcoach.call.rules.talk import Said
from callcoach.script.check import check, has_errors
from callcoach.script.coverage import Part, cover
from callcoach.script.load.conditions import BODIES, COMPANIONS, MODIFIERS
from callcoach.script.measures import MEASURES, UNITS
from callcoach.script.model import CueId, Heard
from callcoach.script.rules import Refers, RuleId, Scope
from callcoach.script.schema import SCHEMA
from callcoach.script.terms import Speaker
from tests.script.test_rules import BILINGUAL, A, B, R, written
from tests.support import (
    OBJECTION,
    base,
    codes,
    dump,
    findings,
    load,
    minimal,
    script_of,
    show,
    step_of,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_cues_hints_and_steps_name_rules() -> None:
    later = {**OBJECTION, "heard": {"rule": "b", "en": ["later"]}}
    script = script_of(
        minimal(
            objections={"later": later},
            rules={"a": {"heard": "hello"}, "b": {"heard": "bye"}},
            cues={"greet": {"title": "Greet", "in": "hello", "rule": ["a", "example.b"]}},
        )
    )
    assert script.cues[CueId("example.greet")].rules == (A, B)
    assert step_of(script, "example.later").heard.rules == (B,)
    assert not Heard()
    assert Heard(rules=(A,))


def test_a_cue_with_a_rule_needs_no_phrases() -> None:
    pack = minimal(
        rules={"a": {"heard": "good morning"}},
        cues={"greet": {"title": "Greet", "in": "hello", "rule": "a"}},
    )
    assert findings(pack) == ()


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"heard": "good morning"}, []),
        ({"any": [["good morning"], ["hi"]], "speaker": "agent"}, []),
        ({"heard": "good morning", "unless": "good morning"}, ["CC037"]),
        ({"heard": "howdy"}, ["CC037"]),
        ({"heard": "howdy", "at": "start"}, []),
        ({"any": [["howdy"], {"number": "any"}]}, []),
    ],
)
def test_lines_are_held_against_rules_as_far_as_phrases_alone_decide(
    rule: dict[str, object], found: list[str]
) -> None:
    greet = {"title": "Greet", "in": "hello", "rule": "a"}
    assert codes(minimal(rules={"a": rule}, cues={"greet": greet})) == found


def test_a_line_may_not_say_what_a_rule_forbids() -> None:
    avoid = {"morning": {"title": "Morning", "rule": "a"}}
    assert codes(minimal(rules={"a": {"heard": "good morning"}}, avoid=avoid)) == ["CC036"]
    late = {"heard": "good morning", "after": "b"}
    rules = {"a": late, "b": {"heard": "never"}}
    assert codes(minimal(rules=rules, avoid=avoid)) == []


def test_rules_of_a_used_pack_are_named_with_its_name() -> None:
    lent = base(rules={"hail": {"heard": "hello"}})
    script = script_of(minimal(uses=["base"], rules={"r": {"rule": "base.hail"}}), lent)
    assert script.rules[R].condition == Refers((RuleId("base.hail"),))
    assert set(script.rules) == {R, "base.hail"}
    wrong = findings(minimal(uses=["base"], rules={"r": {"rule": "hail"}}), lent)
    assert [(it.code, it.nearest) for it in wrong] == [("CC020", "base.hail")]


def test_of_a_used_pack_s_rules_only_what_keeps_both_from_being_used_is_told() -> None:
    lent = base(
        rules={
            "whole": {"any": ["hi", {"metric": "duration", "over": 5}]},
            "odd": {"heard": "hi", "unless": "(h"},
        }
    )
    assert sorted(codes(lent)) == ["CC031", "CC073"]
    assert codes(minimal(uses=["base"]), lent) == ["CC031"]


def test_a_longer_circle_is_told_once_with_its_way() -> None:
    rules = {
        "a": {"rule": "b"},
        "b": {"any": ["hi", {"heard": "ho", "after": "d"}]},
        "d": {"heard": "x", "unless": {"rule": "a"}},
        "e": {"rule": "a"},
    }
    (finding,) = findings(minimal(rules=rules))
    assert (finding.code, finding.arguments["circle"]) == ("CC074", "a → b → d → a")


@pytest.mark.parametrize(
    ("sue", "found"),
    [
        ({"heard": "we sue you", "sound": "loose"}, ["CC076"]),
        ({"heard": "we sue you", "sound": "alike"}, ["CC076"]),
        ({"similar": "we sue you"}, ["CC076"]),
        ({"heard": "we sue you", "sound": "exact"}, []),
        ({"heard": "we sue", "unless": {"heard": "we assure you", "sound": "loose"}}, []),
        ({"heard": "we sue", "after": "loan"}, []),
    ],
)
def test_what_is_forbidden_is_not_guessed_by_way_of_another_rule(
    sue: dict[str, object], found: list[str]
) -> None:
    loan = {"heard": "your loan", "sound": "loose"}
    rules = {"threat": {"any": [{"rule": "sue"}]}, "sue": sue, "loan": loan}
    cue = {"threats": {"title": "Threats", "rule": "threat"}}
    assert codes(minimal(rules=rules, avoid=cue)) == found
    assert codes(minimal(rules=rules, watch=cue)) == []


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ({"heard": {"en": "hi"}}, ["zh"]),
        ({"heard": {"en": "hi", "zh": "你好"}}, []),
        ({"any": [{"en": "hi"}, {"zh": "你好"}]}, []),
        ({"any": [{"en": "hi"}, {"number": "any"}]}, []),
        ({"all": [{"en": "hi"}, {"not": {"zh": "你好"}}]}, []),
        ({"heard": {"en": "hi"}, "unless": {"zh": "你好"}}, ["zh"]),
        ({"sequence": [{"en": "hi"}, {"zh": "你好", "absent": "yes"}]}, ["zh"]),
    ],
)
def test_a_rule_that_is_deaf_in_a_language_is_reported(
    rule: dict[str, object], missing: list[str]
) -> None:
    found = findings(f"{BILINGUAL}rules: {{r: {dump(rule)}}}\n")
    assert [it.arguments["language"] for it in found] == missing


@pytest.mark.parametrize(
    ("language", "also", "missing"),
    [
        ({"attribute": "language", "is": "en"}, None, []),
        ({"attribute": "language", "is_not": "zh"}, None, []),
        ({"attribute": "language", "is": "zh"}, None, ["zh"]),
        ({"attribute": "agent", "is": "en"}, None, ["zh"]),
        ({"attribute": "language", "is": "en"}, {"rule": "part"}, ["zh"]),
    ],
)
def test_a_part_that_only_calls_in_one_language_ask_for_needs_no_other(
    language: dict[str, object], also: dict[str, object] | None, missing: list[str]
) -> None:
    beside = {"all": [language, {"rule": "part"}]}
    whole = {"any": [beside, *([also] if also else []), {"heard": {"en": "hello", "zh": "你好"}}]}
    rules = {"whole": whole, "part": {"heard": {"en": "hi"}, "internal": "yes"}}
    found = findings(f"{BILINGUAL}rules: {dump(rules)}\n")
    assert [it.arguments["language"] for it in found if it.code == "CC077"] == missing


def test_a_fact_that_only_a_rule_asks_about_is_used_and_has_to_be_told() -> None:
    rules = {"gold": {"attribute": "plan", "is": "gold"}}
    plan = {"title": "Plan", "given": "yes"}
    assert codes(minimal(rules=rules, facts={"plan": plan})) == []
    assert codes(minimal(rules=rules, facts={"plan": {"title": "Plan"}})) == ["CC048"]


def test_a_cue_that_is_heard_by_a_rule_is_to_be_reached() -> None:
    cues = {
        "greet": {"title": "G", "in": "hello", "rule": "a"},
        "tick": {"title": "T", "in": "hello"},
    }
    coverage = cover(script_of(minimal(rules={"a": {"number": "any"}}, cues=cues)), ())
    assert [it.id for it in coverage.missed if it.part is Part.CUE] == ["example.greet"]


LEAVES = st.sampled_from(
    ["hi", "hello #", "(hi", "a", "b", "c", "r", "any", "yes", "2", "0", "1-2", ""]
)
VALUES = LEAVES | st.sampled_from(
    ["first 30s", "5 words", ">2 turns", "20s", "agent", "call", "duration", "language", "open"]
)
KEYS = st.sampled_from([*BODIES, *MODIFIERS, *(key for it in COMPANIONS.values() for key in it)])
TREES = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.just("rule"), inner, max_size=3)
    ),
    max_leaves=12,
)
GROUPS = st.sampled_from(["any", "all", "none", "not", "absent", "sequence"])
NARROWING = st.sampled_from(
    [{"speaker": "agent"}, {"times": "0-2"}, {"after": "c"}, {"unless": {"rule": "a"}}]
)
LIKELY = st.recursive(
    st.sampled_from(["hi", ["ho", "hu"], {"rule": "a"}, {"rule": ["b", "c"]}, {"number": "any"}]),
    lambda inner: st.one_of(
        st.builds(lambda key, parts: {key: parts}, GROUPS, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda part, more: {"any": [part], **more}, inner, NARROWING),
        st.builds(lambda part: {"near": [part, "x"], "distance": "9 words"}, inner),
    ),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_whatever_is_written_is_read_or_reported(rule: dict[str, object]) -> None:
    findings(written(dump(rule)))


@given(LIKELY, st.sampled_from(Scope))
def test_what_the_checker_passes_can_be_listened_with(part: object, scope: Scope) -> None:
    loaded = load(written(dump({"scope": scope.value, "all": [part]})))
    if loaded.script is not None and not has_errors(check(loaded)):
        listener = Listener(Ruleset(loaded.script.rules))
        said = [
            (Speaker.AGENT, "hi hello x"),
            (Speaker.CUSTOMER, "ho goodbye 5"),
            (Speaker.AGENT, ""),
        ]
        for at, (speaker, words) in enumerate(said):
            listener.hear(Said(speaker, words, at, at + 1))
        listener.end({"duration": 61.0})


@pytest.mark.parametrize("guide", ["rules.md", "rules.zh.md"])
def test_the_examples_of_the_guide_are_sound(guide: str) -> None:
    source = (DOCS / guide).read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", source, re.DOTALL)
    assert len(blocks) == 5
    for block in blocks:
        is_whole = block.startswith("callcoach:")
        found = findings(
            block.replace("pack: shop", "pack: example") if is_whole else BILINGUAL + block
        )
        assert found == (), list(map(show, found))


@pytest.mark.parametrize("guide", ["rules.md", "rules.zh.md"])
def test_the_guide_explains_every_key_measure_and_unit(guide: str) -> None:
    source = (DOCS / guide).read_text(encoding="utf-8")
    keys = {key for one in ("rule", "condition", "link", "anchor") for key in keys_of(one)}
    for word in {*keys, *(name.rpartition(".")[2] for name in MEASURES), *UNITS} - {"zh", "en"}:
        assert re.search(rf"`{word}\b", source), word


def keys_of(definition: str) -> set[str]:
    """Return the keys that the schema knows in a definition."""
    schema = SCHEMA["$defs"][definition]
    return {key for one in (schema, *schema.get("anyOf", ())) for key in one.get("properties", ())}
