"""Remembers what files were made from, so that they are made again only where that has changed.

In each folder a list stands beside the files: a line of JSON for each that was made.
"""

import hashlib
import os
from enum import StrEnum
from pathlib import Path

import msgspec

from callcoach.archive.export.file import write_export
from callcoach.archive.folder import make_folder, not_written

LIST = ".callcoach-made.jsonl"


class Origin(msgspec.Struct, frozen=True):
    """What a file was made from."""

    source: str
    """The path of the original."""
    size: int
    """Of the original, in bytes."""
    changed: int
    """When the original was changed last, in nanoseconds."""
    by: str
    """What tells apart all that decides about the content."""


class _Line(msgspec.Struct, frozen=True):
    """A file, as it was about to be written."""

    name: str
    sha256: str
    origin: Origin


class State(StrEnum):
    """How a file stands that is to be made."""

    MISSING = "missing"
    DONE = "done"
    """It is there, and was made from the same in the same way."""
    STALE = "stale"
    """It was made from an older original, or in another way."""
    STRANGE = "strange"
    """It was made from another original, by something else, or changed since."""


def origin_of(source: Path, by: str) -> Origin:
    """Return what would be made from a file now; raises `OSError`."""
    stat = source.stat()
    return Origin(str(source.resolve()), stat.st_size, stat.st_mtime_ns, by)


class Made:
    """What was made in some folders. It belongs to one thread."""

    def __init__(self) -> None:
        self._known: dict[Path, dict[tuple[str, str], Origin]] = {}

    def state(self, file: Path, origin: Origin) -> State:
        """Return how a file stands that would be made from `origin`."""
        try:
            digest = _digest(file.read_bytes())
        except OSError:
            return State.STRANGE if file.exists() else State.MISSING
        known = self._list(file.parent).get((file.name, digest))
        if known is None:
            return State.STRANGE
        if (known.size, known.changed) != (origin.size, origin.changed):
            return State.STALE if known.source == origin.source else State.STRANGE
        return State.DONE if known.by == origin.by else State.STALE

    def write(self, file: Path, text: str, origin: Origin) -> None:
        """Make a file, whole or not at all, and remember from what; its folder may be missing.

        What it will be is remembered first: a run that ends in between leaves no file that nobody
        knows. Raises `StorageError`; what was there is unchanged then.
        """
        line = _Line(file.name, _digest(text.encode("utf-8", "replace")), origin)
        try:
            make_folder(file.parent)
            known = self._list(file.parent)
            _append(file.parent / LIST, b"\n" + msgspec.json.encode(line))
        except OSError as error:
            raise not_written(file.parent / LIST, error) from error
        write_export(file, text)
        known[line.name, line.sha256] = origin

    def _list(self, folder: Path) -> dict[tuple[str, str], Origin]:
        """Return what the list of a folder says; lines that cannot be read say nothing."""
        if folder not in self._known:
            self._known[folder] = found = {}
            for text in _lines(folder / LIST):
                try:
                    line = msgspec.json.decode(text, type=_Line)
                except (msgspec.DecodeError, UnicodeDecodeError):
                    continue
                found[line.name, line.sha256] = line.origin
        return self._known[folder]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _append(file: Path, line: bytes) -> None:
    """Add a line in one go, so that two programs may do it at a time.

    It begins with its line break, so that one that was cut off harms no other.
    """
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def _lines(file: Path) -> list[bytes]:
    try:
        return file.read_bytes().splitlines()
    except OSError:
        return []
