"""Frames come through any pipe whole, and what is none is told apart."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.process.frames import MOST, BrokenFrame, framed, read_frame


def dribble(data: bytes, sizes: list[int]) -> Callable[[int], bytes]:
    """Return a reader that gives few bytes at a time."""
    stream = io.BytesIO(data)
    left = list(sizes)
    return lambda most: stream.read(min(most, left.pop()) if left else most)


@given(st.lists(st.binary(max_size=50)), st.lists(st.integers(1, 5)))
def test_messages_come_through_in_whatever_pieces(messages: list[bytes], sizes: list[int]) -> None:
    read = dribble(b"".join(map(framed, messages)), sizes)
    got = [read_frame(read) for _ in messages]
    assert got == messages
    assert read_frame(read) is None


@given(st.binary(max_size=200))
def test_any_bytes_are_messages_or_broken(data: bytes) -> None:
    read = dribble(data, [])
    try:
        while read_frame(read) is not None:
            pass
    except BrokenFrame:
        pass


@pytest.mark.parametrize("data", [b"\x05", b"\x05\0\0\0abcd", b"\xff\xff\xff\xff", b"LOG (Vosk)"])
def test_what_breaks_off_or_is_too_long_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(dribble(data, []))


def test_nothing_too_long_is_sent() -> None:
    with pytest.raises(BrokenFrame):
        framed(bytes(MOST + 1))
