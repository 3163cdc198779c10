"""Instants are shown by the clock of the machine, whichever day it is in UTC."""

import pytest

from callcoach.archive.zone import local_day, local_moment, local_time, local_zone

pytestmark = pytest.mark.usefixtures("in_shanghai")


def test_a_morning_in_china_is_no_day_before() -> None:
    assert local_day("2026-11-30T23:30:00.000Z") == "2026-12-01"
    assert local_time("2026-11-30T23:30:00.000Z") == "2026-12-01 07:30"
    assert local_moment("2026-11-30T23:30:00.000Z") == "2026-12-01 07:30 UTC+08:00"
    assert local_zone() == "UTC+08:00"


@pytest.mark.parametrize("told", ["", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_instant_stays_as_it_is(told: str) -> None:
    assert (local_day(told), local_moment(told)) == (told, told)
