"""Reads the journal: calls, their events and scripts; verifies the chain; makes backups."""

import errno
import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate
from callcoach.archive.erased import ErasedCalls, no_more
from callcoach.archive.folder import not_written
from callcoach.archive.ids import CallId, naming, short
from callcoach.archive.imports import OwnName
from callcoach.archive.reading import Reader
from callcoach.archive.reviews import Reviews
from callcoach.archive.sources import unpack_sources
from callcoach.archive.summary import CallSummary
from callcoach.archive.verify import LOST_ROW, NO_CALL, Problem, Verdict, check_call
from callcoach.call.events import Event, decode
from callcoach.errors import JournalDamaged, NotFound, StorageError, Told, suggest
from callcoach.script.model import OutcomeId, PackId
from callcoach.script.pack_files import PackFiles

_COLUMNS = (
    "id, script, digest, language, mode, agent, started, day, last_at, ended_at, outcome, code,"
    " events"
)
_ORPHANS = "SELECT DISTINCT call FROM event WHERE call NOT IN (SELECT id FROM call)"
_CALLS = f"SELECT {_COLUMNS} FROM call"  # noqa: S608 - constants
_CALLED = (
    f"{_CALLS} WHERE id IN (SELECT call FROM own_name WHERE name = ? OR file = ?)"  # noqa: S608 - constants
    " AND id NOT IN (SELECT call FROM set_aside) LIMIT 3"
)
_NEAR = 5
"""As many calls are named where a call is not found."""
_EVENTS = "SELECT seq, kind, version, at, wall, body, hash FROM event WHERE call = ?"


_SUMMARY = (str,) * 8 + (float, float | None, str | None, str, int)
_STORED = (int, str, int, float, str, bytes, bytes)


def _summary(row: Sequence[Any]) -> CallSummary:
    _check_types(row, _SUMMARY)
    id, script, digest, language, mode, agent, started, day, last, ended, outcome, code, n = row
    return CallSummary(
        id=CallId(id),
        script=PackId(script),
        digest=digest,
        language=language,
        mode=mode,
        agent=agent,
        started=started,
        day=day,
        last_at=last,
        ended_at=ended,
        outcome=OutcomeId(outcome) if outcome else None,
        code=code,
        events=n,
    )


def _check_types(row: Sequence[Any], types: Sequence[Any]) -> None:
    """Raise `JournalDamaged` for values that callcoach never writes: a disk can change a type."""
    if not all(map(isinstance, row, types)):
        raise JournalDamaged(
            "a row of the journal cannot be read", "callcoach journal verify says what is damaged"
        )


