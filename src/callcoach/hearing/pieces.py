"""Joins the tokens that a model writes, pieces of words or Chinese characters, into words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.hearing.heard import Word

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_HAN}]|[^\s{_HAN}]+")
"""A Chinese character, or what stands between spaces and Chinese characters."""
_LONGEST = 0.4
"""Seconds after its last piece began at which a word is over, where no other follows sooner."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token as it was recognised; a space in front of it begins a word."""

    text: str
    at: float
    """When it began, in seconds since the stream began."""
    chance: float
    """From 0 to 1."""


def utterance(text: str) -> str:
    """Return a text as all engines write it: lower case, one space between words."""
    return " ".join(_WORD.findall(text.lower()))


def join_pieces(text: str, pieces: Sequence[Piece]) -> list[Word]:
    """Return the words of a text with their times, by the pieces that it was written in.

    A word ends where the next one begins, or soon after its last piece: models do not tell. Its
    confidence is the geometric mean of its pieces' chances.
    """
    if not pieces:
        return []
    words: list[Word] = []
    spans = list(_spans(text, pieces))
    for number, (word, first, past) in enumerate(spans):
        start, end = pieces[first].at, pieces[past - 1].at + _LONGEST
        if number + 1 < len(spans):
            end = min(end, max(pieces[spans[number + 1][1]].at, start))
        product = 1.0
        for piece in pieces[first:past]:
            product *= piece.chance
        sure = product ** (1 / (past - first))
        words.append(Word(word, round(start, 3), round(end, 3), round(min(sure, 1.0), 3)))
    return words


def _spans(text: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, int, int]]:
    """Yield each word, its first piece and the one past its last.

    Pieces of whole characters spell the text. Others (bytes) do not: there a word's share of the
    pieces is reckoned from its place in the text.
    """
    parts = [piece.text.lower() for piece in pieces]
    shown = "".join(parts)
    owners = [number for number, part in enumerate(parts) for _ in part]
    if "".join(shown.split()) != "".join(text.lower().split()):
        shown = text.lower()
        owners = [at * len(pieces) // len(shown) for at in range(len(shown))]
    for found in _WORD.finditer(shown):
        yield found[0], owners[found.start()], owners[found.end() - 1] + 1
