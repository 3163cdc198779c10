"""Values to render lines with when there is no call."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from callcoach.errors import FactError
from callcoach.script.facts import Fact, FactId, FactKind, FactValue, Money, parse
from callcoach.script.model import Script

SAMPLE_DAY = date(2026, 12, 1)


def sample(fact: Fact, language: str) -> FactValue:
    """Return a fact's example, or a value of its type; texts are the fact's title."""
    if fact.example is not None:
        try:
            return parse(fact, fact.example.plain(language), SAMPLE_DAY)
        except FactError:
            pass
    match fact.kind:
        case FactKind.TEXT:
            return fact.title.plain(language)
        case FactKind.MONEY:
            return Money(Decimal("1280.50"), fact.currency)
        case FactKind.NUMBER:
            return Decimal(3)
        case FactKind.DATE:
            return SAMPLE_DAY
        case FactKind.YES_NO:
            return True
        case FactKind.CHOICE:
            return next(iter(fact.choices), "")
        case FactKind.PHONE:
            return "4008001234"


def sample_facts(script: Script, language: str) -> Mapping[FactId, FactValue]:
    """Return a value for every fact of a script."""
    return {id: sample(fact, language) for id, fact in script.facts.items()}
