"""Opens the journal's SQLite file: what is committed survives, and only its owner reads it."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from callcoach.archive.folder import make_folder
from callcoach.archive.migrations import MIGRATIONS, applied, migrate
from callcoach.archive.transaction import transaction
from callcoach.errors import JournalBusy, JournalDamaged, JournalUnwritable, StorageError
from callcoach.locale import mark

BUSY_MS = 2000
"""How long a write waits for another process's, in milliseconds."""
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What the library raises; the second where a damaged file makes its complaint no text."""
HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
"""Has a row where there is a table: an older journal that is only read may lack one."""
_LITTLE = 1 << 16
"""A disk with less space than this, in bytes, is full: SQLite's log and its index grow so much."""
_A_FOLDER = mark("{path} is a folder, and the journal is a file")
_NAME_ANOTHER = mark("move it away, or name another with --journal")
_FULL = ("disk is full", "disk full", "database or disk is full")
_DAMAGED = (
    *("not a database", "malformed", "corrupt", "file is encrypted", "decode"),
    *("no such table", "no such column"),
)


def wall_now() -> str:
    """Return the instant, in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def open_database(path: Path, *, write: bool, busy_ms: int = BUSY_MS) -> sqlite3.Connection:
    """Return a connection to the journal at `path`, made and brought up to date if need be.

    For reading, the file must exist and may be of an older version; nothing is changed.
    Raises a `StorageError` that says what is wrong and what to do.
    """
    if os.path.isdir(path):  # noqa: PTH112 - the method of Path raises where it may not look
        problem = JournalUnwritable if write else StorageError
        raise problem(_A_FOLDER, _NAME_ANOTHER, path=path)
    try:
        if write:
            _make(path)
        elif not path.is_file():
            raise StorageError(
                "there is no journal at {path}", "it is made with the first call", path=path
            )
        db = _connect(path, "mode=rw" if write else "mode=ro", busy_ms)
    except OSError as error:
        raise JournalUnwritable(
            "the journal {path} cannot be opened: {why}",
            "check the folder's rights and space, or name another with --journal",
            path=path,
            why=error.strerror,
        ) from error
    try:
        if not write and _needs_writing(db, path):
            db.close()
            db = _connect(path, "mode=ro&immutable=1", busy_ms)
        _check_whose(db, path, write)
        if write:
            _prepare(db)
            _check_age(db, path)
    except SQLITE_ERRORS as error:
        db.close()
        raise translate(error, path) from error
    except StorageError:
        db.close()
        raise
    return db


def _needs_writing(db: sqlite3.Connection, path: Path) -> bool:
    """Tell whether a journal at rest cannot be read only because its folder is read-only."""
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        log = path.with_name(f"{path.name}-wal")
        is_refused = any(sign in str(error) for sign in ("unable to open", "readonly"))
        return is_refused and not log.exists()
    return False


def _check_whose(db: sqlite3.Connection, path: Path, write: bool) -> None:
    """Raise a `StorageError` for a database that is not a journal."""
    # In this order: between the two, another process may have made the journal.
    has_tables = db.execute("SELECT 1 FROM sqlite_master").fetchone()
    if applied(db):
        return
    if has_tables:
        raise JournalDamaged(
            "{path} is no journal of callcoach", "name another with --journal", path=path
        )
    if not write:
        raise StorageError(
            "there is no journal at {path}", "it is made with the first call", path=path
        )


def _check_age(db: sqlite3.Connection, path: Path) -> None:
    """Raise a `StorageError` for a journal that a newer program has made."""
    unknown = sorted(set(applied(db)) - set(MIGRATIONS))
    if unknown:
        raise StorageError(
            "the journal {path} was made by a newer callcoach ({migration})",
            "update callcoach; reading it still works",
            path=path,
            migration=unknown[-1],
        )


def _make(path: Path) -> None:
    """Make the file, if there is none, and its folder for their owner's eyes alone."""
    make_folder(path.parent)
    try:
        create(path)
    except FileExistsError:
        if not path.is_file():
            raise


def create(path: Path) -> None:
    """Make an empty file for its owner's eyes alone. Raises `OSError`, also where one is there."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def check_writable(path: Path) -> None:
    """Raise a `StorageError` where the journal at `path`, made if need be, takes no events."""
    with closing(open_database(path, write=True)) as db:
        try:
            with transaction(db):
                pass
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def _connect(path: Path, options: str, busy_ms: int) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{options}"
    try:
        return sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=busy_ms / 1000, check_same_thread=False
        )
    except SQLITE_ERRORS as error:
        raise translate(error, path) from error


def _prepare(db: sqlite3.Connection) -> None:
    """Set what a writer needs: a log, every commit on the disk, nothing left of what is deleted.

    What SQLite notes down for a moment stays in memory: it would lie in a folder that others share.
    """
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":
        db.execute("PRAGMA fullfsync = 1")
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("PRAGMA foreign_keys = ON")
    if set(MIGRATIONS) - set(applied(db)):
        migrate(db, wall_now())


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _LITTLE
    except OSError:
        return False


def translate(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StorageError:
    """Return SQLite's complaint as the error that a person can act on."""
    text = str(error)
    lower = text.lower()
    if any(sign in lower for sign in _DAMAGED):
        return JournalDamaged(
            "the journal {path} is damaged ({why})",
            "move it away and restore a backup",
            path=path,
            why=text,
        )
    if any(sign in lower for sign in _FULL) or ("i/o error" in lower and _is_full(path)):
        return JournalUnwritable("the disk with {path} is full", "free some space", path=path)
    if "readonly" in lower or "read-only" in lower:
        return JournalUnwritable(
            "the journal {path} is read-only",
            "check the rights of the file and its folder",
            path=path,
        )
    if "locked" in lower or "busy" in lower:
        return JournalBusy(
            "another program is writing to {path}", "close it; writing is tried again", path=path
        )
    if "unable to open" in lower:
        return JournalUnwritable(
            "the journal {path} cannot be opened",
            "check that its folder exists and is yours",
            path=path,
        )
    return JournalUnwritable(
        "the journal {path} cannot be written ({why})", "check the disk", path=path, why=text
    )
