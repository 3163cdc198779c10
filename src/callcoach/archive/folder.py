"""Folders of ours: for their owner alone, files in them that are whole, and names that last."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from callcoach.errors import CallcoachError, StorageError, Told
from callcoach.locale import mark

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FREE = mark("free some space")
_CHECK = mark("check that the folder exists, is yours and has space")


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner's eyes alone."""
    missing = [folder, *folder.parents]
    for place in reversed(missing[: next(i for i, at in enumerate(missing) if at.exists())]):
        place.mkdir(exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all, in place of what is there, for the owner alone.

    It goes to a new file beside it, which takes its name once it is on the disk: a link that
    somebody planted there is replaced, not followed. Raises `OSError`; nothing has changed then.
    """
    handle, temporary = tempfile.mkstemp(prefix=".callcoach-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def not_written(
    path: Path, error: OSError, kind: type[CallcoachError] = StorageError, hint: str = _CHECK
) -> CallcoachError:
    """Return what a user is told of a file that cannot be written, as an error of a kind.

    `hint` is what else to do than to make room on a disk that is full.
    """
    remedy = _FREE if error.errno in _FULL else hint
    why = error.strerror or error
    return kind(Told("{path} cannot be written: {why}", path=path, why=why), remedy)