class Journal(Reader):
    """The calls in a journal, their events and scripts."""

    def calls(self, limit: int = -1) -> tuple[CallSummary, ...]:
        """Return the calls, newest first; a negative `limit` means all.

        Of two that differ in who is who only the one that counts is among them.
        """
        counting = "WHERE id NOT IN (SELECT call FROM set_aside)" if self._has_swaps else ""
        rows = self._rows(f"{_CALLS} {counting} ORDER BY started DESC, id DESC LIMIT ?", limit)
        return tuple(map(_summary, rows))

    def set_aside(self) -> Mapping[str, CallId]:
        """Return the calls that do not count, each with the one that counts in its place."""
        if not self._has_swaps:
            return {}
        rows = self._rows("SELECT call, counts FROM set_aside")
        return {str(call): CallId(counts) for call, counts in rows}

    def counting(self, calls: Iterable[str]) -> tuple[str, ...]:
        """Return calls by their ids; in the place of one that is set aside the one that counts."""
        aside = self.set_aside()
        return tuple(dict.fromkeys(aside.get(call, call) for call in calls))

    def own_names(self) -> Mapping[str, OwnName]:
        """Return what calls are called where they come from."""
        if not self._has_swaps:
            return {}
        rows = self._rows("SELECT call, name, file FROM own_name")
        return {str(call): OwnName(name, file) for call, name, file in rows}

    @property
    def _has_swaps(self) -> bool:
        """Tell whether this is no journal of before it was kept what is set aside."""
        return self._has_table("set_aside")

    def unfinished(self) -> tuple[CallSummary, ...]:
        """Return the calls that have not ended, newest first."""
        rows = self._rows(f"{_CALLS} WHERE ended_at IS NULL ORDER BY started DESC, id DESC")
        return tuple(map(_summary, rows))

    def find(self, wanted: str) -> CallSummary:
        """Return the call that `wanted` names: `last`, or an id, whole or in part.

        A part is its end or its beginning, or the beginning of its short form. A call is also
        found by what it is called where it comes from.

        Raises `NotFound` where there is none, or more than one, and where it was erased.
        """
        if wanted == "last":
            found = self._rows(f"{_CALLS} ORDER BY started DESC, id DESC LIMIT 1")
        else:
            named, values = naming(wanted)
            found = self._rows(f"{_CALLS} WHERE {named} LIMIT 3", *values)
        if not found and self._has_swaps:
            name = wanted.encode("utf-8", "replace").decode()
            found = self._rows(_CALLED, name, name)
        if not found:
            self._refuse_erased(wanted)
            latest = [short(call.id) for call in self.calls(_NEAR)]
            advice = suggest(wanted, latest) if latest else Told("callcoach calls lists them")
            raise NotFound("there is no call “{wanted}”", advice, wanted=wanted)
        if len(found) > 1:
            raise NotFound(
                "“{wanted}” names more than one call", "write more of the id", wanted=wanted
            )
        return _summary(found[0])

    def _refuse_erased(self, wanted: str) -> None:
        """Raise `NotFound` where `wanted` names a call that was erased."""
        named, values = naming(wanted)
        if self._has_table("erased"):
            found = self._rows(f"SELECT id, wall FROM erased WHERE {named} LIMIT 2", *values)  # noqa: S608 - constants
            if len(found) == 1:
                raise no_more(*found[0])

    def twins(self) -> Mapping[CallId, tuple[CallId, ...]]:
        """Return the calls of which there are others with the roles the other way round: these."""
        found: dict[CallId, tuple[CallId, ...]] = {}
        for call, counts in self.set_aside().items():
            for one, other in ((CallId(call), counts), (counts, CallId(call))):
                found[one] = (*found.get(one, ()), other)
        return found

    def chosen(self, agent: str, before: str) -> tuple[CallSummary, ...]:
        """Return the calls of an agent from before a day, oldest first, those set aside as well.

        What is empty asks for nothing. The day is ISO 8601.
        """
        sql = f"{_CALLS} WHERE (? IN ('', agent)) AND (? = '' OR day < ?) ORDER BY started, id"
        return tuple(map(_summary, self._rows(sql, agent, before, before)))

    def stored(self, id: CallId, kinds: Collection[str] = ()) -> tuple[StoredEvent, ...]:
        """Return the events of a call as they are stored; only those of some kinds, if named."""
        some = f"AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows = self._rows(f"{_EVENTS} {some} ORDER BY seq", id, *kinds)
        for row in rows:
            _check_types(row, _STORED)
        return tuple(StoredEvent(*row) for row in rows)

    def events(self, id: CallId, kinds: Collection[str] = ()) -> tuple[Event, ...]:
        """Return the events of a call; only those of some kinds, if named.

        Raises `JournalDamaged` for one that cannot be read.
        """
        return decode_events(id, self.stored(id, kinds))

    def sources(self, digest: str) -> tuple[PackFiles, ...]:
        """Return the files of the script with this digest, as they were when it was used."""
        rows = self._rows("SELECT sources FROM script WHERE digest = ?", digest)
        if not rows:
            return ()
        _check_types(rows[0], (bytes,))
        try:
            return unpack_sources(rows[0][0])
        except ValueError as error:
            raise JournalDamaged(
                "the script of a call cannot be read",
                "callcoach journal verify says what is damaged",
            ) from error

    def verify(self) -> Verdict:
        """Return whether every event is what was written, and what was erased is gone."""
        problems: list[Problem] = []
        calls = events = erased = rest = 0
        try:
            text = self._rows("PRAGMA integrity_check(3)")
            problems += [Problem(NO_CALL, None, str(row[0])) for row in text if row[0] != "ok"]
            orphans = self._rows(_ORPHANS)
            problems += [Problem(CallId(id), None, LOST_ROW) for (id,) in orphans]
            rows = self._rows(f"SELECT {_COLUMNS}, head FROM call ORDER BY id")  # noqa: S608 - constants
        except StorageError as error:
            return Verdict(0, 0, (*problems, Problem(NO_CALL, None, error.message)))
        try:
            with Reviews(self.path) as reviews:
                problems += reviews.check()
            with ErasedCalls(self.path) as gone:
                problems += gone.check()
                erased, rest = len(gone.all()), len(gone.rest())
        except StorageError as error:
            problems.append(Problem(NO_CALL, None, error.message))
        complete: set[str] = set()
        """The scripts whose files are there and can be unpacked: many calls share one."""
        for *row, head in rows:
            calls += 1
            try:
                summary = _summary(row)
                stored = self.stored(summary.id)
                events += len(stored)
                problems += check_call(summary, stored, head)
                if summary.digest in complete:
                    continue
                if self.sources(summary.digest) or self._has_script(summary.digest):
                    complete.add(summary.digest)
                else:
                    problems.append(Problem(summary.id, None, Told("its script is missing")))
            except StorageError as error:
                problems.append(Problem(CallId(str(row[0])), None, error.message))
        return Verdict(calls, events, tuple(problems), erased, rest)

    def _has_script(self, digest: str) -> bool:
        return bool(self._rows("SELECT 1 FROM script WHERE digest = ?", digest))

    def backup(self, to: Path) -> Verdict:
        """Copy the journal to a new file while it may be in use, and verify the copy.

        Raises `StorageError` where the file exists or cannot be written; nothing is left then.
        """
        if to.exists():
            raise StorageError("{to} exists already", "name a new file", to=to)
        if not to.parent.is_dir():  # as an export has it: no folder is made for a name
            raise not_written(to, os.strerror(errno.ENOENT))
        try:
            with closing(open_database(to, write=True)) as copy:
                self._db.backup(copy)
            with Journal(to) as made:
                return made.verify()
        except (*SQLITE_ERRORS, StorageError) as error:
            for name in (to.name, f"{to.name}-wal", f"{to.name}-shm"):
                to.with_name(name).unlink(missing_ok=True)
            found = error if isinstance(error, StorageError) else translate(error, to)
            if isinstance(found, JournalDamaged):  # a new file is as sound as what was copied
                found = translate(sqlite3.DatabaseError("malformed"), self.path)
            raise found from error


def decode_events(call: CallId, stored: Iterable[StoredEvent]) -> tuple[Event, ...]:
    """Return the events of a call. Raises `JournalDamaged` for one that cannot be read."""
    found: list[Event] = []
    for event in stored:
        try:
            found.append(decode(event.kind, event.version, event.body))
        except msgspec.DecodeError as error:
            raise JournalDamaged(
                "event {seq} of the call {id} cannot be read",
                "callcoach journal verify says what is damaged",
                seq=event.seq,
                id=call,
            ) from error
    return tuple(found)
