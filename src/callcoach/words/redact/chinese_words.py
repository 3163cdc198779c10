"""Tells how common a Chinese word is; the table is made by a tool."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from callcoach.words.table_file import table_lines

_RAREST: Final = 6.6
"""What a word of the first tier costs."""
_STEP: Final = 0.5
"""What each tier is cheaper: a tier is three times as common as the one below."""
_ADDED: Final = 4.6
"""What a word costs that the table lacks or takes for a name."""


@lru_cache(maxsize=1)
def _added() -> Mapping[str, Sequence[str]]:
    """Return, by first character, what follows it in the words that the table lacks."""
    found: dict[str, list[str]] = {}
    for line in table_lines("redact/chinese_more_words.txt"):
        for word in line.split():
            found.setdefault(word[0], []).append(word[1:])
    return found


@lru_cache(maxsize=1)
def tongues() -> Mapping[str, Sequence[str]]:
    """Return, by the first two characters, what follows them in names of other tongues: 巴特尔."""
    found: dict[str, list[str]] = {}
    for line in table_lines("redact/chinese_tongues.txt"):
        for name in line.split():
            found.setdefault(name[:2], []).append(name[2:])
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, str]:
    """Return, by first character, a row of the table; it is read once, in about 5 ms."""
    return {line[0]: line[1:] for line in table_lines("redact/chinese_words.txt")}


@lru_cache(maxsize=8192)
def words_from(first: str) -> Mapping[str, float]:
    """Return the words that begin with a character: what follows it, and how rare the word is.

    That is minus the decimal logarithm of its share of a text. Words have up to four characters.
    """
    costs = {
        rest: _RAREST - _STEP * (int(tier[0]) - 1)
        for tier in _rows().get(first, "").split("\t")
        for rest in tier[2:].split(" ")
        if tier
    }
    costs |= dict.fromkeys(_added().get(first, ()), _ADDED)
    return MappingProxyType(costs)


def is_word(pair: str) -> bool:
    """Tell whether characters are a common word of two and more; no name is one."""
    return len(pair) > 1 and pair[1:] in words_from(pair[0])
