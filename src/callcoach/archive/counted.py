"""Keeps what calls come to in figures, so that nobody need count them again at each visit.

Never the truth: the events are. Of a call that has gone on since nothing is kept, and all of it may
be deleted at any time. What the figures are is the business of who counts them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate
from callcoach.archive.ids import CallId
from callcoach.archive.reading import Reader
from callcoach.archive.transaction import transaction
from callcoach.errors import JournalDamaged

_KEPT = (
    "SELECT k.call, k.body FROM counted k JOIN call c ON c.id = k.call AND c.head = k.head"
    " WHERE k.version = ? AND c.day >= ?"
)
_RECORDS = (
    "SELECT call, CAST(group_concat(kind || CAST(body AS TEXT), '') AS BLOB) FROM event"
    " WHERE call IN (SELECT id FROM call WHERE day >= ?) GROUP BY call"
)
"""Each call's events in one piece, in their order as the table has it. Were it another one, the
call would only be counted again; to let SQLite sort them takes three times as long."""
_KEEP = "INSERT OR REPLACE INTO counted (call, head, version, body) VALUES (?, ?, ?, ?)"

Kept = tuple[CallId, bytes, bytes]
"""A call, the hash of its last event when it was counted, and its figures."""


class Counted(Reader):
    """What a journal keeps of its calls in figures. One of before there was any has none."""

    def bodies(self, version: str, since: str = "") -> Mapping[CallId, bytes]:
        """Return the figures, as they were counted by `version`, of the calls from a day on."""
        if not self._has_table("counted"):
            return {}
        return {CallId(call): body for call, body in self._rows(_KEPT, version, since)}

    def prints(self, since: str = "") -> Mapping[CallId, bytes]:
        """Return what tells whether a call's events are as they were: see `print_of`."""
        try:
            rows = self._db.execute(_RECORDS, (since,))
            return {CallId(call): hashlib.sha256(body).digest() for call, body in rows}
        except SQLITE_ERRORS as error:
            raise translate(error, self.path) from error

    def head(self, call: CallId) -> bytes:
        """Return the hash of a call's last event: to be asked before its events are read."""
        rows = self._rows("SELECT head FROM call WHERE id = ?", call)
        if not rows:
            raise JournalDamaged(
                "the call {id} is missing", "callcoach journal verify says more", id=call
            )
        return bytes(rows[0][0])


def print_of(stored: Iterable[StoredEvent]) -> bytes:
    """Return the SHA-256 of what a call's events are, one after another."""
    return hashlib.sha256(b"".join(it.kind.encode() + it.body for it in stored)).digest()


def keep_counted(path: Path, version: str, counted: Iterable[Kept]) -> None:
    """Keep figures of calls, in place of what was kept of them. Raises `StorageError`."""
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                rows = ((call, head, version, body) for call, head, body in counted)
                db.executemany(_KEEP, rows)
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
