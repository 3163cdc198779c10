"""Finds amounts of money in a text, with the currency marks that are no tokens."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.numbers.around import is_counted, is_moment, is_share
from callcoach.words.numbers.english import MONEY
from callcoach.words.numbers.find import numbers_among
from callcoach.words.numbers.model import NumberSpan, short
from callcoach.words.numbers.units import CURRENCIES


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
    "inr": "INR", "s$": "SGD", "sgd": "SGD", "a$": "AUD", "au$": "AUD", "aud": "AUD",
    "c$": "CAD", "ca$": "CAD", "cad": "CAD", "nz$": "NZD", "nzd": "NZD", "nt$": "TWD",
    "ntd": "TWD", "twd": "TWD", "myr": "MYR", "zar": "ZAR", "₦": "NGN", "ngn": "NGN",
    "₱": "PHP", "php": "PHP", "₩": "KRW", "฿": "THB", "ksh": "KES", "kes": "KES", "aed": "AED",
    "jpy": "JPY",
}  # fmt: skip
_ANY: Final = "|".join(re.escape(mark) for mark in sorted(_MARKS, key=len, reverse=True))
_BEFORE: Final = re.compile(rf"(?<![a-z])({_ANY})[.:：]?\s*$")
_AFTER: Final = re.compile(rf"\s*({_ANY})(?![a-z])")
_LARGE_MARK: Final = re.compile(r"(?<![A-Za-z\d])(?:(RM)\s?|(R))$")
"""Ringgit and rand are in capitals; `rm` is a room."""
_LARGE_MARKS: Final = ("MYR", "ZAR")
_CODE: Final = re.compile(r"[ -]?[A-Z]{2,3}\b|[A-Za-z]")
"""What goes on behind the digits of a plate."""
_WRITTEN: Final = re.compile(
    r"[\d０-９]{1,3}(?:[,，][\d０-９]{2,3})*[,，][\d０-９]{3}(?:[.．][\d０-９]+)?"
    r"|[\d０-９]{1,3}(?:[.．][\d０-９]{3})+[,，][\d０-９]{2}|[\d０-９]+[.．][\d０-９]{2}"
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
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
"""What is written with a currency like this has no decimals: 1.280 €."""
_MILLIONS: Final = re.compile(r"(m|mn|bn)(?![a-z])")
"""Behind what is written with a currency before it: $1.2m."""
_PARTED: Final = re.compile(r"\d+[,，](?P<cents>\d{2})|\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_MORE: Final = re.compile(r"(?:[ \u00a0\u202f]\d{3}){1,6}(?!\d)")
_CURRENCY: Final = re.compile("[A-Z]{3}")
_LOOK_BACK: Final = 40
_SINGLE: Final = re.compile(
    r"\ba\s+(?P<unit>pound|quid|dollar|buck|euro)"
    r"(?=\s+(?:a|per|each|every)\s+(?:week|fortnight|month|day)\b)"
)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Return the amounts of money in `text`, in order.

    A number is one where a currency stands before or behind it, where it is written as money is
    (1,280 or 12.50), or where it is what somebody owes or pays.
    """
    tokens = tokenise(text)
    return amounts_among(text, tokens, numbers_among(text, tokens))


def amounts_among(text: str, tokens: Tokens, numbers: Iterable[NumberSpan]) -> tuple[Amount, ...]:
    """Return the amounts of money among the numbers of a text that were found already."""
    low = text.lower() if len(text.lower()) == len(text) else text
    numbers = tuple(numbers)
    if len(numbers) > 1:
        numbers = tuple(_joined(low, tokens, numbers))
    found = [_amount(text, low, tokens, number) for number in numbers]
    amounts = [amount for amount in found if amount is not None]
    single = [*_single(low)]
    if single:
        amounts = sorted([*amounts, *single], key=lambda one: one.start)
    return tuple(amounts)


