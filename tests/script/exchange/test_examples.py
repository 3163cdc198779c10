"""Files as the other systems write them: what comes in, what does not, and why."""

import json
from pathlib import Path
from typing import Any

import pytest

from callcoach.script.check import check
from callcoach.script.exchange import (
    ExchangeError,
    Handling,
    Imported,
    System,
    detect_system,
    import_rules,
)
from callcoach.script.exchange.tree import languages_of, pack_tree, rule_tree
from callcoach.script.exchange.write import write_yaml
from callcoach.script.load import PackFiles, load_pack
from callcoach.script.model import PackId, local
from callcoach.script.rules import Rule, Scope

EXAMPLES = Path(__file__).parent / "examples"
PACK = PackId("came_in")


def example(system: System) -> Any:
    """Return the example of a system."""
    name = f"{system.value.replace('-', '_')}.json"
    return json.loads((EXAMPLES / name).read_text("utf-8"))


def read(system: System, *, approximate: bool = False) -> Imported:
    """Return the rules of a system's example."""
    return import_rules(example(system), system, PACK, approximate=approximate)


def tree(rule: Rule) -> dict[str, object]:
    """Return a rule as a pack writes it, without its title."""
    found = rule_tree(rule, ("en", "zh"))
    found.pop("title", None)
    return found


def left(found: Imported) -> dict[str, list[str]]:
    """Return what keeps each rule out that is left out."""
    return {
        report.name: [it.what for it in report.items if it.handling is Handling.LEFT_OUT]
        for report in found.reports
        if report.handling is Handling.LEFT_OUT
    }


@pytest.mark.parametrize("system", System)
def test_a_system_is_known_by_its_rules(system: System) -> None:
    assert detect_system(example(system)) is system


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [[]], {"a": 1}, [{"Function": "{"}]])
def test_what_is_of_no_system_is_refused(value: object) -> None:
    with pytest.raises(ExchangeError, match="no system that is known"):
        detect_system(value)


@pytest.mark.parametrize("approximate", [False, True])
@pytest.mark.parametrize("system", System)
def test_what_comes_in_is_a_pack_without_a_finding(system: System, approximate: bool) -> None:
    found = read(system, approximate=approximate)
    languages = languages_of(found.rules)
    text = write_yaml(pack_tree(PACK, found.rules, "Came in", languages))
    loaded = load_pack(PackFiles(PACK, {f"{PACK}.yaml": text}), lambda _: None)
    codes = {it.code for it in check(loaded)}
    assert codes <= {"CC077"}, text  # a rule that listens in one language of two
    assert loaded.script is not None
    assert list(loaded.script.rules) == [rule.id for rule in found.rules]


def test_contact_lens() -> None:
    found = read(System.CONTACT_LENS)
    greeting, promise = found.rules
    assert tree(greeting) == {
        "scope": "call",
        "absent": {
            "heard": {"en": ["my name is", "you are speaking with"]},
            "speaker": "agent",
            "window": "first 30s",
        },
    }
    assert tree(promise) == {
        "any": [
            {"heard": {"en": ["(pay|settle) ...4 #"]}, "speaker": "customer"},
            {"heard": {"zh": ["我明天还"]}, "speaker": "customer"},
        ]
    }
    assert left(found) == {
        "Unhappy": ["SemanticMatch.Transcript", "NonTalkTime.LongestTimeSecs"],
        "Angry": ["Sentiment.State"],
    }
    (task,) = [it for it in found.reports[0].items if it.what == "CREATE_TASK"]
    assert (task.path, task.is_meaning) == ("$.Rules[0].Actions[1]", False)


def test_contact_lens_nearly() -> None:
    found = read(System.CONTACT_LENS, approximate=True)
    assert list(left(found)) == ["Angry"]
    unhappy = found.rules[2]
    assert found.reports[2].handling is Handling.APPROXIMATED
    assert tree(unhappy) == {
        "scope": "call",
        "all": [
            {
                "similar": {"en": ["this is not what I was told"]},
                "score": "0.6",
                "speaker": "customer",
            },
            {"metric": "longest_non_talk", "over": "20"},
        ],
    }


def test_transcribe() -> None:
    found = read(System.TRANSCRIBE)
    assert [tree(rule) for rule in found.rules] == [
        {
            "scope": "call",
            "all": [
                {
                    "absent": {
                        "heard": {"en": ["my name is", "this call is recorded"]},
                        "speaker": "agent",
                        "window": "first 30s",
                    },
                },
                {
                    "heard": {"en": ["monthly instalment"]},
                    "speaker": "agent",
                    "window": "40-80%",
                },
            ],
        }
    ]
    assert left(found) == {"dead-air": ["NonTalkTimeFilter"], "upset": ["SentimentFilter"]}


def test_google() -> None:
    found = read(System.GOOGLE)
    (hardship,) = found.rules
    assert hardship.scope is Scope.UTTERANCE
    assert tree(hardship) == {
        "all": [
            {"heard": {"en": ["lost my job", "in hospital"]}},
            {"not": {"heard": {"en": ["years ago"]}}},
        ],
        "speaker": "customer",
    }
    assert left(found) == {"Brand": ["caseSensitive"], "Old": ["active"]}
    assert [local(it.id) for it in read(System.GOOGLE, approximate=True).rules] == [
        "hardship",
        "brand",
    ]


def test_aliyun() -> None:
    found = read(System.ALIYUN)
    assert {local(rule.id): tree(rule) for rule in found.rules} == {
        "condition_1": {
            "internal": "yes",
            "heard": {"zh": ["请问是", "是您本人吗"]},
            "speaker": "agent",
        },
        "condition_2": {
            "internal": "yes",
            "all": [{"heard": {"zh": ["是我", "我就是"]}}, {"not": {"regex": ["不.{0,3}是"]}}],
            "speaker": "customer",
            "after": {"rule": "condition_1", "nth": "1"},
        },
        "rule_1": {"until": "2027-01-31", "rule": "condition_2"},
        "rule_2": {
            "scope": "call",
            "all": [{"absent": {"rule": "condition_2"}}, {"rule": "condition_1"}],
        },
        "rule_6": {"scope": "call", "all": [{"rule": "rule_1"}, {"rule": "condition_1"}]},
    }
    assert left(found) == {
        "没有开场白": ["range"],
        "语速过快": ["SPEECH_SPEED_CHECK"],
        "威胁起诉": ["regex"],
    }
    near = {rule.id: rule for rule in read(System.ALIYUN, approximate=True).rules}
    opening = near[next(id for id in near if local(id) == "rule_3")]
    assert tree(opening) == {
        "all": [{"heard": {"zh": ["您好"]}}, {"heard": {"zh": ["客服"]}}],
        "speaker": "agent",
        "window": "first 3 utterances",
    }
