"""Rescue files: the events of a call that could not be written into the journal.

JSON Lines: a head with the call and the files of its script, then an event a line. Every line is
on the disk before `keep` returns.
"""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from callcoach.archive.chain import StoredEvent
from callcoach.archive.ids import CallId
from callcoach.archive.sources import pack_sources, unpack_sources
from callcoach.errors import StorageError
from callcoach.script.load import PackFiles

FORMAT = 1
PREFIX = "callcoach-rescue-"
SUFFIX = ".jsonl"


class _Head(msgspec.Struct, frozen=True):
    callcoach_rescue: int
    call: str
    sources: str
    """Base64 of `pack_sources`."""


class _Line(msgspec.Struct, frozen=True):
    seq: int
    kind: str
    version: int
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
        """Where the events are; None before the first, and where no folder takes it."""
        self._sources = sources
        self._folders = folders
        self._kept = 0

    def keep(self, waiting: Sequence[StoredEvent]) -> bool:
        """Put on the disk what is not there yet of all that waits; False where that failed."""
        fresh = waiting[self._kept :]
        if not fresh:
            return self.path is not None
        lines = b"".join(_line(event) for event in fresh)
        if self.path is None:
            return self._begin(lines, len(waiting))
        try:
            _append(self.path, lines)
        except OSError:
            self.path, self._kept = None, 0
            return self._begin(b"".join(_line(event) for event in waiting), len(waiting))
        self._kept = len(waiting)
        return True

    def _begin(self, lines: bytes, count: int) -> bool:
        sources = base64.b64encode(pack_sources(self._sources)).decode("ascii")
        head = msgspec.json.encode(_Head(FORMAT, self.call, sources)) + b"\n"
        for folder in self._folders:
            path = folder / f"{PREFIX}{self.call}{SUFFIX}"
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                _append(path, head + lines)
            except OSError:
                continue
            self.path, self._kept = path, count
            return True
        return False

    def drop(self) -> None:
        """Delete the file: everything in it is in the journal now."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)
        self.path, self._kept = None, 0


def _line(event: StoredEvent) -> bytes:
    raw = msgspec.Raw(event.body)
    row = _Line(event.seq, event.kind, event.version, event.at, event.wall, raw)
    return msgspec.json.encode(row) + b"\n"


def _append(path: Path, data: bytes) -> None:
    """Write at the end of a file that only its owner can read, and wait until the disk has it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
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
    return tuple(sorted(set(found), key=lambda path: path.name))


def read_rescue(path: Path) -> Rescued:
    """Return what a rescue file holds; a last line that broke off is left out.

    Raises `StorageError`, naming the line, for a file that is none.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}", "check the path") from error
    try:
        head = msgspec.json.decode(lines[0], type=_Head)
        sources = unpack_sources(base64.b64decode(head.sources))
    except (msgspec.DecodeError, ValueError, OSError) as error:
        raise StorageError(
            f"{path} is no rescue file", "name a callcoach-rescue-….jsonl"
        ) from error
    if head.callcoach_rescue != FORMAT:
        raise StorageError(f"{path} was made by a newer callcoach", "update callcoach")
    events: list[StoredEvent] = []
    is_whole = lines[-1] == b""
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        try:
            row = msgspec.json.decode(line, type=_Line)
        except msgspec.DecodeError as error:
            if number == len(lines):
                break
            raise StorageError(
                f"{path}, line {number}: this is no event", "restore the file as it was written"
            ) from error
        body = bytes(row.body)
        events.append(StoredEvent(row.seq, row.kind, row.version, row.at, row.wall, body))
    return Rescued(CallId(head.call), sources, tuple(events), is_whole)
