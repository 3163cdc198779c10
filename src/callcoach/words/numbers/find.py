"""Finds the numbers among the tokens of an utterance."""

import re
from functools import lru_cache
from itertools import compress, count
from typing import Final

from callcoach.words.numbers import chinese, english
from callcoach.words.numbers.model import NumberSpan, Reading
from callcoach.words.numbers.units import with_unit

_STARTS: Final = chinese.STARTS | english.STARTS
NUMERALS: Final = (_STARTS | english.BEHIND_A) - {"a"}
"""The words one of which every number has that is not in digits."""
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
    return tuple(found)


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
