"""What is kept of calls that were erased: that there was one, and who erased it, when and why.

None of what was said is in it. The records are chained as the events of a call are, so that none
can be changed or taken out unseen; the hash in one tells whether a backup has the same call.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.database import HAS_TABLE
from callcoach.archive.ids import CallId, short
from callcoach.archive.reading import Reader
from callcoach.archive.verify import NO_CALL, Problem
from callcoach.archive.zone import local_day
from callcoach.errors import NotFound, Told

KIND, VERSION = "call_erased", 1
_ADD = (
    "INSERT INTO erased (seq, id, content, kind, version, wall, body, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_ALL = "SELECT id, content, seq, kind, version, 0.0, wall, body, hash FROM erased ORDER BY seq"
_PLACES = (
    ("call", "id"),
    ("event", "call"),
    ("review", "call"),
    ("imported", "call"),
    ("own_name", "call"),
    ("set_aside", "call"),
    ("set_aside", "counts"),
    ("counted", "call"),
    ("typed_text", "call"),
    ("search_call", "call"),
)
"""Wherever something of a call may be: tables, and the columns that name the call."""


class Erasure(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the record of an erased call says."""

    events: int
    """How many it had."""
    head: str
    """The hash of its last event, in hexadecimal."""
    reviews: int = 0
    """How many were erased with it."""
    was_sound: bool = True
    """False: its events were not as they had been written."""
    content: str = ""
    """The digest by which `archive.imports` knew its transcript; empty for none."""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ErasedCall:
    """A call that was erased."""

    id: CallId
    wall: str
    """The instant, in UTC, ISO 8601."""
    told: Erasure

    @property
    def day(self) -> str:
        """Return the day on which it was erased by the clock of this machine, ISO 8601."""
        return local_day(self.wall)


class ErasedCalls(Reader):
    """The calls that were erased from a journal. One of before that could be done has none."""

    def all(self) -> tuple[ErasedCall, ...]:
        """Return them in the order in which they were erased; `check` tells of damaged records."""
        found = ((id, event, _told(event)) for id, _, event in self._stored())
        return tuple(ErasedCall(CallId(id), it.wall, told) for id, it, told in found if told)

    def rest(self) -> tuple[CallId, ...]:
        """Return those of which something may still be on the disk."""
        if not self._has_table("erased_rest"):
            return ()
        return tuple(CallId(id) for (id,) in self._rows("SELECT id FROM erased_rest ORDER BY id"))

    def contents(self) -> Mapping[str, str]:
        """Return the digests of transcripts whose calls were erased, each with the day."""
        return {it.told.content: it.day for it in self.all() if it.told.content}

    def check(self) -> Iterator[Problem]:
        """Yield what is wrong: a record that was changed or is missing, a call that came back."""
        stored = self._stored()
        if not self._has_table("erased_head"):
            return
        previous = GENESIS
        for place, (id, content, event) in enumerate(stored):
            told = _told(event)
            is_next = event.seq == place and link(previous, id, event) == event.hash
            if not is_next or told is None or told.content != content:
                what = Told("the record of an erased call was changed after it was written")
                yield Problem(CallId(id), None, what)
                return
            previous = event.hash
        if self._rows("SELECT events, head FROM erased_head") != [(len(stored), previous)]:
            yield Problem(NO_CALL, None, Told("the record of an erased call is missing"))
        for table, column in _PLACES:
            if not self._has_table(table):
                continue
            sql = f"SELECT id FROM erased WHERE id IN (SELECT {column} FROM {table})"  # noqa: S608 - constants
            for (id,) in self._rows(sql):
                what = Told("the call was erased, and something of it is here again")
                yield Problem(CallId(id), None, what)

    def _stored(self) -> list[tuple[str, str, StoredEvent]]:
        if not self._has_table("erased"):
            return []
        return [(id, content, StoredEvent(*row)) for id, content, *row in self._rows(_ALL)]


def _told(event: StoredEvent) -> Erasure | None:
    try:
        return msgspec.json.decode(event.body, type=Erasure)
    except msgspec.DecodeError:
        return None


def add_erasure(db: sqlite3.Connection, call: CallId, told: Erasure, wall: str) -> None:
    """Write down, in the caller's transaction, that a call is erased, and is to be cleaned up."""
    seq, head = db.execute("SELECT events, head FROM erased_head").fetchone()
    event = StoredEvent(seq, KIND, VERSION, 0.0, wall, msgspec.json.encode(told))
    hash = link(head, call, event)
    db.execute(_ADD, (seq, call, told.content, KIND, VERSION, wall, event.body, hash))
    db.execute("UPDATE erased_head SET events = ?, head = ?", (seq + 1, hash))
    db.execute("INSERT INTO erased_rest VALUES (?)", (call,))


def refuse_erased(db: sqlite3.Connection, call: str) -> None:
    """Raise `NotFound` for a call that was erased: nothing is written of it any more."""
    if not db.execute(HAS_TABLE, ("erased",)).fetchone():
        return
    row = db.execute("SELECT wall FROM erased WHERE id = ?", (call,)).fetchone()
    if row is not None:
        raise no_more(call, row[0])


def no_more(call: str, wall: str) -> NotFound:
    """Return what a user is told who asks for a call that was erased at an instant."""
    return NotFound(
        "the call {call} was erased on {day}",
        "callcoach journal erased says by whom and why",
        call=short(call),
        day=local_day(wall),
    )
