"""Writes an export to a file: whole or not at all, for its owner's eyes alone."""

from pathlib import Path

from callcoach.archive.folder import write_whole
from callcoach.errors import StorageError


def write_export(path: Path, content: str | bytes) -> None:
    """Write `content`, a text as UTF-8, in place of what is there; nobody else may read it.

    A link that somebody planted there is replaced, not followed. Raises `StorageError`; what was
    there is unchanged then.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    try:
        write_whole(path, data)
    except OSError as error:
        raise StorageError(
            "{path} cannot be written: {why}",
            "check that the folder exists, is yours and has space",
            path=path,
            why=error.strerror or error,
        ) from error
    except ValueError as error:
        raise StorageError("this is no path to a file", "check the path") from error
