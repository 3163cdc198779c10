"""Reads a day as people say it: 12月1日, 十五号, 下周三, Dec 1, tomorrow, in three days, 月底."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from callcoach.words.months import MONTH, MONTHS
from callcoach.words.normalise import fold, tokenise
from callcoach.words.numbers import find_numbers

_COUNTED = {
    "today": 0, "tonight": 0, "今天": 0, "今日": 0, "今晚": 0,
    "tomorrow": 1, "明天": 1, "明日": 1, "明早": 1, "明晚": 1,
    "day after tomorrow": 2, "后天": 2,
    "大后天": 3,
    "yesterday": -1, "昨天": -1, "昨日": -1,
    "day before yesterday": -2, "前天": -2,
    "大前天": -3,
}  # fmt: skip
_OFFSETS = {
    "上上": -2, "上": -1, "last": -1,
    "本": 0, "这": 0, "this": 0,
    "下": 1, "next": 1, "下下": 2,
}  # fmt: skip
"""Weeks or months from the present one."""
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS |= {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_LEAP_GAP = 8
"""A 29 February is at most so many years away: 1896 to 1904."""

_WHICH = "(?P<which>上上|上|下下|下|本|这)个?"
_EACH = "(?P<which>last|this|next)"
_NUMBER = r"(?P<day>\d{1,2})"
_NTH = rf"{_NUMBER}(?:st|nd|rd|th)"
_WEEKDAY = (
    r"(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:(?<=mon|fri|sun)day|(?<=tue)s(?:day)?"
    r"|(?<=wed)(?:s|nesday)|(?<=thu)rs?(?:day)?|(?<=sat)urday)?"
)
_MONTHS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?P<month>{MONTH})\.?"
_DAY = rf"(?:the )?{_NUMBER}(?:st|nd|rd|th)?"
_YEAR = r"(?:[\s,-]+(?P<year>\d{4}))?"
_OF_YEAR = (
    re.compile(
        r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
    ),
    re.compile(rf"{_MONTH}\s*{_DAY}{_YEAR}"),
    re.compile(rf"{_DAY}[ -]?(?:of )?{_MONTH}{_YEAR}"),
)
_TWO_NUMBERS = re.compile(r"(?P<one>\d{1,2})\s*([-/.])\s*(?P<other>\d{1,2})\s*\2\s*(?P<year>\d{4})")
"""Day and month in the order of the country, which nobody knows: 11/1/2026."""
_OF_MONTH = (
    re.compile(rf"{_WHICH}月\s*{_NUMBER}\s*[日号]?"),
    re.compile(rf"{_EACH} month(?:'s)?(?: on)?(?: the)? {_NTH}"),
    re.compile(rf"{_NTH}(?: of)? {_EACH} month"),
    re.compile(rf"{_NUMBER}\s*[日号]"),
    re.compile(_NTH),
)
_LEADS = re.compile("^(?:on |by )?(?:the |(?:this )?coming )?")
_AHEAD = (
    re.compile(r"(?:in|within) (?P<count>\d{1,3}|an?) (?P<unit>day|week)s?(?:'? time)?"),
    re.compile(r"(?P<count>\d{1,3}|an?) (?P<unit>day|week)s? from (?:now|today)"),
    re.compile(r"(?P<count>\d{1,3})\s*个?(?P<unit>[天日周]|星期|礼拜)[之以]?[后内]"),
)
_MONTH_END = (
    re.compile(rf"(?:{_WHICH})?月[底末]"),
    re.compile(r"end of (?:the |(?P<which>last|this|next) )month|month[ -]end"),
)
_OF_WEEK = (
    re.compile(rf"(?:{_WHICH})?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"),
    re.compile(rf"(?:{_EACH} )?{_WEEKDAY}"),
    re.compile(rf"{_WEEKDAY} {_EACH} week"),
)


class TwoDays(ValueError):
    """A text that names one day here and another there: 11/1/2026."""

    def __init__(self, one: date, other: date) -> None:
        super().__init__()
        self.one = one
        self.other = other


def read_day(text: str, today: date, is_nearest: bool) -> date | None:
    """Return the day that `text` names, None where it names none.

    What is not counted from today (a date without a year, a day without a month or week) is the
    next such day from today on, or with `is_nearest` the nearest one, past or future. Weeks begin
    on Monday. Raises `ValueError` and `OverflowError` where there is no such day, `TwoDays` where
    there are two.
    """
    said = _LEADS.sub("", " ".join(_in_digits(fold(text)).split()))
    if said in _COUNTED:
        return today + timedelta(days=_COUNTED[said])
    if found := _read(_OF_YEAR, said):
        named, day = found["month"], int(found["day"])
        month = _MONTHS[named[:3]] if named.isalpha() else int(named)
        if found["year"]:
            return date(int(found["year"]), month, day)
        return _choose(_yearly(month, day, today), today, is_nearest)
    if found := _TWO_NUMBERS.fullmatch(said):
        return _in_either_order(int(found["year"]), int(found["one"]), int(found["other"]))
    if found := _read(_OF_MONTH, said):
        day, which = int(found["day"]), found.groupdict().get("which")
        if which:
            return _in_month(today, _OFFSETS[which], day)
        return _choose(_monthly(day, today), today, is_nearest)
    if found := _read(_AHEAD, said):
        count = int(found["count"]) if found["count"].isdecimal() else 1
        return today + timedelta(days=count * (1 if found["unit"] in ("day", "天", "日") else 7))
    if found := _read(_MONTH_END, said):
        return _in_month(today, _OFFSETS[found["which"] or "this"] + 1, 1) - timedelta(days=1)
    if found := _read(_OF_WEEK, said):
        day, which = _WEEKDAYS[found["day"]], found["which"]
        ahead = day - today.weekday()
        if which == "last":  # a Tuesday's "last Monday" is yesterday, its 上周一 is not
            return today + timedelta(days=ahead if ahead < 0 else ahead - 7)
        if which:
            return today + timedelta(days=ahead, weeks=_OFFSETS[which])
        weekly = (today + timedelta(days=ahead, weeks=weeks) for weeks in (-1, 0, 1))
        return _choose(weekly, today, is_nearest)
    return None


def _in_digits(text: str) -> str:
    """Return a text with its numbers in digits: 十五号 as 15号, `the fifteenth` as `the 15th`."""
    tokens = tokenise(text)
    for number in reversed(find_numbers(tokens.words)):
        start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
        if number.spoken:
            is_ordinal = number.unit == "day" and number.whole == number.past
            ending = "th" if is_ordinal else ""
            text = f"{text[:start]}{number.value:f}{ending}{text[end:]}"
    return text


def _in_either_order(year: int, one: int, other: int) -> date:
    """Return the day of two numbers, of which either may be the month."""
    days: list[date] = []
    for month, day in ((one, other), (other, one)):
        with suppress(ValueError):
            days.append(date(year, month, day))
    if not days:
        raise ValueError
    if days[0] != days[-1]:
        raise TwoDays(*sorted(days))
    return days[0]


def _read(forms: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.fullmatch(text))), None)


def _choose(days: Iterator[date], today: date, is_nearest: bool) -> date:
    if is_nearest:
        return min(days, key=lambda day: (abs(day - today), day))
    return min(day for day in days if day >= today)


def _yearly(month: int, day: int, today: date) -> Iterator[date]:
    for year in range(today.year - _LEAP_GAP, today.year + _LEAP_GAP + 1):
        with suppress(ValueError):
            yield date(year, month, day)


def _monthly(day: int, today: date) -> Iterator[date]:
    for months in range(-2, 3):  # every second month at least has a 31st
        with suppress(ValueError):
            yield _in_month(today, months, day)


def _in_month(today: date, months: int, day: int) -> date:
    """Return a day of the month that is so many months from today's."""
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, day)
