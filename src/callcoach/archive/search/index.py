"""Keeps the index of all calls in step with their events; it can be made again at any time.

Triggers of the journal write down which calls have changed, `catch_up` looks at those. A row of
the index of words is its call's number and its event's place in it, counted down: from the last
row on, they are the newest calls first, and each from its beginning.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from callcoach.archive.database import HAS_TABLE, SQLITE_ERRORS, open_database, translate
from callcoach.archive.search.facts import Facts, facts
from callcoach.archive.search.terms import LAST, SEQ_BITS, TOKENIZER, terms
from callcoach.archive.transaction import transaction
from callcoach.call.events import Event, Heard, decode
from callcoach.call.summary import FlagStory
from callcoach.script.model import Speaker

VERSION = "3"
"""Of what the index holds; another one makes it anew."""
BATCH = 20
"""So many calls are written at a time: whoever writes a live call waits no longer for it."""
_SIDES = {Speaker.AGENT: 0, Speaker.CUSTOMER: 1, Speaker.OTHER: 2}
_MAKE = (
    "CREATE VIRTUAL TABLE search_said USING fts5(agent, customer, other, content='',"
    f" columnsize=0, prefix='1', tokenize=\"{TOKENIZER}\")"
)
_EMPTY = ("search_call", "search_cue", "search_flag", "search_name", "search_version")
_WAITING = (
    "SELECT w.call, c.events, c.started, s.number, s.events FROM search_waiting w"
    " LEFT JOIN call c ON c.id = w.call LEFT JOIN search_call s ON s.call = w.call"
    " WHERE w.call < ? ORDER BY w.call DESC LIMIT ?"
)
_AFTER_ALL = "~"
"""No id of a call comes after it."""
_EVENTS = "SELECT kind, version, body FROM event WHERE call = ? ORDER BY seq"
_FREE = (
    "SELECT number + 1 FROM search_call a WHERE number >= ?"
    " AND NOT EXISTS (SELECT 1 FROM search_call b WHERE b.number = a.number + 1)"
    " ORDER BY number LIMIT 1"
)
_ADD_WORDS = "INSERT INTO search_said (rowid, agent, customer, other) VALUES (?, ?, ?, ?)"
_DROP_WORDS = (
    "INSERT INTO search_said (search_said, rowid, agent, customer, other)"
    " VALUES ('delete', ?, ?, ?, ?)"
)
_DROP_AGENTS = (
    "DELETE FROM search_name WHERE kind = 'agent' AND name NOT IN (SELECT agent FROM search_call)"
)
_ADD_CALL = f"INSERT OR REPLACE INTO search_call VALUES ({', '.join('?' * 16)})"  # noqa: S608 - marks


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A call that has changed since it was looked at."""

    call: str
    events: int | None
    """How many it has; None where it was deleted."""
    started: str
    number: int | None
    """None where it is new."""
    known: int
    """How many of its events are in the index."""


Wrong = Callable[[str, Sequence[FlagStory]], Collection[int]]
"""Given a call that was reviewed, and its flags: the numbers of those that reviewers call wrong."""


def nothing_wrong(_call: str, _flags: Sequence[FlagStory]) -> Collection[int]:
    """Return that no flag is wrong: `Wrong` where nobody reads reviews."""
    return ()


Row = tuple[int, str, str, str]
"""A row of the index of words: one side's terms, and nothing for the other two."""


def catch_up(
    path: Path,
    tell: Callable[[int, int], None] | None = None,
    is_over: Callable[[], bool] = lambda: False,
    wrong: Wrong = nothing_wrong,
) -> int:
    """Bring the index of the journal at `path` up to date; return how many calls were looked at.

    `tell` hears how many are done, and of how many; `wrong` tells which flags are none. Where
    `is_over` says so it stops after the calls in hand; the next time goes on from there. Raises
    `StorageError`.
    """
    with closing(open_database(path, write=True)) as db:
        try:
            return _catch_up(db, tell, is_over, wrong)
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def rebuild(path: Path) -> None:
    """Forget the index of the journal at `path`, so that `catch_up` makes it anew."""
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                _reset(db)
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def waiting(db: sqlite3.Connection) -> int:
    """Return how many calls have changed since they were looked at; all where there is no index."""
    if not has_index(db):
        return int(db.execute("SELECT count(*) FROM call").fetchone()[0])
    return int(db.execute("SELECT count(*) FROM search_waiting").fetchone()[0])


