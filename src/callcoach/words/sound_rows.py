"""Takes the sequences of a phrase apart: rows of words that stand next to each other, and gaps."""

from collections.abc import Iterable, Iterator

from callcoach.words.normalise import is_character
from callcoach.words.phrase import Gap, Sequence


def cut(sequence: Sequence) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the rows of a sequence, each with the gap before it."""
    gap = 0
    row: list[str] = []
    for element in sequence:
        if isinstance(element, Gap):
            yield gap, tuple(row)
            gap, row = element.most, []
        else:
            row.append(element)
    yield gap, tuple(row)


def written(rows: Iterable[tuple[str, ...]]) -> str:
    """Return the rows of a sequence as text, `…` for the gaps between."""
    text = ""
    for at, row in enumerate(rows):
        for word in ("…", *row) if at else row:
            is_close = not text or is_character(word) or (word == "…" and is_character(text[-1]))
            text += word if is_close else f" {word}"
    return text
