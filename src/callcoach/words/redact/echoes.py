"""Finds again what was told before: an address, a day of birth or a secret that is read back."""

from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Entity, Kind
from callcoach.words.redact.premises import is_sign
from callcoach.words.redact.speech import Speech, is_number
from callcoach.words.redact.tables import is_common

TOLD: Final = frozenset((Kind.ADDRESS, Kind.BIRTH, Kind.SECRET, Kind.USERNAME))
Said = tuple[Kind, tuple[str, ...]]
"""What was told, in tokens."""
_UNITS: Final = frozenset(
    ("flat", "apartment", "unit", "lot", "plot", "floor", "room", "suite", "apt")
)
"""What an address begins with that is known again by its number: `lot five`."""
_ROADS: Final = frozenset((
    "street", "road", "lane", "avenue", "drive", "close", "court", "crescent", "terrace", "grove",
    "gardens", "mews", "parade", "way", "park", "lanes",
))  # fmt: skip
_ARTICLES: Final = frozenset(("the", "a", "on", "in", "at", "that", "this", "of", "by"))
"""What a part of an address that ends with a road does not begin with."""
_LEAST: Final = 2
"""Words in a row that can be told from any others; Chinese has a token for each character."""
_LEAST_CHINESE: Final = 4
_LEAST_LETTERS: Final = 4
"""Of a single word that was the whole of what was told."""


def said_of(speech: Speech, one: Entity) -> Said:
    """Return what an entity is, in tokens."""
    tokens = speech.tokens
    inside = (at for at, start in enumerate(tokens.starts) if one.start <= start < one.end)
    return one.kind, tuple(tokens.words[at] for at in inside)


def find_echoes(speech: Speech, said: list[Said]) -> Iterator[Entity]:
    """Yield the words of a turn that were told before, or a part of them that is like no other."""
    words = speech.tokens.words
    heard = frozenset(words)
    for kind, told in said:
        if heard.isdisjoint(told):
            continue
        at = 0
        while at < len(words):
            length = _shared(words, at, told) if words[at] in told else 0
            if length and _is_distinct(words[at : at + length], told, kind):
                start, end = speech.span(at, at + length)
                yield Entity(kind, start, end, "said before", " ".join(words[at : at + length]))
            at += max(length, 1)


def _shared(words: tuple[str, ...], at: int, told: tuple[str, ...]) -> int:
    """Return how many words from a token on stand in a row in what was told."""
    best = 0
    for place, word in enumerate(told):
        length = 0
        if word == words[at]:
            most = min(len(words) - at, len(told) - place)
            while length < most and words[at + length] == told[place + length]:
                length += 1
        best = max(best, length)
    return best


def _is_distinct(part: tuple[str, ...], told: tuple[str, ...], kind: Kind) -> bool:
    """Tell whether words are hardly another datum; a part of a day may be one of payment."""
    is_han = not part[0].isascii() and len(part[0]) == 1
    if part == told:
        is_rare = kind is Kind.SECRET or not is_common(part[0])
        is_long = len(part) >= _LEAST or (len(part[0]) >= _LEAST_LETTERS and is_rare)
        return is_long if not is_han else len(part) >= _LEAST
    if kind is not Kind.ADDRESS or len(part) < (_LEAST_CHINESE if is_han else _LEAST):
        return False
    is_unit = part[0] == told[0] and part[0] in _UNITS and any(map(is_number, part))
    is_road = part[-1] in _ROADS and part[0] not in _ARTICLES
    is_house = part[0] == told[0] and any(map(is_sign, part))
    return is_han or is_unit or is_road or is_house or not all(map(is_common, part))
