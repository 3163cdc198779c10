"""Counts what a recogniser got wrong: words in English, characters in Chinese.

The word error rate is (substitutions + deletions + insertions) / words said, by the alignment that
needs the fewest (Levenshtein); for Chinese the same of characters. It may pass 100 %.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = rf"[^\W_{_HAN}]+"
_UNIT = re.compile(rf"[{_HAN}]|{_WORD}(?:'{_WORD})*")
"""A Chinese character, or a word or number between what is neither."""


@dataclass(frozen=True, slots=True)
class Errors:
    """What was got wrong, of how much."""

    said: int = 0
    """Words or characters."""
    replaced: int = 0
    lost: int = 0
    added: int = 0

    @property
    def count(self) -> int:
        """Return how many errors there are."""
        return self.replaced + self.lost + self.added

    @property
    def rate(self) -> float | None:
        """Return the share of what was said that is wrong; None where nothing was said."""
        return self.count / self.said if self.said else None

    def __add__(self, other: Self) -> "Errors":
        return Errors(
            self.said + other.said,
            self.replaced + other.replaced,
            self.lost + other.lost,
            self.added + other.added,
        )


def units(text: str) -> tuple[str, ...]:
    """Return the words of a text, every Chinese character as one; case and signs do not count."""
    return tuple(_UNIT.findall(text.casefold().replace("’", "'")))


def count_errors(said: str, heard: str) -> Errors:
    """Return what is wrong with what was heard."""
    return align(units(said), units(heard))


def align(wanted: Sequence[str], got: Sequence[str]) -> Errors:
    """Return what is wrong with units of any kind, such as words, against those wanted."""
    row: list[_Way] = [(number, 0, 0, number) for number in range(len(got) + 1)]
    for unit in wanted:
        row = _next_row(row, unit, got)
    _, replaced, lost, added = row[-1]
    return Errors(len(wanted), replaced, lost, added)


_Way = tuple[int, int, int, int]
"""An alignment: how many errors there are, and how many of them are replaced, lost and added."""


def _next_row(above: Sequence[_Way], unit: str, got: Sequence[str]) -> list[_Way]:
    """Return the best alignments with every beginning of `got` of one unit said more."""
    count, replaced, lost, added = above[0]
    best = (count + 1, replaced, lost + 1, added)
    row = [best]
    for number, heard in enumerate(got):
        way = above[number]
        if heard != unit:
            way = (way[0] + 1, way[1] + 1, way[2], way[3])
        up = above[number + 1]
        if up[0] + 1 < way[0]:
            way = (up[0] + 1, up[1], up[2] + 1, up[3])
        if best[0] + 1 < way[0]:
            way = (best[0] + 1, best[1], best[2], best[3] + 1)
        best = way
        row.append(best)
    return row
