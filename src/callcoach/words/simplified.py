"""Turns traditional Chinese characters into simplified ones, one for one, so that spans hold.

For comparing only, never for showing: 乾 becomes 干 and 著 becomes 着 wherever they stand, on the
side of the phrase and on the side of the speaker alike. `simplified.txt` is made by
`simplified_build`; its first lines name its source.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from callcoach.words.table_file import table_lines


@lru_cache(maxsize=1)
def simplified_table() -> Mapping[int, int]:
    """Return code points of traditional characters and of their simplified ones.

    It fits `str.translate`; it is read once, in a few milliseconds. No simplified form is itself
    a traditional character of the table, so that translating twice changes nothing.
    """
    pairs = "".join(table_lines("simplified.txt"))
    return MappingProxyType(dict(zip(map(ord, pairs[::2]), map(ord, pairs[1::2]), strict=True)))


def simplified(char: str) -> str:
    """Return the simplified form of one character; any other as it is."""
    code = simplified_table().get(ord(char))
    return char if code is None else chr(code)
