"""Writes an export to a file: whole or not at all, for its owner's eyes alone."""

import os
import tempfile
from pathlib import Path

from callcoach.archive.folder import sync_folder
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
        sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            "{path} cannot be written: {why}",
            "check that the folder exists, is yours and has space",
            path=path,
            why=error.strerror or error,
        ) from error
    except ValueError as error:
        raise StorageError("this is no path to a file", "check the path") from error
