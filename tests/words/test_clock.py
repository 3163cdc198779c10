"""Tests of times as people read them."""

import pytest

from callcoach.words.clock import LONGEST, clock


@pytest.mark.parametrize(
    ("seconds", "clocked"),
    [
        (0.0, "0:00"),
        (12.54, "0:12"),
        (59.9, "0:59"),
        (65.0, "1:05"),
        (7202.0, "2:00:02"),
        (1e300, "100000:00:00"),
    ],
)
def test_times_are_told_as_people_read_them(seconds: float, clocked: str) -> None:
    assert clock(seconds) == clocked


def test_a_time_before_the_call_is_its_beginning() -> None:
    assert clock(-3.0) == clock(0.0)
    assert clock(LONGEST + 1) == clock(LONGEST)
