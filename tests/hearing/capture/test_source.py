"""What a pause holds back is held back to the sample, whatever the blocks."""

from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.capture.source import Holds
from callcoach.hearing.sound import RATE, Block
from tests.hearing.capture.making import samples

SAMPLES = 200
TIMES = st.lists(st.integers(0, SAMPLES), max_size=8).map(sorted)


@given(TIMES, st.lists(st.integers(1, 80), min_size=1, max_size=50))
def test_holds_cut_to_the_sample(times: list[int], sizes: list[int]) -> None:
    holds = Holds()
    held: set[int] = set()
    for number, time in enumerate(times):
        if number % 2 == 0:
            holds.begin(time / RATE)
            held |= set(range(time, SAMPLES))
        else:
            holds.end(time / RATE)
            held -= set(range(time, SAMPLES))
    assert holds.is_on == (len(times) % 2 == 1)
    at = 0
    for size in sizes:
        numbers = range(at, min(at + size, SAMPLES))
        pcm = b"".join(number.to_bytes(2, "little") for number in numbers)
        let = [
            (round(it.at * RATE) + place, int(sample))
            for it in holds.let_through(Block(0, at / RATE, pcm))
            for place, sample in enumerate(samples(it.pcm))
        ]
        assert let == [(number, number) for number in numbers if number not in held]
        at += len(numbers)


def test_beginning_twice_begins_once() -> None:
    holds = Holds()
    holds.begin(1.0)
    holds.begin(2.0)
    holds.end(3.0)
    holds.end(4.0)
    pcm = bytes(2 * 5 * RATE)
    assert [(it.at, it.end) for it in holds.let_through(Block(0, 0.0, pcm))] == [(0, 1), (3, 5)]
