"""Prepares what was heard for matching by sound: no hesitations, words split and joined anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import add, eq

from callcoach.words.engine.thin import FILLERS, STUTTERED
from callcoach.words.normalise import Tokens

_LEAST_JOINED = 5
"""Letters that a word must have to be made of two, or to be two written as one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of an utterance as they are matched."""

    words: tuple[str, ...]
    firsts: Sequence[int]
    """The token of the utterance that each word begins with."""
    pasts: Sequence[int]
    """Past which token it ends."""
    altered: frozenset[int]
    """The words that are not written so in the utterance."""


class Joints:
    """Which words may have been written as one, or one as two; of some rows of words."""

    def __init__(self, words: Iterable[str], pairs: Mapping[str, tuple[str, str]]) -> None:
        """Take the words of all rows, and the pairs of English words in them."""
        self._pairs = pairs
        self._known = frozenset(words)
        self._long = frozenset(filter(_may_join, self._known))

    def prepare(self, tokens: Tokens) -> Heard:
        """Return the words of an utterance without hesitations and stutters, joints mended."""
        if self._is_plain(tokens.words):
            count = range(len(tokens.words))
            return Heard(tokens.words, count, range(1, len(count) + 1), frozenset())
        words: list[str] = []
        firsts: list[int] = []
        pasts: list[int] = []
        altered: list[int] = []
        last = len(tokens.words) - 1
        is_taken = False
        for at, word in enumerate(tokens.words):
            after = tokens.words[at + 1] if at < last else ""
            if is_taken:
                is_taken = False
                continue
            if word in FILLERS or _is_stutter(word, after):
                continue
            parts: tuple[str, ...] = (word,)
            if word not in self._known:
                parts = self._pairs.get(word, parts)
            if word + after in self._long and after:
                parts = (word + after,)
                is_taken = True
            if is_taken or len(parts) > 1:
                altered.extend(range(len(words), len(words) + len(parts)))
            words.extend(parts)
            firsts.extend([at] * len(parts))
            pasts.extend([at + 1 + is_taken] * len(parts))
        return Heard(tuple(words), firsts, pasts, frozenset(altered))

    def _is_plain(self, words: tuple[str, ...]) -> bool:
        """Tell whether nothing is to be left out or mended."""
        return (
            FILLERS.isdisjoint(words)
            and self._long.isdisjoint(map(add, words, words[1:]))
            and self._pairs.keys().isdisjoint(words)
            and not (any(map(eq, words, words[1:])) and any(map(_is_stutter, words, words[1:])))
        )


def pairs_of(rows: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    """Return the neighbouring English words of rows that may be written as one, by that one."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        for one, other in pairwise(row):
            if _may_join(one + other):
                found[one + other] = (one, other)
    return found


def _is_stutter(word: str, after: str) -> bool:
    return word == after and word in STUTTERED


def _may_join(word: str) -> bool:
    return len(word) >= _LEAST_JOINED and word.isascii() and word.isalpha()
