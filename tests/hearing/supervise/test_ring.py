"""Nothing is lost in a ring, nothing comes twice but after a rewind, and it is bounded."""

from functools import lru_cache
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from callcoach.hearing.recognise.messages import Flush
from callcoach.hearing.sound import BYTES, RATE, Block
from callcoach.hearing.supervise.ring import WINDOW, Ring, Stretch

SECONDS = 0.04


@lru_cache(2000)
def block(at: float, seconds: float = SECONDS) -> Block:
    """Return a block in which every sample is the number of its own, so that it is known again."""
    first = round(at * RATE)
    samples = ((first + number) % 30_000 for number in range(round(seconds * RATE)))
    return Block(0, at, b"".join(one.to_bytes(BYTES, "little") for one in samples))


def fill(ring: Ring, seconds: float) -> None:
    for number in range(round(seconds / SECONDS)):
        ring.add(block(number * SECONDS), float(number))


def sent(ring: Ring) -> list[Block | Flush]:
    return list(iter(ring.next, None))


def heard(ring: Ring) -> list[Block | Flush]:
    """Let everything be heard; return it."""
    orders = []
    while order := ring.next():
        orders.append(order)
        ring.done()
    return orders


class Life(RuleBasedStateMachine):
    """A ring and a recogniser that dies now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = Ring(0)
        self.added = 0
        self.on_way: list[Block | Flush] = []
        self.heard = bytearray()
        """Since the beginning, by this recogniser or those before."""
        self.settled = 0

    @rule(count=st.integers(1, 40))
    def speak(self, count: int) -> None:
        for _ in range(count):
            self.ring.add(block(self.added * SECONDS), float(self.added))
            self.added += 1

    @rule()
    def send(self) -> None:
        self.on_way += sent(self.ring)

    @precondition(lambda self: self.on_way)
    @rule(data=st.data())
    def hear(self, data: st.DataObject) -> None:
        for _ in range(data.draw(st.integers(1, len(self.on_way)))):
            order = self.on_way.pop(0)
            assert isinstance(order, Block)
            assert round(order.at * RATE) == len(self.heard) // BYTES
            self.heard += order.pcm
            assert not self.ring.done()

    @precondition(lambda self: self.heard)
    @rule(share=st.floats(0, 1))
    def settle(self, share: float) -> None:
        self.settled = max(self.settled, int(share * len(self.heard) // BYTES))
        self.ring.settle(self.settled / RATE)

    @rule()
    def die(self) -> None:
        self.on_way = []
        self.ring.rewind()
        del self.heard[BYTES * self.settled :]

    @invariant()
    def the_window_is_kept(self) -> None:
        assert sum(len(one.pcm) for one in self.on_way if isinstance(one, Block)) <= (
            BYTES * RATE * (WINDOW + SECONDS)
        )

    def teardown(self) -> None:
        self.die()
        for order in heard(self.ring):
            assert isinstance(order, Block)
            self.heard += order.pcm
        assert bytes(self.heard) == b"".join(
            block(number * SECONDS).pcm for number in range(self.added)
        )


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_the_time_of_what_is_heard_again_is_exact_within_a_block() -> None:
    ring = Ring(0)
    fill(ring, 0.4)
    heard(ring)
    ring.settle(0.05)
    ring.rewind()
    first = ring.next()
    assert isinstance(first, Block)
    assert first.at == pytest.approx(0.05)
    assert first.pcm == block(0.05, 0.03).pcm


def test_a_flush_comes_in_its_turn_and_settles_everything_before() -> None:
    ring = Ring(0)
    fill(ring, 0.4)
    ring.flush(1.0)
    ring.add(block(9.0), 2.0)
    *before, flush, after = heard(ring)
    assert len(before) == 10
    assert flush == Flush(0)
    ring.rewind()
    assert heard(ring) == [after]


def test_a_flush_that_was_not_done_is_asked_for_again() -> None:
    ring = Ring(0)
    fill(ring, 0.4)
    ring.flush(1.0)
    before = sent(ring)
    ring.rewind()
    assert sent(ring) == before
    assert before[-1] == Flush(0)


def test_what_is_done_is_bounded() -> None:
    ring = Ring(0)
    fill(ring, 40)
    assert len(heard(ring)) == 1000
    ring.bound(30.0)
    ring.rewind()
    assert ring.waiting == pytest.approx(30.0)
    first = ring.next()
    assert isinstance(first, Block)
    assert first.at == pytest.approx(10.0)


def test_what_waits_too_long_goes_oldest_first_and_is_told() -> None:
    ring = Ring(0)
    fill(ring, 12)
    ring.flush(1.0)
    on_way = sent(ring)
    assert not ring.drop(11.0)
    (gone,) = ring.drop(10.0)
    assert gone.start == pytest.approx(len(on_way) * SECONDS)
    assert ring.waiting == pytest.approx(9.0, abs=SECONDS)
    for _ in on_way:
        ring.done()
    *_, last, flush = heard(ring)
    assert isinstance(last, Block)
    assert last.at == pytest.approx(12 - SECONDS)
    assert flush == Flush(0)


def test_what_was_let_go_is_not_told_again_with_older_sound_that_goes_later() -> None:
    ring = Ring(0)
    fill(ring, 4)
    sent(ring)
    (first,) = ring.drop(1.0)
    ring.rewind()
    older, newer = ring.drop(0.5)
    assert [older.start, older.end] == pytest.approx([0.0, first.start])
    assert newer.start == pytest.approx(first.end)


@given(st.floats(-1, 3), st.floats(0, 2))
def test_a_cut_takes_out_what_it_says(start: float, length: float) -> None:
    ring = Ring(0)
    fill(ring, 2)
    cut = ring.cut(Stretch(start, start + length))
    left = sum(len(one.pcm) for one in heard(ring) if isinstance(one, Block)) / BYTES / RATE
    inside = max(0.0, min(2.0, start + length) - max(0.0, start))
    assert left == pytest.approx(2 - inside, abs=0.001)
    assert sum(one.end - one.start for one in cut) == pytest.approx(inside, abs=0.001)
    assert len(cut) <= 1


def test_a_cut_of_nothing_is_none() -> None:
    ring = Ring(0)
    fill(ring, 1)
    assert not ring.cut(Stretch(1.5, inf))


def test_when_sound_came_is_known_while_it_is_kept() -> None:
    ring = Ring(0)
    fill(ring, 2)
    heard(ring)
    assert ring.arrival(0.04) == 0.0
    assert ring.arrival(0.05) == 1.0
    assert ring.arrival(1.0) == 24.0
    ring.settle(1.5)
    assert ring.arrival(1.0) is None
    assert ring.arrival(2.0) == 49.0


def test_very_short_blocks_are_not_all_sent_at_once() -> None:
    ring = Ring(0)
    for number in range(500):
        ring.add(block(number / 1000, 0.001), 0.0)
    assert len(sent(ring)) == 100


def test_the_block_on_hand_is_the_first_that_is_not_done() -> None:
    ring = Ring(0)
    fill(ring, 1)
    places = [ring.on_hand]
    sent(ring)
    places.append(ring.on_hand)
    ring.done()
    places.append(ring.on_hand)
    assert places == [None, 0.0, SECONDS]