def has_index(db: sqlite3.Connection) -> bool:
    """Tell whether there is an index of this version, however much of it."""
    names = "SELECT count(*) FROM sqlite_master WHERE name IN ('search_version', 'search_said')"
    if db.execute(names).fetchone()[0] != 2:
        return False
    found = db.execute("SELECT version FROM search_version").fetchone()
    return found is not None and found[0] == VERSION


def forget(db: sqlite3.Connection, calls: Sequence[str]) -> None:
    """Remove calls from the index while their events are there, in the caller's transaction.

    `pack` has to follow, for nothing of their words to be left in the file.
    """
    if not has_index(db):
        empty(db)
        return
    for call in calls:
        row = db.execute("SELECT number, events FROM search_call WHERE call = ?", (call,))
        if (found := row.fetchone()) is None:
            continue
        number, known = found
        events = _events(db, call)[:known]
        db.executemany(_DROP_WORDS, _rows(number, events, 0))
        _drop_facts(db, number)
        db.execute("DELETE FROM search_call WHERE number = ?", (number,))
    db.execute(_DROP_AGENTS)


def empty(db: sqlite3.Connection) -> None:
    """Empty the index, in the caller's transaction: `catch_up` makes it anew."""
    if db.execute(HAS_TABLE, ("search_version",)).fetchone():
        _reset(db)


def pack(db: sqlite3.Connection) -> None:
    """Write the index of words anew, without those that were removed from it."""
    if has_index(db):
        db.execute("INSERT INTO search_said (search_said) VALUES ('optimize')")


def _catch_up(
    db: sqlite3.Connection,
    tell: Callable[[int, int], None] | None,
    is_over: Callable[[], bool],
    wrong: Wrong,
) -> int:
    if not has_index(db):
        with transaction(db):
            if not has_index(db):
                _reset(db)
    total = waiting(db)
    done, last = 0, _AFTER_ALL
    while not is_over():
        batch = [
            _Waiting(call, events, started or "", number, known or 0)
            for call, events, started, number, known in db.execute(_WAITING, (last, BATCH))
        ]
        if not batch:
            break
        last = batch[-1].call
        read = [(call, _events(db, call.call)) for call in batch if call.events is not None]
        made = [
            (call, events, facts([e for e in events if e is not None])) for call, events in read
        ]
        with transaction(db):
            rows: list[Row] = []
            for call, events, told in made:
                rows += _put(db, call, events, told, wrong)
            db.executemany(_ADD_WORDS, sorted(rows))  # FTS5 starts anew where rows go back
            for call in batch:
                if call.events is None and call.number is None:
                    db.execute("DELETE FROM search_waiting WHERE call = ?", (call.call,))
                elif call.events is None:
                    _reset(db)  # its words are in the index, and nobody knows which they were
                    last = _AFTER_ALL
                    break
        done += len(batch)
        if tell is not None:
            tell(min(done, total), total)
    return done


def _put(
    db: sqlite3.Connection,
    call: _Waiting,
    events: Sequence[Event | None],
    told: Facts,
    wrong: Wrong,
) -> Iterator[Row]:
    """Write a call into the index, unless it or the index has gone on; yield its new rows."""
    now = db.execute("SELECT events FROM call WHERE id = ?", (call.call,)).fetchone()
    here = db.execute("SELECT number, events FROM search_call WHERE call = ?", (call.call,))
    if now != (len(events),) or (here.fetchone() or (None, 0)) != (call.number, call.known):
        return
    number = call.number if call.number is not None else _number(db, call.started)
    yield from _rows(number, events, call.known)
    _drop_facts(db, number)
    _put_facts(db, number, call, events, told, _wrong(db, call.call, told, wrong))
    db.execute("DELETE FROM search_waiting WHERE call = ?", (call.call,))


