"""Tests of the ids of calls."""

import time
import uuid

from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.ids import new_call_id, short

INSTANTS = st.integers(0, 2**48 - 1)
"""In milliseconds since 1970: all that fit into an id."""


@given(INSTANTS)
def test_an_id_is_a_uuid_of_version_7_in_its_plain_form(instant: int) -> None:
    id = new_call_id(instant)
    read = uuid.UUID(id)
    assert str(read) == id
    assert read.version == 7
    assert read.variant == uuid.RFC_4122


@given(INSTANTS)
def test_an_id_holds_the_instant(instant: int) -> None:
    assert uuid.UUID(new_call_id(instant)).int >> 80 == instant


@given(INSTANTS, INSTANTS)
def test_ids_sort_by_the_time_they_were_made(one: int, other: int) -> None:
    if one != other:
        assert (new_call_id(one) < new_call_id(other)) == (one < other)


def test_an_id_is_made_now_unless_told_otherwise() -> None:
    before = time.time_ns() // 1_000_000
    stamp = uuid.UUID(new_call_id()).int >> 80
    assert before <= stamp <= time.time_ns() // 1_000_000


def test_ids_of_the_same_millisecond_differ() -> None:
    assert len({new_call_id(1) for _ in range(10_000)}) == 10_000


def test_every_bit_that_is_not_fixed_is_drawn() -> None:
    drawn = [uuid.UUID(new_call_id(0)).int for _ in range(200)]
    ever = never = drawn[0]
    for number in drawn:
        ever |= number
        never &= number
    fixed = 0xF << 76 | 0x3 << 62
    assert ever & ~fixed == (1 << 80) - 1 & ~fixed
    assert never & ~fixed == 0


def test_the_short_form_is_the_end_of_an_id() -> None:
    id = new_call_id()
    assert len(short(id)) == 8
    assert id.endswith(short(id))
    assert "-" not in short(id)
