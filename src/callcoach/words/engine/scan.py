"""What is asked of a scanner, and which one there is."""

from collections.abc import Sequence
from typing import Protocol

Place = tuple[Sequence[int], int, int]
"""The segments that a string of codes is a match of, its first code, and past its last one."""


class Scanner(Protocol):
    """Finds all segments of one program; free to share between threads."""

    def scan(self, codes: str) -> Sequence[Place]:
        """Return every place where a segment matches, in order of `past`, overlapping ones too.

        Each place comes once, of those with one `past` the longest first. Positions count the
        codes of the string that was given, separators among them.
        """
