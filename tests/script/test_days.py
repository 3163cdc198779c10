"""Days as people say them, on Wednesday 25 November 2026 unless a test says otherwise."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import FactError
from callcoach.script.environment import speak_date
from callcoach.script.facts import FactKind, parse
from tests.support import fact

TODAY = date(2026, 11, 25)
FOUND_OUT = fact(FactKind.DATE)
GIVEN = replace(FOUND_OUT, given=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", date(2026, 11, 25)),
        ("明天", date(2026, 11, 26)),
        ("后天", date(2026, 11, 27)),
        ("大后天", date(2026, 11, 28)),
        ("昨天", date(2026, 11, 24)),
        ("前天", date(2026, 11, 23)),
        ("Yesterday", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 26)),
        ("the day after tomorrow", date(2026, 11, 27)),
        ("day before yesterday", date(2026, 11, 23)),
        ("上月20号", date(2026, 10, 20)),
        ("上个月20日", date(2026, 10, 20)),
        ("下月15号", date(2026, 12, 15)),
        ("下个月 15", date(2026, 12, 15)),
        ("下下个月15号", date(2027, 1, 15)),
        ("本月20号", date(2026, 11, 20)),
        ("这个月28号", date(2026, 11, 28)),
        ("last month's 15th", date(2026, 10, 15)),
        ("next month’s 15th", date(2026, 12, 15)),
        ("next month on the 3rd", date(2026, 12, 3)),
        ("15th of next month", date(2026, 12, 15)),
        ("the 20th of last month", date(2026, 10, 20)),
        ("1st of this month", date(2026, 11, 1)),
        ("下周三", date(2026, 12, 2)),
        ("下个星期天", date(2026, 12, 6)),
        ("下下周一", date(2026, 12, 7)),
        ("上周五", date(2026, 11, 20)),
        ("这周一", date(2026, 11, 23)),
        ("本周日", date(2026, 11, 29)),
        ("next Friday", date(2026, 12, 4)),
        ("this friday", date(2026, 11, 27)),
        ("last Friday", date(2026, 11, 20)),
        ("last Tuesday", date(2026, 11, 24)),
        ("last wed", date(2026, 11, 18)),
        ("今晚", date(2026, 11, 25)),
        ("明早", date(2026, 11, 26)),
        ("三天后", date(2026, 11, 28)),
        ("2天之后", date(2026, 11, 27)),
        ("两周以后", date(2026, 12, 9)),
        ("in three days", date(2026, 11, 28)),
        ("within 3 days", date(2026, 11, 28)),
        ("三天之内", date(2026, 11, 28)),
        ("Friday next week", date(2026, 12, 4)),
        ("in a week", date(2026, 12, 2)),
        ("two weeks from today", date(2026, 12, 9)),
        ("本月底", date(2026, 11, 30)),
        ("下个月底", date(2026, 12, 31)),
        ("上月末", date(2026, 10, 31)),
        ("the end of the month", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("下個禮拜三", date(2026, 12, 2)),
        ("下月十五号", date(2026, 12, 15)),
        ("next month on the third", date(2026, 12, 3)),
        ("next thurs", date(2026, 12, 3)),
    ],
)
def test_a_day_counted_from_today_is_the_same_for_every_fact(text: str, day: date) -> None:
    assert parse(FOUND_OUT, text, TODAY) == day
    assert parse(GIVEN, text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "following", "nearest"),
    [
        ("11月10日", date(2027, 11, 10), date(2026, 11, 10)),
        ("11-26", date(2026, 11, 26), date(2026, 11, 26)),
        ("11-25", date(2026, 11, 25), date(2026, 11, 25)),
        ("1月5日", date(2027, 1, 5), date(2027, 1, 5)),
        ("6月1日", date(2027, 6, 1), date(2026, 6, 1)),
        ("20号", date(2026, 12, 20), date(2026, 11, 20)),
        ("31日", date(2026, 12, 31), date(2026, 10, 31)),
        ("the 20th", date(2026, 12, 20), date(2026, 11, 20)),
        ("28号", date(2026, 11, 28), date(2026, 11, 28)),
        ("周五", date(2026, 11, 27), date(2026, 11, 27)),
        ("星期三", date(2026, 11, 25), date(2026, 11, 25)),
        ("周一", date(2026, 11, 30), date(2026, 11, 23)),
        ("礼拜天", date(2026, 11, 29), date(2026, 11, 22)),
        ("Monday", date(2026, 11, 30), date(2026, 11, 23)),
        ("Tues", date(2026, 12, 1), date(2026, 11, 24)),
        ("on this coming Friday", date(2026, 11, 27), date(2026, 11, 27)),
        ("二十号", date(2026, 12, 20), date(2026, 11, 20)),
        ("十二月三十一日", date(2026, 12, 31), date(2026, 12, 31)),
        ("on the twentieth", date(2026, 12, 20), date(2026, 11, 20)),
        ("the thirty-first", date(2026, 12, 31), date(2026, 10, 31)),
    ],
)
def test_what_is_known_before_the_call_is_the_nearest_day_what_is_found_out_the_next(
    text: str, following: date, nearest: date
) -> None:
    assert parse(FOUND_OUT, text, TODAY) == following
    assert parse(GIVEN, text, TODAY) == nearest


def test_of_two_days_as_near_what_is_known_before_the_call_is_the_past_one() -> None:
    assert parse(GIVEN, "11月10日", date(2028, 5, 11)) == date(2027, 11, 10)
    assert parse(GIVEN, "11月10日", date(2028, 5, 12)) == date(2028, 11, 10)


def test_the_29th_of_february_known_before_the_call_is_the_nearest_leap_day() -> None:
    assert parse(GIVEN, "2月29日", date(2026, 2, 27)) == date(2024, 2, 29)
    assert parse(GIVEN, "2月29日", date(2026, 3, 2)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nov 1", date(2026, 11, 1)),
        ("November 1", date(2026, 11, 1)),
        ("1 Nov 2026", date(2026, 11, 1)),
        ("Nov 1, 2026", date(2026, 11, 1)),
        ("November 1st, 2026", date(2026, 11, 1)),
        ("1 November 2026", date(2026, 11, 1)),
        ("the 1st of November", date(2026, 11, 1)),
        ("15 Dec", date(2026, 12, 15)),
        ("Sept. 3", date(2026, 9, 3)),
        ("May 5, 2025", date(2025, 5, 5)),
        ("1-Nov-2026", date(2026, 11, 1)),
        ("25/12/2026", date(2026, 12, 25)),
        ("12/25/2026", date(2026, 12, 25)),
        ("1/1/2026", date(2026, 1, 1)),
    ],
)
def test_days_are_read_as_english_writes_them(text: str, day: date) -> None:
    assert parse(GIVEN, text, TODAY) == day


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.sampled_from(("short", "long")))
def test_a_day_is_read_as_the_screen_shows_it(day: date, style: str) -> None:
    for language in ("en", "zh"):
        said = speak_date(day, language, style, date(1999, 1, 1))
        assert parse(FOUND_OUT, said, TODAY) == day


@pytest.mark.parametrize("text", ["11/1/2026", "1-11-2026", "1.11.2026"])
def test_a_day_that_may_be_two_is_refused_with_both(text: str) -> None:
    with pytest.raises(FactError, match="either order") as refused:
        parse(FOUND_OUT, text, TODAY)
    assert refused.value.hint == "write 2026-01-11 or 2026-11-01"


def test_who_reads_english_is_told_english_forms() -> None:
    with pytest.raises(FactError) as refused:
        parse(FOUND_OUT, "soon", TODAY)
    assert refused.value.hint.isascii()


@pytest.mark.parametrize("text", ["下月32号", "上月0号", "2月30日", "this month's 31st", "32号"])
def test_a_day_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="no such day"):
        parse(FOUND_OUT, text, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "下月",
        "next month",
        "周八",
        "fryday",
        "月15号",
        "下15号",
        "20",
        "Nov",
        "May 20266",
        "March 2027",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(FactError, match="not a date"):
        parse(FOUND_OUT, text, TODAY)


def test_months_end_with_their_year() -> None:
    assert parse(FOUND_OUT, "下月15号", date(2026, 12, 31)) == date(2027, 1, 15)
    assert parse(FOUND_OUT, "上月20号", date(2027, 1, 1)) == date(2026, 12, 20)


@pytest.mark.parametrize("today", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "昨天",
        "大后天",
        "月底",
        "上月底",
        "99天后",
        "in 999 weeks",
        "下周三",
        "上周三",
        "周五",
        "上月20号",
        "下月1号",
    ],
)
def test_at_the_ends_of_the_calendar_a_day_is_read_or_refused(text: str, today: date) -> None:
    with suppress(FactError):
        assert isinstance(parse(FOUND_OUT, text, today), date)


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(-180, 180))
def test_a_day_known_before_the_call_needs_no_year_for_half_a_year_around(
    today: date, distance: int
) -> None:
    day = today + timedelta(days=distance)
    if (day.month, day.day) != (2, 29):
        assert parse(GIVEN, f"{day.month}月{day.day}日", today) == day
