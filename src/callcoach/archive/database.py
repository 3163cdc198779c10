"""Opens the journal's SQLite file: what is committed survives, and only its owner reads it."""

import os
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from callcoach.archive.migrations import MIGRATIONS, applied, migrate
from callcoach.errors import JournalBusy, JournalDamaged, JournalUnwritable, StorageError

BUSY_MS = 2000
"""How long a write waits for another process's, in milliseconds."""
_FULL = ("disk is full", "disk full", "database or disk is full")
_DAMAGED = ("not a database", "malformed", "corrupt", "file is encrypted")


def wall_now() -> str:
    """Return the instant, in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def open_database(path: Path, *, write: bool, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Return a connection to the journal at `path`, made and brought up to date if need be.

    For reading, the file must exist and may be of an older version; nothing is changed.
    Raises a `StorageError` that says what is wrong and what to do.
    """
    try:
        if write:
            _create(path)
        elif not path.is_file():
            raise StorageError(f"there is no journal at {path}", "it is made with the first call")
        db = _connect(path, write, busy_ms)
    except OSError as error:
        raise JournalUnwritable(
            f"the journal {path} cannot be opened: {error.strerror}",
            "check the folder's rights and space, or name another with --journal",
        ) from error
    try:
        if write:
            _prepare(db)
        unknown = sorted(set(applied(db)) - set(MIGRATIONS))
    except sqlite3.Error as error:
        db.close()
        raise translate(error, path) from error
    if unknown and write:
        db.close()
        raise StorageError(
            f"the journal {path} was made by a newer callcoach ({unknown[-1]})",
            "update callcoach; reading it still works",
        )
    return db


def _create(path: Path) -> None:
    """Make the file and its folder for their owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise


def _connect(path: Path, write: bool, busy_ms: int) -> sqlite3.Connection:
    mode = "rw" if write else "ro"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        return sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=busy_ms / 1000, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise translate(error, path) from error


def _prepare(db: sqlite3.Connection) -> None:
    """Set what a writer needs: a log, every commit on the disk, nothing left of what is deleted."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":
        db.execute("PRAGMA fullfsync = 1")
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA foreign_keys = ON")
    if set(MIGRATIONS) - set(applied(db)):
        migrate(db, wall_now())


def translate(error: sqlite3.Error, path: Path) -> StorageError:
    """Return SQLite's complaint as the error that a person can act on."""
    text = str(error)
    lower = text.lower()
    if any(sign in lower for sign in _DAMAGED):
        return JournalDamaged(
            f"the journal {path} is damaged ({text})",
            "move it away and restore a backup; `callcoach journal verify` says what is readable",
        )
    if any(sign in lower for sign in _FULL):
        return JournalUnwritable(f"the disk with {path} is full", "free some space")
    if "readonly" in lower or "read-only" in lower:
        return JournalUnwritable(
            f"the journal {path} is read-only", "check the rights of the file and its folder"
        )
    if "locked" in lower or "busy" in lower:
        return JournalBusy(
            f"another program is writing to {path}", "close it; writing is tried again"
        )
    if "unable to open" in lower:
        return JournalUnwritable(
            f"the journal {path} cannot be opened", "check that its folder exists and is yours"
        )
    return JournalUnwritable(f"the journal {path} cannot be written ({text})", "check the disk")
