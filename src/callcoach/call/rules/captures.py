"""Picks out of the words of a hit what a rule wants to keep: an amount, a day.

Looked for in the hit's own utterance first, then in those that it rests on, the newest first, then
in what the other side said last: who says “yes, that works” names no amount. But who names a number
or a part of the sum means no other: it is that one, or none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from callcoach.call.part import Part
from callcoach.call.rules.reading import Reading
from callcoach.call.rules.talk import Found, Talk
from callcoach.script.rules import Capture
from callcoach.words.numbers import (
    Amount,
    NumberSpan,
    find_days,
    find_share,
    is_moment,
    is_paid,
    names_part,
    payments_among,
    short,
)

_OF_TIME: Final = frozenset(("minute", "hour", "day", "week", "month", "year"))
_CENT: Final = Decimal("0.01")
_APART: Final = re.compile(
    r"[,，、:：;；–—-]\s*(?:也?就是|等于|that's|that is|which is|so)?\s*$", re.I
)
"""What stands between a part and the sum that it comes to."""


def captured(
    talk: Talk, found: Found, wanted: tuple[Capture, ...], parts: Sequence[Part] = ()
) -> Mapping[str, str]:
    """Return what was named: an amount as “426.80 CNY” or “426.80”, a day as it was said.

    What is paid in `parts` is told by the first of them.
    """
    if parts:
        return {Capture.AMOUNT.value: parts[0].amount, Capture.DAY.value: parts[0].day}
    values: dict[str, str] = {}
    for kind in wanted:
        value = _day(talk, found) if kind is Capture.DAY else _amount(talk, found)
        if value:
            values[kind.value] = value
    return values


def parts_of(talk: Talk, found: Found, wanted: tuple[Capture, ...]) -> tuple[Part, ...]:
    """Return the parts that were named, a sum and a day each; none where it is one sum only."""
    if not {Capture.AMOUNT, Capture.DAY}.issubset(wanted):
        return ()
    readings = map(talk.readings.__getitem__, _places(talk, found))
    named = next((it for it in readings if it.numbers or it.day), None)
    if named is None:
        return ()
    common = _currency(talk, found) if named.instalments else None
    return tuple(
        Part(_shown(one.value, one.currency or common), day.text) for one, day in named.instalments
    )


def _places(talk: Talk, found: Found) -> Iterator[int]:
    yield found.utterance
    yield from sorted((index for index, _, _ in found.also), reverse=True)
    last = talk.before(found.utterance)
    if last >= 0:
        yield from range(last, talk.before(last), -1)


def _day(talk: Talk, found: Found) -> str:
    return next(filter(None, (talk.readings[index].day for index in _places(talk, found))), "")


def _amount(talk: Talk, found: Found) -> str:
    """Return the amount of a hit; empty where its speaker named something else, or nobody any."""
    speaker = talk.said[found.utterance].speaker
    for index in dict.fromkeys(_places(talk, found)):
        reading = talk.readings[index]
        is_own = talk.said[index].speaker is speaker
        amounts = _amounts(reading, is_promise=is_own)
        share = find_share(reading.text, reading.tokens, reading.numbers)
        paid = [one for one in amounts if is_paid(reading.text, one)]
        if share is not None and not paid:
            told = _told(talk, found, ())
            itself = next((it for it in amounts if _is_itself(it, share, told, reading)), None)
            if itself is None:
                return _part(share, (*told, *amounts))
            return _shown(itself.value, itself.currency or _currency(talk, found))
        is_part = not paid and names_part(reading.text)
        if amounts and not is_part:
            value, currency = _sum(amounts)
            return _shown(value, currency or _currency(talk, found))
        if is_part or (is_own and _names_number(reading)):
            return ""
    return ""


def _amounts(reading: Reading, *, is_promise: bool) -> Sequence[Amount]:
    return payments_among(reading.text, reading.tokens, reading.numbers, is_promise=is_promise)


def _names_number(reading: Reading) -> bool:
    """Tell whether an utterance names a number that is no day, no time and no length of time."""
    days = find_days(reading.text)
    return any(
        number.unit not in _OF_TIME
        and not _is_when(reading, number)
        and not any(start < day.end and day.start < end for day in days)
        for number in reading.numbers
        for start, end in (_span(reading, number),)
    )


def _is_when(reading: Reading, number: NumberSpan) -> bool:
    """Tell a time; what is said `in three instalments` is none."""
    return number.unit is None and is_moment(reading.text.lower(), *_span(reading, number))


def _span(reading: Reading, number: NumberSpan) -> tuple[int, int]:
    tokens = reading.tokens
    return tokens.starts[number.first], tokens.ends[number.past - 1]


def _told(talk: Talk, found: Found, here: Sequence[Amount]) -> Sequence[Amount]:
    """Return the amounts that the other side told up to a hit, and those `here`."""
    speaker = talk.said[found.utterance].speaker
    others = (
        amount
        for index in range(found.utterance)
        if talk.said[index].speaker is not speaker
        for amount in talk.readings[index].amounts
    )
    return (*others, *here)


def _currency(talk: Talk, found: Found) -> str | None:
    """Return the currency of which the other side spoke, if it was one only."""
    named = {one.currency for one in _told(talk, found, ()) if one.currency is not None}
    return named.pop() if len(named) == 1 else None


def _part(share: Decimal, told: Sequence[Amount]) -> str:
    """Return a part of a sum; empty where several were told, or none."""
    if len({amount.value for amount in told}) != 1:
        return ""
    value, currency = _sum(told)
    return _shown(_times(value, share), currency)


def _times(value: Decimal, share: Decimal) -> Decimal:
    return short((value * share).quantize(_CENT, ROUND_HALF_UP))


def _is_itself(amount: Amount, share: Decimal, told: Sequence[Amount], reading: Reading) -> bool:
    """Tell the sum that a part comes to, `half, 640`, from the one that it is a part of."""
    if any(amount.value == _times(it.value, share) for it in told):
        return True
    return not told and _APART.search(reading.text, 0, amount.start) is not None


def _sum(amounts: Sequence[Amount]) -> tuple[Decimal, str | None]:
    """Return the value of the first, and the first currency that any of that value names."""
    value = amounts[0].value
    named = (one.currency for one in amounts if one.value == value and one.currency)
    return value, next(named, None)


def _shown(value: Decimal, currency: str | None) -> str:
    return f"{value} {currency or ''}".strip()
