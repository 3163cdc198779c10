"""Finds where tokens stand in a text, without tokenising all of it where there is a shorter way."""

import re
from collections.abc import Sequence
from typing import Final

from callcoach.words.normalise import tokenise

Span = tuple[int, int]
"""Tokens from a first one to before another; or characters."""

_FEW: Final = 3
"""So many spans are looked for one by one; more are all found by tokenising the text."""
_ENDS: Final = ".?! "
_MARK: Final = re.compile(r"[\W_]")


def locate(text: str, codes: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Return where spans of tokens of a text stand in characters.

    `codes` has a code for each token, a Chinese character being its own.
    """
    if len(spans) <= _FEW:
        if codes.isalpha():
            return [_among_characters(text, codes, first, past) for first, past in spans]
        said = text.rstrip(_ENDS)
        letters = said.replace(" ", "")
        has_words = len(said) - len(letters) + 1 == len(codes) and letters.isalpha()
        if has_words and said.isascii() and "  " not in said and said[0] != " ":
            return [_among_words(said, first, past) for first, past in spans]
    tokens = tokenise(text)
    return [(tokens.starts[first], tokens.ends[past - 1]) for first, past in spans]


def _among_words(said: str, first: int, past: int) -> Span:
    """Return the place of tokens that are all that stands between single spaces."""
    rest = said.split(" ", first)[-1]
    start = len(said) - len(rest)
    after = rest.split(" ", past - first)
    return start, len(said) - (len(after[-1]) + 1 if len(after) > past - first else 0)


def _among_characters(text: str, codes: str, first: int, past: int) -> Span:
    """Return the place of tokens that all are single characters."""
    if len(text) == len(codes):
        return first, past
    if text[::2] == codes:
        return first * 2, past * 2 - 1
    start, end = first, past - 1
    for mark in _MARK.finditer(text):
        at = mark.start()
        if at > end:
            break
        start += at <= start
        end += 1
    return start, end + 1
