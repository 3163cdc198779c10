"""The strip of a call: whose voice is where, and what overlaps."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.intervals import merge
from callcoach.tui.widgets.timeline import (
    FANCY,
    Interval,
    Track,
    draw_marks,
    draw_voices,
    shared,
)

TIMES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 9)).map(lambda it: (it[0], it[0] + it[1])),
    max_size=12,
)


def seconds(times: list[Interval]) -> set[int]:
    """Return the whole seconds that lie in some times."""
    return {at for start, end in times for at in range(int(start), int(end))}


def voices(track: Track, cells: int) -> str:
    return "".join(sign for sign, _ in draw_voices(track, cells, FANCY))


@given(one=TIMES, other=TIMES)
def test_times_are_merged_and_shared_as_their_seconds_are(
    one: list[Interval], other: list[Interval]
) -> None:
    mine, theirs = merge(one), merge(other)
    assert seconds(mine) == seconds(one)
    assert all(end < start for (_, end), (start, _) in pairwise(mine))
    assert seconds(shared(mine, theirs)) == seconds(one) & seconds(other)


@given(one=TIMES, other=TIMES, cells=st.integers(1, 200))
def test_there_is_a_sign_for_every_cell_and_both_only_where_both_speak(
    one: list[Interval], other: list[Interval], cells: int
) -> None:
    track = Track(70.0, one, other)
    drawn = voices(track, cells)
    assert len(drawn) == cells
    if not seconds(one) & seconds(other):
        assert FANCY.both not in drawn
    if not seconds(one):
        assert FANCY.agent not in drawn


def test_each_voice_has_its_half_and_silence_none() -> None:
    track = Track(10.0, [(0.0, 4.0)], [(3.0, 6.0)])
    assert voices(track, 10) == "▀▀▀█▄▄····"
    assert voices(Track(0.0), 5) == "·····"


def test_a_moment_of_both_is_lost_in_a_long_call_but_not_in_a_short_one() -> None:
    said: tuple[list[Interval], list[Interval]] = ([(0.0, 300.0)], [(299.0, 600.0)])
    assert FANCY.both not in voices(Track(3600.0, *said), 60)
    assert FANCY.both in voices(Track(600.0, *said), 600)


def test_flags_hide_comments_and_comments_steps() -> None:
    track = Track(10.0, steps=[0.0, 1.0, 2.0], comments=[1.0, 2.0], flags=[2.0, 10.0])
    drawn = "".join(sign for sign, _ in draw_marks(track, 10, FANCY))
    assert drawn == "┊✎!      !"
