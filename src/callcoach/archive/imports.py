"""Puts calls that were made elsewhere into the journal, each content once."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate, wall_now
from callcoach.archive.ids import CallId
from callcoach.archive.insert import insert_events
from callcoach.archive.transaction import transaction
from callcoach.call.events import Event, encode, kind_of, version_of
from callcoach.script.load import PackFiles


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
    path: Path, call: CallId, events: Sequence[Event], sources: Sequence[PackFiles], digest: str
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
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
    return call if found is None else CallId(found[0])
