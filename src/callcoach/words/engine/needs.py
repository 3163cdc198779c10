"""Says which needs of rows each segment meets, so that it takes no loop to see that none is.

Row r is bit r of a number as wide as there are rows, and there are three such numbers in one: a
part of a row brings bits for the rows whose first need it meets, whose second, and whose third. A
row is possible where its bit is set in all three. More needs are rare, and left to the joining.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Final

from callcoach.words.engine.program import NUMBER, STUMBLE, Lists, Needs, Row

SLOTS: Final = 3
"""How many needs of a row are looked at."""


def needs_of(rows: Sequence[Row], segments: int) -> Needs:
    """Return what `rows` need of so many segments."""
    width = len(rows)
    wanted = [segments_among(row.elements) for row in rows]
    uses = Counter(chain.from_iterable(wanted))
    meets: list[list[int]] = [[] for _ in range(segments)]
    meets[STUMBLE].append(SLOTS * width)
    given: list[int] = []
    alone = [SLOTS * width]
    for at, found in enumerate(wanted):
        needs: Collection[int] = found
        if len(needs) > SLOTS:
            needs = sorted(needs, key=uses.__getitem__)[:SLOTS]
        for slot, need in enumerate(needs):
            meets[need].append(width * slot + at)
        given += range(width * len(needs) + at, width * SLOTS, width)
        if len(needs) == 1:
            alone.append(at)
    return Needs(
        Lists.of(meets),
        bits([*uses]),
        bits(given),
        bits(alone),
        bits([at for at, row in enumerate(rows) if NUMBER in row.elements]),
        not all(wanted),
    )


def segments_among(elements: Iterable[int]) -> frozenset[int]:
    """Return the segments among the elements of a row."""
    return frozenset([element for element in elements if element > NUMBER])


def bits(places: Sequence[int]) -> bytes:
    """Return a set of places, the lowest first."""
    found = bytearray(max(places, default=0) // 8 + 1)
    for at in places:
        found[at >> 3] |= 1 << (at & 7)
    return bytes(found)


def number_of(found: bytes) -> int:
    """Return a set of places as a number that has its ones there."""
    return int.from_bytes(found, "little")
