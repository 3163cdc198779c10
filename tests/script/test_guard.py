"""Guards: what they say, what they mean, and everything that they refuse to be."""

import operator
import warnings
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.facts import FactId, FactValue, Money
from callcoach.script.guard import (
    MAX_LENGTH,
    GuardError,
    UnknownFact,
    compile_guard,
    facts_in,
)
from tests.support import counted, text

NAMES = {
    "amount": FactId("p.amount"),
    "count": FactId("p.count"),
    "day": FactId("p.day"),
    "paid": FactId("p.paid"),
    "reason": FactId("p.reason"),
    "courtesy.company": FactId("courtesy.company"),
}
KNOWN: Mapping[FactId, FactValue] = {
    FactId("p.amount"): Money(Decimal("1280.50"), "CNY"),
    FactId("p.count"): Decimal(3),
    FactId("p.day"): date(2026, 12, 1),
    FactId("p.paid"): False,
    FactId("p.reason"): "illness",
    FactId("courtesy.company"): "Fairway",
}


def holds(guard: str, facts: Mapping[FactId, FactValue] = KNOWN) -> bool:
    """Tell whether a guard holds."""
    return compile_guard(text(guard), NAMES).holds(facts)


@pytest.mark.parametrize(
    "guard",
    [
        "amount",
        "not paid",
        "amount > 1000",
        "amount > 1280.49",
        "amount == 1280.5",
        "amount <= 1280.50",
        "1000 < amount",
        "1280.50 >= amount",
        "count == 3",
        "count != 4",
        "0x3 == count",
        "day == '2026-12-01'",
        'day < "2026-12-02"',
        "'2026-11-30' <= day",
        "paid == no",
        "no == paid",
        "paid != yes",
        "paid == False",
        "reason == 'illness'",
        "reason != 'forgot'",
        "courtesy.company == 'Fairway'",
        "amount and count",
        "paid or count",
        "not (paid or not count)",
        "  amount  ",
        "amount > 1000 and not paid and (reason == 'illness' or reason == 'family')",
    ],
)
def test_a_guard_that_is_true_of_the_facts_holds(guard: str) -> None:
    assert holds(guard)
    assert not holds(f"not ({guard})")


@pytest.mark.parametrize(
    "guard",
    [
        "paid",
        "amount < 1000",
        "amount == '1280.50'",
        "count == '3'",
        "count > '2'",
        "count < '4'",
        "reason > 3",
        "paid == 0",
        "paid < 1",
        "count == yes",
        "reason == yes",
        "day == 20261201",
    ],
)
def test_a_guard_that_is_false_of_the_facts_does_not_hold(guard: str) -> None:
    assert not holds(guard)


@pytest.mark.parametrize("op", ["==", "!=", "<", "<=", ">", ">="])
@pytest.mark.parametrize("constant", ["3", "yes", "no", "'x'"])
@pytest.mark.parametrize("name", ["amount", "count", "day", "paid", "reason"])
def test_every_comparison_with_an_unknown_fact_is_false(name: str, op: str, constant: str) -> None:
    assert not holds(f"{name} {op} {constant}", {})
    assert not holds(f"{constant} {op} {name}", {})


def test_a_name_alone_asks_whether_the_fact_is_known_and_not_no() -> None:
    assert not holds("paid", {})
    assert not holds("paid", {FactId("p.paid"): False})
    assert holds("paid", {FactId("p.paid"): True})
    assert holds("amount", {FactId("p.amount"): Money(Decimal(0), "CNY")})
    assert holds("count", {FactId("p.count"): Decimal(0)})
    assert holds("not paid", {})


@pytest.mark.parametrize(
    "guard",
    [
        "",
        "   ",
        "amount >",
        "amount = 3",
        "amount > 1 > 2",
        "1 < count < 5",
        "amount + 1 > 3",
        "amount > count",
        "1 < 2",
        "'a' == 'a'",
        "yes",
        "no",
        "5",
        "'text'",
        "amount is 3",
        "reason in 'illness'",
        "reason not in 'illness'",
        "reason in ['a']",
        "len(reason) > 3",
        "reason()",
        "reason.upper()",
        "reason[0]",
        "reason.__class__",
        "(lambda: 1)()",
        "[x for x in reason]",
        "__import__('os').system('true')",
        "amount if paid else count",
        "f'{reason}' == 'x'",
        "b'x' == reason",
        "amount > 1j",
        "amount == None",
        "amount == ...",
        "(paid := yes)",
        "amount; count",
        "amount\ncount",
        "import os",
        "await paid",
        "yield",
        "*paid",
        "amount ** 2 > 9",
        "9 ** 9 ** 9 > amount",
        "'a' * 10**9 == reason",
        "~count == 3",
        "amount & count",
        "paid == yes == no",
        "nobody",
        "courtesy.nobody",
        "a.b.c.d",
        "amount > 007",
        "amount > 1\x00",
        "reason == '\ud800'",
        "金额 > 3",
        "amount ＞ 3",
        "(" * 240 + "amount" + ")" * 240,
        "amount" + ".b" * 240,
        "-" * 400 + "amount",
    ],
)
def test_what_is_outside_of_the_language_is_refused(guard: str) -> None:
    with pytest.raises(GuardError) as refused:
        counted(20_000, lambda: compile_guard(text(guard), NAMES))
    assert refused.value.hint


