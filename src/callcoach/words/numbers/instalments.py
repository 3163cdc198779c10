"""Finds what somebody pays in parts: 300 on the first and 300 on the fifteenth."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from callcoach.words.normalise import Tokens
from callcoach.words.numbers.amounts import Amount
from callcoach.words.numbers.days import DayMention
from callcoach.words.numbers.model import NumberSpan
from callcoach.words.numbers.payments import sums_among

Part = tuple[Amount, DayMention]
_MOST: Final = 12
"""Parts that somebody names one by one."""

_ELSE: Final = re.compile(
    r"\b(?:or|no|nope|sorry|actually|rather|instead|else|otherwise|if|unless|but\s+not|not|i\s+mean"
    r"|\w+n't|wait)\b|或|还是|還是|要么|要不|不是|不对|不對|不|没|沒|如果|要是|哦"
)
"""Between two parts: the second stands in for the first, or nobody knows whether it comes."""
_EARNED: Final = re.compile(
    r"(?:\b(?:get(?:s|ting)?|am|being|be|was|got)\s+paid|\b(?:earn(?:s|ed)?|wages?|salary|income)"
    r"|工资|薪水|收入|奖金|獎金|挣|賺|赚)[^,.;?!，。；？！]*$"
)
"""Before what somebody gets."""


def instalments_among(
    text: str, tokens: Tokens, numbers: tuple[NumberSpan, ...], days: Sequence[DayMention]
) -> tuple[Part, ...]:
    """Return sums that are paid on days of their own, in order; none where it is one only.

    Sums and days have to take turns, so that it is plain which goes with which.
    """
    if len(numbers) < 2 or not 1 < len(days) <= _MOST or len(numbers) > _MOST * 4:
        return ()
    low = text.lower()
    sums = [
        one
        for one in sums_among(text, tokens, numbers)
        if not any(one.start < day.end and day.start < one.end for day in days)
    ]
    is_income = any(_EARNED.search(low, 0, one.start) for one in sums)
    if is_income or len(sums) < 2 or len(sums) != len(days):
        return ()
    parts = tuple(zip(sums, sorted(days, key=lambda day: day.start), strict=True))
    are_in_turn = len({one.start < day.start for one, day in parts}) == 1
    gaps = [(_span(one)[1], _span(other)[0]) for one, other in pairwise(parts)]
    if not are_in_turn or any(end > start or _ELSE.search(low, end, start) for end, start in gaps):
        return ()
    return parts if len({day.text.lower() for _, day in parts}) == len(parts) else ()


def _span(part: Part) -> tuple[int, int]:
    """Return where a sum and its day begin and end."""
    one, day = part
    return min(one.start, day.start), max(one.end, day.end)
