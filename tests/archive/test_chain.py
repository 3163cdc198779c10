"""Tests of the chain of hashes."""

import hashlib
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.ids import CallId
from tests.archive.support import chained

CALL = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000")
EVENT = StoredEvent(3, "heard", 1, 12.5, "2026-11-23T09:30:00.000Z", '{"text":"您好"}'.encode())

_WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=12)
_EVENTS = st.builds(
    StoredEvent,
    seq=st.integers(0, 2**31),
    kind=_WORDS,
    version=st.integers(1, 99),
    at=st.floats(0, 1e6),
    wall=_WORDS,
    body=_WORDS.map(str.encode),
)


def test_a_hash_is_what_it_was_in_the_first_release() -> None:
    text = f'{CALL}\n3\nheard\n1\n12.5\n2026-11-23T09:30:00.000Z\n{{"text":"您好"}}'
    expected = hashlib.sha256(bytes(32) + text.encode()).digest()
    assert link(GENESIS, CALL, EVENT) == expected
    assert expected.hex() == "e8ffab4e30031b1ec1bb203199436da3e666b2b4ae72da770fa7ec56976796ef"


def test_the_chain_begins_with_32_zero_bytes() -> None:
    assert bytes(32) == GENESIS


def test_a_hash_covers_every_field() -> None:
    changed = [
        replace(EVENT, seq=4),
        replace(EVENT, kind="note_written"),
        replace(EVENT, version=2),
        replace(EVENT, at=12.500000000000002),
        replace(EVENT, wall="2026-11-23T09:30:00.001Z"),
        replace(EVENT, body=EVENT.body + b" "),
    ]
    hashes = {link(GENESIS, CALL, event) for event in (EVENT, *changed)}
    hashes.add(link(GENESIS, CALL[:-1] + "1", EVENT))
    hashes.add(link(b"\x01" + GENESIS[1:], CALL, EVENT))
    assert len(hashes) == 3 + len(changed)


def test_a_hash_does_not_depend_on_the_hash_that_is_stored() -> None:
    assert link(GENESIS, CALL, replace(EVENT, hash=b"x")) == link(GENESIS, CALL, EVENT)


def test_a_whole_number_of_seconds_hashes_as_sqlite_gives_it_back() -> None:
    assert link(GENESIS, CALL, replace(EVENT, at=12)) == link(
        GENESIS, CALL, replace(EVENT, at=12.0)
    )


@given(_EVENTS, _EVENTS)
def test_different_events_have_different_hashes(one: StoredEvent, other: StoredEvent) -> None:
    assume(one != other)
    assert link(GENESIS, CALL, one) != link(GENESIS, CALL, other)


@given(st.lists(_EVENTS, min_size=2, max_size=8), st.data())
def test_a_change_moves_every_later_hash(events: list[StoredEvent], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(events) - 1))
    changed = list(events)
    changed[place] = replace(events[place], body=events[place].body + b"!")
    before = chained(CALL, events)
    after = chained(CALL, changed)
    assert before[:place] == after[:place]
    assert all(old != new for old, new in zip(before[place:], after[place:], strict=True))
