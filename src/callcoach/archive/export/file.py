"""Writes an export to a file: whole or not at all, for its owner's eyes alone."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from callcoach.errors import StorageError


def write_export(path: Path, text: str) -> None:
    """Write `text` as UTF-8 to `path`, in place of what is there; nobody else may read it.

    The text goes to a new file beside it, which takes its name once it is on the disk: a link
    that somebody planted there is replaced, not followed. Raises `StorageError`; what was there
    is unchanged then.
    """
    data = text.encode("utf-8", "replace")
    try:
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
        _sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror or error}",
            "check that the folder exists, is yours and has space",
        ) from error
    except ValueError as error:
        raise StorageError("this is no path to a file", "check the path") from error


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
