"""Takes the sequences of a phrase apart: rows of words that stand next to each other, and gaps."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, product
from typing import Final, cast

from callcoach.words.normalise import is_character
from callcoach.words.phrase import MAX_GAP, Choice, Gap, Part, Row, Sequence, parse, spell, trim

Spelt = tuple[int, ...]
"""A sequence: the number of each of its rows, and after it the gap before it, 0 for the first."""
Numbering = Callable[[tuple[str, ...]], int]
"""Gives every row of words its number."""
_NO_ROW: Final = -1


def cut(phrase: str, number: Numbering) -> Iterator[Spelt]:
    """Yield what `phrase.sequences` would, in its order, as rows; some come twice.

    What stands between two gaps is spelt once, not once for every sequence that it is in.
    """
    for parts in parse(phrase).rows:
        if any(isinstance(part, Choice) and _holds_gap(part) for part in parts):
            for sequence in spell(parts):
                yield _cut(trim(sequence), number)
            continue
        gaps = [0]
        between: list[list[Part]] = [[]]
        for part in parts:
            if isinstance(part, Gap):
                gaps.append(part.most)
                between.append([])
            else:
                between[-1].append(part)
        rows = [list(_numbers(tuple(row), number)) for row in between]
        ways = product(
            *([(row, gap) for row in some] for some, gap in zip(rows, gaps, strict=True))
        )
        found = map(tuple, map(chain.from_iterable, ways))
        yield from map(_closed, found) if any(_NO_ROW in some for some in rows) else found


def _numbers(row: Row, number: Numbering) -> Iterator[int]:
    """Yield the rows of words that parts without a gap stand for."""
    for words in spell(row):
        yield number(cast("tuple[str, ...]", words)) if words else _NO_ROW


def _holds_gap(choice: Choice) -> bool:
    return any(
        isinstance(part, Gap) or (isinstance(part, Choice) and _holds_gap(part))
        for row in choice.rows
        for part in row
    )


def _closed(spelt: Spelt) -> Spelt:
    """Return a sequence without rows that have no word; the gaps around them are one."""
    found: list[int] = []
    gap = 0
    for row, before in zip(spelt[::2], spelt[1::2], strict=True):
        gap = min(gap + before, MAX_GAP)
        if row != _NO_ROW:
            found += (row, gap if found else 0)
            gap = 0
    return tuple(found)


def _cut(sequence: Sequence, number: Numbering) -> Spelt:
    found: list[int] = []
    gap = 0
    row: list[str] = []
    for element in sequence:
        if isinstance(element, Gap):
            found += (number(tuple(row)), gap)
            gap, row = element.most, []
        else:
            row.append(element)
    return (*found, number(tuple(row)), gap)


def written(rows: Iterable[tuple[str, ...]]) -> str:
    """Return the rows of a sequence as text, `…` for the gaps between."""
    text = ""
    for at, row in enumerate(rows):
        for word in ("…", *row) if at else row:
            is_close = not text or is_character(word) or (word == "…" and is_character(text[-1]))
            text += word if is_close else f" {word}"
    return text
