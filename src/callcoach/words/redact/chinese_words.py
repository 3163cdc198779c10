"""Tells whether two Chinese characters begin a common word; the table is made by a tool."""

from collections.abc import Mapping
from functools import lru_cache

from callcoach.words.table_file import table_lines


@lru_cache(maxsize=1)
def _behind() -> Mapping[str, str]:
    """Return, by first character, the second ones; the table is read once, in about 3 ms."""
    return {line[0]: line[1:] for line in table_lines("redact/chinese_words.txt")}


def is_word(pair: str) -> bool:
    """Tell whether two characters are a common word, or begin one of three; no name is one."""
    return len(pair) == 2 and pair[1] in _behind().get(pair[0], "")
