"""Inserts events of a call after those that the journal has, chained to them."""

import sqlite3
from collections.abc import Sequence

from callcoach.archive.chain import GENESIS, StoredEvent, link
from callcoach.archive.erased import refuse_erased
from callcoach.archive.ids import CallId
from callcoach.archive.sources import pack_sources
from callcoach.call.events import CallEnded, CallStarted, Undone, decode
from callcoach.errors import JournalDamaged
from callcoach.script.pack_files import PackFiles

_ADD_EVENT = (
    "INSERT INTO event (call, seq, kind, version, at, wall, body, hash)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_CALL = (
    "INSERT INTO call (id, script, digest, language, mode, agent, started, day, last_at, events,"
    " head) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)"
)


def insert_events(
    db: sqlite3.Connection,
    call: CallId,
    events: Sequence[StoredEvent],
    sources: Sequence[PackFiles],
) -> int:
    """Insert events within the caller's transaction; the call itself with its first event.

    Those that are there already are left alone; return how many were new. Raises
    `JournalDamaged` where they do not follow on what is there, and `NotFound` where the call was
    erased.
    """
    if not events:
        return 0
    row = db.execute("SELECT events, head FROM call WHERE id = ?", (call,)).fetchone()
    if row is None:
        refuse_erased(db, call)
        _add_call(db, call, events[0], sources)
        row = (0, GENESIS)
    known, head = int(row[0]), bytes(row[1])
    count = known
    for event in events:
        if event.seq < known:
            _check_same(db, call, event)
            continue
        if event.seq != count:
            raise JournalDamaged(
                "event {seq} of the call {call} does not follow {last}",
                "callcoach journal verify says what is there",
                seq=event.seq,
                call=call,
                last=count - 1,
            )
        head = link(head, call, event)
        count += 1
        db.execute(
            _ADD_EVENT,
            (
                call,
                event.seq,
                event.kind,
                event.version,
                event.at,
                event.wall,
                event.body,
                head,
            ),
        )
        _update_outcome(db, call, event)
    if count > known:
        db.execute(
            "UPDATE call SET events = ?, head = ?, last_at = ? WHERE id = ?",
            (count, head, events[-1].at, call),
        )
    return count - known


def _check_same(db: sqlite3.Connection, call: CallId, event: StoredEvent) -> None:
    """Raise `JournalDamaged` where the journal has another event in that place."""
    row = db.execute(
        "SELECT kind, version, body FROM event WHERE call = ? AND seq = ?", (call, event.seq)
    ).fetchone()
    if row != (event.kind, event.version, event.body):
        raise JournalDamaged(
            "the call {call} went on differently in the journal from event {seq} on",
            "keep the file; callcoach show tells what the journal has",
            call=call,
            seq=event.seq,
        )


def _add_call(
    db: sqlite3.Connection, call: CallId, first: StoredEvent, sources: Sequence[PackFiles]
) -> None:
    started = decode(first.kind, first.version, first.body)
    if not isinstance(started, CallStarted):
        raise JournalDamaged(
            "the call {call} does not begin with its start",
            "its first events are missing",
            call=call,
        )
    db.execute(
        _ADD_CALL,
        (
            call,
            started.script,
            started.digest,
            started.language,
            started.mode,
            started.agent,
            started.started,
            started.day,
            GENESIS,
        ),
    )
    db.execute(
        "INSERT OR IGNORE INTO script (digest, pack, version, sources) VALUES (?, ?, ?, ?)",
        (started.digest, started.script, started.script_version, pack_sources(sources)),
    )


def _update_outcome(db: sqlite3.Connection, call: CallId, event: StoredEvent) -> None:
    """Keep the list of calls right: an end, or an end that was taken back."""
    if event.kind not in ("call_ended", "undone"):
        return
    known = decode(event.kind, event.version, event.body)
    if isinstance(known, CallEnded):
        db.execute(
            "UPDATE call SET ended_at = ?, outcome = ?, code = ? WHERE id = ?",
            (known.at, known.outcome, known.code, call),
        )
    elif isinstance(known, Undone):
        db.execute(
            "UPDATE call SET ended_at = NULL, outcome = NULL, code = '' WHERE id = ? AND EXISTS"
            " (SELECT 1 FROM event WHERE call = ? AND seq = ? AND kind = 'call_ended')",
            (call, call, known.of),
        )
