"""Tests of times as people read them."""

import pytest

from callcoach.words.clock import LONGEST, clock, length


@pytest.mark.parametrize(
    ("seconds", "clocked", "lasted"),
    [
        (0.0, "0:00", "0.0 s"),
        (12.54, "0:12", "12.5 s"),
        (59.9, "0:59", "59.9 s"),
        (65.0, "1:05", "1:05"),
        (7202.0, "2:00:02", "2:00:02"),
        (1e300, "100000:00:00", "100000:00:00"),
    ],
)
def test_times_are_told_as_people_read_them(seconds: float, clocked: str, lasted: str) -> None:
    assert (clock(seconds), length(seconds)) == (clocked, lasted)


def test_seconds_are_told_in_the_language_of_the_reader() -> None:
    assert length(12.54, "{n} 秒") == "12.5 秒"
    assert length(65.0, "{n} 秒") == "1:05"


def test_a_time_before_the_call_is_its_beginning() -> None:
    assert clock(-3.0) == clock(0.0)
    assert clock(LONGEST + 1) == clock(LONGEST)
