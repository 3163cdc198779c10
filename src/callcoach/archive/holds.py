"""Holds: calls that nobody may erase for now, as a lawsuit or a complaint asks for, and why.

A hold stands until it is released. Both are records, chained as the events of a call are: none can
be changed or taken out unseen. They are not the call's own events: what was said is left alone.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.database import (
    SQLITE_ERRORS,
    open_database,
    translate,
    wall_now,
)
from callcoach.archive.erased import refuse_erased
from callcoach.archive.ids import CallId, short
from callcoach.archive.reading import Reader
from callcoach.archive.transaction import transaction
from callcoach.archive.verify import NO_CALL, Problem
from callcoach.archive.zone import local_day
from callcoach.errors import NotFound, StorageError, Told

_HELD, _RELEASED, _VERSION = "call_held", "call_released", 1
_ADD = "INSERT INTO hold (seq, id, kind, version, wall, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_ALL = "SELECT id, seq, kind, version, 0.0, wall, body, hash FROM hold ORDER BY seq"
_LAST = "SELECT kind, wall, body FROM hold WHERE id = ? ORDER BY seq DESC LIMIT 1"
_IS_THERE = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM call WHERE id = ?1)"
    " OR EXISTS (SELECT 1 FROM event WHERE call = ?1)"
)


class HoldError(StorageError):
    """A call that is on hold and should go or be held anew, or one that is not and be released."""

    exit_code = 2


class _Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the body of a record says."""

    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A record: a call was put on hold, or released."""

    call: CallId
    is_release: bool
    wall: str
    """The instant, in UTC, ISO 8601."""
    by: str
    why: str

    @property
    def day(self) -> str:
        """Return the day of it by the clock of this machine, ISO 8601."""
        return local_day(self.wall)


class Holds(Reader):
    """The holds in a journal. One of before there were any has none."""

    def all(self) -> tuple[Hold, ...]:
        """Return every record, oldest first; `check` tells of damaged ones."""
        return tuple(_hold(id, it.kind, it.wall, it.body) for id, it in self._stored())

    def standing(self) -> Mapping[CallId, Hold]:
        """Return the calls that are on hold, those that are so for longest first."""
        found: dict[CallId, Hold] = {}
        for it in self.all():
            found.pop(it.call, None)
            if not it.is_release:
                found[it.call] = it
        return found

    def check(self) -> Iterator[Problem]:
        """Yield what is wrong: a record was changed or is missing, a call on hold is gone."""
        stored = self._stored()
        if not self._has_table("hold_head"):
            return
        previous = GENESIS
        for place, (id, event) in enumerate(stored):
            is_next = event.seq == place and link(previous, id, event) == event.hash
            if not is_next:
                what = Told("the record of a hold was changed after it was written")
                yield Problem(CallId(id), None, what)
                return
            previous = event.hash
        if self._rows("SELECT events, head FROM hold_head") != [(len(stored), previous)]:
            yield Problem(NO_CALL, None, Told("the record of a hold is missing"))
        for call in self.standing():
            if not self._rows(_IS_THERE, call):
                yield Problem(call, None, Told("the call is on hold, and it is gone"))

    def _stored(self) -> list[tuple[str, StoredEvent]]:
        if not self._has_table("hold"):
            return []
        return [(id, StoredEvent(*row)) for id, *row in self._rows(_ALL)]


def standing_holds(path: Path) -> Mapping[CallId, Hold]:
    """Return the calls of the journal at `path` that are on hold; none where there is no journal.

    Raises `StorageError` where it cannot be read.
    """
    if not path.exists():
        return {}
    with Holds(path) as holds:
        return holds.standing()


def hold(path: Path, calls: Sequence[CallId], by: str, why: str) -> None:
    """Put calls on hold, all of them or none. Raises `HoldError` for one that is so already.

    Raises `NotFound` for one that is not there, and `StorageError`.
    """
    _write(path, calls, _HELD, by, why)


def release(path: Path, calls: Sequence[CallId], by: str, why: str) -> None:
    """End the holds of calls, all of them or none; raises as `hold`, for one that is not so."""
    _write(path, calls, _RELEASED, by, why)


def refuse_held(db: sqlite3.Connection, calls: Iterable[str]) -> None:
    """Raise `HoldError` where one of the calls is on hold: in the transaction that erases it."""
    for call in calls:
        if (held := _standing(db, call)) is not None:
            raise must_stay(held)


def must_stay(held: Hold) -> HoldError:
    """Return what a user is told who wants a call to go that is on hold."""
    return HoldError(
        "the call {call} has been on hold since {day}: {why}",
        "when that is over: callcoach journal release {call} --why …",
        call=short(held.call),
        day=held.day,
        why=held.why,
    )


def _write(path: Path, calls: Sequence[CallId], kind: str, by: str, why: str) -> None:
    wall, body = wall_now(), msgspec.json.encode(_Told(by, why))
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                for call in calls:
                    _check_change(db, call, kind)
                    seq, head = db.execute("SELECT events, head FROM hold_head").fetchone()
                    event = StoredEvent(seq, kind, _VERSION, 0.0, wall, body)
                    hash = link(head, call, event)
                    db.execute(_ADD, (seq, call, kind, _VERSION, wall, body, hash))
                    db.execute("UPDATE hold_head SET events = ?, head = ?", (seq + 1, hash))
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def _check_change(db: sqlite3.Connection, call: CallId, kind: str) -> None:
    """Raise a `StorageError` where a call cannot be put on hold, or released."""
    refuse_erased(db, call)
    if not db.execute(_IS_THERE, (call,)).fetchone():
        raise NotFound("there is no call “{wanted}”", "callcoach calls lists them", wanted=call)
    held = _standing(db, call)
    if kind == _RELEASED and held is None:
        raise HoldError(
            "the call {call} is not on hold",
            "callcoach journal holds lists those",
            call=short(call),
        )
    if kind == _HELD and held is not None:
        raise HoldError(
            "the call {call} has been on hold since {day}: {why}",
            "to add a reason, release it and hold it again with both",
            call=short(call),
            day=held.day,
            why=held.why,
        )


def _standing(db: sqlite3.Connection, call: str) -> Hold | None:
    row = db.execute(_LAST, (call,)).fetchone()
    found = _hold(call, *row) if row else None
    return None if found is None or found.is_release else found


def _hold(call: str, kind: str, wall: str, body: bytes) -> Hold:
    """Return a record; one that cannot be read holds a call all the same."""
    try:
        told = msgspec.json.decode(body, type=_Told)
    except msgspec.DecodeError:
        told = _Told()
    return Hold(CallId(call), kind == _RELEASED, wall, told.by, told.why)
