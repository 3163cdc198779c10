"""Composes accents that stand apart from their letters, and drops what has no width.

Some machines write é as e and an accent behind it, and texts from the web hold soft hyphens and
marks of no width inside of words. Nobody sees a difference, so nothing that reads words may.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_ACCENTS: Final = "\u0300-\u036f\u3099\u309a"
"""Accents that stand behind a letter, and the marks of kana."""
_UNSEEN: Final = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphen, joiners, marks of direction and others without width."""
LOOSE: Final = f"{_ACCENTS}{_UNSEEN}"
"""What a composed text holds none of, for a set of characters in a pattern."""
_LOOSE: Final = re.compile(f"[{LOOSE}]")
_CLUSTER: Final = re.compile(
    f"(?P<char>[^{_ACCENTS}{_UNSEEN}])(?P<accents>(?:[{_UNSEEN}]*[{_ACCENTS}])*)", re.DOTALL
)
_DROPPED: Final = re.compile(f"[{_UNSEEN}]")


@dataclass(frozen=True, slots=True)
class Composed:
    """A text without loose accents and unseen marks, and where its characters stood."""

    text: str
    starts: Sequence[int]
    """Where each character begins in the text as it was given."""
    ends: Sequence[int]
    """Where each ends there, its accents included."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of this text, which is not empty, as one of the text that was given."""
        return self.starts[start], self.ends[end - 1]


def composed(text: str) -> Composed | None:
    """Return a text composed; None for one that has nothing to compose, as nearly all have."""
    if text.isascii() or _LOOSE.search(text) is None:
        return None
    chars, starts, ends = [], [], []
    for cluster in _CLUSTER.finditer(text):
        chars.append(_one(cluster["char"], cluster["accents"]))
        starts.append(cluster.start())
        ends.append(cluster.end())
    return Composed("".join(chars), starts, ends)


def plain(text: str) -> str:
    """Return the characters of a text composed, whatever their places were."""
    found = composed(text)
    return text if found is None else found.text


def _one(char: str, accents: str) -> str:
    """Return one character for a letter and its accents: as many of them as it can hold."""
    if not accents:
        return char
    whole = unicodedata.normalize("NFC", char + _DROPPED.sub("", accents))
    return whole[0]
