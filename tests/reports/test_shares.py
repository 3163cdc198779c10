"""Shares, spreads, and the days and weeks that they are of."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.reports.shares import MOST_PERIODS, Every, every, periods, share, share_of, spread
from tests.reports.calls import figured

PARTS = st.lists(
    st.integers(0, 9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=30
)


@given(PARTS)
def test_a_share_lies_within_its_interval_and_says_of_how_many(
    parts: list[tuple[int, int]],
) -> None:
    found = share(parts)
    assert found.n == sum(n for _, n in parts)
    if found.value is None:
        assert found.n == 0
        return
    assert found.low is not None
    assert found.high is not None
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0


def test_more_calls_make_the_interval_narrower() -> None:
    few, many = share_of([True, False] * 5), share_of([True, False] * 500)
    assert few.high is not None
    assert few.low is not None
    assert many.high is not None
    assert many.low is not None
    assert many.high - many.low < (few.high - few.low) / 5


@given(st.lists(st.floats(0, 1e4), max_size=20))
def test_a_spread_is_in_order(values: list[float]) -> None:
    found = spread(values)
    assert found.n == len(values)
    if found.low is not None and found.high is not None and found.median is not None:
        assert min(values) <= found.low <= found.median <= found.high <= max(values)
    assert (found.low is None) == (len(values) < 4)


CUTS = [
    (date(2026, 11, 2), 31, Every.DAY, date(2026, 11, 2), 32),
    (date(2026, 11, 1), 32, Every.WEEK, date(2026, 10, 26), 6),
    (date(2026, 1, 15), 210, Every.WEEK, date(2026, 1, 12), 31),
    (date(2026, 1, 15), 211, Every.MONTH, date(2026, 1, 1), 8),
    (date(2000, 2, 29), 9700, Every.MONTH, date(2000, 2, 1), 2),
]


@pytest.mark.parametrize(("begin", "days", "piece", "first", "count"), CUTS)
def test_the_longer_the_time_the_longer_its_pieces(
    begin: date, days: int, piece: Every, first: date, count: int
) -> None:
    calls = [figured(at, day=(begin + timedelta(days=at)).isoformat()) for at in (days, 0)]
    found = periods(calls)
    assert every(calls) is piece
    assert (found[0].first, len(found)) == (first, count)
    assert [len(it.calls) for it in found if it.calls] == [1, 1]
    assert [it.first for it in found] == sorted(it.first for it in found)


@given(st.lists(st.dates(), max_size=8))
def test_every_call_is_in_one_period(days: list[date]) -> None:
    found = periods([figured(at, day=day.isoformat()) for at, day in enumerate(days)])
    assert sum(len(it.calls) for it in found) == len(days)
    assert len(found) <= max(MOST_PERIODS, len(days))


def test_one_call_of_years_ago_draws_no_years_without_calls() -> None:
    days = ("2022-03-01", "2026-10-05", "2026-11-02")
    found = periods([figured(at, day=day) for at, day in enumerate(days)])
    assert [it.first.isoformat() for it in found] == ["2022-03-01", "2026-10-01", "2026-11-01"]
    year = [figured(at, day=f"2026-{month:02}-01") for at, month in enumerate((1, 4, 7, 10))]
    assert len(periods(year)) == 10


def test_a_call_without_a_day_is_in_no_period() -> None:
    assert periods([figured(day="soon")]) == ()
