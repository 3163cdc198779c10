"""Tests of the ids of calls."""

import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.ids import instant_of, new_call_id, short

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


@pytest.mark.parametrize(
    ("id", "when"),
    [
        ("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001", "2025-10-03T15:22:19.963000+00:00"),
        ("00000000-0000-7000-8000-000000000000", "1970-01-01T00:00:00+00:00"),
        ("ffffffff-ffff-7fff-bfff-ffffffffffff", None),
        ("odd", None),
        ("", None),
    ],
)
def test_an_id_tells_when_a_call_began(id: str, when: str | None) -> None:
    found = instant_of(id)
    assert (found.isoformat() if found else None) == when


def test_it_is_the_instant_at_which_it_was_made() -> None:
    found = instant_of(new_call_id(1_700_000_000_123))
    assert found is not None
    assert found.timestamp() == 1_700_000_000.123
