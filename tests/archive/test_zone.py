"""Instants are shown by the clock of the machine, whichever day it is in UTC."""

import time
from collections.abc import Iterator

import pytest

from callcoach.archive.zone import local_day, local_time, local_zone


@pytest.fixture(autouse=True)
def _in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_morning_in_china_is_no_day_before() -> None:
    assert local_day("2026-11-30T23:30:00.000Z") == "2026-12-01"
    assert local_time("2026-11-30T23:30:00.000Z") == "2026-12-01 07:30"
    assert local_zone() == "UTC+08:00"


@pytest.mark.parametrize("told", ["", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_instant_stays_as_it_is(told: str) -> None:
    assert local_day(told) == told
