"""Finds where tokens stand in a text, without tokenising all of it where there is a shorter way."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from callcoach.words.engine.codes import Kept
from callcoach.words.normalise import tokenise

Span = tuple[int, int]
"""Tokens from a first one to before another; or characters."""

_FEW: Final = 4
"""So many spans are looked for together in all tokens, fewer one by one."""
_ENDS: Final = ".?! "
_MARK: Final = re.compile(r"[\W_]")


class Places:
    """Remembers where the tokens are in what often stands between two spaces."""

    def __init__(self) -> None:
        self._spans = Kept(_spans)

    def locate(self, text: str, codes: str, tokens: Sequence[Span]) -> Sequence[Span]:
        """Return where `tokens` of `tokenise(text)`, which are `codes`, stand in characters."""
        if len(tokens) < _FEW:
            if codes.isalpha():
                return _among_characters(text, codes, tokens)
            if text.isascii():
                said = text.rstrip(_ENDS)
                chunks = said.split()
                letters = "".join(chunks)
                if len(letters) + len(chunks) - 1 == len(said):
                    if len(chunks) == len(codes) and letters.isalpha():
                        return [_among_words(chunks, first, past) for first, past in tokens]
                    return self._among_chunks(said.lower().split(), tokens)
        found = tokenise(text)
        return [(found.starts[first], found.ends[past - 1]) for first, past in tokens]

    def _among_chunks(self, chunks: Sequence[str], tokens: Iterable[Span]) -> list[Span]:
        """Return the places of tokens in what stands between single spaces."""
        begins = tuple(accumulate(map(len, chunks), initial=0))
        counts = map(len, map(self._spans.__getitem__, chunks))
        pasts = tuple(accumulate(counts, initial=0))
        found: list[Span] = []
        for first, past in tokens:
            at = bisect_right(pasts, first) - 1
            last = bisect_right(pasts, past - 1, at) - 1
            start, _ = self._spans[chunks[at]][first - pasts[at]]
            _, end = self._spans[chunks[last]][past - 1 - pasts[last]]
            found.append((start + begins[at] + at, end + begins[last] + last))
        return found


def _among_words(chunks: Sequence[str], first: int, past: int) -> Span:
    """Return the place of tokens that are all that stands between single spaces."""
    start = len(" ".join(chunks[:first])) + (first > 0)
    return start, start + len(" ".join(chunks[first:past]))


def _among_characters(text: str, codes: str, tokens: Sequence[Span]) -> Sequence[Span]:
    """Return the places of tokens that all are single characters."""
    if len(text) == len(codes):
        return tokens
    if text[::2] == codes:
        return [(first * 2, past * 2 - 1) for first, past in tokens]
    marks = [found.start() for found in _MARK.finditer(text)]
    found: list[Span] = []
    for start, past in tokens:
        end = past - 1
        for mark in marks:
            if mark > end:
                break
            start += mark <= start
            end += 1
        found.append((start, end + 1))
    return found


def _spans(chunk: str) -> tuple[Span, ...]:
    tokens = tokenise(chunk)
    return tuple(zip(tokens.starts, tokens.ends, strict=True))
