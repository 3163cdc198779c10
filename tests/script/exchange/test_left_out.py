"""Everything that means something else here keeps its rule out, and says where it stands."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.exchange import ExchangeError, Handling, System, export_rules, import_rules
from callcoach.script.exchange.notation import NOWHERE
from callcoach.script.model import PackId
from callcoach.script.rules import (
    Absent,
    Anchor,
    Asks,
    At,
    AtLeast,
    Condition,
    Distance,
    FactSaid,
    Metric,
    Narrowed,
    Near,
    NoneOf,
    NumberIn,
    Order,
    Phrases,
    Refers,
    Regex,
    Rule,
    RuleId,
    Scope,
    Side,
    Similar,
    Sound,
    Unit,
    Window,
)
from callcoach.script.terms import Speaker, StepId
from tests.script.exchange.made import OTHER, PACK, other, phrase

Json = Any
PAY = Phrases((phrase("pay"),))


def lens(node: Json) -> Json:
    """Return a Contact Lens rule with one condition."""
    return {"Name": "One", "Function": {"RuleFunction": {"Operator": "AND", "Operands": [node]}}}


def heard(**more: Json) -> Json:
    """Return a condition on words."""
    return {
        "Operator": "CONTAINS_ANY",
        "Operands": ["pay"],
        "ComparisonValue": "$.ContactLens.PostCall.ExactMatch.Transcript",
        "Negate": False,
    } | more


def pattern(*items: Json) -> Json:
    """Return a condition on one pattern."""
    value = "$.ContactLens.PostCall.PatternMatch.Transcript"
    return lens(heard(ComparisonValue=value, Operands=[list(items)]))


def filtered(kind: str, data: Json) -> Json:
    """Return a condition with one filter."""
    clause = {"LogicOperator": "AND", "Filters": [{"Type": kind, "Data": data}]}
    return lens(heard(FilterClause=clause))


def category(rule: Json) -> Json:
    """Return a Transcribe category with one rule."""
    return {"CategoryName": "one", "Rules": [rule]}


def transcript(**more: Json) -> Json:
    """Return a category with one filter on words."""
    return category({"TranscriptFilter": {"Targets": ["pay"]} | more})


def matcher(rule: Json, **more: Json) -> Json:
    """Return a Google matcher with one phrase."""
    group = {"type": "ANY_OF", "phraseMatchRules": [{"query": "pay"} | rule]}
    return {"displayName": "One", "type": "ALL_OF", "phraseMatchRuleGroups": [group]} | more


def upload(operator: Json, check_range: Json | None = None, rule: Json | None = None) -> Json:
    """Return an Aliyun upload with one condition, and one more to count from."""
    plain = {"oid": "1", "type": "HIT_ANY_KEYWORDS", "param": {"keywords": ["您好"]}}
    return {
        "conditions": [
            {
                "cid": "1",
                "check_range": check_range or {},
                "operators": [{"oid": "1", **operator}],
                "lambda": "1",
            },
            {"cid": "2", "check_range": {}, "operators": [plain], "lambda": "1"},
        ],
        "rules": [{"rid": "1", "name": "One", "lambda": "1"} | (rule or {})],
    }


def words(**more: Json) -> Json:
    """Return an Aliyun operator on keywords."""
    return {"type": "INCLUDE_KEYWORDS", "param": {"keywords": ["还款", "明天"]} | more}


PLAIN = {"type": "HIT_ANY_KEYWORDS", "param": {"keywords": ["还款"]}}
FIRST = {"First": 30}
P_PAY = {"Type": "PLAIN", "Value": "pay"}
LENS, SCRIBE, GOOGLE, ALIYUN = System


@pytest.mark.parametrize(
    ("system", "value", "path", "is_near"),
    [
        (LENS, lens(heard(Operands=["..."])), ".Operands[0].Operands[0]", False),
        (LENS, lens(heard(Surprise=1)), ".Operands[0].Surprise", False),
        (
            LENS,
            lens(heard(ComparisonValue="$.ContactLens.PostChat.ExactMatch.Transcript")),
            "",
            False,
        ),
        (LENS, lens(heard(ComparisonValue="$.ContactLens.PostCall.DisconnectReason")), "", False),
        (
            LENS,
            lens(heard(ComparisonValue="$.ContactLens.PostCall.SemanticMatch.Phrase")),
            "",
            False,
        ),
        (
            LENS,
            lens(heard(ComparisonValue="$.ContactLens.PostCall.SemanticMatch.Transcript")),
            "",
            True,
        ),
        (LENS, filtered("ParticipantRole", "SUPERVISOR"), "Filters[0]", False),
        (LENS, filtered("AiAgentUseCase", "x"), "Filters[0]", False),
        (LENS, filtered("PostCallContactPeriodSeconds", FIRST | {"Last": 3}), "Data", False),
        (
            LENS,
            lens(heard(FilterClause={"LogicOperator": "OR", "Filters": []})),
            "LogicOperator",
            False,
        ),
        (LENS, filtered("PostCallContactPeriodSeconds", {"First": 0}), "Data", False),
        (LENS, filtered("PatternMatchLanguageFilter", "fr"), "Filters[0]", False),
        (LENS, pattern({"Type": "FUZZY", "Value": "x"}), "[0]", False),
        (LENS, pattern({"Type": "NUMERICAL", "Value": {"Decimal": False}}), "[0]", True),
        (
            LENS,
            pattern(
                P_PAY, {"Type": "PROXIMITY", "Value": {"Distance": 5, "IsWithin": False}}, P_PAY
            ),
            "",
            True,
        ),
        (
            LENS,
            pattern(P_PAY, {"Type": "PROXIMITY", "Value": {"Distance": 5, "IsWithin": True}}),
            "",
            False,
        ),
        (LENS, lens({"Operator": "OR", "Operands": []}), ".Operands[0]", False),
        (
            LENS,
            {"Name": "One", "Function": {"Version": "2031-01-01", "RuleFunction": heard()}},
            ".Version",
            False,
        ),
        (SCRIBE, transcript(TranscriptFilterType="FUZZY"), "FilterType", False),
        (SCRIBE, transcript(ParticipantRole="BOT"), "ParticipantRole", False),
        (SCRIBE, transcript(AbsoluteTimeRange={"StartTime": 3}), "AbsoluteTimeRange", False),
        (
            SCRIBE,
            transcript(RelativeTimeRange={"StartPercentage": 80, "EndPercentage": 40}),
            "RelativeTimeRange",
            False,
        ),
        (SCRIBE, transcript(RelativeTimeRange={"First": 120}), "RelativeTimeRange", False),
        (SCRIBE, transcript(AbsoluteTimeRange={"Last": 0}), "AbsoluteTimeRange", False),
        (SCRIBE, transcript(Surprise=True), "Surprise", False),
        (SCRIBE, category({"SentimentFilter": {}}), "SentimentFilter", False),
        (
            SCRIBE,
            category({"InterruptionFilter": {"ParticipantRole": "AGENT", "Threshold": 9000}}),
            "",
            False,
        ),
        (SCRIBE, category({"InterruptionFilter": {"ParticipantRole": "AGENT"}}), "", True),
        (
            SCRIBE,
            category({"NonTalkTimeFilter": {"Threshold": 9, "AbsoluteTimeRange": FIRST}}),
            "",
            False,
        ),
        (SCRIBE, {"CategoryName": "one", "Rules": []}, "$", False),
        (GOOGLE, matcher({}, roleMatch="AUTOMATED_AGENT"), "roleMatch", False),
        (GOOGLE, matcher({}, active=False), "active", False),
        (GOOGLE, matcher({}, type="MOST_OF"), "type", False),
        (GOOGLE, matcher({}, surprise=1), "surprise", False),
        (GOOGLE, matcher({"query": "!"}), "query", False),
        (GOOGLE, matcher({"config": {"semanticConfig": {}}}), "config", False),
        (ALIYUN, upload({"type": "NER_MODEL", "param": {}}), "operators[0]", False),
        (
            ALIYUN,
            upload(
                {"type": "SIMILAR_MATCH", "param": {"similarlySentences": ["还款"], "score": 80}}
            ),
            "",
            True,
        ),
        (ALIYUN, upload({"type": "INTERVAL_GREATER", "param": {"interval": 2000}}), "", True),
        (ALIYUN, upload(words(contextChatMatch=True)), "contextChatMatch", False),
        (ALIYUN, upload(words(surprise=1)), "surprise", False),
        (ALIYUN, upload(words(keywordMatchSize=5)), "keywordMatchSize", False),
        (ALIYUN, upload(words(keywordMatchSize=0)), "operators[0]", True),
        (ALIYUN, upload(words(threshold=3)), "threshold", False),
        (ALIYUN, upload(PLAIN, {"role": "机器人"}), "role", False),
        (ALIYUN, upload(PLAIN, {"role": "客服", "range": {"from": 1, "to": 2}}), "range", True),
        (ALIYUN, upload(PLAIN, {"range": {"from": 2, "to": -2}}), "range", False),
        (ALIYUN, upload(PLAIN, {"all_sentences_satisfy": True}), "all_sentences", False),
        (ALIYUN, upload(PLAIN, {"anchor": {"cid": "9", "location": "AFTER"}}), "cid", False),
        (
            ALIYUN,
            upload(PLAIN, {"anchor": {"cid": "2", "location": "AFTER", "hit_time": 0}}),
            "hit_time",
            True,
        ),
        (
            ALIYUN,
            upload(PLAIN, {"anchor": {"cid": "2", "location": "CURRENT", "hit_time": 2}}),
            "anchor",
            False,
        ),
        (ALIYUN, upload(PLAIN, {"anchor": {"cid": "1", "location": "AFTER"}}), "$", False),
        (ALIYUN, upload(PLAIN, rule={"preq_rule": ["1"]}), "$.rules[0]", False),
        (ALIYUN, upload(PLAIN, rule={"lambda": "1&&9"}), "$.rules[0]", False),
        (ALIYUN, upload(PLAIN, rule={"preq_rule": ["7"]}), "preq_rule", False),
        (ALIYUN, upload(PLAIN, rule={"graph_flow": {"nodes": [1]}}), "graph_flow", False),
    ],
)
def test_on_the_way_in(system: System, value: Json, path: str, is_near: bool) -> None:
    found = import_rules(value, system, PackId(PACK))
    (report,) = found.reports
    assert report.handling is Handling.LEFT_OUT
    assert not [rule for rule in found.rules if not rule.is_alone]
    reasons = [it for it in report.items if it.handling is Handling.LEFT_OUT and it.is_meaning]
    assert all(it.how and it.path.startswith("$") for it in reasons)
    assert any(path in it.path for it in reasons), reasons
    near = import_rules(value, system, PackId(PACK), approximate=True)
    expected = Handling.APPROXIMATED if is_near else Handling.LEFT_OUT
    assert near.reports[0].handling is expected, near.reports[0]


@pytest.mark.parametrize("system", System)
@pytest.mark.parametrize("value", [{}, {"Rules": 3, "rules": 3, "conditions": []}, "x", [1]])
def test_what_cannot_be_read_says_where(system: System, value: Json) -> None:
    with pytest.raises(ExchangeError, match=r"at \$"):
        import_rules(value, system, PackId(PACK))


@pytest.mark.parametrize(
    ("system", "value"),
    [
        (
            LENS,
            pattern(
                P_PAY, {"Type": "PROXIMITY", "Value": {"Distance": -3, "IsWithin": True}}, P_PAY
            ),
        ),
        (SCRIBE, category({"NonTalkTimeFilter": {"Threshold": -1}})),
        (ALIYUN, upload(PLAIN) | {"conditions": [*upload(PLAIN)["conditions"]] * 2}),
    ],
)
def test_numbers_below_nought_and_ids_that_come_twice_are_errors(
    system: System, value: Json
) -> None:
    with pytest.raises(ExchangeError, match=r"at \$"):
        import_rules(value, system, PackId(PACK), approximate=True)


def test_a_rule_that_needs_one_that_is_left_out_is_left_out_itself() -> None:
    plain = upload(PLAIN)
    plain["rules"] += [
        {"rid": "2", "name": "Two", "lambda": "9"},
        {"rid": "3", "name": "Three", "lambda": "2", "preq_rule": ["2"]},
        {"rid": "4", "name": "Four", "lambda": "2", "preq_rule": ["3"]},
        {"rid": "5", "name": "Five", "lambda": "2", "preq_rule": ["6"]},
        {"rid": "6", "name": "Six", "lambda": "2", "preq_rule": ["5"]},
    ]
    found = import_rules(plain, ALIYUN, PackId(PACK))
    assert [rule.id for rule in found.rules] == [f"{PACK}.one"]
    handled = [report.handling for report in found.reports]
    assert handled == [Handling.CARRIED, *[Handling.LEFT_OUT] * 5]


def test_two_rules_of_one_number_both_come_in() -> None:
    plain = upload(PLAIN)
    plain["rules"].append({"rid": "1", "name": "Two", "lambda": "2"})
    found = import_rules(plain, ALIYUN, PackId(PACK))
    assert [rule.id for rule in found.rules] == [f"{PACK}.one", f"{PACK}.two"]


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda parts: st.one_of(
        st.lists(parts, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    *("Rules", "Name", "Function", "RuleFunction", "Operator", "Operands"),
                    *("CategoryName", "TranscriptFilter", "Targets", "AbsoluteTimeRange"),
                    *("phraseMatchRuleGroups", "phraseMatchRules", "query", "type"),
                    *("conditions", "rules", "cid", "operators", "oid", "lambda", "param"),
                ]
            ),
            parts,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(json_values, st.sampled_from(System))
def test_garbage_comes_in_or_is_refused(value: Json, system: System) -> None:
    try:
        found = import_rules(value, system, PackId(PACK), approximate=True)
    except ExchangeError:
        return
    assert all(report.path.startswith("$") for report in found.reports)


CALL = Scope.CALL
UTTERANCE = Scope.UTTERANCE


@pytest.mark.parametrize(
    ("condition", "scope", "what", "where"),
    [
        (Phrases((phrase("pay ...2 now"),)), UTTERANCE, "heard", (SCRIBE, GOOGLE, ALIYUN)),
        (Phrases((phrase("pay"),), at=At.START), UTTERANCE, "at", tuple(System)),
        (Phrases((phrase("pay"),), sound=Sound.ALIKE), UTTERANCE, "sound", tuple(System)),
        (Phrases((phrase("pay"),), may_be_negated=False), UTTERANCE, "negated", tuple(System)),
        (
            Near((PAY, Phrases(PAY.phrases, at=At.END)), Distance(3, Unit.WORDS)),
            UTTERANCE,
            "at",
            (LENS,),
        ),
        (Asks(), UTTERANCE, "asks", tuple(System)),
        (NumberIn(unit="money"), UTTERANCE, "number", tuple(System)),
        (FactSaid("made.agent_name"), UTTERANCE, "fact", tuple(System)),
        (Similar((phrase("pay"),), 0.8), UTTERANCE, "similar", tuple(System)),
        (Regex((phrase("p.y").text,)), UTTERANCE, "regex", (LENS, SCRIBE, GOOGLE)),
        (Metric("turns", over=3.0), CALL, "metric", tuple(System)),
        (Narrowed(PAY, speaker=Speaker.OTHER), UTTERANCE, "speaker", tuple(System)),
        (Narrowed(PAY, steps=(StepId("made.hello"),)), UTTERANCE, "step", tuple(System)),
        (Narrowed(PAY, least=2), UTTERANCE, "times", tuple(System)),
        (Narrowed(PAY, unless=(PAY,)), UTTERANCE, "unless", tuple(System)),
        (
            Narrowed(PAY, anchors=(Anchor(Order.NOT_AFTER, (OTHER,)),)),
            UTTERANCE,
            "not_after",
            tuple(System),
        ),
        (
            Narrowed(PAY, window=Window(Side.FIRST, Unit.TURNS, 0, 3)),
            UTTERANCE,
            "window",
            tuple(System),
        ),
        (AtLeast(2, (PAY, PAY)), UTTERANCE, "all", (LENS, SCRIBE)),
        (NoneOf((PAY,)), UTTERANCE, "none", (LENS, SCRIBE)),
        (AtLeast(2, (PAY, PAY)), CALL, "all", (GOOGLE,)),
        (Absent(PAY), CALL, "absent", (GOOGLE,)),
        (Absent(PAY, by=20.0), CALL, "by", (LENS, SCRIBE, ALIYUN)),
        (Refers((RuleId("made.nowhere"),)), UTTERANCE, "rule", tuple(System)),
        (
            AtLeast(6, tuple(Phrases((phrase(it),)) for it in "abcdefghijkl")),
            CALL,
            "at_least",
            (LENS,),
        ),
    ],
)
def test_on_the_way_out(
    condition: Condition, scope: Scope, what: str, where: tuple[System, ...]
) -> None:
    rule = Rule(RuleId("made.one"), condition, scope=scope)
    known = {it.id: it for it in (other, rule)}
    for system in where:
        out = export_rules([rule], known, system)
        (report,) = out.reports
        assert report.handling is Handling.LEFT_OUT, system
        reasons = [it.what for it in report.items if it.handling is Handling.LEFT_OUT]
        assert what in reasons, (system, report.items)
        assert out.value in ([], {"conditions": [], "rules": []})


def test_phrases_that_cannot_be_written_are_missing_and_counted() -> None:
    mixed = Phrases((phrase("pay ...2 now"), phrase("(pay|settle) it"), phrase("owe #")))
    rule = Rule(RuleId("made.one"), mixed)
    for system in (SCRIBE, GOOGLE):
        out = export_rules([rule], {rule.id: rule}, system, approximate=True)
        (report,) = out.reports
        assert report.handling is Handling.APPROXIMATED
        assert any("without 2 of 3 phrases" in it.how for it in report.items)
        assert "settle it" in str(out.value)
        assert "now" not in str(out.value)


def test_patterns_of_two_languages_are_two_conditions() -> None:
    both = Phrases((phrase("pay ...2 now"), phrase("今天...2还")))
    for condition, operator in ((both, "OR"), (Absent(both), "AND")):
        rule = Rule(RuleId("made.one"), condition, scope=CALL)
        out = export_rules([rule], {rule.id: rule}, LENS, approximate=True)
        assert isinstance(out.value, list)
        top = json.loads(out.value[0]["Function"])["RuleFunction"]
        assert top["Operator"] == operator
        languages = [it["FilterClause"]["Filters"][1]["Data"] for it in top["Operands"]]
        assert languages == ["EN", "ZH"]


def test_a_live_rule_misses_nothing() -> None:
    rule = Rule(RuleId("made.one"), Absent(PAY), scope=CALL)
    for system in (LENS, SCRIBE):
        for live in (False, True):
            out = export_rules([rule], {rule.id: rule}, system, live=live)
            assert (out.reports[0].handling is Handling.LEFT_OUT) is live


def test_rules_that_are_only_referred_to_are_no_rules_there() -> None:
    rule = Rule(RuleId("made.one"), Refers((OTHER,)))
    out = export_rules([other, rule], {it.id: it for it in (other, rule)}, ALIYUN)
    assert isinstance(out.value, dict)
    assert [it["name"] for it in out.value["rules"]] == ["one"]
    assert len(out.value["conditions"]) == 1


@pytest.mark.parametrize("system", System)
def test_rules_that_stand_for_any_number_of_conditions_are_left_out_at_once(
    system: System,
) -> None:
    known = {other.id: other}
    last = other.id
    for depth in range(40):
        id = RuleId(f"made.r{depth}")
        known[id] = Rule(id, AtLeast(1, (Refers((last,)), Refers((last,)))), scope=CALL)
        last = id
    out = export_rules([known[last]], known, system)
    assert out.reports[0].handling is Handling.LEFT_OUT


LATER = Narrowed(PAY, anchors=(Anchor(Order.AFTER, (OTHER,)),))
HELLO = Phrases((phrase("hello"),))


def _exported(condition: Condition, *, approximate: bool) -> tuple[Json, Handling, set[str]]:
    """Return what becomes of a rule with Contact Lens, and what is told of it."""
    rule = Rule(RuleId(f"{PACK}.one"), condition, NOWHERE)
    rules = {rule.id: rule, OTHER: other}
    found = export_rules([rule], rules, System.CONTACT_LENS, approximate=approximate, live=False)
    (report,) = found.reports
    return found.value, report.handling, {str(item.how) for item in report.items}


def test_an_alternative_that_cannot_be_said_is_left_out_where_less_will_do() -> None:
    either = AtLeast(1, (HELLO, LATER))
    value, handling, _ = _exported(either, approximate=False)
    assert (value, handling) == ([], Handling.LEFT_OUT)
    value, handling, told = _exported(either, approximate=True)
    assert handling is Handling.APPROXIMATED
    assert "without 1 of 2 alternatives, which that system cannot say" in told
    assert "hello" in json.dumps(value)
    assert "pay" not in json.dumps(value)


def test_nothing_is_left_where_no_alternative_can_be_said() -> None:
    assert _exported(AtLeast(1, (LATER, LATER)), approximate=True)[0] == []


def test_of_what_must_not_be_said_every_alternative_is_needed() -> None:
    rule = Rule(
        RuleId(f"{PACK}.one"), Absent(AtLeast(1, (HELLO, LATER))), NOWHERE, scope=Scope.CALL
    )
    rules = {rule.id: rule, OTHER: other}
    found = export_rules([rule], rules, System.CONTACT_LENS, approximate=True, live=False)
    assert found.value == []
