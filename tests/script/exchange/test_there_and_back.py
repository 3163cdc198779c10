"""Rules that come in and go out again are, in what both sides can say, the same JSON."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.exchange import Handling, System, export_rules, import_rules
from callcoach.script.model import PackId
from tests.script.exchange.made import PACK, lists_of_texts, texts

Json = Any
english = texts.filter(str.isascii)
names = st.from_regex(r"[A-Za-z][A-Za-z0-9._-]{0,12}", fullmatch=True)
several = st.lists(texts, min_size=2, max_size=3, unique_by=str.casefold)


def back(value: Json, system: System, **more: bool) -> Json:
    """Let rules come in and go out again; nothing of them may be left out."""
    found = import_rules(value, system, PackId(PACK), approximate=True)
    known = {rule.id: rule for rule in found.rules}
    for report in found.reports:
        assert report.handling is not Handling.LEFT_OUT, report
    out = export_rules(found.rules, known, system, approximate=True, **more)
    for report in out.reports:
        assert report.handling is not Handling.LEFT_OUT, report
    return out.value


def some(parts: st.SearchStrategy[Json], key: str) -> st.SearchStrategy[Json]:
    """Return objects that may have a key."""
    return st.one_of(st.just({}), parts.map(lambda part: {key: part}))


# Contact Lens

periods = st.builds(
    lambda side, seconds: {"Type": "PostCallContactPeriodSeconds", "Data": {side: seconds}},
    st.sampled_from(["First", "Last"]),
    st.integers(1, 600),
)
roles = st.sampled_from(["ANY", "AGENT", "CUSTOMER"])


def said_there(value: str, operands: Json, role: str, *filters: Json, negate: bool) -> Json:
    """Return a condition on words."""
    before = [it for it in filters if "Period" in it["Type"]]
    after = [it for it in filters if it not in before]
    return {
        "Operator": "CONTAINS_ANY",
        "Operands": operands,
        "ComparisonValue": f"$.ContactLens.PostCall.{value}",
        "FilterClause": {
            "LogicOperator": "AND",
            "Filters": [*before, {"Type": "ParticipantRole", "Data": role}, *after],
        },
        "Negate": negate,
    }


exact = st.builds(
    lambda operands, role, period, negate: said_there(
        "ExactMatch.Transcript", operands, role, *period, negate=negate
    ),
    lists_of_texts,
    roles,
    st.lists(periods, max_size=1),
    st.booleans(),
)
plain = english.map(lambda text: {"Type": "PLAIN", "Value": text})
pieces = st.one_of(
    plain,
    st.lists(plain, min_size=2, max_size=3, unique_by=lambda it: it["Value"].casefold()).map(
        lambda items: {"Type": "LIST", "Value": items}
    ),
    st.just({"Type": "NUMERICAL", "Value": {"Decimal": True}}),
)
gaps = st.integers(1, 40).map(
    lambda words: {"Type": "PROXIMITY", "Value": {"Distance": words, "IsWithin": True}}
)
rows = st.builds(
    lambda first, rest: [first, *(it for pair in rest for it in pair)],
    pieces,
    st.lists(st.tuples(gaps, pieces), min_size=1, max_size=2),
)
patterns = st.builds(
    lambda operands, role, period, negate: said_there(
        "PatternMatch.Transcript",
        operands,
        role,
        *period,
        {"Type": "PatternMatchLanguageFilter", "Data": "EN"},
        negate=negate,
    ),
    st.lists(rows, min_size=1, max_size=2, unique_by=json.dumps),
    roles,
    st.lists(periods, max_size=1),
    st.booleans(),
)


def asked(operator: str, operands: Json, value: str, *, negate: bool, **more: Json) -> Json:
    """Return a condition on what is known or measured."""
    return {
        "Operator": operator,
        "Operands": operands,
        "ComparisonValue": f"$.ContactLens.PostCall.{value}",
        **more,
        "Negate": negate,
    }


known = st.one_of(
    st.just(asked("CONTAINS_ANY", ["a-1", "a-2"], "Agent.AgentId", negate=False)),
    st.just(asked("CONTAINS_ANY", ["q-1"], "Queue.QueueId", negate=False)),
    st.builds(
        lambda key, negate: asked("EQUALS", ["gold"], f"ContactAttribute.{key}", negate=negate),
        st.sampled_from(["tier", "loan_kind"]),
        st.booleans(),
    ),
    st.builds(
        lambda operator, bound, name: asked(operator, [bound], name, negate=False),
        st.sampled_from(["NumberGreaterOrEqualTo", "NumberLessOrEqualTo"]),
        st.integers(1, 900),
        st.sampled_from(["NonTalkTime.TotalTimeSecs", "NonTalkTime.LongestTimeSecs"]),
    ),
)
nodes = st.recursive(
    st.one_of(exact, patterns, known),
    lambda inner: st.builds(
        lambda operator, operands: {"Operator": operator, "Operands": operands},
        st.sampled_from(["AND", "OR"]),
        st.lists(inner, min_size=2, max_size=3),
    ),
    max_leaves=5,
)


def requested(name: str, node: Json) -> Json:
    """Return what Contact Lens takes to make a rule; the top is a group."""
    top = node if node["Operator"] in ("AND", "OR") else {"Operator": "AND", "Operands": [node]}
    return {
        "Name": name,
        "TriggerEventSource": {"EventSourceName": "OnPostCallAnalysisAvailable"},
        "Function": {"Version": "2022-11-25", "RuleFunction": top},
        "Actions": [{"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}],
        "PublishStatus": "DRAFT",
    }


@given(st.lists(st.builds(requested, names, nodes), min_size=1, max_size=3))
def test_contact_lens(requests: Json) -> None:
    written = [it | {"Function": json.dumps(it["Function"])} for it in requests]
    found = back(written, System.CONTACT_LENS)
    assert [it | {"Function": json.loads(it["Function"])} for it in found] == requests


# Transcribe

absolute = st.one_of(
    st.builds(
        lambda side, ms: {side: ms}, st.sampled_from(["First", "Last"]), st.integers(1, 9**7)
    ),
    st.builds(
        lambda start, ms: {"StartTime": start, "EndTime": start + ms},
        st.integers(1, 9**6),
        st.integers(1, 9**6),
    ),
)
relative = st.one_of(
    st.builds(lambda side, it: {side: it}, st.sampled_from(["First", "Last"]), st.integers(1, 100)),
    st.just({"StartPercentage": 25, "EndPercentage": 70}),
)
transcript_filters = st.builds(
    lambda span, role, negate, targets: {
        "TranscriptFilter": {"TranscriptFilterType": "EXACT"}
        | span
        | role
        | {"Negate": negate, "Targets": targets}
    },
    st.one_of(
        some(absolute, "AbsoluteTimeRange"), relative.map(lambda it: {"RelativeTimeRange": it})
    ),
    some(st.sampled_from(["AGENT", "CUSTOMER"]), "ParticipantRole"),
    st.booleans(),
    lists_of_texts,
)
other_filters = st.one_of(
    st.builds(
        lambda threshold, negate: {"NonTalkTimeFilter": {"Threshold": threshold, "Negate": negate}},
        st.integers(1, 14_400_000),
        st.booleans(),
    ),
    st.builds(
        lambda role, negate: {
            "InterruptionFilter": {"Threshold": 500, "ParticipantRole": role, "Negate": negate}
        },
        st.sampled_from(["AGENT", "CUSTOMER"]),
        st.booleans(),
    ),
)
categories = st.builds(
    lambda name, rules: {"CategoryName": name, "Rules": rules, "InputType": "POST_CALL"},
    names,
    st.lists(st.one_of(transcript_filters, other_filters), min_size=1, max_size=4),
)


@given(st.lists(categories, min_size=1, max_size=3))
def test_transcribe(categories: Json) -> None:
    assert back(categories, System.TRANSCRIBE) == categories


# Google


def group(kind: str, said: list[str], unsaid: list[str]) -> Json:
    """Return a group of a phrase matcher."""
    return {
        "type": kind,
        "phraseMatchRules": [
            {
                "query": text,
                "negated": text in unsaid,
                "config": {"exactMatchConfig": {"caseSensitive": False}},
            }
            for text in [*said, *unsaid]
        ],
    }


lone_groups = st.one_of(
    lists_of_texts.map(lambda it: group("ANY_OF", it, [])),
    lists_of_texts.map(lambda it: group("ALL_OF", [], it)),
)
groups = st.one_of(
    lone_groups,
    several.map(lambda it: group("ALL_OF", it, [])),
    several.map(lambda it: group("ALL_OF", it[:1], it[1:])),
    several.map(lambda it: group("ANY_OF", it[:1], it[1:])),
)
matchers = st.builds(
    lambda name, role, body: {"displayName": name, "active": True} | role | body,
    names,
    some(st.sampled_from(["HUMAN_AGENT", "END_USER"]), "roleMatch"),
    st.one_of(
        lone_groups.map(lambda it: {"type": "ALL_OF", "phraseMatchRuleGroups": [it]}),
        st.builds(
            lambda kind, groups: {"type": kind, "phraseMatchRuleGroups": groups},
            st.sampled_from(["ALL_OF", "ANY_OF"]),
            st.lists(groups, min_size=2, max_size=3),
        ),
    ),
)


@given(st.lists(matchers, min_size=1, max_size=3))
def test_google(matchers: Json) -> None:
    assert back(matchers, System.GOOGLE) == matchers


# Aliyun

any_keyword = several.map(lambda it: {"type": "HIT_ANY_KEYWORDS", "param": {"keywords": it}})
so_many = st.builds(
    lambda keywords, size: {
        "type": "INCLUDE_KEYWORDS",
        "param": {"keywords": keywords, "keywordMatchSize": size, "in_sentence": True},
    },
    st.lists(texts, min_size=3, max_size=4, unique_by=str.casefold),
    st.sampled_from([-1, 0, 2]),
)
regular = some(st.just("不.{0,2}还"), "notRegex").map(
    lambda it: {"type": "REGULAR_EXPRESSION", "param": {"regex": "还.*款"} | it}
)
sentences = st.one_of(
    st.one_of(any_keyword, so_many, regular).map(lambda it: ([it], "1")),
    st.tuples(any_keyword, regular).map(lambda it: (list(it), "1&&!2")),
    st.tuples(any_keyword, any_keyword, regular).map(lambda it: (list(it), "1||(2&&3)")),
)
ranges = st.one_of(
    st.integers(1, 9).map(lambda it: {"from": 1, "to": it}),
    st.integers(1, 9).map(lambda it: {"from": -it, "to": -1}),
    st.just({"from": 2, "to": 5}),
)
checked = st.builds(
    lambda role, span: role | span,
    some(st.sampled_from(["客服", "客户"]), "role"),
    some(ranges, "range"),
)


def condition(cid: int, sentence: Json, check_range: Json) -> Json:
    """Return a condition."""
    operators, formula = sentence
    numbered = [{"oid": str(at + 1), **it} for at, it in enumerate(operators)]
    return {
        "cid": str(cid),
        "check_range": check_range,
        "operators": numbered,
        "lambda": formula,
    }


@st.composite
def uploads(draw: st.DrawFn) -> Json:
    """Return rules that are each about conditions of their own, in the order of their need."""
    conditions: list[Json] = []
    rules: list[Json] = []

    def add(check_range: Json) -> str:
        conditions.append(condition(len(conditions) + 1, draw(sentences), check_range))
        return str(len(conditions))

    for number in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(["one", "formula", "after"]))
        if way == "one":
            formula = add(draw(checked))
        elif way == "formula":
            a, b, c = add(draw(checked)), add(draw(checked)), add(draw(checked))
            form = draw(st.sampled_from(["{}&&{}&&{}", "{}&&!({}||{})", "{}||({}&&!{})"]))
            formula = form.format(a, b, c)
        else:
            first = add(draw(some(st.just("客服"), "role")))
            place = draw(st.sampled_from(["AFTER", "BEFORE", "AROUND", "CURRENT"]))
            is_same = place == "CURRENT"
            time = -1 if is_same else draw(st.sampled_from([-1, 1, 2]))
            reach = {"AFTER": (1, 3), "BEFORE": (-3, -1), "AROUND": (-3, 3)}.get(place)
            span: Json = {}
            if reach is not None and draw(st.booleans()):
                span = {"range": {"from": reach[0], "to": reach[1]}}
            anchor = {"cid": first, "location": place, "hit_time": time}
            formula = add(draw(some(st.just("客户"), "role")) | {"anchor": anchor} | span)
        name = draw(names)
        rules.append({"rid": str(number + 1), "name": name, "lambda": formula})
    return {"conditions": conditions, "rules": rules}


@given(uploads())
def test_aliyun(upload: Json) -> None:
    assert back(upload, System.ALIYUN) == upload
