"""Guards that can never hold are found, and none that can is accused."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.script.check.guards import check_guard
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import Fact, FactId, FactValue, parse
from callcoach.script.guard import MAX_LENGTH, compile_guard
from callcoach.script.model import Script
from tests.support import codes, counted, end, minimal, script_of, step, text

FACTS: dict[str, object] = {
    "age": {"type": "number", "title": "Age"},
    "amount": {"type": "money", "title": "Amount"},
    "day": {"type": "date", "title": "Day"},
    "paid": {"type": "yes_no", "title": "Paid"},
    "sick": {"type": "yes_no", "title": "Sick"},
    "name": {"type": "text", "title": "Name"},
    "phone": {"type": "phone", "title": "Phone"},
    "by": {"type": "choice", "title": "By", "choices": {"sms": {"en": "x"}, "post": {"en": "y"}}},
    "never": {"type": "text", "title": "Nobody tells it"},
}
NAMES = {name: FactId(f"example.{name}") for name in FACTS}
TOLD = frozenset(id for name, id in NAMES.items() if name != "never")
SCRIPT: Script = script_of(minimal(facts=FACTS))


def found(guard: str) -> list[Diagnostic]:
    """Return what keeps a guard from ever holding."""
    return list(check_guard(SCRIPT, compile_guard(text(guard), NAMES), TOLD))


@pytest.mark.parametrize(
    "guard",
    [
        "age > 60 and age < 18",
        "age > 60 and age == 18",
        "age == 1 and age == 2",
        "age == 1 and age != 1",
        "age < 1 and age >= 1",
        "not (age < 1 or age >= 1) and age",
        "amount > 100 and amount <= 100",
        "paid and not paid",
        "paid and paid == no",
        "paid == yes and paid == no",
        "paid != yes and paid != no",
        "by == 'sms' and by == 'post'",
        "by != 'sms' and by != 'post'",
        "name == 'a' and name == 'b'",
        "name == 'a' and not name",
        "day < '2026-01-01' and day > '2026-12-31'",
        "(paid or sick) and not paid and not sick",
        "never",
        "never == 'x'",
        "never and paid",
        "age == 'old'",
        "amount == yes",
        "paid == 1",
        "paid == 'yes'",
        "name == 3",
        "day == 20261201",
        "day == 'never'",
        "day > '2026-12'",
        "day == '20261201'",
        "day == '2026-13-01'",
        "by == 'pigeon'",
        "by == yes",
        "phone == 123",
    ],
)
def test_a_guard_that_never_holds_is_found(guard: str) -> None:
    (finding,) = found(guard)
    assert finding.code == "CC046"
    assert finding.arguments["guard"] == guard
    assert finding.arguments["problem"]


@pytest.mark.parametrize(
    "guard",
    [
        "age",
        "not age",
        "age > 18 and age < 60",
        "age > 1 and age < 2",
        "age > 1 and age < 1.0001",
        "age >= 1 and age <= 1",
        "age != 1 and age != 2",
        "age > 0 and age != 0.001",
        "age < 0",
        "not (age < 1) and not (age > 1)",
        "not age and age != 3 or age",
        "amount > 1000 and amount < 1000.01",
        "paid or not paid",
        "paid and sick",
        "not paid and not sick",
        "paid == no",
        "not paid and paid == no",
        "by != 'sms'",
        "not (by == 'sms') and not (by == 'post')",
        "name != 'a' and name != 'b'",
        "name > 'a' and name < 'b'",
        "name < 'a'",
        "name >= ''",
        "day > '2026-01-01' and day < '2026-12-31'",
        "day >= '2026-12-01' and day <= '2026-12-01'",
        "phone == '4008001234'",
        "not never",
        "never or paid",
        "never == 'x' or not never",
    ],
)
def test_a_guard_that_can_hold_is_not_accused(guard: str) -> None:
    assert found(guard) == []


def test_a_guard_over_a_given_fact_can_hold_without_anybody_asking() -> None:
    given_fact = {"vip": {"type": "yes_no", "title": "VIP", "given": "yes"}}
    steps = {"hello": step("Hi.", on="bye", off={"to": "bye", "when": "vip"}), "bye": end("Bye.")}
    assert codes(minimal(steps=steps, facts=given_fact)) == []


def test_a_line_whose_condition_never_holds_is_found() -> None:
    lines = {"said": {"en": "Hi.", "when": "vip and not vip"}}
    asks = step("Hello.", on="bye") | {"asks": "vip"}
    vip = {"vip": {"type": "yes_no", "title": "VIP"}}
    pack = minimal(steps={"hello": asks, "bye": end("Bye.")}, facts=vip, lines=lines)
    assert codes(pack) == ["CC046"]


def test_a_guard_whose_last_alternative_can_hold_is_not_accused_however_many_come_before() -> None:
    many = " and ".join(["(age or amount)"] * 8)
    guard = f"{many} and paid and not paid or paid and not paid or sick"
    assert len(guard) <= MAX_LENGTH
    assert found(guard) == []


def test_a_guard_with_very_many_alternatives_is_left_alone_quickly() -> None:
    guard = " and ".join(["(age or not age)"] * 24)
    assert len(guard) <= MAX_LENGTH
    assert counted(20_000, lambda: found(guard)) == []


TODAY = date(2026, 12, 1)
DOMAIN: dict[str, tuple[str, ...]] = {
    "age": ("-0.5", "0", "0.5", "1", "1.5", "2", "2.5"),
    "amount": ("-0.5", "0", "0.5", "1", "1.5"),
    "paid": ("yes", "no"),
    "by": ("sms", "post"),
}
"""Values that decide every guard below: each constant, and something on either side of it."""


def values(name: str) -> list[FactValue | None]:
    """Return what a fact can be, None for unknown."""
    fact: Fact = SCRIPT.facts[NAMES[name]]
    known = [parse(fact, value, TODAY) for value in DOMAIN[name]]
    return [None, *known]


WORLDS: list[dict[FactId, FactValue]] = [
    {NAMES[name]: value for name, value in zip(DOMAIN, world, strict=True) if value is not None}
    for world in product(*map(values, DOMAIN))
]
ATOMS = st.one_of(
    st.sampled_from(["age", "amount", "paid", "by", "never"]),
    st.sampled_from(["paid == yes", "paid == no", "paid != yes"]),
    st.sampled_from(["by == 'sms'", "by != 'sms'", "by == 'post'", "by != 'post'", "by < 'sms'"]),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["age", "age", "amount"]),
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.sampled_from(["0", "1"]),
    ),
)  # fmt: skip
GUARDS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: f"({' and '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: f"({' and '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' or '.join(parts)})"),
    ),
    max_leaves=8,
).filter(lambda guard: len(guard) <= MAX_LENGTH)


@settings(max_examples=300)
@given(GUARDS)
def test_a_guard_is_found_exactly_where_no_world_makes_it_hold(guard: str) -> None:
    compiled = compile_guard(text(guard), NAMES)
    can_hold = any(compiled.holds(world) for world in WORLDS)
    assert bool(found(guard)) is not can_hold
