"""Facts: what a call knows or finds out, with types, parsing and a canonical text for storage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NewType

from callcoach.errors import FactError
from callcoach.script.place import Place
from callcoach.script.wording import Wording

FactId = NewType("FactId", str)


class FactKind(StrEnum):
    """What sort of value a fact holds."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount and its ISO 4217 currency code."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a call knows before it begins, or finds out."""

    id: FactId
    kind: FactKind
    title: Wording
    place: Place
    given: bool = False
    """Known before the call, from the contact record."""
    private: str | None = None
    """What it is to the redactor: `name`, `phone`, `amount`; None: nothing private."""
    choices: Mapping[str, Wording] = field(default_factory=dict)
    """For a choice: its values and what they are called."""
    currency: str = "CNY"
    """For money: the currency of a bare number."""
    example: Wording | None = None
    """A value for plans, previews and checks; the same in all languages, or one in each."""


FactValue = str | bool | Decimal | Money | date

_YES = frozenset(("yes", "y", "true", "是", "对", "有", "1"))
_NO = frozenset(("no", "n", "false", "否", "不", "没有", "0"))
_CURRENCIES = {
    "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY", "元人民币": "CNY",
    "rmb": "CNY", "yuan": "CNY", "$": "USD", "us$": "USD", "dollars": "USD", "dollar": "USD",
    "£": "GBP", "pounds": "GBP", "€": "EUR", "euros": "EUR", "euro": "EUR", "hk$": "HKD",
    "港元": "HKD", "美元": "USD",
}  # fmt: skip
_MONEY = re.compile(
    r"(?P<before>[^\d\s.,-]*)\s*(?P<number>-?\d[\d,，]*(?:\.\d+)?)\s*(?P<wan>万)?\s*(?P<after>[^\d]*)"
)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
)
_DAYS = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "后天": 2}


def parse(fact: Fact, text: str, today: date) -> FactValue:
    """Return the value that `text` gives `fact`; `canonical` texts are read exactly.

    `today` is the day of the call: a date without a year is its next occurrence from then on.
    Raises `FactError` with the forms that would have been understood.
    """
    given = text.strip()
    if not given:
        raise FactError("the value is empty", _forms(fact))
    match fact.kind:
        case FactKind.TEXT:
            return given
        case FactKind.MONEY:
            return _money(fact, given)
        case FactKind.NUMBER:
            return _number(fact, given)
        case FactKind.DATE:
            return _date(fact, given, today)
        case FactKind.YES_NO:
            return _yes_no(fact, given)
        case FactKind.CHOICE:
            return _choice(fact, given)
        case FactKind.PHONE:
            return _phone(fact, given)


def canonical(value: FactValue) -> str:
    """Return the text under which a value is stored; `parse` reads it back as the same value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _money(fact: Fact, text: str) -> Money:
    found = _MONEY.fullmatch(text)
    if not found:
        raise FactError("this is not an amount of money", _forms(fact))
    amount = _decimal(fact, found["number"]) * (10000 if found["wan"] else 1)
    mark = (found["before"] or found["after"]).strip().lower()
    if not mark:
        return Money(amount, fact.currency)
    code = _CURRENCIES.get(mark, mark.upper())
    if not re.fullmatch("[A-Z]{3}", code):
        raise FactError(f"the currency “{mark}” is not known", _forms(fact))
    return Money(amount, code)


def _decimal(fact: Fact, digits: str) -> Decimal:
    try:
        return Decimal(digits.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise FactError("this is not a number", _forms(fact)) from None


def _number(fact: Fact, text: str) -> Decimal:
    if not re.fullmatch(r"-?\d[\d,，]*(\.\d+)?", text):
        raise FactError("this is not a number", _forms(fact))
    return _decimal(fact, text)


def _date(fact: Fact, text: str, today: date) -> date:
    if text.lower() in _DAYS:
        return today + timedelta(days=_DAYS[text.lower()])
    found = _DATE.fullmatch(text)
    if not found:
        raise FactError("this is not a date", _forms(fact))
    year = int(found["year"] or today.year)
    try:
        day = date(year, int(found["month"]), int(found["day"]))
        return day if found["year"] or day >= today else day.replace(year=year + 1)
    except ValueError:
        raise FactError("there is no such day", _forms(fact)) from None


def _yes_no(fact: Fact, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise FactError("this is neither yes nor no", _forms(fact))


def _choice(fact: Fact, text: str) -> str:
    for value, title in fact.choices.items():
        titles = (t.value.casefold() for texts in title.variants.values() for t in texts)
        if text.casefold() == value.casefold() or text.casefold() in titles:
            return value
    raise FactError("this is not one of the choices", _forms(fact))


def _phone(fact: Fact, text: str) -> str:
    digits = re.sub(r"[\s().\-]", "", text)
    if not re.fullmatch(r"\+?\d{5,15}", digits):
        raise FactError("this is not a phone number", _forms(fact))
    return digits


def _forms(fact: Fact) -> str:
    match fact.kind:
        case FactKind.MONEY:
            return f"write 3456.78, 3,456.78 {fact.currency} or ¥3456.78"
        case FactKind.DATE:
            return "write 2026-12-01, 12-01, 12月1日 or tomorrow"
        case FactKind.YES_NO:
            return "write yes or no"
        case FactKind.CHOICE:
            return "write one of " + ", ".join(fact.choices)
        case FactKind.NUMBER:
            return "write digits, as in 3"
        case FactKind.PHONE:
            return "write 5 to 15 digits, with or without + and spaces"
        case FactKind.TEXT:
            return "write at least one character"
