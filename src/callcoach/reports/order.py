"""Puts names in the order in which people look for them, whatever the machine's locale."""

import re

from callcoach.words.simplified import simplified_table

_NUMBER = re.compile(r"(\d+)")
Key = tuple[tuple[int, int, str], ...]


def natural(name: str) -> Key:
    """Return what names are sorted by: case does not count, and 2 comes before 10.

    Latin names come before Chinese ones, these by their characters, of which traditional ones
    count as simplified.
    """
    plain = name.casefold().translate(simplified_table())
    pieces = [it for it in _NUMBER.split(plain) if it]
    return tuple((0, int(it), "") if it.isdecimal() else (1, 0, it) for it in pieces)
