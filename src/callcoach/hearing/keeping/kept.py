"""The record of a call's kept sound: which file is whose voice, from when, and unchanged or not.

It is a file of JSON beside the sound. The capture child writes it while the call goes on; once
nobody writes there any more it is closed: bound to the call's clock, with a digest of every file.
Of a call whose program died it stays open: its files are there, not their digests.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

import msgspec

from callcoach.errors import StorageError
from callcoach.hearing.models.digests import digest_of
from callcoach.script.model import Speaker

RECORD = "recording.json"
_VERSION, ELSEWHERE = 1, 2
"""Of the record: of sound beside it, and of sound that lies elsewhere, which older programs refuse.

Sound that is encrypted will be of another one: this program must refuse it.
"""


class Stretch(msgspec.Struct, frozen=True):
    """One voice without a break, in a file of its own."""

    file: str
    """Its name in the folder."""
    channel: int
    role: Speaker
    start: float
    """When its first sample was taken, in seconds since the ear was opened."""
    rate: int
    samples: int = 0
    """Of each second `rate`; 0 until the file is whole."""
    sha256: str = ""
    """Of the file; empty until the record is closed."""
    path: str = ""
    """Where the file lies that is not in the folder: somebody else's, which is only played."""

    def place(self, folder: Path) -> Path:
        """Return where the file is, or ought to be."""
        return Path(self.path) if self.path else folder / self.file


class Kept(msgspec.Struct, frozen=True):
    """What is kept of one call."""

    format: str
    """`flac` or `opus`; of sound elsewhere its file's ending."""
    stretches: tuple[Stretch, ...] = ()
    call: str = ""
    """The call's id; empty until the record is closed."""
    opened: float = 0.0
    """The second of the call at which the ear was opened."""
    closed: str = ""
    """When the record was closed, in UTC; empty where the call is under way or broke off."""
    version: int = _VERSION

    @property
    def seconds(self) -> float:
        """Return how much sound there is of the voice of which there is most."""
        lengths: dict[int, float] = {}
        for it in self.stretches:
            lengths[it.channel] = lengths.get(it.channel, 0.0) + it.samples / it.rate
        return max(lengths.values(), default=0.0)


def read_record(folder: Path) -> Kept:
    """Return the record in a folder. Raises `StorageError` where none can be read."""
    file = folder / RECORD
    try:
        kept = msgspec.json.decode(file.read_bytes(), type=Kept)
    except (OSError, msgspec.DecodeError) as error:
        raise StorageError(
            "{file} cannot be read: {why}",
            "the sound beside it can still be played; callcoach recordings delete removes it all",
            file=file,
            why=error.strerror if isinstance(error, OSError) else error,
        ) from error
    if kept.version not in (_VERSION, ELSEWHERE):
        raise StorageError(
            "{file} was made by a newer callcoach", "update callcoach; nothing is lost", file=file
        )
    if any(not _is_name(it.file) or it.rate <= 0 for it in kept.stretches):
        raise StorageError(
            "{file} is no record of callcoach",
            "callcoach recordings delete removes it with the sound beside it",
            file=file,
        )
    return kept


def _is_name(file: str) -> bool:
    """Tell whether a file can only be one in the folder, on any system."""
    return file not in ("", ".", "..") and PureWindowsPath(file).name == file


def write_record(folder: Path, kept: Kept) -> None:
    """Write the record, whole or not at all, in place of what is there; raises `OSError`."""
    handle, temporary = tempfile.mkstemp(prefix=".record-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(kept), indent=1))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(folder / RECORD)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def close_record(folder: Path, call: str, opened: float, now: datetime) -> Kept:
    """Bind what is kept to a call, once nobody writes it any more, and return it.

    `opened` is the second of the call at which the ear was opened. A stretch that never became
    whole keeps its file, without a digest. Raises `StorageError`, nothing having changed.
    """
    kept = read_record(folder)
    try:
        closed = msgspec.structs.replace(
            kept,
            stretches=tuple(_digested(folder, kept)),
            call=call,
            opened=round(opened, 3),
            closed=now.astimezone(UTC).isoformat(timespec="seconds"),
        )
        write_record(folder, closed)
    except OSError as error:
        raise refused(folder, error) from error
    return closed


def _digested(folder: Path, kept: Kept) -> Iterator[Stretch]:
    for stretch in kept.stretches:
        file = folder / stretch.file
        is_whole = stretch.samples and file.is_file()
        sha256 = digest_of(file).sha256 if is_whole else ""
        yield msgspec.structs.replace(stretch, sha256=sha256)


def refused(place: Path, error: OSError) -> StorageError:
    """Return the error for a place on disk that does not let itself be read or written."""
    return StorageError(
        "{place}: {why}",
        "check the rights of the folder and the space on its disk",
        place=place,
        why=error.strerror,
    )
