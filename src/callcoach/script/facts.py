"""Facts: what a call knows or finds out, with types, parsing and a canonical text for storage."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from callcoach.errors import FactError, Told
from callcoach.locale import mark
from callcoach.script.days import TwoDays, read_day
from callcoach.script.place import Place
from callcoach.script.wording import Language, Wording
from callcoach.words.normalise import tokenise
from callcoach.words.numbers import NumberSpan, find_numbers

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


class DaySide(StrEnum):
    """On which side of the call's day a date is expected."""

    ANY = "any"
    PAST = "past"
    """The day of the call, or one before it."""
    AHEAD = "ahead"
    """The day of the call, or one after it."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount and its ISO 4217 currency code."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


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
    day: DaySide = DaySide.ANY
    """For a date: where it is expected; elsewhere it is doubted, see `script.doubts`."""
    most: FactId | None = None
    """For money and numbers: more than this other fact is doubted."""
    rest_of: tuple[FactId, ...] = ()
    """For money and numbers: it is the first of these without the others; else it is doubted."""
    example: Wording | None = None
    """A value for plans, previews and checks; the same in all languages, or one in each."""

    def blank(self, language: Language) -> str:
        """Return what stands in a line where the fact is not known: its title, in brackets."""
        opening, closing = ("【", "】") if language == "zh" else ("[", "]")
        return f"{opening}{self.title.plain(language)}{closing}"


FactValue = str | bool | Decimal | Money | date

_YES = frozenset(("yes", "y", "true", "是", "对", "有", "1"))
_NO = frozenset(("no", "n", "false", "否", "不", "没有", "0"))
_CURRENCIES = {
    "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY", "块钱": "CNY",
    "人民币": "CNY", "元人民币": "CNY", "rmb": "CNY", "yuan": "CNY",
    "$": "USD", "us$": "USD", "dollars": "USD", "dollar": "USD", "美元": "USD",
    "£": "GBP", "pounds": "GBP", "€": "EUR", "euros": "EUR", "euro": "EUR",
    "hk$": "HKD", "港元": "HKD",
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d+)?")
_MONEY = re.compile(
    rf"(?P<before>[^\d\s.,-]*)\s*(?P<number>{_NUMBER.pattern})\s*(?P<wan>万)?\s*(?P<after>\D*)"
)
_IN_WORDS = re.compile(r"(?!-)[\w\s,.'-]*[^\W\d_][\w\s,.'-]*")
_MAX_DIGITS = 24
"""Longer numbers are no amounts, and arithmetic would round them."""


def parse(fact: Fact, text: str, today: date) -> FactValue:
    """Return the value that `text` gives `fact`; `canonical` texts are read exactly.

    `today` is the day of the call: a date without a year is its next occurrence from then on, for
    a fact known before the call (a due day) the nearest one, past or future; see `script.days`.
    Raises `FactError` with the forms that would have been understood.
    """
    given = text.strip()
    if not given:
        raise FactError("the value is empty", _forms(fact))
    match fact.kind:
        case FactKind.TEXT:
            return given
        case FactKind.MONEY:
            return _money(fact, _narrow(given))
        case FactKind.NUMBER:
            return _number(fact, _narrow(given))
        case FactKind.DATE:
            return _date(fact, _narrow(given), today)
        case FactKind.YES_NO:
            return _yes_no(fact, given)
        case FactKind.CHOICE:
            return _choice(fact, given)
        case FactKind.PHONE:
            return _phone(fact, _narrow(given))


def canonical(value: FactValue) -> str:
    """Return the text under which a value is stored; `parse` reads it back as the same value."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _narrow(text: str) -> str:
    """Return a text with full-width marks and the digits of any script as those of ASCII."""
    narrow = unicodedata.normalize("NFKC", text)
    return "".join(str(int(char)) if char.isdecimal() else char for char in narrow)


def _money(fact: Fact, text: str) -> Money:
    found = _MONEY.fullmatch(text)
    if not found:
        return _money_in_words(fact, text, mark("this is not an amount of money"))
    amount = _decimal(fact, found["number"]) * (10000 if found["wan"] else 1)
    marks = filter(None, (mark.strip().lower() for mark in found.group("before", "after")))
    codes = {_CURRENCIES.get(mark, mark.upper()) for mark in marks} or {fact.currency}
    if len(codes) > 1:
        raise FactError("the amount is in two currencies", _forms(fact))
    code = codes.pop()
    if not re.fullmatch("[A-Z]{3}", code):
        return _money_in_words(fact, text, mark("the currency is not known"))
    return Money(amount, code)


def _money_in_words(fact: Fact, text: str, problem: str) -> Money:
    """Return an amount that is in words; raises `FactError` with the problem where it is not."""
    said = _said(text)
    if said is None:
        raise FactError(problem, _forms(fact))
    return Money(_decimal(fact, f"{said.value:f}"), said.unit or fact.currency)


def _said(text: str) -> NumberSpan | None:
    """Return the amount that a text is in words: 一千二, `two fifty`, 1.5k; None for another."""
    if not _IN_WORDS.fullmatch(text):
        return None
    words = tokenise(text).words
    numbers = find_numbers(words)
    is_all = len(numbers) == 1 and (numbers[0].first, numbers[0].whole) == (0, len(words))
    unit = numbers[0].unit if is_all else ""
    is_money = is_all and numbers[0].spoken and (unit is None or unit.isupper())
    return numbers[0] if is_money else None


def _decimal(fact: Fact, digits: str) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    if len(number.as_tuple().digits) > _MAX_DIGITS:
        raise FactError("the number is too long", _forms(fact))
    return number


def _number(fact: Fact, text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise FactError("this is not a number", _forms(fact))
    return _decimal(fact, text)


def _date(fact: Fact, text: str, today: date) -> date:
    try:
        day = read_day(text, today, is_nearest=fact.given)
    except TwoDays as error:
        told = Told("write {one} or {other}", one=error.one, other=error.other)
        raise FactError("day and month may be meant in either order", told) from error
    except (ValueError, OverflowError) as error:
        raise FactError("there is no such day", _forms(fact)) from error
    if day is None:
        raise FactError("this is not a date", _forms(fact))
    return day


def _yes_no(fact: Fact, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise FactError("this is neither yes nor no", _forms(fact))


def _choice(fact: Fact, text: str) -> str:
    wanted = text.casefold()
    for value in fact.choices:
        if wanted == value.casefold():
            return value
    for value, title in fact.choices.items():
        if any(wanted == t.value.casefold() for texts in title.variants.values() for t in texts):
            return value
    raise FactError("this is not one of the choices", _forms(fact))


def _phone(fact: Fact, text: str) -> str:
    digits = re.sub(r"[\s().\-]", "", text)
    if not re.fullmatch(r"\+?\d{5,15}", digits):
        raise FactError("this is not a phone number", _forms(fact))
    return digits


def _forms(fact: Fact) -> Told:
    match fact.kind:
        case FactKind.MONEY:
            return Told("write 3456.78, 3,456.78 {currency} or ¥3456.78", currency=fact.currency)
        case FactKind.DATE:
            return Told("write 2026-12-01, 12-01, Dec 1, 1 December 2026, next Friday or tomorrow")
        case FactKind.YES_NO:
            return Told("write yes or no")
        case FactKind.CHOICE:
            return Told("write one of {known}", known=", ".join(fact.choices))
        case FactKind.NUMBER:
            return Told("write digits, as in 3")
        case FactKind.PHONE:
            return Told("write 5 to 15 digits, with or without + and spaces")
        case FactKind.TEXT:
            return Told("write at least one character")
