"""Writes one call's events into the journal, and keeps them safe where that is not possible.

While the journal cannot be written (disk full, read-only, locked, damaged) the events wait in
memory and in a rescue file; every further call tries the journal again.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from filelock import FileLock, Timeout

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import SQLITE_ERRORS, open_database, translate, wall_now
from callcoach.archive.folder import make_folder
from callcoach.archive.ids import CallId
from callcoach.archive.insert import insert_events
from callcoach.archive.rescue import Rescued, RescueFile, read_rescue
from callcoach.archive.transaction import transaction
from callcoach.call.events import Event, encode, kind_of, version_of
from callcoach.call.ports import Saving
from callcoach.errors import JournalBusy, StorageError
from callcoach.script.pack_files import PackFiles

LIVE_BUSY_MS = 250
"""How long a screen may stand still for another process's write, in milliseconds."""


class CallWriter:
    """The one writer of one call; a `call.ports.Recorder`."""

    def __init__(
        self,
        path: Path,
        call: CallId,
        sources: Sequence[PackFiles],
        rescue_folders: Sequence[Path] = (),
        now: Callable[[], str] = wall_now,
    ) -> None:
        """Take the call over; `sources` are the files of its script.

        Raises `JournalBusy` where another process is writing it. A journal that cannot be opened
        is no error here: the answer to `append` tells.
        """
        self.path = path
        self.call = call
        self._sources = sources
        self._now = now
        self._db: sqlite3.Connection | None = None
        self._waiting: list[StoredEvent] = []
        self._saved = 0
        self._problem: StorageError | None = None
        self._rescue = RescueFile(call, sources, rescue_folders)
        self._is_kept = False
        """Whether everything that waits is in the rescue file."""
        self._lock = lock_call(path, call)

    def append(self, events: Sequence[Event]) -> Saving:
        """Keep events; see `Recorder.append`."""
        wall = self._now()
        fresh = [
            StoredEvent(event.seq, kind_of(event), version_of(event), event.at, wall, encode(event))
            for event in events
        ]
        self._waiting += fresh
        try:
            self._write()
        except StorageError as error:
            self._problem = error
            self._is_kept = self._rescue.keep(self._waiting)
        else:
            self._problem = None
            self._rescue.drop()
        return self._saving()

    def close(self) -> Saving:
        """Write what waits, close the file and let others write the call."""
        saving = self.append(())
        if self._db is not None:
            self._db.close()
            self._db = None
        self._lock.release()
        return saving

    def _saving(self) -> Saving:
        problem = self._problem
        if problem is None:
            return Saving(self._saved)
        rescue = str(self._rescue.path) if self._is_kept else ""
        return Saving(self._saved, len(self._waiting), problem.message, problem.hint, rescue)

    def _write(self) -> None:
        """Write everything that waits in one durable transaction."""
        if not self._waiting:
            return
        if not self._lock.is_locked:
            self._lock = lock_call(self.path, self.call)
        if self._db is None:
            self._db = open_database(self.path, write=True, busy_ms=LIVE_BUSY_MS)
        try:
            with transaction(self._db):
                insert_events(self._db, self.call, self._waiting, self._sources)
        except SQLITE_ERRORS as error:
            self._db.close()
            self._db = None
            raise translate(error, self.path) from error
        self._saved = self._waiting[-1].seq + 1
        self._waiting.clear()


def lock_call(path: Path, call: CallId) -> FileLock:
    """Return the lock on a call, held; raises `JournalBusy` where another process holds it.

    The operating system lets it go when the process dies, however that happens. Where no lock
    can be made at all (a read-only folder) an unheld one is returned: nothing can be written.
    """
    file = lock_file(path, call)
    lock = FileLock(file, mode=0o600, thread_local=False)
    try:
        make_folder(file.parent)
        lock.acquire(timeout=0)
    except Timeout:
        raise JournalBusy(
            "the call {call} is open in another window", "close it there first", call=call
        ) from None
    except OSError:
        pass
    return lock


def lock_file(path: Path, call: CallId) -> Path:
    """Return the file that is locked while a call is written."""
    return path.parent / "locks" / f"{call}.lock"


def is_being_written(path: Path, call: CallId) -> bool:
    """Tell whether some process has a call open for writing."""
    if not lock_file(path, call).exists():
        return False
    try:
        lock_call(path, call).release()
    except JournalBusy:
        return True
    return False


def import_rescue(path: Path, rescued: Rescued) -> int:
    """Put the events of a rescue file into the journal at `path`; return how many were new.

    Events that are there already are left alone. Raises `StorageError`, nothing having changed.
    """
    with ExitStack() as held:
        held.callback(lock_call(path, rescued.call).release)  # `with` would take it a second time
        db = held.enter_context(closing(open_database(path, write=True)))
        try:
            with transaction(db):
                return insert_events(db, rescued.call, rescued.events, rescued.sources)
        except SQLITE_ERRORS as error:
            raise translate(error, path) from error


def take_back(path: Path, file: Path, *, keep: bool = False) -> tuple[CallId, int]:
    """Put a rescue file into the journal at `path`, and delete it, unless it is to be kept.

    Returns the call, and how many of its events were new. Raises `StorageError`; the file is there
    still then.
    """
    rescued = read_rescue(file)
    count = import_rescue(path, rescued)
    while (latest := read_rescue(file)) != rescued:  # it was written until the journal was free
        rescued = latest
        count += import_rescue(path, rescued)
    if not keep:
        _delete(file)
    return rescued.call, count


def _delete(file: Path) -> None:
    try:
        file.unlink()
    except OSError as error:
        raise StorageError(
            "{file} is in the journal now, and cannot be deleted: {why}",
            "delete it yourself, or use --keep",
            file=file,
            why=error.strerror,
        ) from error
