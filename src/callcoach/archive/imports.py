"""Puts calls that were made elsewhere into the journal, each content once."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate, wall_now
from callcoach.archive.ids import CallId
from callcoach.archive.insert import insert_events
from callcoach.archive.swaps import swap_digest
from callcoach.archive.transaction import transaction
from callcoach.call.events import Event, encode, kind_of, version_of
from callcoach.script.pack_files import PackFiles

_ADD_NAME = "INSERT OR IGNORE INTO own_name (call, name, file) VALUES (?, ?, ?)"
_ADD_NAME_OF = (
    "INSERT OR IGNORE INTO own_name (call, name, file) SELECT call, ?, ? FROM imported"
    " WHERE digest = ?"
)


@dataclass(frozen=True, slots=True)
class OwnName:
    """What a call is called where it comes from."""

    name: str
    """The id that its transcript tells; else the file's name without its ending."""
    file: str
    """The file's name without its folder; empty for none."""


def imported(path: Path) -> Mapping[str, CallId]:
    """Return the calls that were made elsewhere, by the digest of their content."""
    if not path.exists():
        return {}
    with closing(open_database(path, write=True)) as db:
        try:
            rows = db.execute("SELECT digest, call FROM imported").fetchall()
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
    return {str(digest): CallId(call) for digest, call in rows}


def import_call(
    path: Path,
    call: CallId,
    events: Sequence[Event],
    sources: Sequence[PackFiles],
    digest: str,
    own: OwnName | None = None,
) -> CallId:
    """Put a call into the journal durably, unless its content is there; return the call's id.

    `digest` names the content. Raises `StorageError`, nothing having changed.
    """
    wall = wall_now()
    stored = [
        StoredEvent(event.seq, kind_of(event), version_of(event), event.at, wall, encode(event))
        for event in events
    ]
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                sql = "SELECT call FROM imported WHERE digest = ?"
                found = db.execute(sql, (digest,)).fetchone()
                if found is None:
                    insert_events(db, call, stored, sources)
                    db.execute("INSERT INTO imported (digest, call) VALUES (?, ?)", (digest, call))
                    if own is not None:
                        db.execute(_ADD_NAME, (call, own.name, own.file))
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
    return call if found is None else CallId(found[0])


def name_call(path: Path, call: CallId, own: OwnName) -> None:
    """Write down what a call is called where it comes from, unless that is known.

    The same call with the roles the other way round is called so as well.
    """
    with closing(open_database(path, write=True)) as db:
        try:
            db.execute(_ADD_NAME, (call, own.name, own.file))
            db.execute(_ADD_NAME_OF, (own.name, own.file, swap_digest(call)))
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def set_aside(path: Path, call: str, counts: str) -> None:
    """Let one of two calls that differ in who is who count in the place of the other.

    Raises `StorageError`, nothing having changed.
    """
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                db.execute("DELETE FROM set_aside WHERE call IN (?, ?)", (call, counts))
                db.execute("INSERT INTO set_aside (call, counts) VALUES (?, ?)", (call, counts))
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
