"""What another program writes is passed on whole, at its times, and not faster than it is heard."""

import io
import threading

from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.capture.messages import Feed
from callcoach.hearing.sound import Piped
from callcoach.hearing.supervise.feeder import Feeder
from tests.hearing.process.waiting import wait_for

PIPED = Piped(rate=1000, channels=2)
SECOND = 4000
"""Bytes."""


def run(data: bytes, sizes: list[int]) -> list[tuple[Feed, float]]:
    """Return what is passed on of data that comes in pieces, and when each ends."""
    stream, left, fed = io.BytesIO(data), list(sizes), list[tuple[Feed, float]]()
    over = threading.Event()

    def read(most: int) -> bytes:
        return stream.read(min(most, left.pop()) if left else most)

    def feed(what: Feed, end: float) -> None:
        fed.append((what, end))
        feeder.heard(end)

    feeder = Feeder(PIPED, read, feed, over.set)
    feeder.run()
    assert over.is_set()
    return fed


@given(st.binary(max_size=3000), st.lists(st.integers(1, 500)))
def test_all_whole_samples_are_passed_on_at_their_times(data: bytes, sizes: list[int]) -> None:
    at = 0.0
    for feed, end in run(data, sizes):
        assert feed.at == at
        assert len(feed.pcm) % 4 == 0
        assert feed.pcm
        at = end
    whole = len(data) - len(data) % 4
    assert b"".join(feed.pcm for feed, _ in run(data, sizes)) == data[:whole]
    assert at == whole / SECOND


def test_no_more_is_read_than_is_heard_and_a_little() -> None:
    fed: list[float] = []
    feeder = Feeder(PIPED, bytes, lambda _feed, end: fed.append(end), lambda: None)
    feeder.start()
    wait_for(lambda: fed and fed[-1] > 2.0, "the first seconds are passed on")
    assert fed[-1] < 2.3
    feeder.heard(5.0)
    wait_for(lambda: fed[-1] > 7.0, "more is passed on")
    assert fed[-1] < 7.3
    feeder.stop()
    feeder.join()
