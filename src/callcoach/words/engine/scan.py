"""What is asked of a scanner."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Meaning = TypeVar("Meaning")
Meaning_co = TypeVar("Meaning_co", covariant=True)

Place = tuple[Meaning, int, int]
"""What a string of codes is a match of, its first code, and past its last one."""
Means = Callable[[tuple[int, ...]], Meaning]
"""Makes of the segments that a string of codes is a match of what a scanner reports for it."""


class Scanner(Protocol[Meaning_co]):
    """Finds all segments of one program; free to share between threads."""

    def scan(self, codes: str) -> Sequence[Place[Meaning_co]]:
        """Return every place where a segment matches, in order of `past`, overlapping ones too.

        Each place comes once, of those with one `past` the longest first. Positions count the
        codes of the string that was given.
        """


Ends = tuple[tuple[int, ...], int, frozenset[int]]
"""The patterns that are whole matches; which needs of rows are met, and the segments that are
parts of rows (see `join`)."""
Match = tuple[int, int, int]
"""First token, minus past, pattern: of overlapping ones of a key, what sorts first counts."""
