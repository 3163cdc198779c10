"""The rule language: what a rule as it is written means, and what is said about a wrong one."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.metrics import figures, measure
from callcoach.script.load.fields import Fields, Findings
from callcoach.script.load.nodes import Scalar, Table
from callcoach.script.load.spans import read_distance, read_window
from callcoach.script.measures import MEASURES
from callcoach.script.place import Text
from callcoach.script.rules import (
    Absent,
    Anchor,
    Asking,
    Asks,
    At,
    AtLeast,
    Attribute,
    Capture,
    Condition,
    Distance,
    FactSaid,
    Link,
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
    Sequence,
    Side,
    Similar,
    Sound,
    Unit,
    Window,
)
from callcoach.script.terms import Phrase, Severity, Speaker, StepId
from callcoach.script.walk import needed, references, walk
from tests.support import (
    HERE,
    MINIMAL,
    codes,
    findings,
    load,
    minimal,
    show,
    text,
)

A, B, C = (RuleId(f"example.{name}") for name in "abc")
R = RuleId("example.r")
FACT = "facts: {plan: {title: Plan, given: yes}}\n"
OTHERS = """\
  a: {heard: hello}
  b: {heard: goodbye}
  c: {scope: call, metric: duration, over: 60}
"""
BILINGUAL = """\
callcoach: 1
pack: example
version: "1"
title: {en: Example, zh: 示例}
languages: [en, zh]
"""
DISTANCES = {
    "5 words": Distance(5, Unit.WORDS),
    "1 word": Distance(1, Unit.WORDS),
    "5字": Distance(5, Unit.WORDS),
    "10s": Distance(10, Unit.SECONDS),
    "10 seconds": Distance(10, Unit.SECONDS),
    "10秒": Distance(10, Unit.SECONDS),
    "2m": Distance(120, Unit.SECONDS),
    "1.5 分钟": Distance(90, Unit.SECONDS),
    "1 turn": Distance(1, Unit.TURNS),
    "3 轮": Distance(3, Unit.TURNS),
    "2 utterances": Distance(2, Unit.UTTERANCES),
    "2句": Distance(2, Unit.UTTERANCES),
    "20%": Distance(20, Unit.PERCENT),
    "> 3 turns": Distance(3, Unit.TURNS, is_beyond=True),
    "＞30秒": Distance(30, Unit.SECONDS, is_beyond=True),
}
WINDOWS = {
    "first 30s": Window(Side.FIRST, Unit.SECONDS, 0, 30),
    "前30秒": Window(Side.FIRST, Unit.SECONDS, 0, 30),
    "last 2 turns": Window(Side.LAST, Unit.TURNS, 0, 2),
    "最后2轮": Window(Side.LAST, Unit.TURNS, 0, 2),
    "first 20%": Window(Side.FIRST, Unit.PERCENT, 0, 20),
    "first 3 utterances": Window(Side.FIRST, Unit.UTTERANCES, 0, 3),
    "first 50 words": Window(Side.FIRST, Unit.WORDS, 0, 50),
    "10-60s": Window(Side.FIRST, Unit.SECONDS, 10, 60),
    "1-2m": Window(Side.FIRST, Unit.SECONDS, 60, 120),
    "30-50%": Window(Side.FIRST, Unit.PERCENT, 30, 50),
    "past 15s": Window(Side.PAST, Unit.SECONDS, 0, 15),
    "最近15秒": Window(Side.PAST, Unit.SECONDS, 0, 15),
}


def written(rule: str, more: str = "") -> str:
    """Return a pack in which the rule `r`, on line 23, is written so."""
    return f"{MINIMAL}rules:\n{OTHERS}  r: {rule}\n{more}"


def bare(value: Any) -> Any:
    """Return a value with the places in it forgotten."""
    if isinstance(value, Text):
        return text(value.value)
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{it.name: bare(getattr(value, it.name)) for it in fields(value)})
    return value


def rule_of(rule: str) -> Rule:
    """Return the rule that is written so; reading it finds nothing wrong."""
    loaded = load(written(rule, FACT))
    assert not loaded.findings, list(map(show, loaded.findings))
    assert loaded.script is not None
    return loaded.script.rules[R]


def said(*phrases: str) -> Phrases:
    """Return English phrases as a condition."""
    return Phrases(tuple(Phrase(text(phrase), "en") for phrase in phrases))


HI = said("hi")
MEANINGS: dict[str, Condition] = {
    "{heard: hi}": HI,
    "{heard: [hi, hey you]}": said("hi", "hey you"),
    "{heard: {en: [hi]}}": HI,
    "{en: hi}": HI,
    "{heard: hi, at: start}": replace(HI, at=At.START),
    "{en: hi, at: whole}": replace(HI, at=At.WHOLE),
    "{heard: hi, at: end, margin: 4}": replace(HI, at=At.END, margin=4),
    "{heard: hi, sound: alike, negated: no}": replace(HI, sound=Sound.ALIKE, may_be_negated=False),
    "{rule: a}": Refers((A,)),
    "{rule: [a, example.b]}": Refers((A, B)),
    "{any: [hi, {rule: a}]}": AtLeast(1, (HI, Refers((A,)))),
    "{any: [[hi, hey], {en: hi}]}": AtLeast(1, (said("hi", "hey"), HI)),
    "{all: [hi, {heard: hi, at: end}]}": AtLeast(2, (HI, replace(HI, at=At.END))),
    "{none: [hi, {rule: b}]}": NoneOf((HI, Refers((B,)))),
    "{not: {rule: b}}": NoneOf((Refers((B,)),)),
    "{at_least: 2, of: [{rule: a}, {rule: b}, hi]}": AtLeast(2, (Refers((A,)), Refers((B,)), HI)),
    "{near: [hi, {number: any}], distance: 5 words}": Near(
        (HI, NumberIn()), Distance(5, Unit.WORDS)
    ),
    "{near: [hi, {rule: a}], distance: 2 turns, ordered: yes}": Near(
        (HI, Refers((A,))), Distance(2, Unit.TURNS), is_ordered=True
    ),
    "{sequence: [hi, {rule: a, within: 3 turns}, {en: hi, within: 1 turn, absent: yes}]}": Sequence(
        (
            Link(HI),
            Link(Refers((A,)), Distance(3, Unit.TURNS)),
            Link(HI, Distance(1, Unit.TURNS), is_absent=True),
        )
    ),
    "{number: {from: 100, to: 99999.5, unit: money}}": NumberIn(
        Decimal(100), Decimal("99999.5"), "money"
    ),
    "{number: {from: -3}}": NumberIn(Decimal(-3)),
    "{number: {unit: CNY}}": NumberIn(unit="CNY"),
    "{regex: 'or?der'}": Regex((text("or?der"),)),
    "{not_regex: [x, y]}": Regex((text("x"), text("y")), is_negated=True),
    "{similar: i will pay, score: 0.7}": Similar(said("i will pay").phrases, 0.7),
    "{similar: {en: i will pay}}": Similar(said("i will pay").phrases, 0.8),
    "{asks: open}": Asks(Asking.OPEN),
    "{fact: plan}": FactSaid("example.plan"),
    "{fact: agent, in_part: yes}": FactSaid("agent", in_part=True),
    "{scope: call, metric: agent.interruptions, over: 3}": Metric("agent.interruptions", 3),
    "{scope: call, metric: talk_ratio, over: 0.2, under: 0.8}": Metric("talk_ratio", 0.2, 0.8),
    "{attribute: plan, is: [gold, silver]}": Attribute(
        "example.plan", (text("gold"), text("silver"))
    ),
    "{attribute: language, is_not: zh}": Attribute("language", (text("zh"),), is_negated=True),
    "{scope: call, absent: {rule: a, speaker: agent}, by: 20s}": Absent(
        Narrowed(Refers((A,)), speaker=Speaker.AGENT), 20
    ),
    "{scope: call, absent: [hi, hey]}": Absent(AtLeast(1, (HI, said("hey")))),
    "{heard: hi, speaker: customer}": Narrowed(HI, speaker=Speaker.CUSTOMER),
    "{heard: hi, window: first 30s}": Narrowed(HI, window=WINDOWS["first 30s"]),
    "{heard: hi, step: [hello, bye]}": Narrowed(
        HI, steps=(StepId("example.hello"), StepId("example.bye"))
    ),
    "{scope: call, rule: a, times: 0-2}": Narrowed(Refers((A,)), least=0, most=2),
    "{heard: hi, after: a}": Narrowed(HI, anchors=(Anchor(Order.AFTER, (A,)),)),
    "{heard: hi, not_before: [a, b]}": Narrowed(HI, anchors=(Anchor(Order.NOT_BEFORE, (A, B)),)),
    "{heard: hi, around: {rule: a, within: 10s, nth: -1}, before: b}": Narrowed(
        HI,
        anchors=(
            Anchor(Order.BEFORE, (B,)),
            Anchor(Order.AROUND, (A,), Distance(10, Unit.SECONDS), -1),
        ),
    ),
    "{heard: hi, unless: {en: [hi fi]}}": Narrowed(HI, unless=(said("hi fi"),)),
    "{heard: hi, unless: [hi fi, {rule: b}]}": Narrowed(HI, unless=(said("hi fi"), Refers((B,)))),
}
"""What is written, and what it means."""

MISTAKES = {
    "": ["CC070"],
    "{labels: greeting}": ["CC070"],
    "{heard: []}": ["CC070"],
    "{any: []}": ["CC070"],
    "{any: }": ["CC005"],
    "{any: [{speaker: agent}]}": ["CC070"],
    "{heard: hi, regex: hi}": ["CC071"],
    "{heard: hi, en: hi}": ["CC071"],
    "{any: [hi], all: [hi]}": ["CC071"],
    "{attribute: plan, is: gold, is_not: silver}": ["CC071"],
    "{any: [hi], sound: alike}": ["CC072"],
    "{rule: a, by: 20s}": ["CC072"],
    "{near: [hi, hey], distance: 2s, within: 3s}": ["CC004"],
    "{herd: hi}": ["CC070", "CC004"],
    "{heard: {fr: [salut]}}": ["CC004"],
    "{heard: hi, speaker: agnt}": ["CC007"],
    "{heard: hi, window: 30s}": ["CC007"],
    "{heard: hi, window: last}": ["CC007"],
    "{heard: hi, window: 60-10s}": ["CC007"],
    "{heard: hi, window: 50-130%}": ["CC007"],
    "{heard: hi, window: past 2 turns}": ["CC007"],
    "{heard: hi, times: 3-1}": ["CC007"],
    "{heard: hi, times: often}": ["CC007"],
    "{heard: hi, at: end, margin: 0}": ["CC007"],
    "{heard: hi, at: end, margin: 21}": ["CC007"],
    "{heard: hi, at: end, margin: some}": ["CC007"],
    "{heard: hi, margin: 4}": ["CC007"],
    "{heard: hi, after: {within: 1 turn}}": ["CC005"],
    "{heard: hi, after: {rule: a, within: soon}}": ["CC007"],
    "{heard: hi, after: {rule: a, nth: 0}}": ["CC007"],
    "{heard: hi, step: elsewhere}": ["CC020"],
    "{rule: z}": ["CC020"],
    "{heard: hi, after: z}": ["CC020"],
    "{heard: hi, not_after: a within 2 turns}": ["CC007"],
    "{heard: hi, unless: {rule: z}}": ["CC020"],
    "{near: [hi, hey]}": ["CC005"],
    "{near: hi, distance: 5 words}": ["CC006"],
    "{near: [hi, hey], distance: 5}": ["CC007"],
    "{near: [hi, hey], distance: 5 miles}": ["CC007"],
    "{sequence: hi}": ["CC006"],
    "{sequence: [{en: hi, absent: yes}, hey]}": ["CC006"],
    "{sequence: [{en: hi, within: 2s}, hey]}": ["CC006"],
    "{at_least: 3, of: [hi, hey]}": ["CC007"],
    "{at_least: 0, of: [hi, hey]}": ["CC007"],
    "{at_least: 1}": ["CC005"],
    "{number: 5}": ["CC006"],
    "{number: {from: ten}}": ["CC007"],
    "{number: {from: 10, to: 5}}": ["CC007"],
    "{number: {unit: bananas}}": ["CC007"],
    "{similar: i will pay, score: 80}": ["CC007"],
    "{asks: loudly}": ["CC007"],
    "{fact: shoe_size}": ["CC078"],
    "{fact: plan, in_part: often}": ["CC007"],
    "{asks: open, in_part: yes}": ["CC072"],
    "{scope: call, metric: loudness, over: 3}": ["CC007"],
    "{scope: call, metric: duration}": ["CC005"],
    "{attribute: shoe_size, is: 44}": ["CC078"],
    "{attribute: plan}": ["CC005"],
    "{heard: hi, since: 2026-02-31}": ["CC007"],
    "{heard: hi, since: yesterday}": ["CC007"],
    "{heard: hi, since: 2026-02-02, until: 2026-02-01}": ["CC007"],
    "{heard: hi, threshold: 1.5}": ["CC007"],
    "{heard: hi, scope: turn}": ["CC007"],
    "{heard: hi, captures: names}": ["CC007"],
    "{heard: '(hi'}": ["CC031"],
    "{any: [hi, {rule: a, unless: '(hi'}]}": ["CC031"],
    "{metric: duration, over: 5}": ["CC073"],
    "{absent: hi}": ["CC073"],
    "{rule: c}": ["CC073"],
    "{any: [hi, {rule: c}]}": ["CC073"],
    "{heard: hi, after: c}": ["CC073"],
    "{heard: hi, unless: {rule: c}}": ["CC073"],
    "{scope: call, near: [hi, {rule: c}], distance: 5s}": ["CC073"],
    "{scope: call, sequence: [hi, {absent: hey}]}": ["CC070", "CC007"],
    "{scope: call, rule: c, speaker: agent}": ["CC073"],
    "{scope: call, rule: [a, c]}": ["CC073"],
    "{scope: call, all: [hi, hey], speaker: agent}": ["CC073"],
    "{rule: r}": ["CC074"],
    "{heard: hi, after: r}": ["CC074"],
    "{any: [hi, {not: {rule: r}}]}": ["CC074"],
    "{regex: '(?!x)y'}": ["CC075"],
    "{regex: '(a)\\1'}": ["CC075"],
}
"""What is written, and the codes of what is wrong with it."""


@pytest.mark.parametrize("rule", MEANINGS)
def test_a_condition_means_what_it_says(rule: str) -> None:
    assert bare(rule_of(rule).condition) == bare(MEANINGS[rule])


@pytest.mark.parametrize("rule", MEANINGS)
def test_what_means_something_is_not_complained_about(rule: str) -> None:
    found = [it for it in findings(written(rule, FACT)) if it.code != "CC041"]
    assert found == [], list(map(show, found))


@pytest.mark.parametrize("rule", MISTAKES)
def test_a_mistake_is_reported_on_its_line(rule: str) -> None:
    found = [it for it in findings(written(rule, FACT)) if it.code != "CC041"]
    assert [it.code for it in found] == MISTAKES[rule], list(map(show, found))
    assert {it.place.line for it in found} == {23}


def test_a_rule_has_a_title_labels_a_weight_and_days() -> None:
    rule = rule_of(
        "{title: Thanks, labels: [thanks, polite], heard: hi, severity: critical, weight: 2,"
        " since: 2026-01-01, until: 2026-12-31, threshold: 0.6, captures: [amount, day],"
        " internal: yes}"
    )
    assert rule.title is not None
    assert rule.title.plain("en") == "Thanks"
    assert rule.labels == ("thanks", "polite")
    assert (rule.severity, rule.weight, rule.threshold) == (Severity.CRITICAL, 2, 0.6)
    assert (rule.since, rule.until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert rule.captures == (Capture.AMOUNT, Capture.DAY)
    assert rule.is_alone
    assert rule.scope is Scope.UTTERANCE
    assert (rule.place.line, rule.place.column) == (23, 3)


@pytest.mark.parametrize("written", DISTANCES)
def test_a_distance_in_either_language(written: str) -> None:
    assert read_distance(field(written), "k") == DISTANCES[written]


@pytest.mark.parametrize("written", WINDOWS)
def test_a_stretch_of_the_call_in_either_language(written: str) -> None:
    assert read_window(field(written), "k") == WINDOWS[written]


@given(st.text(max_size=12) | st.from_regex(r"(first|last|past) \d+\.?\d* ?(s|turns|%)?"))
def test_any_other_text_is_reported_and_never_raises(written: str) -> None:
    for read in (read_distance, read_window):
        fields = field(written)
        is_read = read(fields, "k") is not None
        assert is_read is not bool(fields.findings.all)


def field(value: str) -> Fields:
    """Return a table whose key `k` is a text."""
    table = Table(((Text("k", HERE), Scalar(value, HERE, is_quoted=True)),), HERE)
    return Fields(table, "table", Findings())


@given(st.integers(1, 9999), st.sampled_from(Unit), st.booleans())
def test_a_distance_that_is_written_is_read(count: int, unit: Unit, is_beyond: bool) -> None:
    written = f"{'>' * is_beyond}{count} {unit.value}"
    assert read_distance(field(written), "k") == Distance(count, unit, is_beyond)


def test_plain_phrases_need_a_pack_in_one_language() -> None:
    pack = minimal(languages=["en", "zh"], rules={"r": {"any": ["hello"]}})
    assert "CC006" in [it.code for it in load(pack).findings if it.place.line > 30]


@pytest.mark.parametrize(
    ("items", "lost"),
    [
        ("[pay now, pay]", []),
        ("pay # dollars", ["# dollars"]),
        (
            "\n      - pay # dollars\n      - pay #\n      - pay #cents",
            ["#cents", "# dollars", "#"],
        ),
        ("\n      - pay\n      - # dollars", ["# dollars"]),
        ("\n      - pay  # in plain words\n      - 'pay # dollars'", []),
        ("[pay, # the usual\n      pay now]", []),
    ],
)
def test_a_number_in_a_phrase_that_yaml_takes_for_a_comment_is_told(
    items: str, lost: list[str]
) -> None:
    found = load(written(f"\n    heard: {items}")).findings
    assert [(it.code, it.arguments["lost"]) for it in found] == [("CC011", text) for text in lost]


def test_a_deep_condition_is_refused_and_not_a_crash() -> None:
    deep = "{not: " * 60 + "hi" + "}" * 60
    assert "CC010" in codes(written(deep))


def test_the_walk_reaches_everything() -> None:
    condition = rule_of(
        "{any: [{near: [hi, {rule: a}], distance: 5s}, {heard: x, after: b, unless: {rule: b}}]}"
    ).condition
    assert sorted(references(condition)) == [A, B, B]
    assert sum(isinstance(part, Phrases) for part in walk(condition)) == 2
    rules = {A: Rule(A, Refers((B,))), B: Rule(B, HI), C: Rule(C, HI)}
    assert list(needed(rules, A)) == [A, B]


def test_the_measures_are_those_that_a_call_has() -> None:
    assert set(MEASURES) == {*figures(measure([], 60.0)), "non_talk_share"}
