"""Reads a day of the month in English: `the fifteenth`, `March 3`, `15th of May`."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from callcoach.words.months import MONTHS, SHORT_MONTHS
from callcoach.words.numbers.model import Reading

Words = tuple[str, ...]

TENS: Final[Mapping[str, int]] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS: Final[Mapping[str, int]] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_MONTHS: Final = frozenset((*MONTHS, *SHORT_MONTHS))
_SUFFIXES: Final = frozenset(("st", "nd", "rd", "th"))
_BEFORE_DAY: Final = frozenset(
    ("on", "by", "before", "until", "till", "since", "after", "from", "to", "is", "for")
)
_COUNTED: Final = frozenset(
    ("payment", "instalment", "installment", "time", "call", "century", "floor", "birthday")
)
"""Behind an ordinal: no day."""
_SUBJECTS: Final = frozenset(
    ("i", "you", "we", "they", "he", "she", "it", "that", "this", "there", "who", "which")
)
"""Before the verb `may`."""


def read_day(words: Words, at: int) -> Reading | None:
    """Read a day of the month: `the fifteenth`, `15th of March`, `March twenty first`."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    day, past = ORDINALS.get(word, 0), at + 1
    if is_ordinal(words, at):
        day, past = TENS[word] + ORDINALS[after], at + 2
    is_written = word.isdecimal() and len(word) <= 2
    if is_written:
        day, past = int(word), at + 1 + (after in _SUFFIXES)
    if not 1 <= day <= 31:
        return None
    follows = words[past] if past < len(words) else ""
    before, further = (words[at - back] if at >= back else "" for back in (1, 2))
    if is_written and past == at + 1:
        is_date = _is_of_month(before, further, follows, words[past + 1 : past + 2])
    else:
        beyond = words[past + 1 : past + 3]
        is_date = (
            before in _MONTHS
            or follows in _MONTHS
            or (follows == "of" and not _MONTHS.union(("month",)).isdisjoint(beyond))
            or (before == "the" and _is_the_day(words, at, past, day))
        )
    digits = word if is_written and past == at + 1 else ""
    return Reading(past, Decimal(day), not is_written, digits, "day") if is_date else None


def is_ordinal(words: Words, at: int) -> bool:
    """Tell whether a token begins `twenty first` and the like, which is no twenty."""
    after = words[at + 1] if at + 1 < len(words) else ""
    return words[at] in TENS and 0 < ORDINALS.get(after, 0) < 10


def _is_the_day(words: Words, at: int, past: int, day: int) -> bool:
    """Tell `by the fifteenth` and `the thirty first` from `the second call`."""
    further = words[at - 2] if at > 1 else ""
    is_last, is_long = past == len(words), past - at == 2
    if further in _BEFORE_DAY:
        return day > 3 or is_last or is_long
    is_alone = at == 1 and is_last and day > 3
    is_counted = not is_last and words[past] in _COUNTED
    return further in _MONTHS or is_alone or (is_long and not is_counted)


def _is_of_month(before: str, further: str, follows: str, beyond: Words) -> bool:
    """Tell `29 February` and `March 3` from `20 may not do` and `I may 5`."""
    if follows == "of":
        return not _MONTHS.isdisjoint(beyond)
    if follows in _MONTHS:
        return follows != "may" or before in _BEFORE_DAY or not beyond or beyond[0].isdecimal()
    return before in _MONTHS and (before != "may" or further not in _SUBJECTS)
