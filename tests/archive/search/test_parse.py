"""Tests of reading a search as it was typed."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.search.conditions import Known, condition, no_titles
from callcoach.archive.search.parse import DEEPEST, MOST, parse
from callcoach.archive.search.query import Both, Condition, Either, Key, Node, Not, Words
from callcoach.archive.search.vocabulary import EXAMPLES, KEYS
from callcoach.errors import Told, UsageError

PAY, PLAN = Words(("pay",)), Words(("plan",))
CUSTOMER = Condition(Key.SPEAKER, "customer")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pay", PAY),
        ("pay plan", Both((PAY, PLAN))),
        ("pay AND plan", Both((PAY, PLAN))),
        ('"pay plan"', Words(("pay", "plan"))),
        ("“pay plan”", Words(("pay", "plan"))),
        ("「pay plan」", Words(("pay", "plan"))),
        ('"pay plan', Words(("pay", "plan"))),
        ("follow-up", Words(("follow", "up"))),
        ("pay*", Words(("pay",), True)),
        ("f***", Words(("f*",))),
        ("逾期", Words(("逾", "期"))),
        ("逾期 ， 分期", Both((Words(("逾", "期")), Words(("分", "期"))))),
        ("pay OR plan", Either((PAY, PLAN))),
        ("pay 或 plan", Either((PAY, PLAN))),
        ("pay | plan", Either((PAY, PLAN))),
        ("or", Words(("or",))),
        ("pay OR", PAY),
        ("OR pay", PAY),
        ("pay plan OR 12", Either((Both((PAY, PLAN)), Words(("12",))))),
        ("pay (plan OR 12)", Both((PAY, Either((PLAN, Words(("12",))))))),
        ("pay （plan OR 12", Both((PAY, Either((PLAN, Words(("12",))))))),
        ("-pay", Not(PAY)),
        ("NOT pay", Not(PAY)),
        ("－pay", Not(PAY)),
        ("--pay", Not(PAY)),
        ("- pay", PAY),
        ("plan -(pay OR 12)", Both((PLAN, Not(Either((PAY, Words(("12",)))))))),
        ("() pay", PAY),
        ("speaker:customer", CUSTOMER),
        ("Speaker: customer", CUSTOMER),
        ('speaker:"customer"', CUSTOMER),
        ("speaker=customer", CUSTOMER),
        ("-speaker:customer", Not(CUSTOMER)),
        ("说话人： 客户", Condition(Key.SPEAKER, "客户")),
        ("坐席：王芳 逾期", Both((Condition(Key.AGENT, "王芳"), Words(("逾", "期"))))),
        ('outcome:"Promise to pay"', Condition(Key.OUTCOME, "Promise to pay")),
        ("ratio>0.7", Condition(Key.RATIO, "0.7", ">")),
        ("ratio:>0.7", Condition(Key.RATIO, "0.7", ">")),
        ("得分：≤ 60", Condition(Key.SCORE, "60", "<=", "得分")),
        ("占比 ＞ 70%", Condition(Key.RATIO, "70%", ">")),
        ("silence<=20s", Condition(Key.SILENCE, "20s", "<=")),
        ("静默≥20秒", Condition(Key.SILENCE, "20秒", ">=")),
        ("10:30", Words(("10", "30"))),
        ("https://a.example", Words(("https", "a", "example"))),
    ],
)
def test_a_search_is_read(text: str, expected: Node) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "nothing to look for", "words"),
        ("，。", "nothing to look for", "words"),
        ("OR", "nothing to look for", "words"),
        ("-", "nothing to look for", "words"),
        ("pay)", "a closing bracket", ""),
        ("speakr:customer", "“speakr:”", "did you mean speaker?"),
        ("foo:1", "“foo:”", "there are speaker, cue, missed"),
        ("他说：好", "“他说:”", "there are 说话人, 要点"),
        ("speaker:", "needs a value", "speaker:customer"),
        ("占比>", "needs a value", "占比>70%"),
        ('speaker:""', "needs a value", "speaker:customer"),
        ("a " * (MOST + 1), "too long", str(MOST)),
        ("(" * (DEEPEST + 2) + "a", "too deep", "several"),
        ("(" * 100_000, "too long", str(MOST)),
    ],
)
def test_what_is_not_understood_is_said(text: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as told:
        parse(text)
    assert message in told.value.message
    assert hint in told.value.hint


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("pay (plan", ["a bracket was opened and not closed"]),
        ("((pay)", ["a bracket was opened and not closed"]),
        ("pay OR", ["OR joins what stands on both its sides; on one there is nothing"]),
        (
            "OR (pay",
            [
                "a bracket was opened and not closed",
                "OR joins what stands on both its sides; on one there is nothing",
            ],
        ),
        ("(pay OR plan) 12", []),
        ("() pay", []),
    ],
)
def test_what_is_amiss_is_told_though_the_rest_is_read(text: str, slips: list[str]) -> None:
    notes: list[Told] = []
    parse(text, notes)
    assert notes == slips


@pytest.mark.parametrize("name", KEYS)
def test_the_example_of_every_key_is_a_search(name: str) -> None:
    example = name + EXAMPLES[KEYS[name]][not name.isascii()]
    node = parse(example)
    assert isinstance(node, Condition)
    assert (node.key, node.name) == (KEYS[name], name)
    condition(node, Known({}, no_titles, date(2026, 11, 27)), [])


def test_every_key_is_read_under_every_name() -> None:
    for name, key in KEYS.items():
        assert parse(f"{name}:x") == Condition(key, "x"), name


@given(st.text(alphabet=st.sampled_from('ab逾期 ()"“：:-*|OR<>=≥1%,，。'), max_size=30) | st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(UsageError):
        assert isinstance(parse(text), Node)