def _single(low: str) -> Iterator[Amount]:
    """Yield what is paid as a token: `a pound a week` has no number in it."""
    for found in _SINGLE.finditer(low) if " a " in low or " per " in low else ():
        yield Amount(found.start(), found.end(), Decimal(1), CURRENCIES[found["unit"]])


def _joined(text: str, tokens: Tokens, numbers: tuple[NumberSpan, ...]) -> Iterator[NumberSpan]:
    """Yield numbers; those that a comma or a space parts as one: 12,50 €, R4 600."""
    last: NumberSpan | None = None
    for number in numbers:
        both = None if last is None else _both(text, tokens, last, number)
        if both is None and last is not None:
            yield last
        last = both or number
    if last is not None:
        yield last


def _both(text: str, tokens: Tokens, one: NumberSpan, other: NumberSpan) -> NumberSpan | None:
    """Return two parts of an amount as one number, if a currency stands beside them."""
    start, end = tokens.starts[one.first], tokens.ends[other.past - 1]
    parted = _PARTED.fullmatch(text, start, end)
    if parted is None or other.past != one.past + 1:
        return None
    more = _MORE.match(text, end)
    end = end if more is None else more.end()
    is_before = _BEFORE.search(text, max(start - _LOOK_BACK, 0), start) is not None
    is_behind = other.unit is not None and _CURRENCY.fullmatch(other.unit) is not None
    is_large = _LARGE_MARK.search(text.upper(), max(start - 3, 0), start) is not None
    if not (is_before or is_behind or is_large or _AFTER.match(text, end)):
        return None
    between = "." if parted["cents"] else ""
    value = Decimal(f"{one.value}{between}{tokens.words[other.first]}")
    return NumberSpan(one.first, other.past, value, other.unit, False, other.whole)


def _amount(text: str, low: str, tokens: Tokens, number: NumberSpan) -> Amount | None:
    """Return a number as an amount of money, by its currency, its form or what leads to it."""
    start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
    begin, last, currency = _currency(text, low, tokens, number)
    if currency is not None:
        value = number.value
        millions = _MILLIONS.match(low, end) if last == end else None
        if millions is not None:
            value = short(value * (10**9 if millions[1] == "bn" else 10**6))
            last = millions.end()
        elif _THOUSANDS.fullmatch(text, start, end) is not None:
            value = Decimal(text[start:end].replace(".", ""))
        return Amount(begin, last, value, currency)
    if number.unit in _PERIODS or is_share(low, tokens, number):
        return None
    is_written = _WRITTEN.fullmatch(text, start, end) is not None
    if is_written or not MONEY.isdisjoint(tokens.words[number.first : number.past]):
        return Amount(start, end, number.value, None)
    is_owed = _OWED.search(low, max(start - _LOOK_BACK, 0), start) is not None
    if not is_owed or number.digits.startswith("0") or is_moment(low, start, end):
        return None
    return None if is_counted(low, end, number) else Amount(start, end, number.value, None)


def _currency(
    text: str, low: str, tokens: Tokens, number: NumberSpan
) -> tuple[int, int, str | None]:
    """Return where an amount begins and ends with its currency, and which it is; None for none."""
    start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
    back = max(start - _LOOK_BACK, 0)
    before, after = _BEFORE.search(low, back, start), _AFTER.match(low, end)
    begin = start if before is None else before.start()
    is_shared = before is not None and number.whole == number.past  # £20 or 30 dollars
    if number.unit is not None and not is_shared and _CURRENCY.fullmatch(number.unit):
        return begin, tokens.ends[number.whole - 1], number.unit
    if before is not None:
        return begin, end, _MARKS[before[1]]
    if after is not None:
        return start, after.end(), _MARKS[after[1]]
    large = _LARGE_MARK.search(text, back, start)
    if large is not None and _CODE.match(text, end) is None and number.unit is None:
        return large.start(), end, _LARGE_MARKS[0 if large[1] else 1]
    return start, end, None