def test_a_guard_may_be_as_long_as_the_limit_and_no_longer() -> None:
    long = "not " * ((MAX_LENGTH - 4) // 4) + "paid"
    assert len(long) == MAX_LENGTH
    assert compile_guard(text(long), NAMES)
    with pytest.raises(GuardError, match=str(MAX_LENGTH)):
        compile_guard(text(long + " "), NAMES)


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownFact) as refused:
        compile_guard(text("amuont > 3"), NAMES)
    assert (refused.value.name, refused.value.nearest) == ("amuont", "amount")


@pytest.mark.parametrize("guard", [r"reason == 'a\d'", "count == 3and paid"])
def test_reading_a_guard_says_nothing_on_the_terminal(guard: str) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        compile_guard(text(guard), NAMES)
    assert not said


def test_a_constant_is_exact() -> None:
    cents = {FactId("p.count"): Decimal("12345678901234567.89")}
    assert holds("count == 12345678901234567.89", cents)


def test_the_facts_of_a_guard_come_in_reading_order() -> None:
    guard = compile_guard(text("day and (not paid or 3 < count) and courtesy.company"), NAMES)
    assert list(facts_in(guard.condition)) == ["p.day", "p.paid", "p.count", "courtesy.company"]


@given(st.text(max_size=60) | st.text(alphabet="amountpid ()<>=!'\"0.19.andornot", max_size=60))
def test_any_text_is_a_guard_or_refused(guard: str) -> None:
    try:
        compiled = compile_guard(text(guard), NAMES)
    except GuardError:
        return
    assert set(facts_in(compiled.condition)) <= set(NAMES.values())
    assert compiled.holds(KNOWN) in (True, False)


Meaning = Callable[[Mapping[FactId, FactValue]], bool]
Spelled = tuple[str, Meaning]
"""A guard as it is written, and what it means."""

_OPERATORS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_VALUES: Mapping[str, tuple[FactValue, ...]] = {
    "amount": tuple(Money(Decimal(cents), "CNY") for cents in (0, 1, 2)),
    "count": tuple(map(Decimal, (0, 1, 2))),
    "paid": (True, False),
    "reason": ("a", "b"),
}


def known(name: str) -> Spelled:
    """Return the guard that asks for a fact."""
    id = NAMES[name]
    return name, lambda facts: id in facts and facts[id] is not False


def compared(name: str, op: str, constant: int, is_mirrored: bool) -> Spelled:
    """Return the guard that compares a number, written either way round."""
    id = NAMES[name]

    def meaning(facts: Mapping[FactId, FactValue]) -> bool:
        value = facts.get(id)
        number = value.amount if isinstance(value, Money) else value
        if not isinstance(number, Decimal):
            return False
        sides = (Decimal(constant), number) if is_mirrored else (number, Decimal(constant))
        return _OPERATORS[op](*sides)

    return f"{constant} {op} {name}" if is_mirrored else f"{name} {op} {constant}", meaning


def equal(name: str, constant: str, spelling: str, value: FactValue) -> Spelled:
    """Return the guard that asks whether a fact has a value."""
    id = NAMES[name]
    if constant == "==":
        return f"{name} == {spelling}", lambda facts: id in facts and facts[id] == value
    return f"{name} != {spelling}", lambda facts: id in facts and facts[id] != value


def joined(word: str, parts: list[Spelled]) -> Spelled:
    """Return the guard that joins its parts by `and` or `or`."""
    test = all if word == "and" else any
    spelled = f" {word} ".join(f"({guard})" for guard, _ in parts)
    return spelled, lambda facts: test(meaning(facts) for _, meaning in parts)


def negated(part: Spelled) -> Spelled:
    """Return the guard that denies its part."""
    spelled, meaning = part
    return f"not ({spelled})", lambda facts: not meaning(facts)


SAME = st.sampled_from(["==", "!="])
ATOMS = st.one_of(
    st.builds(known, st.sampled_from(["amount", "count", "paid", "reason"])),
    st.builds(
        compared,
        st.sampled_from(["amount", "count"]),
        st.sampled_from(sorted(_OPERATORS)),
        st.integers(min_value=0, max_value=2),
        st.booleans(),
    ),
    st.sampled_from([("yes", True), ("no", False)]).flatmap(
        lambda pair: st.builds(equal, st.just("paid"), SAME, st.just(pair[0]), st.just(pair[1]))
    ),
    st.sampled_from(["a", "b", "c"]).flatmap(
        lambda value: st.builds(
            equal, st.just("reason"), SAME, st.just(repr(value)), st.just(value)
        )
    ),
)
GUARDS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(negated, inner),
        st.builds(joined, st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
).filter(lambda guard: len(guard[0]) <= MAX_LENGTH)
FACTS = st.fixed_dictionaries(
    {}, optional={NAMES[name]: st.sampled_from(values) for name, values in _VALUES.items()}
)


@given(GUARDS, st.lists(FACTS, min_size=1, max_size=8))
def test_a_guard_holds_where_a_naive_reading_of_it_holds(
    guard: Spelled, worlds: list[dict[FactId, FactValue]]
) -> None:
    spelled, meaning = guard
    compiled = compile_guard(text(spelled), NAMES)
    assert [compiled.holds(facts) for facts in worlds] == [meaning(facts) for facts in worlds]


@given(GUARDS)
def test_a_guard_depends_on_no_other_facts_than_it_names(guard: Spelled) -> None:
    compiled = compile_guard(text(guard[0]), NAMES)
    asked = set(facts_in(compiled.condition))
    few = {id: value for id, value in KNOWN.items() if id in asked}
    assert compiled.holds(KNOWN) == compiled.holds(few)
    assert asked <= set(NAMES.values())
