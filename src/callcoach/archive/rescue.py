"""Rescue files: the events of a call that could not be written into the journal.

JSON Lines: a head with the call and the files of its script, then an event a line. Every line is
on the disk before `keep` returns.
"""

import base64
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Annotated

import msgspec

from callcoach.archive.chain import StoredEvent
from callcoach.archive.folder import make_folder, sync_folder
from callcoach.archive.ids import CallId, is_call_id
from callcoach.archive.sources import pack_sources, unpack_sources
from callcoach.call.events import decode, kind_of
from callcoach.errors import StorageError
from callcoach.script.pack_files import PackFiles

FORMAT = 1
PREFIX = "callcoach-rescue-"
_MOST = 200_000_000
"""A file with more bytes is no rescue file."""
SUFFIX = ".jsonl"
_Count = Annotated[int, msgspec.Meta(ge=0, lt=1 << 31)]


class _Head(msgspec.Struct, frozen=True):
    callcoach_rescue: int
    call: str
    sources: str
    """Base64 of `pack_sources`."""


class _Line(msgspec.Struct, frozen=True):
    seq: _Count
    kind: str
    version: _Count
    at: float
    wall: str
    body: msgspec.Raw


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue file holds."""

    call: CallId
    sources: tuple[PackFiles, ...]
    events: tuple[StoredEvent, ...]
    is_whole: bool
    """False where the last line broke off; it was never shown as saved."""


class RescueFile:
    """The rescue file of one call, in the first folder that takes it."""

    def __init__(self, call: CallId, sources: Sequence[PackFiles], folders: Sequence[Path]) -> None:
        self.call = call
        self.path: Path | None = None
        """Where the events are; None before the first, and where no folder takes them."""
        self._sources = sources
        self._folders = folders
        self._kept = 0
        self._size = 0
        """How much of the file is whole, in bytes; what follows broke off."""

    def keep(self, waiting: Sequence[StoredEvent]) -> bool:
        """Put on the disk what is not there yet of all that waits; False where that failed."""
        if self.path is None:
            return self._begin(waiting)
        lines = b"".join(map(_line, waiting[self._kept :]))
        if lines:
            try:
                _write_at(self.path, self._size, lines)
            except OSError:
                return self._begin(waiting)
            self._kept, self._size = len(waiting), self._size + len(lines)
        return True

    def _begin(self, waiting: Sequence[StoredEvent]) -> bool:
        """Write everything into a new file; one that took only a part is replaced by it."""
        if not waiting:
            return False
        sources = base64.b64encode(pack_sources(self._sources)).decode("ascii")
        head = msgspec.json.encode(_Head(FORMAT, self.call, sources)) + b"\n"
        data = head + b"".join(map(_line, waiting))
        for folder in self._folders:
            try:
                path = _new_file(folder, self.call, data)
            except OSError:
                continue
            self.drop()
            self.path, self._kept, self._size = path, len(waiting), len(data)
            return True
        return False

    def drop(self) -> None:
        """Delete the file: everything in it is safe elsewhere now."""
        if self.path is not None:
            with suppress(OSError):
                self.path.unlink()
        self.path, self._kept, self._size = None, 0, 0


def _new_file(folder: Path, call: CallId, data: bytes) -> Path:
    """Write a file for its owner alone, whole or not at all, beside any that an earlier run left.

    Only the one writer of the call makes its files, so a name that is free stays free.
    """
    make_folder(folder)
    names = (f"{PREFIX}{call}{f'-{number}' if number > 1 else ''}" for number in count(1))
    path = next(path for name in names if not (path := folder / f"{name}{SUFFIX}").exists())
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _write_at(part, 0, data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(folder)
    return path


def _line(event: StoredEvent) -> bytes:
    raw = msgspec.Raw(event.body)
    row = _Line(event.seq, event.kind, event.version, event.at, event.wall, raw)
    return msgspec.json.encode(row) + b"\n"


def _write_at(path: Path, size: int, data: bytes) -> None:
    """Write behind the first `size` bytes, cut off the rest, and wait until the disk has it."""
    handle = os.open(path, os.O_WRONLY)
    try:
        os.ftruncate(handle, size)
        os.lseek(handle, size, os.SEEK_SET)
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def find_rescue_files(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the rescue files in the folders, oldest call first."""
    found = [
        path for folder in folders if folder.is_dir() for path in folder.glob(f"{PREFIX}*{SUFFIX}")
    ]
    return tuple(sorted(set(found), key=lambda path: path.stem))


def read_rescue(path: Path) -> Rescued:
    """Return what a rescue file holds; a last line that broke off is left out.

    Raises `StorageError`, naming the line, for a file that is none.
    """
    try:
        with path.open("rb") as opened:
            data = opened.read(_MOST + 1)
    except OSError as error:
        raise StorageError(
            "{path} cannot be read: {why}", "check the path", path=path, why=error.strerror
        ) from error
    if len(data) > _MOST:
        raise StorageError(
            "{file} is larger than {most:,} bytes", "is it the right file?", file=path, most=_MOST
        )
    lines = data.split(b"\n")
    try:
        head = msgspec.json.decode(lines[0], type=_Head)
        sources = unpack_sources(base64.b64decode(head.sources))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise StorageError(
            "{path} is no rescue file", "name a callcoach-rescue-….jsonl", path=path
        ) from error
    if not is_call_id(head.call):
        raise StorageError("{path} names no call", "restore the file as it was written", path=path)
    if head.callcoach_rescue != FORMAT:
        raise StorageError("{path} was made by a newer callcoach", "update callcoach", path=path)
    events: list[StoredEvent] = []
    is_whole = lines[-1] == b""
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        try:
            events.append(_read_line(line))
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            if number == len(lines):
                break
            raise StorageError(
                "{path}, line {number}: this is no event",
                "restore the file as it was written",
                path=path,
                number=number,
            ) from error
    return Rescued(CallId(head.call), sources, tuple(events), is_whole)


def _read_line(line: bytes) -> StoredEvent:
    row = msgspec.json.decode(line, type=_Line)
    stored = StoredEvent(row.seq, row.kind, row.version, row.at, row.wall, bytes(row.body))
    event = decode(stored.kind, stored.version, stored.body)
    if (event.seq, event.at, kind_of(event)) != (stored.seq, stored.at, stored.kind):
        raise ValueError("the line says something else than its event")
    return stored
