"""Tells a number that was dictated in groups, 138，0013，8000, from a list of sums."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.checks import is_card, is_chinese_id

_COMMA: Final = re.compile(r"\s?[,，、 ]\s?")
_LISTED: Final = re.compile(
    r"(?<![\d.$¥￥£€])\d{3,8}(?:\s?[,，、 ]\s?\d{3,8}){1,5}(?:[xX叉]|(?![\d%％]|\s?[,，、 ]?\s?\d))"
)
"""Written groups of digits with commas between: a list of sums, or one number that was dictated."""
_DICTATED: Final = re.compile(r"(?:86)?1[3-9]\d{9}|0\d{8,11}")
"""A mobile number of China, or one with a nought before it, as no sum has."""
_AREA: Final = re.compile(r"[2-9]\d\d,[2-9]\d\d,\d{4}")
"""The area, the exchange and the line of a number in North America."""
_ID: Final = 18
"""Characters of a Chinese identity number."""


def dictated(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where such numbers begin and end, and their groups."""
    for found in _LISTED.finditer(text):
        groups = _COMMA.split("".join(map(_digit, found.group())))
        if _is_one_number(groups):
            yield *found.span(), tuple(groups)


def _digit(char: str) -> str:
    """Return a digit in its plain form, 叉 as X, and any other character as it is."""
    if char == "叉":
        return "X"
    return str(int(char)) if char.isdecimal() else char


def _is_one_number(groups: list[str]) -> bool:
    """Tell the groups of a phone, card or identity number from a list of sums."""
    digits = "".join(groups)
    if all(one.endswith("0") and not one.startswith("0") for one in groups):
        return False
    is_area = _AREA.fullmatch(",".join(groups)) is not None
    is_checked = is_card(digits) or (len(digits) == _ID and is_chinese_id(digits))
    return is_area or is_checked or _DICTATED.fullmatch(digits) is not None
