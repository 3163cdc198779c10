"""Finds the numbers among the tokens of an utterance."""

from typing import Final

from callcoach.words.numbers import chinese, english
from callcoach.words.numbers.model import NumberSpan, Reading
from callcoach.words.numbers.units import with_unit

_STARTS: Final = chinese.STARTS | english.STARTS


def find_numbers(words: tuple[str, ...]) -> tuple[NumberSpan, ...]:
    """Return the numbers among `words`, in order and without overlaps.

    `words` are tokens of `callcoach.words.normalise`: lower-case Latin words, single Chinese
    characters and numbers in digits. Cardinals in both languages, strings of digits and days of
    the month are numbers; other ordinals, weekdays and the numerals inside of words (`一起`, `no
    one`) are none.
    """
    found: list[NumberSpan] = []
    at = 0
    for place, word in enumerate(words):
        if place < at or not (word in _STARTS or word[0].isdecimal()):
            continue
        number, at = _read(words, place)
        if number is not None:
            span = with_unit(words, place, number)
            found.append(span)
            at = span.past
    return tuple(found)


def _read(words: tuple[str, ...], at: int) -> tuple[Reading | None, int]:
    """Read a number at a token; return it and the token from which to look further."""
    word = words[at]
    if word in chinese.STARTS:
        return chinese.read(words, at)
    if word[0].isdecimal() and at + 1 < len(words) and chinese.goes_on(words[at + 1]):
        return chinese.read(words, at)
    number = english.read(words, at)
    return number, at + 1 if number is None else number.past
