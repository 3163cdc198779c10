"""Reads when a call began, in the ways in which files write it."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_YEARS = range(1970, 2200)
"""Of a call that somebody has a transcript of; any other year is a slip, or no year."""
_STAMP = re.compile(r"(\d{10})(\d{3})?(?:\.\d{1,9})?")
"""Seconds or milliseconds since 1970."""
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)?")
_DATE = re.compile(
    r"(\d{4})\s?[/.年-]\s?(\d{1,2})\s?[/.月-]\s?(\d{1,2})\s?[日号]?"
    r"(?:[T ,，]{0,3}(上午|下午|凌晨|早上|中午|晚上|AM|PM)?\s?(\d{1,2})[:：时点](\d{1,2})分?"
    r"(?:[:：]?(\d{1,2})(?:\.\d{1,9})?秒?)?\s?(AM|PM)?)?",
    re.IGNORECASE,
)
_LATE = frozenset(("下午", "晚上", "PM"))
_EARLY = frozenset(("凌晨", "AM"))


def read_started(text: str) -> datetime | None:
    """Return an instant, without a time zone where none is told; None for what is none.

    It is ISO 8601, a number of seconds or milliseconds since 1970, or a date as spreadsheets and
    people in China write it: `2026/11/1 9:05`, `2026年11月1日 下午2:05`, `20261101090500`. Such a
    number, and `Z`, tell the instant and not where the call was made: it is in this machine's zone.
    """
    told = text.strip()
    found = _instant(told)
    is_anywhere = told.endswith("Z") or _STAMP.fullmatch(told) is not None
    return found.astimezone() if found is not None and is_anywhere else found


@lru_cache(maxsize=1024)
def _instant(told: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        found = _read(told)
        if found is not None and found.year in _YEARS:
            return found
    return None


def started_day(text: str) -> str:
    """Return the day of such an instant, ISO 8601; empty for what is none."""
    found = read_started(text)
    return found.date().isoformat() if found else ""


def _read(told: str) -> datetime | None:
    if stamp := _STAMP.fullmatch(told):
        since = timedelta(seconds=int(stamp[1]), milliseconds=int(stamp[2] or 0))
        return datetime(1970, 1, 1, tzinfo=UTC) + since
    if run := _RUN.fullmatch(told):
        year, month, day, hour, minute, second = run.groups()
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}")
    with suppress(ValueError):
        return datetime.fromisoformat(told)
    date = _DATE.fullmatch(told)
    return _dated(*date.groups()) if date else None


def _dated(*parts: str | None) -> datetime:
    """Return the instant of a date, of an hour if there is one, and of what half of the day."""
    year, month, day, before, hour, minute, second, after = parts
    half, at = (before or after or "").upper(), int(hour or 0)
    if half in _LATE and at < 12:
        at += 12
    elif half in _EARLY and at == 12:
        at = 0
    date = f"{year}-{int(month or 0):02}-{int(day or 0):02}"
    return datetime.fromisoformat(f"{date}T{at:02}:{int(minute or 0):02}:{int(second or 0):02}")
