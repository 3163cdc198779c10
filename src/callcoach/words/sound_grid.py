"""Rows of words one behind the other, a place for each word: what a scan for sounds is made of."""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from callcoach.words.engine.program import Lists
from callcoach.words.normalise import is_character
from callcoach.words.sound_cost import LEAST_WEIGHT, LONG, heaviness, is_losable


class Grid(msgspec.Struct, frozen=True, array_like=True):
    """Compiled rows, each of at least one word; sets of places have a bit for each."""

    words: tuple[str, ...]
    """All words, each once."""
    rows: Lists
    """By row: its words, by their place among `words`."""
    wanted: Lists
    """By word: the places where it stands."""
    first: bytes
    """Where rows begin."""
    last: bytes
    """Where they end."""
    several: bytes
    """The words of rows of several words: they may sound the same."""
    pair: bytes
    """Those of rows that weigh enough to hold an error."""
    long: bytes
    """Those of three words on."""
    four: bytes
    """Those of four on."""
    any: bytes
    """Those that may be any other character."""
    inner: bytes
    """Those after which there may be one too many."""
    lost: bytes
    """Those that may be lost."""

    def row(self, number: int) -> tuple[str, ...]:
        """Return the words of a row."""
        words = self.words
        return tuple([words[word] for word in self.rows[number]])

    def place_of(self, row: int) -> int:
        """Return the place of a row's last word, by which the row is known."""
        return self.rows.span(row)[1] - 1

    def row_at(self, last: int) -> int:
        """Return the row whose last word has a place."""
        return bisect_left(memoryview(self.rows.begins).cast("I"), last + 1) - 1


def grid_of(rows: Sequence[tuple[str, ...]]) -> Grid:
    """Compile rows, each of at least one word."""
    words: dict[str, list[int]] = {}
    numbers: dict[str, int] = {}
    groups: list[list[int]] = [[] for _ in range(9)]
    first, last, several, pair, long, four, some, inner, lost = groups
    at = 0
    for row in rows:
        past = at + len(row)
        whole = range(at, past)
        first.append(at)
        last.append(past - 1)
        for place, word in zip(whole, row, strict=True):
            numbers.setdefault(word, len(numbers))
            words.setdefault(word, []).append(place)
            if at < place < past - 1 and is_losable(row, word):
                lost.append(place)
        if len(row) > 1:
            several += whole
            if heaviness(row) >= LEAST_WEIGHT:
                pair += whole
                inner += whole[:-1]
                if len(row) > 2:
                    long += whole
                if len(row) >= LONG:
                    four += whole
                if len(row) > LONG and is_character(row[0]) and is_character(row[-1]):
                    some += whole
        at = past
    return Grid(
        tuple(words),
        Lists.of([numbers[word] for word in row] for row in rows),
        Lists.of(words.values()),
        *map(bits, groups),
    )


def bits(places: Sequence[int]) -> bytes:
    """Return a set of places, the lowest first."""
    found = bytearray((max(places, default=0) >> 3) + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return bytes(found)


def number_of(found: bytes) -> int:
    """Return a set of places as a number that has its ones there."""
    return int.from_bytes(found, "little")
