"""Closes the spaces that a recogniser puts between Chinese characters, and maps spans back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from callcoach.words.redact.model import Entity
from callcoach.words.simplified import simplified_table

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
HAS_HAN: Final = re.compile(f"[{_HAN}]")
_LONGEST: Final = 4
"""Characters of a word on average, at most, in a text that is parted in words."""
_PAUSE: Final = 5
"""Characters between two pauses, at least, on average."""
_GAP: Final = re.compile(
    rf"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}0-9])|(?<=[0-9])[ \u3000]+(?=[{_HAN}])"
)


@dataclass(frozen=True, slots=True)
class Closed:
    """A text in simplified characters without spaces inside of Chinese, and where they stood."""

    text: str
    places: Sequence[int]
    """Where each character stands in the text as it was given."""

    def gaps(self) -> frozenset[int]:
        """Return where words begin and end, if a recogniser parted all of them by spaces."""
        parted = [
            at for at in range(1, len(self.text)) if self.places[at] - self.places[at - 1] > 1
        ]
        if len(parted) * _LONGEST < len(self.text):
            return frozenset()
        return frozenset((0, *parted, len(self.text)))

    def back(self, found: Iterator[Entity]) -> Iterator[Entity]:
        """Yield entities of the closed text with their spans in the text as it was given."""
        for entity in found:
            end = self.places[entity.end - 1] + 1
            yield replace(entity, start=self.places[entity.start], end=end)


def paused(text: str, closed: Closed) -> Closed:
    """Return a text with its spaces, if they are so few that they are pauses; else it closed.

    A recogniser that parts words or characters leaves no more than some characters between two.
    """
    spaces = len(text) - len(closed.text)
    if not spaces or spaces * _PAUSE > len(text):
        return closed
    return Closed(text.translate(simplified_table()), range(len(text)))


def close(text: str) -> Closed:
    """Return a text closed; `text` as it is where it has no such spaces."""
    plain = text.translate(simplified_table())
    if " " not in plain and "\u3000" not in plain:
        return Closed(plain, range(len(plain)))
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for gap in _GAP.finditer(plain):
        parts.append(plain[start : gap.start()])
        places.extend(range(start, gap.start()))
        start = gap.end()
    if not parts:
        return Closed(plain, range(len(plain)))
    places.extend(range(start, len(plain)))
    return Closed("".join((*parts, plain[start:])), places)
