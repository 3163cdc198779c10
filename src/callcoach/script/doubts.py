"""Tells what is odd about a fact's value beside the others: a promise of a day that is past."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from callcoach.errors import Told
from callcoach.script.environment import speak
from callcoach.script.facts import DaySide, Fact, FactId, FactValue, Money
from callcoach.script.wording import Language

_Facts = Mapping[FactId, Fact]
_Known = Mapping[FactId, FactValue]


def doubts(
    facts: _Facts, known: _Known, told: FactId, today: date, language: Language
) -> Iterator[Told]:
    """Yield what is odd since a fact was told, with titles and values in `language`.

    Odd is no error: it is for the agent to judge. `today` is the day of the call.
    """
    for fact in facts.values():
        value = known.get(fact.id)
        if value is None:
            continue
        if isinstance(value, date) and fact.id == told:
            yield from _of_day(fact, value, today, language)
        elif told in (fact.id, *fact.rest_of):
            whole = left(fact, known)
            if whole is not None and value != whole:
                yield Told(
                    "“{field}” is {value}; the other facts make it {left}",
                    field=fact.title.plain(language),
                    value=speak(fact, value, language),
                    left=speak(fact, whole, language),
                )
        most = fact.most
        if most is not None and most in known and most in facts and told in (fact.id, most):
            yield from _above(fact, value, facts[most], known[most], language)


def left(fact: Fact, known: _Known) -> FactValue | None:
    """Return what a fact's value should be: the first of others without the rest of them.

    None where that is not said, one of them is not known, or there would be less than nothing.
    """
    values = [known.get(id) for id in fact.rest_of]
    amounts = [it for value in values if (it := _amount(value)) is not None]
    units = {unit for _, unit in amounts}
    if not amounts or len(amounts) < len(values) or len(units) > 1:
        return None
    rest = amounts[0][0] - sum(amount for amount, _ in amounts[1:])
    unit = units.pop()
    return None if rest < 0 else Money(rest, unit) if unit else rest


def _of_day(fact: Fact, day: date, today: date, language: Language) -> Iterator[Told]:
    if (fact.day is DaySide.PAST and day > today) or (fact.day is DaySide.AHEAD and day < today):
        field, said = fact.title.plain(language), speak(fact, day, language)
        if fact.day is DaySide.PAST:
            yield Told("“{field}” is still to come: {day}", field=field, day=said)
        else:
            yield Told("“{field}” is past: {day}", field=field, day=said)


def _above(
    fact: Fact, value: FactValue, other: Fact, most: FactValue, language: Language
) -> Iterator[Told]:
    amount, limit = _amount(value), _amount(most)
    if amount is None or limit is None or amount[1] != limit[1] or amount[0] <= limit[0]:
        return
    yield Told(
        "“{field}” is {value}, more than “{other}”: {most}",
        field=fact.title.plain(language),
        value=speak(fact, value, language),
        other=other.title.plain(language),
        most=speak(other, most, language),
    )


def _amount(value: FactValue | None) -> tuple[Decimal, str] | None:
    """Return an amount and its currency, none for a plain number; None for anything else."""
    match value:
        case Money(amount, currency):
            return amount, currency
        case Decimal():
            return value, ""
        case _:
            return None
