"""Finds amounts of money in a text, with the currency marks that are no tokens."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.numbers.find import find_numbers
from callcoach.words.numbers.model import NumberSpan


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money in a text."""

    start: int
    """In characters of the text; a currency before or behind it belongs to it."""
    end: int
    value: Decimal
    currency: str | None
    """ISO 4217 code; None where nobody said which."""


_MARKS: Final[Mapping[str, str]] = {
    "¥": "CNY", "￥": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "人民幣": "CNY",
    "us$": "USD", "usd": "USD", "$": "USD", "＄": "USD", "hk$": "HKD", "hkd": "HKD",
    "£": "GBP", "￡": "GBP", "gbp": "GBP", "€": "EUR", "eur": "EUR", "₹": "INR", "rs": "INR",
}  # fmt: skip
_ANY: Final = "|".join(re.escape(mark) for mark in sorted(_MARKS, key=len, reverse=True))
_BEFORE: Final = re.compile(rf"(?<![a-z])({_ANY})[.:：]?\s*$")
_AFTER: Final = re.compile(rf"\s*({_ANY})(?![a-z])")
_WRITTEN: Final = re.compile(
    r"[\d０-９]{1,3}(?:[,，][\d０-９]{3})+(?:[.．][\d０-９]+)?|[\d０-９]+[.．][\d０-９]{2}"
)
"""With thousands marks or two decimals: money, even where nobody names the currency."""
_OWED: Final = re.compile(
    r"(?:\b(?:owes?|owing|pay|paid|balance|amount|sum|total|payment)\b(?:\s+\w+){0,2}?"
    r"|欠款?|还款?|還款?|付|交|余额|餘額|金额|金額|总共|一共|共计|合计|利息|本金|罚息)"
    r"(?:\s*(?:is|of|about|是|了|你|您|我们|大概|约|:|：))*\s*$",
    re.IGNORECASE,
)
_PERIODS: Final = frozenset(
    ("minute", "hour", "day", "week", "month", "year", "instalment", "percent")
)
_CURRENCY: Final = re.compile("[A-Z]{3}")
_LOOK_BACK: Final = 40


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of money in `text`, in order.

    A number is one where a currency stands before or behind it, where it is written as money is
    (1,280 or 12.50), or where it is what somebody owes or pays.
    """
    tokens = tokenise(text)
    return amounts_among(text, tokens, find_numbers(tokens.words))


def amounts_among(text: str, tokens: Tokens, numbers: Iterable[NumberSpan]) -> tuple[Amount, ...]:
    """Return the amounts of money among the numbers of a text that were found already."""
    low = text.lower() if len(text.lower()) == len(text) else text
    found = (_amount(low, tokens, number) for number in numbers)
    return tuple(amount for amount in found if amount is not None)


def _amount(text: str, tokens: Tokens, number: NumberSpan) -> Amount | None:
    start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
    lead = text[max(start - _LOOK_BACK, 0) : start]
    before, after = _BEFORE.search(lead), _AFTER.match(text, end)
    if number.unit is not None and _CURRENCY.fullmatch(number.unit):
        if before is not None:
            start -= len(lead) - before.start()
        return Amount(start, tokens.ends[number.whole - 1], number.value, number.unit)
    if before is not None:
        start -= len(lead) - before.start()
        return Amount(start, end, number.value, _MARKS[before[1]])
    if after is not None:
        return Amount(start, after.end(), number.value, _MARKS[after[1]])
    is_written = _WRITTEN.fullmatch(text, start, end) is not None
    is_owed = not number.digits.startswith("0") and _OWED.search(lead) is not None
    is_money = number.unit not in _PERIODS and (is_written or is_owed)
    return Amount(start, end, number.value, None) if is_money else None
