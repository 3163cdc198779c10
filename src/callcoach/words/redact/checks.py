"""Checks that digits pass or fail: Luhn, issuer prefixes, Chinese identity numbers, dates."""

import re
from datetime import date
from typing import Final

_ISSUERS: Final = re.compile(
    r"4\d{12,18}"  # Visa
    r"|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12,15}"  # Discover
    r"|62\d{14,17}|81\d{14,17}"  # UnionPay
    r"|35(?:2[89]|[3-8]\d)\d{12,15}"  # JCB
    r"|3(?:0[0-5]|[689]\d)\d{11,16}"  # Diners Club
    r"|(?:5[06-9]|6\d)\d{10,17}"  # Maestro, RuPay
    r"|9\d{15,18}"  # domestic schemes
)
"""Issuer identification numbers by ISO/IEC 7812, with the lengths that each scheme issues."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_PROVINCES: Final = frozenset(
    (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36"),
        *("37", "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62"),
        *("63", "64", "65", "71", "81", "82", "83", "91"),
    )
)
_HOTLINES: Final = re.compile(
    r"9[56]\d{3,4}|100(?:0\d|1\d|50|8[056]|99)|123\d\d|11[0249]|911|999|112|100|211|311|411|611|711|811|988"
    r"|1?8(?:00|88|77|66|55|44|33)\d{7}|[48]00\d{7}|0800\d{6,7}"
)
"""Lines of companies and authorities: 95588, 10086, 12378, 400 and toll-free numbers."""


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit checks the others (ISO/IEC 7812-1, annex B)."""
    if not digits.isdecimal() or len(set(digits)) == 1:
        return False
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(digits: str) -> bool:
    """Tell whether digits are the number of a payment card: prefix, length and check digit."""
    return _ISSUERS.fullmatch(digits) is not None and passes_luhn(digits)


def is_chinese_id(digits: str) -> bool:
    """Tell whether digits are an identity number (GB 11643-1999; 15 digits: the form before)."""
    if len(digits) == 18 and digits[:17].isdecimal():
        total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
        is_checked = _CHECKS[total % 11] == digits[17].upper()
        return digits[:2] in _PROVINCES and is_checked and _is_day(digits[6:14])
    if len(digits) == 15 and digits.isdecimal():
        return digits[:2] in _PROVINCES and _is_day("19" + digits[6:12])
    return False


def is_hotline(digits: str) -> bool:
    """Tell whether digits are a public line: of a bank, an authority, or free of charge."""
    return _HOTLINES.fullmatch(digits) is not None


def is_date(digits: str) -> bool:
    """Tell whether digits without marks are a date: 20261201, 12012026, 061518."""
    if len(digits) == 8:
        year_last = (digits[4:] + digits[:4], digits[4:] + digits[2:4] + digits[:2])
        return any(_is_day(day) for day in (digits, *year_last))
    if len(digits) == 6:
        forms = (digits[4:] + digits[:4], digits[4:] + digits[2:4] + digits[:2], digits)
        return any(_is_day("20" + form) and form[0] in "0123" for form in forms)
    return False


def is_year(digits: str) -> bool:
    """Tell whether four digits look like a year that people speak of."""
    return len(digits) == 4 and digits[:2] in ("19", "20") and 1900 <= int(digits) <= 2039


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2039
