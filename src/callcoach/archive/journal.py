"""Reads the journal: calls, their events and scripts; verifies the chain; makes backups."""

import errno
import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, create, open_database, translate
from callcoach.archive.erased import ErasedCalls, no_more
from callcoach.archive.folder import not_written
from callcoach.archive.holds import Holds
from callcoach.archive.ids import CallId, naming, short
from callcoach.archive.imports import OwnName
from callcoach.archive.reading import Reader
from callcoach.archive.reviews import Reviews
from callcoach.archive.rows import check_types, decode_events, stored_of, summary_of
from callcoach.archive.sources import unpack_sources
from callcoach.archive.summary import CallSummary, unknown
from callcoach.archive.verify import (
    LOST_ROW,
    NO_CALL,
    Problem,
    Verdict,
    check_call,
    summarise,
)
from callcoach.call.events import Event
from callcoach.errors import JournalDamaged, NotFound, StorageError, Told, suggest
from callcoach.script.pack_files import PackFiles

_COLUMNS = (
    "id, script, digest, language, mode, agent, started, day, last_at, ended_at, outcome, code,"
    " events"
)
_ORPHANS = (
    "WITH RECURSIVE it (id) AS (SELECT min(call) FROM event UNION ALL"
    " SELECT (SELECT min(call) FROM event WHERE call > it.id) FROM it WHERE it.id IS NOT NULL)"
    " SELECT id FROM it WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM call)"
)
"""Calls by their events that the list of calls has not: from one to the next by the index, five
times as fast as DISTINCT."""
_CALLS = f"SELECT {_COLUMNS} FROM call"  # noqa: S608 - constants
_CALLED = (
    f"{_CALLS} WHERE id IN (SELECT call FROM own_name WHERE name = ? OR file = ?)"  # noqa: S608 - constants
    " AND id NOT IN (SELECT call FROM set_aside) LIMIT 3"
)
_NEAR = 5
"""As many calls are named where a call is not found."""
_EVENTS = "SELECT seq, kind, version, at, wall, body, hash FROM event WHERE call = ?"


def _more_than_one(wanted: str) -> NotFound:
    return NotFound("“{wanted}” names more than one call", "write more of the id", wanted=wanted)


class Journal(Reader):
    """The calls in a journal, their events and scripts."""

    def calls(self, limit: int = -1) -> tuple[CallSummary, ...]:
        """Return the calls, newest first; a negative `limit` means all.

        Of two that differ in who is who only the one that counts is among them.
        """
        counting = "WHERE id NOT IN (SELECT call FROM set_aside)" if self._has_swaps else ""
        rows = self._rows(f"{_CALLS} {counting} ORDER BY started DESC, id DESC LIMIT ?", limit)
        return tuple(map(summary_of, rows))

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
        return tuple(map(summary_of, rows))

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
            raise _more_than_one(wanted)
        return summary_of(found[0])

    def find_kept(self, wanted: str) -> CallSummary:
        """Return the call that `wanted` names, as `find`, also one that the list of calls lost.

        It is looked for among the events of all calls: for whoever decides what is kept.
        """
        named, values = naming(wanted)
        lost = self._rows(f"SELECT id FROM ({_ORPHANS}) WHERE {named} LIMIT 2", *values)  # noqa: S608 - constants
        try:
            found = self.find(wanted)
        except NotFound:
            if len(lost) != 1:
                raise
            return self._lost(lost[0][0])
        if lost:
            raise _more_than_one(wanted)
        return found

    def _lost(self, id: str) -> CallSummary:
        """Return of a call that is not in the list what its events say, and if only its id."""
        stored = self.stored(CallId(id))
        told = summarise(CallId(id), stored)
        return told if isinstance(told, CallSummary) else unknown(CallId(id), len(stored))

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
        """Return the calls of an agent from before a day, those set aside and lost ones as well.

        What is empty asks for nothing. The day is ISO 8601. A call is lost if the list of calls
        has it no more.
        """
        sql = f"{_CALLS} WHERE (? IN ('', agent)) AND (? = '' OR day < ?) ORDER BY started, id"
        listed = tuple(map(summary_of, self._rows(sql, agent, before, before)))
        lost = (self._lost(id) for (id,) in self._rows(_ORPHANS))
        meant = (
            it for it in lost if agent in ("", it.agent) and (not before or "" < it.day < before)
        )
        return (*listed, *meant)

    def stored(self, id: CallId, kinds: Collection[str] = ()) -> tuple[StoredEvent, ...]:
        """Return the events of a call as they are stored; only those of some kinds, if named."""
        some = f"AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        rows = self._rows(f"{_EVENTS} {some} ORDER BY seq", id, *kinds)
        return tuple(map(stored_of, rows))

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
        check_types(rows[0], (bytes,))
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
        calls = events = erased = rest = held = 0
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
            with Holds(self.path) as holds:
                problems += holds.check()
                held = len(holds.standing())
        except StorageError as error:
            problems.append(Problem(NO_CALL, None, error.message))
        complete: set[str] = set()
        """The scripts whose files are there and can be unpacked: many calls share one."""
        for *row, head in rows:
            calls += 1
            try:
                summary = summary_of(row)
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
        return Verdict(calls, events, tuple(problems), erased, rest, held)

    def _has_script(self, digest: str) -> bool:
        return bool(self._rows("SELECT 1 FROM script WHERE digest = ?", digest))

    def backup(self, to: Path) -> Verdict:
        """Copy the journal to a new file while it may be in use, and verify the copy.

        Raises `StorageError` where the file exists or cannot be written; nothing is left then.
        """
        if not to.parent.is_dir():  # as an export has it: no folder is made for a name
            raise not_written(to, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
        try:
            create(to)
        except FileExistsError as error:
            raise StorageError("{to} exists already", "name a new file", to=to) from error
        except OSError as error:
            raise not_written(to, error) from error
        try:
            with closing(open_database(to, write=True)) as copy:
                self._db.backup(copy)
                with Journal(to) as made:  # the writer, closed last, leaves one file
                    return made.verify()
        except BaseException as error:
            for name in (to.name, f"{to.name}-wal", f"{to.name}-shm"):
                with suppress(OSError):
                    to.with_name(name).unlink(missing_ok=True)
            if isinstance(error, SQLITE_ERRORS):
                raise self._not_copied(translate(error, to)) from error
            if isinstance(error, StorageError):
                raise self._not_copied(error) from error
            raise

    def _not_copied(self, found: StorageError) -> StorageError:
        """Return why there is no copy; a new file is as sound as what was copied."""
        if isinstance(found, JournalDamaged):
            return translate(sqlite3.DatabaseError("malformed"), self.path)
        return found
