"""Lengths are told as people read them."""

import pytest

from callcoach.archive.export.lengths import lasting
from callcoach.locale import Messages

ENGLISH = Messages("en")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-1.0, "0 s"),
        (0.0, "0 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (12.54, "12 s"),
        (59.0, "59 s"),
        (59.97, "1:00 min"),
        (65.4, "1:05 min"),
        (3599.0, "59:59 min"),
        (7202.0, "2:00:02 h"),
        (1e300, "100000:00:00 h"),
    ],
)
def test_lengths_are_told_as_people_read_them(seconds: float, told: str) -> None:
    assert lasting(seconds, ENGLISH) == told
