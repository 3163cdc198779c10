"""Rules of Aliyun: keywords over several sentences, other ways of writing, rules upon rules."""

import json
import re
from typing import Any

import pytest

from callcoach.script.exchange import Handling, System, detect_system, import_rules
from callcoach.script.exchange.aliyun_sentence import regular
from callcoach.script.exchange.tree import rule_tree
from callcoach.script.model import PackId, local
from callcoach.words.phrase import PhraseError
from tests.script.exchange.made import PACK

Json = Any


def upload(param: Json, role: str = "", kind: str = "INCLUDE_KEYWORDS") -> Json:
    """Return an upload with one rule over one condition with one operator."""
    operator = {"oid": "1", "type": kind, "param": {"keywords": ["还款", "明天"]} | param}
    checked = {"role": role} if role else {}
    condition = {"cid": "1", "check_range": checked, "operators": [operator], "lambda": "1"}
    return {"conditions": [condition], "rules": [{"rid": "1", "name": "one", "lambda": "1"}]}


def trees(value: Json, *, approximate: bool = False) -> dict[str, Json]:
    """Return the rules that come in, as packs write them."""
    found = import_rules(value, System.ALIYUN, PackId(PACK), approximate=approximate)
    assert all(report.handling is not Handling.LEFT_OUT for report in found.reports), found
    return {local(rule.id): rule_tree(rule, ["zh"]) for rule in found.rules}


@pytest.mark.parametrize(
    ("param", "tree"),
    [
        (
            {"keywordMatchSize": -1, "in_sentence": True},
            {
                "all": [{"heard": {"zh": ["还款"]}}, {"heard": {"zh": ["明天"]}}],
                "speaker": "customer",
            },
        ),
        (
            {"in_sentence": False},
            {
                "scope": "call",
                "all": [
                    {"heard": {"zh": ["还款"]}, "speaker": "customer"},
                    {"heard": {"zh": ["明天"]}, "speaker": "customer"},
                ],
            },
        ),
        (
            {"keywordMatchSize": 0, "in_sentence": False},
            {
                "scope": "call",
                "absent": {"heard": {"zh": ["还款", "明天"]}, "speaker": "customer"},
            },
        ),
        (
            {"keywordMatchSize": 0, "in_sentence": True},
            {"not": {"heard": {"zh": ["还款", "明天"]}}, "speaker": "customer"},
        ),
        (
            {"keywordMatchSize": 1, "threshold": 2, "in_sentence": True},
            {"any": [{"heard": {"zh": ["还款", "明天"]}, "times": "2"}], "speaker": "customer"},
        ),
        (
            {"synonyms": {"还款": ["还钱"]}, "in_sentence": True},
            {
                "all": [{"heard": {"zh": ["还款", "还钱"]}}, {"heard": {"zh": ["明天"]}}],
                "speaker": "customer",
            },
        ),
    ],
)
def test_keywords(param: Json, tree: Json) -> None:
    assert trees(upload(param, "客户")) == {"one": tree}


def test_what_an_interface_answers_is_read_as_what_is_uploaded() -> None:
    plain = upload({"keywordMatchSize": -1, "in_sentence": True}, "客户")

    def capital(value: Json) -> Json:
        if isinstance(value, dict):
            return {key.capitalize(): capital(it) for key, it in value.items()}
        return [capital(it) for it in value] if isinstance(value, list) else value

    answered = {"Data": capital(plain), "Success": True}
    assert "Check_range" in answered["Data"]["Conditions"][0]
    wrapped = {"JsonStr": json.dumps(plain)}
    for value in (answered, wrapped):
        assert detect_system(value) is System.ALIYUN
        assert trees(value) == trees(plain)


def test_two_rules_over_one_condition_share_it() -> None:
    value = upload({"in_sentence": True})
    value["rules"].append({"rid": "2", "name": "二", "lambda": "!1"})
    shared = {"heard": {"zh": ["还款"]}}, {"heard": {"zh": ["明天"]}}
    assert trees(value) == {
        "condition_1": {"internal": "yes", "all": list(shared)},
        "one": {"rule": "condition_1"},
        "rule_1": {"title": {"zh": "二"}, "scope": "call", "absent": {"rule": "condition_1"}},
    }


def test_the_same_sentence_as_another_condition() -> None:
    value = upload({}, "客户", "HIT_ANY_KEYWORDS")
    first = {"cid": "2", "operators": value["conditions"][0]["operators"], "lambda": "1"}
    value["conditions"].insert(0, first)
    value["conditions"][1]["check_range"]["anchor"] = {"cid": "2", "location": "CURRENT"}
    assert trees(value)["one"] == {
        "all": [
            {"heard": {"zh": ["还款", "明天"]}, "speaker": "customer"},
            {"rule": "condition_2"},
        ]
    }


@pytest.mark.parametrize(
    ("phrase", "hit", "missed"),
    [
        ("pay ...2 later", "I pay it later.", "I pay it a bit much later"),
        ("(thank you|thanks) [so] ... #", "thanks, so here are 500", "thanks so much"),
        ("i will pay #", "I will pay 1,280.40", "I will repay 5"),
        ("what's (up|new)?", "", ""),
        ("明天...2还", "明天我就还", "明天我们一定还"),
        ("(今天|明天)[就]还#", "明天就还500", "明天不还500"),
    ],
)
def test_gaps_and_numbers_as_an_expression(phrase: str, hit: str, missed: str) -> None:
    if not hit:
        with pytest.raises(PhraseError):
            regular(phrase, is_solid=False)
        return
    found = regular(phrase, is_solid=not phrase.isascii())
    assert re.search(found, hit, re.IGNORECASE), found
    assert not re.search(found, missed, re.IGNORECASE), found
