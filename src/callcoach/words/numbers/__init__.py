"""Finds numbers, amounts of money and days in what was said, in English and in Chinese."""

from callcoach.words.numbers.amounts import Amount, amounts_among, find_amounts
from callcoach.words.numbers.around import is_moment
from callcoach.words.numbers.days import DayMention, find_days
from callcoach.words.numbers.find import find_numbers, numbers_among
from callcoach.words.numbers.instalments import instalments_among
from callcoach.words.numbers.model import NumberSpan, short
from callcoach.words.numbers.payments import is_paid, payments_among
from callcoach.words.numbers.shares import find_share, names_part

__all__ = [
    "Amount",
    "DayMention",
    "NumberSpan",
    "amounts_among",
    "find_amounts",
    "find_days",
    "find_numbers",
    "find_share",
    "instalments_among",
    "is_moment",
    "is_paid",
    "names_part",
    "numbers_among",
    "payments_among",
    "short",
]
