"""What a recogniser dies over is left out: not at once, and no more than must be."""

import pytest

from callcoach.hearing.supervise.ring import Stretch
from callcoach.hearing.supervise.suspect import Suspect


def test_the_first_time_nothing_is_left_out() -> None:
    assert Suspect().died(10.0, 8.0) is None


def test_the_second_time_what_is_around_the_place_is() -> None:
    suspect = Suspect()
    suspect.died(10.0, 8.0)
    gap = suspect.died(10.25, 8.0)
    assert gap is not None
    assert (gap.start, gap.end) == pytest.approx((9.95, 10.55))


def test_nothing_that_is_told_is_left_out() -> None:
    suspect = Suspect()
    suspect.died(10.0, 9.9)
    assert suspect.died(10.0, 9.9) == Stretch(9.9, 10.3)


def test_two_places_are_no_pattern_but_three_deaths_are() -> None:
    suspect = Suspect()
    assert suspect.died(10.0, 8.0) is None
    assert suspect.died(12.0, 8.0) is None
    assert suspect.died(11.0, 8.0) == Stretch(8.0, 11.3)


def test_every_utterance_is_judged_by_itself() -> None:
    suspect = Suspect()
    for at in (1.0, 2.0, 3.0, 4.0):
        assert suspect.died(at, at - 0.1) is None


def test_after_all_was_left_out_it_begins_anew() -> None:
    suspect = Suspect()
    for _ in range(3):
        last = suspect.died(10.0, 8.0)
    assert last == Stretch(8.0, 10.3)
    assert suspect.died(12.0, 8.0) is None
