"""Reads the journal: calls, their events and scripts; verifies the chain; makes backups."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import msgspec

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.database import open_database, translate
from callcoach.archive.ids import CallId
from callcoach.archive.sources import unpack_sources
from callcoach.call.events import Event, decode
from callcoach.errors import JournalDamaged, StorageError
from callcoach.script.load import PackFiles
from callcoach.script.model import OutcomeId, PackId
from callcoach.script.wording import Language


@dataclass(frozen=True, slots=True)
class CallSummary:
    """What the list of calls says about one."""

    id: CallId
    script: PackId
    digest: str
    language: Language
    mode: str
    agent: str
    started: str
    """The instant, in UTC, ISO 8601."""
    day: str
    """The day where the agent was, ISO 8601."""
    last_at: float
    """Seconds from the beginning to the last event."""
    ended_at: float | None
    """None for a call that has not ended."""
    outcome: OutcomeId | None
    code: str
    events: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the journal."""

    call: CallId
    seq: int | None
    """The event; None for the call as a whole."""
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a journal came to."""

    calls: int
    events: int
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Tell whether every event is as it was written."""
        return not self.problems


_COLUMNS = (
    "id, script, digest, language, mode, agent, started, day, last_at, ended_at, outcome, code,"
    " events"
)
_CALLS = f"SELECT {_COLUMNS} FROM call"  # noqa: S608 - constants
_EVENTS = "SELECT seq, kind, version, at, wall, body, hash FROM event WHERE call = ? ORDER BY seq"


def _summary(row: Sequence[Any]) -> CallSummary:
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


class Journal:
    """The journal at a path, for reading. Any number of readers may be open beside a writer."""

    def __init__(self, path: Path) -> None:
        """Open the journal; raises `StorageError` where there is none or it cannot be read."""
        self.path = path
        self._db = open_database(path, write=False)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise translate(error, self.path) from error

    def calls(self, limit: int = -1) -> tuple[CallSummary, ...]:
        """Return the calls, newest first; a negative `limit` means all."""
        rows = self._rows(f"{_CALLS} ORDER BY started DESC, id DESC LIMIT ?", limit)
        return tuple(map(_summary, rows))

    def unfinished(self) -> tuple[CallSummary, ...]:
        """Return the calls that have not ended, newest first."""
        rows = self._rows(f"{_CALLS} WHERE ended_at IS NULL ORDER BY started DESC, id DESC")
        return tuple(map(_summary, rows))

    def find(self, wanted: str) -> CallSummary:
        """Return the call that `wanted` names: `last`, a whole id, or the end or start of one.

        Raises `StorageError` where there is none, or more than one.
        """
        if wanted == "last":
            found = self._rows(f"{_CALLS} ORDER BY started DESC, id DESC LIMIT 1")
        else:
            word = wanted.lower()
            plain = word.replace("%", "").replace("_", "")
            sql = f"{_CALLS} WHERE id LIKE ? OR id LIKE ? ORDER BY started DESC LIMIT 3"
            found = self._rows(sql, f"{plain}%", f"%{plain}") if plain == word and word else []
        if not found:
            raise StorageError(f"there is no call “{wanted}”", "callcoach calls lists them")
        if len(found) > 1:
            raise StorageError(f"“{wanted}” names more than one call", "write more of the id")
        return _summary(found[0])

    def stored(self, id: CallId) -> tuple[StoredEvent, ...]:
        """Return the events of a call as they are stored."""
        return tuple(
            StoredEvent(seq, kind, version, at, wall, bytes(body), bytes(digest))
            for seq, kind, version, at, wall, body, digest in self._rows(_EVENTS, id)
        )

    def events(self, id: CallId) -> tuple[Event, ...]:
        """Return the events of a call. Raises `JournalDamaged` for one that cannot be read."""
        found: list[Event] = []
        for event in self.stored(id):
            try:
                found.append(decode(event.kind, event.version, event.body))
            except msgspec.DecodeError as error:
                raise JournalDamaged(
                    f"event {event.seq} of the call {id} cannot be read",
                    "callcoach journal verify says what is damaged",
                ) from error
        return tuple(found)

    def sources(self, digest: str) -> tuple[PackFiles, ...]:
        """Return the files of the script with this digest, as they were when it was used."""
        rows = self._rows("SELECT sources FROM script WHERE digest = ?", digest)
        return unpack_sources(bytes(rows[0][0])) if rows else ()

    def verify(self) -> Verdict:
        """Return whether every event is what was written, call by call."""
        problems: list[Problem] = []
        try:
            text = self._rows("PRAGMA quick_check(3)")
        except StorageError as error:
            return Verdict(0, 0, (Problem(CallId(""), None, error.message),))
        problems += [Problem(CallId(""), None, str(row[0])) for row in text if row[0] != "ok"]
        calls = events = 0
        for id, count, head in self._rows("SELECT id, events, head FROM call ORDER BY id"):
            calls += 1
            try:
                stored = self.stored(id)
            except StorageError as error:
                problems.append(Problem(CallId(id), None, error.message))
                continue
            events += len(stored)
            problems += _check_chain(CallId(id), stored, count, bytes(head))
        return Verdict(calls, events, tuple(problems))

    def backup(self, to: Path) -> Verdict:
        """Copy the journal to a new file while it may be in use, and verify the copy.

        Raises `StorageError` where the file exists or cannot be written.
        """
        if to.exists():
            raise StorageError(f"{to} exists already", "name a new file")
        copy = open_database(to, write=True)
        try:
            self._db.backup(copy)
        except sqlite3.Error as error:
            raise translate(error, to) from error
        finally:
            copy.close()
        with Journal(to) as made:
            return made.verify()


def _check_chain(
    call: CallId, stored: Sequence[StoredEvent], count: int, head: bytes
) -> Iterator[Problem]:
    """Yield what is wrong with the chain of one call; after a break the rest is not trusted."""
    previous = GENESIS
    for place, event in enumerate(stored):
        if event.seq != place:
            yield Problem(call, place, "an event is missing")
            return
        if link(previous, call, event) != event.hash:
            yield Problem(call, event.seq, "the event was changed after it was written")
            return
        previous = event.hash
    if len(stored) != count or previous != head:
        yield Problem(call, None, f"{count} events were written and {len(stored)} are there")
