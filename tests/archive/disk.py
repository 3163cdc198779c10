"""A disk whose power can be cut: what was not synced is lost, kept or torn, by chance.

An apsw VFS below the real SQLite code records every write. After the cut every operation fails;
`Disk.survivors` then says what a machine would find when it starts again: synced bytes for
certain, of the others any part, in sectors of 512 bytes; likewise names that were made or deleted
since their folder was synced.
"""

import random
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import apsw
import pytest

if TYPE_CHECKING:
    from typing_extensions import Buffer  # collections.abc has it from 3.12 on

SECTOR = 512
_JOURNALS = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that were written at a place."""

    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file that was cut to a size."""

    size: int


@dataclass(slots=True)
class Content:
    """What was done to one file, and how much of that is on the platter for certain."""

    done: list[Write | Cut] = field(default_factory=list)
    synced: int = 0

    def survivor(self, chance: random.Random) -> bytes:
        """Return the bytes that are there after the power was cut."""
        data = bytearray()
        for step in self.done[: self.synced]:
            _redo(data, step)
        for step in self.done[self.synced :]:
            luck = chance.random()
            if luck < 0.5:
                continue
            if isinstance(step, Write) and luck < 0.75:
                for start in range(0, len(step.data), SECTOR):
                    if chance.random() < 0.5:
                        part = step.data[start : start + SECTOR]
                        _redo(data, Write(step.offset + start, part))
            else:
                _redo(data, step)
        return bytes(data)


def _redo(data: bytearray, step: Write | Cut) -> None:
    match step:
        case Write(offset, written):
            data.extend(bytes(max(0, offset + len(written) - len(data))))
            data[offset : offset + len(written)] = written
        case Cut(size):
            del data[size:]


@dataclass(slots=True)
class Name:
    """What a name in the folder has meant, one after the other; None: nothing."""

    meant: list[Content | None] = field(default_factory=lambda: [None])
    synced: int = 0
    """Where in `meant` the folder was synced last."""


class Disk:
    """A disk, its power, and everything that was done to it."""

    def __init__(self) -> None:
        self.names: dict[str, Name] = {}
        self.steps = 0
        self.cut_at: int | None = None
        """The power goes with this step; None: it stays."""
        self.failing_syncs = 0
        """So many of the next syncs fail although the bytes were written."""

    @property
    def is_cut(self) -> bool:
        """Tell whether the power is gone."""
        return self.cut_at is not None and self.steps >= self.cut_at

    def step(self) -> None:
        """Count one operation; raises an error where there is no power for it."""
        self.steps += 1
        if self.is_cut:
            raise apsw.IOError("the power is gone")

    def open(self, name: str) -> Content:
        """Return what a name means now; a new name is a new, empty file."""
        known = self.names.setdefault(name, Name())
        now = known.meant[-1]
        if now is None:
            now = Content()
            known.meant.append(now)
        return now

    def delete(self, name: str) -> None:
        """Let a name mean nothing any more."""
        self.names.setdefault(name, Name()).meant.append(None)

    def sync_folder(self) -> None:
        """Make certain what every name means."""
        for name in self.names.values():
            name.synced = len(name.meant) - 1

    def survivors(self, chance: random.Random) -> Mapping[str, bytes]:
        """Return the files that are there after the power was cut, by name."""
        found: dict[str, bytes] = {}
        for key, name in self.names.items():
            content = chance.choice(name.meant[name.synced :])
            if content is not None:
                found[key] = content.survivor(chance)
        return found


class _File(apsw.VFSFile):
    """A file of the system below, whose writes are recorded."""

    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._content = Content() if path is None else disk.open(Path(path).name)
        self._syncs_folder = bool(flags[0] & _JOURNALS)

    def xWrite(self, data: "Buffer", offset: int) -> None:  # noqa: N802 - apsw's name
        """Write, and record it."""
        self._disk.step()
        self._content.done.append(Write(offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - apsw's name
        """Cut the file, and record it."""
        self._disk.step()
        self._content.done.append(Cut(newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - apsw's name
        """Make certain what was written; a new journal's first sync is one of its folder, too."""
        self._disk.step()
        if self._disk.failing_syncs:
            self._disk.failing_syncs -= 1
            raise apsw.IOError("the disk did not answer")
        self._content.synced = len(self._content.done)
        if self._syncs_folder:
            self._disk.sync_folder()
            self._syncs_folder = False


class _Layer(apsw.VFS):
    """The system's files, recorded on a disk."""

    def __init__(self, disk: Disk, name: str) -> None:
        super().__init__(name, "")
        self._disk = disk

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> _File:  # noqa: N802
        """Open a recorded file."""
        if self._disk.is_cut:
            raise apsw.CantOpenError("the power is gone")
        return _File(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - apsw's name
        """Delete a file, and record it."""
        self._disk.step()
        super().xDelete(filename, syncdir)
        self._disk.delete(Path(filename).name)
        if syncdir:
            self._disk.sync_folder()


class _Connection:
    """An apsw connection that looks like one of the standard library's, as far as we use it."""

    def __init__(self, path: str, layer: str, instead: Mapping[str, str]) -> None:
        self._instead = instead
        try:
            self._db = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READWRITE, vfs=layer)
        except apsw.Error as error:
            raise sqlite3.OperationalError(str(error)) from error

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is open."""
        return self._db.in_transaction

    def execute(self, sql: str, values: "Sequence[apsw.SQLiteValue]" = ()) -> apsw.Cursor:
        """Run a statement."""
        try:
            return self._db.execute(self._instead.get(sql, sql), values)
        except apsw.Error as error:
            raise sqlite3.OperationalError(str(error)) from error

    def close(self) -> None:
        """Close the file; as in the standard library, what fails then is not told."""
        with suppress(apsw.Error):
            self._db.close(force=True)


@contextmanager
def on_disk(disk: Disk, instead: Mapping[str, str] | None = None) -> Iterator[None]:
    """Let the journal be written on that disk; statements in `instead` are replaced."""
    name = f"callcoach-{id(disk)}"
    layer = _Layer(disk, name)

    def be_silent(_: "sys.UnraisableHookArgs") -> None:
        """Drop the errors that SQLite does not want to know: it was told that it failed."""

    def connect(address: str, **_: object) -> _Connection:
        return _Connection(unquote(urlsplit(address).path), name, instead or {})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        patch.setattr(sys, "unraisablehook", be_silent)
        yield
    layer.unregister()
