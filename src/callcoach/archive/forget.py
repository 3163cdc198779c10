"""Erases calls from the journal: their words, reviews and names, and every trace in its file.

It is done in two steps. `erase` takes calls out, all of them or none; from then on they are gone
for whoever asks. `clean` writes the file anew, so that nothing of them is left between its pages.
What broke off in between is known to the journal, and can be gone on with at any time.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from pathlib import Path

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate, wall_now
from callcoach.archive.erased import Erasure, add_erasure
from callcoach.archive.holds import refuse_held
from callcoach.archive.ids import CallId
from callcoach.archive.rescue import PREFIX
from callcoach.archive.search.index import empty, forget, pack
from callcoach.archive.transaction import transaction
from callcoach.archive.verify import check_chain
from callcoach.archive.writer import lock_call, lock_file
from callcoach.errors import JournalBusy, StorageError

PATIENCE_MS = 10_000
"""So long, in milliseconds, is waited for windows that read or write."""
_IN_MEMORY = 256 << 20
"""A journal up to this size, in bytes, is written anew in memory; a larger one by way of a file."""
_EVENTS = "SELECT seq, kind, version, at, wall, body, hash FROM event WHERE call = ? ORDER BY seq"
_DELETE = (
    "DELETE FROM review_event WHERE review IN (SELECT id FROM review WHERE call = :call)",
    "DELETE FROM review WHERE call = :call",
    "DELETE FROM typed_text WHERE call = :call",
    "DELETE FROM counted WHERE call = :call",
    "DELETE FROM set_aside WHERE call = :call OR counts = :call",
    "DELETE FROM own_name WHERE call = :call",
    "DELETE FROM imported WHERE call = :call",
    "DELETE FROM event WHERE call = :call",
    "DELETE FROM call WHERE id = :call",
    "DELETE FROM search_waiting WHERE call = :call",
)


def erase(
    path: Path, calls: Sequence[CallId], by: str = "", why: str = ""
) -> Mapping[CallId, Erasure]:
    """Erase calls, all of them or none, and return those that were there; `clean` has to follow.

    Raises `JournalBusy` where one is open in another window, `HoldError` where one is on hold, and
    `StorageError` where the journal cannot be written.
    """
    with ExitStack() as held:
        for call in calls:
            held.callback(lock_call(path, call).release)
        db = held.enter_context(closing(open_database(path, write=True, busy_ms=PATIENCE_MS)))
        try:
            with transaction(db):
                return _erase(db, calls, by, why)
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def _erase(
    db: sqlite3.Connection, calls: Sequence[CallId], by: str, why: str
) -> Mapping[CallId, Erasure]:
    refuse_held(db, calls)
    wall = wall_now()
    told = {call: found for call in calls if (found := _told(db, call, by, why)) is not None}
    if all(it.was_sound for it in told.values()):
        forget(db, tuple(told))
    else:
        empty(db)  # which words the index has of a call that was changed, nobody can tell
    _leave_queues(db, told)
    for call, erasure in told.items():
        for statement in _DELETE:
            db.execute(statement, {"call": call})
        add_erasure(db, call, erasure, wall)
    return told


def _told(db: sqlite3.Connection, call: CallId, by: str, why: str) -> Erasure | None:
    """Return what is to be kept of a call; None where it is not there."""
    row = db.execute("SELECT events, head FROM call WHERE id = ?", (call,)).fetchone()
    stored = [StoredEvent(*it) for it in db.execute(_EVENTS, (call,))]
    if row is None and not stored:
        return None
    is_listed = row is not None
    count, head = row if is_listed else (len(stored), stored[-1].hash)
    (reviews,) = db.execute("SELECT count(*) FROM review WHERE call = ?", (call,)).fetchone()
    content = db.execute("SELECT digest FROM imported WHERE call = ?", (call,)).fetchone()
    return Erasure(
        events=count,
        head=head.hex(),
        reviews=reviews,
        was_sound=is_listed and not any(check_chain(call, stored, count, head)),
        content=content[0] if content else "",
        by=by,
        why=why,
    )


def _leave_queues(db: sqlite3.Connection, calls: Collection[str]) -> None:
    """Take calls out of the queues of reviewers."""
    for name, listed in db.execute("SELECT name, calls FROM queue").fetchall():
        with suppress(ValueError, TypeError):  # a queue that cannot be read names nobody to anybody
            left = [call for call in json.loads(listed) if call not in calls]
            if left != json.loads(listed):
                db.execute("UPDATE queue SET calls = ? WHERE name = ?", (json.dumps(left), name))


def clean(path: Path, away: Callable[[CallId], None] = lambda _: None) -> None:
    """Write the journal anew without what was deleted, and do away with files of erased calls.

    `away` deletes what others keep of a call. Whatever fails does not stop the rest; the first
    `StorageError` is raised in the end, and the calls stay among those of which something is left.
    """
    failed: StorageError | None = None
    with closing(open_database(path, write=True, busy_ms=PATIENCE_MS)) as db:
        try:
            rest = [CallId(id) for (id,) in db.execute("SELECT id FROM erased_rest ORDER BY id")]
            if not rest:
                return
            for call in rest:
                try:
                    away(call)
                    lock_file(path, call).unlink(missing_ok=True)
                except (StorageError, OSError) as error:
                    failed = failed or _refused(path, error)
            _write_anew(db, path)
            if failed is None:
                with transaction(db):
                    db.executemany("DELETE FROM erased_rest WHERE id = ?", [(it,) for it in rest])
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error
    if failed is not None:
        raise failed


def _refused(path: Path, error: StorageError | OSError) -> StorageError:
    if isinstance(error, StorageError):
        return error
    return StorageError(
        "{path} cannot be deleted: {why}",
        "check the rights of the folder",
        path=error.filename or path,
        why=error.strerror or error,
    )


def _write_anew(db: sqlite3.Connection, path: Path) -> None:
    """Leave nothing of what was deleted in the index, between the pages, and in the log."""
    with transaction(db):
        pack(db)
    _empty_log(db, path)
    with _room_beside(db, path) if path.stat().st_size > _IN_MEMORY else nullcontext():
        db.execute("VACUUM")
    _empty_log(db, path)


@contextmanager
def _room_beside(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Let SQLite put what is too large for memory into a file beside the journal.

    Its own choice is a folder that others share, maybe on a small disk, or on one that is not
    encrypted. The file is its owner's alone and has no name from the moment it is open (on Windows
    it goes when it is closed): nothing is left of it, however the program ends. Where no folder can
    be named, as in some builds of SQLite and for a name that is no text, memory has to do.
    """
    try:
        (folder,) = db.execute("SELECT quote(?)", (str(path.resolve().parent),)).fetchone()
        db.execute(f"PRAGMA temp_store_directory = {folder}")
        is_named = db.execute("PRAGMA temp_store_directory").fetchone() is not None
    except UnicodeEncodeError:
        is_named = False
    if not is_named:
        yield
        return
    db.execute("PRAGMA temp_store = FILE")
    try:
        yield
    finally:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA temp_store_directory = ''")


def _empty_log(db: sqlite3.Connection, path: Path) -> None:
    is_busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise JournalBusy(
            "another window is reading {path}",
            "close it, then: callcoach journal forget --finish",
            path=path,
        )


def rescue_files_of(folders: Sequence[Path], call: CallId) -> tuple[Path, ...]:
    """Return the files in which a call was kept that the journal could not take."""
    names = f"{PREFIX}{call}*"
    return tuple(it for folder in folders if folder.is_dir() for it in sorted(folder.glob(names)))


def copies_with(path: Path, calls: Collection[str]) -> dict[Path, int]:
    """Return the other journals beside the one at `path`, and how many of some calls each has."""
    found: dict[Path, int] = {}
    for file in sorted(path.parent.glob("*.db")):
        if file == path:
            continue
        with (
            suppress(StorageError, *SQLITE_ERRORS),
            closing(open_database(file, write=False)) as db,
        ):
            here = {str(id) for (id,) in db.execute("SELECT id FROM call")}
            if known := len(here.intersection(calls)):
                found[file] = known
    return found
