"""When the sound of a device was taken, however late it comes and whatever its clock does."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.capture.sample_clock import SampleClock

PIECE = 0.04
TRUE = 0.1


@given(st.lists(st.floats(0, 1.5), min_size=1, max_size=200))
def test_a_busy_machine_moves_no_time(late: list[float]) -> None:
    """Pieces that come late, in order, and one of every two seconds in time, are true."""
    clock, arrived = SampleClock(), 0.0
    for number in range(len(late)):
        is_in_time = number % 10 == 0
        due = (number + 1) * PIECE
        arrived = max(arrived, due + (0.0 if is_in_time else late[number]))
        told = clock.take(PIECE, due if is_in_time else arrived)
        assert abs(told - number * PIECE) <= TRUE


@given(st.floats(-0.01, 0.01))
def test_a_clock_that_drifts_is_put_right(drift: float) -> None:
    clock = SampleClock()
    for number in range(1000):
        true = number * PIECE * (1 + drift)
        told = clock.take(PIECE, true + PIECE * (1 + drift))
        assert abs(told - true) <= TRUE + 0.05


@given(st.lists(st.integers(0, 50), min_size=1, max_size=50))
def test_what_is_known_to_be_lost_is_left_out_at_once(lost: list[int]) -> None:
    clock = SampleClock()
    before = accumulate(lost)
    for number, (gone, missing) in enumerate(zip(lost, before, strict=True)):
        start = (number + missing - lost[0]) * PIECE
        told = clock.take(PIECE, start + PIECE, gone * PIECE if number else 0.0)
        assert abs(told - start) < 1e-6


def test_what_a_driver_lost_without_a_word_is_noticed_soon() -> None:
    clock = SampleClock()
    gone = 0.7
    told = [
        clock.take(PIECE, (n + 1) * PIECE + (gone if n > 100 else 0.0)) - n * PIECE
        for n in range(250)
    ]
    assert max(abs(it) for it in told[:101]) < 1e-6
    assert all(abs(it - gone) < 1e-6 for it in told[205:])


def test_where_the_driver_says_so_it_is_noticed_at_once() -> None:
    clock = SampleClock()
    clock.take(PIECE, PIECE)
    assert clock.take(PIECE, 1.0, is_broken=True) == 1.0 - PIECE


def test_sound_that_came_before_it_can_have_been_taken_was_taken_earlier() -> None:
    """A device that was late at first, and gives at once what it had held."""
    clock = SampleClock()
    assert clock.take(PIECE, 2.0) == 2.0 - PIECE
    told = [clock.take(PIECE, 2.0) for _ in range(50)]
    assert abs(told[-1] + PIECE - 2.0) <= TRUE + PIECE
