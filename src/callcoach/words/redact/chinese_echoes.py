"""Finds again what was spelled before: a plate, a user name, a code of letters and digits."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from callcoach.words.redact.model import Entity, Kind
from callcoach.words.simplified import simplified_table

SPELLED: Final = frozenset(
    (Kind.USERNAME, Kind.EMAIL, Kind.PLATE, Kind.ACCOUNT, Kind.ID, Kind.SECRET)
)
"""Kinds of what is spelled."""
_ATOM: Final = re.compile("[a-z0-9零〇一二三四五六七八九幺洞]")
_BETWEEN: Final = re.compile(
    r"[\s_.·\-—–/，,、…]{0,3}(?:下划?横?线|底线|[横中]?杠|横线|点)?[\s，,、]{0,2}"
)
_DIGITS: Final = str.maketrans("零〇洞一幺二三四五六七八九", "0001123456789")
_LEAST: Final = 4
"""Letters and digits in a row that can be told from any others."""


def spelled(text: str) -> str:
    """Return the letters and digits of a text, the same however they are said."""
    plain = text.translate(simplified_table()).lower()
    return "".join(_ATOM.findall(plain)).translate(_DIGITS)


def find_spelled_again(text: str, told: Iterable[tuple[str, Kind]]) -> Iterator[Entity]:
    """Yield the letters and digits of a text that were told before, or the end of them.

    `told` are texts of `spelled`. Digits alone are left to others, unless they end what was told.
    """
    low = text.translate(simplified_table()).lower()
    if len(low) != len(text):
        return
    for places in _rows(low):
        said = "".join(low[at] for at in places).translate(_DIGITS)
        for whole, kind in told:
            at, length = _shared(said, whole)
            part = said[at : at + length]
            if length >= _LEAST and (not part.isdecimal() or whole.endswith(part)):
                yield Entity(kind, places[at], places[at + length - 1] + 1, "spelled before", part)


def _rows(low: str) -> Iterator[list[int]]:
    """Yield where letters and digits stand that nothing but marks and pauses part."""
    places: list[int] = []
    for found in _ATOM.finditer(low):
        if places and _BETWEEN.fullmatch(low, places[-1] + 1, found.start()) is None:
            yield places
            places = []
        places.append(found.start())
    if places:
        yield places


def _shared(said: str, whole: str) -> tuple[int, int]:
    """Return where the longest part of a text that is in another one begins, and its length."""
    best = 0, 0
    for start in range(len(said)):
        length = best[1]
        while start + length < len(said) and said[start : start + length + 1] in whole:
            length += 1
        if length > best[1]:
            best = start, length
    return best