def _wrong(db: sqlite3.Connection, call: str, told: Facts, wrong: Wrong) -> Collection[int]:
    """Return the flags of a call that are none; in the transaction, so that no review is missed."""
    is_reviewed = db.execute("SELECT 1 FROM review WHERE call = ? LIMIT 1", (call,)).fetchone()
    return wrong(call, told.flags) if is_reviewed and told.flags else ()


def _put_facts(
    db: sqlite3.Connection,
    number: int,
    call: _Waiting,
    events: Sequence[Event | None],
    told: Facts,
    wrong: Collection[int],
) -> None:
    missed = told.missed(wrong)
    sql = "SELECT script, language, mode, agent, day, outcome FROM call WHERE id = ?"
    row = db.execute(sql, (call.call,)).fetchone()
    script, language, mode, agent, day, outcome = ("" if it is None else str(it) for it in row)
    metrics = told.metrics
    silence, overtalk = (
        (metrics.longest_non_talk, metrics.overtalk) if metrics.is_timed else (None, None)
    )
    sides = [0, 0, 0]
    for event in events:
        if isinstance(event, Heard):
            sides[_SIDES[event.speaker]] += 1
    db.execute(
        _ADD_CALL,
        (
            *(number, call.call, len(events), script, language, mode, agent, day, outcome),
            *(metrics.duration, metrics.talk_ratio, silence, overtalk, *sides),
        ),
    )
    db.executemany(
        "INSERT INTO search_cue VALUES (?, ?, ?, ?)",
        [(cue, number, cue in told.met, cue in missed) for cue in told.met | missed],
    )
    for story in told.flags:
        flag, is_repaired = story.raised, story.cleared is not None
        db.execute(
            "INSERT INTO search_flag VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(flag.cue, number, flag.flag, flag.what, flag.severity, is_repaired),
                flag.flag in wrong,
            ),
        )
    names = [("script", script), ("agent", agent), ("outcome", outcome)]
    names += [("cue", cue) for cue in told.met]
    names += [("cue", story.raised.cue) for story in told.flags]
    db.executemany("INSERT OR IGNORE INTO search_name VALUES (?, ?)", [it for it in names if it[1]])


def _drop_facts(db: sqlite3.Connection, number: int) -> None:
    db.execute("DELETE FROM search_cue WHERE number = ?", (number,))
    db.execute("DELETE FROM search_flag WHERE number = ?", (number,))


def _events(db: sqlite3.Connection, call: str) -> list[Event | None]:
    """Return the events of a call; None in the place of one that cannot be read."""
    return [_event(*row) for row in db.execute(_EVENTS, (call,))]


def _event(kind: str, version: int, body: bytes) -> Event | None:
    try:
        return decode(kind, version, body)
    except (msgspec.DecodeError, TypeError):
        return None


def _rows(number: int, events: Sequence[Event | None], known: int) -> Iterator[Row]:
    """Yield the rows of the index for the utterances of a call from event `known` on."""
    for seq in range(known, min(len(events), LAST + 1)):
        event = events[seq]
        if isinstance(event, Heard) and (text := terms(event.text)):
            row = number << SEQ_BITS | LAST - seq
            match event.speaker:
                case Speaker.AGENT:
                    yield row, text, "", ""
                case Speaker.CUSTOMER:
                    yield row, "", text, ""
                case _:
                    yield row, "", "", text


def _number(db: sqlite3.Connection, started: str) -> int:
    """Return a free number for a call: the milliseconds since 1970 at which it began, or more."""
    try:
        number = max(int(datetime.fromisoformat(started).timestamp() * 1000), 0)
    except (ValueError, OverflowError):
        number = 0
    is_taken = db.execute("SELECT 1 FROM search_call WHERE number = ?", (number,)).fetchone()
    return int(db.execute(_FREE, (number,)).fetchone()[0]) if is_taken else number


def _reset(db: sqlite3.Connection) -> None:
    """Empty the index, and let every call wait for its place in it."""
    db.execute("DROP TABLE IF EXISTS search_said")
    db.execute(_MAKE)
    for table in _EMPTY:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
    db.execute("DELETE FROM search_waiting")
    db.execute("INSERT INTO search_waiting SELECT id FROM call")
    db.execute("INSERT INTO search_version VALUES (?)", (VERSION,))
