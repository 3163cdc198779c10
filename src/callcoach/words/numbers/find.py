"""Finds the numbers among the tokens of an utterance."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count, pairwise
from typing import Final

from msgspec.structs import replace

from callcoach.words.normalise import Tokens
from callcoach.words.numbers import chinese, english
from callcoach.words.numbers.model import NumberSpan, Reading, short
from callcoach.words.numbers.units import with_unit

_STARTS: Final = chinese.STARTS | english.STARTS
NUMERALS: Final = (_STARTS | english.BEHIND_A) - {"a"}
"""The words one of which every number has that is not in digits."""
_TO: Final = frozenset(("to", "or", "到", "至", "或"))
"""What stands between the ends of a range."""
_SIGN: Final = re.compile(r"\s*[%％]")
_DIGIT: Final = re.compile(r"\d")


@lru_cache(maxsize=16)
def find_numbers(words: tuple[str, ...]) -> tuple[NumberSpan, ...]:
    """Return the numbers among `words`, in order and without overlaps.

    `words` are tokens of `callcoach.words.normalise`: lower-case Latin words, single Chinese
    characters and numbers in digits. Cardinals in both languages, strings of digits and days of
    the month are numbers; other ordinals, weekdays and the numerals inside of words (`一起`, `no
    one`) are none. What was found is kept for a while: phrases, rules and captures ask in turn.
    """
    found: list[NumberSpan] = []
    at = 0
    for place in _starts(words):
        if place < at:
            continue
        number, at = _read(words, place)
        if number is not None:
            span = with_unit(words, place, number)
            found.append(span)
            at = span.past
    return tuple(found) if len(found) < 2 else tuple(_ranged(words, found))


def numbers_among(text: str, tokens: Tokens) -> tuple[NumberSpan, ...]:
    """Return the numbers among the tokens of a text, also those before `%`, which is no token."""
    found = find_numbers(tokens.words)
    if not found or _SIGN.search(text) is None:
        return found
    return tuple([_signed(text, tokens, number) for number in found])


def _signed(text: str, tokens: Tokens, number: NumberSpan) -> NumberSpan:
    """Return a number, of the unit `percent` where the sign stands behind it."""
    is_signed = number.unit is None and _SIGN.match(text, tokens.ends[number.past - 1])
    return replace(number, unit="percent") if is_signed else number


def _ranged(words: tuple[str, ...], found: list[NumberSpan]) -> Iterator[NumberSpan]:
    """Yield numbers; the five of `five to six hundred dollars` is of hundreds and dollars, too."""
    for one, other in pairwise(found):
        yield _like(words, one, other) if _is_range(words, one, other) else one
    yield found[-1]


def _is_range(words: tuple[str, ...], one: NumberSpan, other: NumberSpan) -> bool:
    """Tell whether two numbers are the ends of one range, or one and what else it may be."""
    if one.unit is not None or one.whole != other.first - 1:
        return False
    between, before = words[one.past], words[one.first - 1] if one.first else ""
    return between in _TO or (between == "and" and before == "between")


def _like(words: tuple[str, ...], one: NumberSpan, other: NumberSpan) -> NumberSpan:
    """Return the lower end of a range in the hundreds and the unit that the upper end names."""
    value, size = one.value, _size(words, other)
    if one.past == one.first + 1 and size and value < other.value / size:
        value = short(value * size)
    if value >= other.value:
        return one
    digits = one.digits if value == one.value else ""
    return replace(one, value=value, unit=other.unit, digits=digits)


def _size(words: tuple[str, ...], number: NumberSpan) -> int:
    """Return the hundreds, thousands or the like that a number of two tokens counts; else 0."""
    last = words[number.past - 1]
    is_plain = number.past == number.first + 2
    return (chinese.size_of(last) or english.size_of(last)) if is_plain else 0


def _starts(words: tuple[str, ...]) -> list[int]:
    """Return the tokens with which a number may begin; most utterances have none."""
    if _DIGIT.search("".join(words)) is None:
        return list(compress(count(), map(_STARTS.__contains__, words)))
    return [at for at, word in enumerate(words) if word in _STARTS or word[0].isdecimal()]


def _read(words: tuple[str, ...], at: int) -> tuple[Reading | None, int]:
    """Read a number at a token; return it and the token from which to look further."""
    word = words[at]
    if word in chinese.STARTS:
        return chinese.read(words, at)
    if word[0].isdecimal() and at + 1 < len(words) and chinese.goes_on(words[at + 1]):
        return chinese.read(words, at)
    number = english.read(words, at)
    return number, at + 1 if number is None else number.past
