"""Writes an export to a file: whole or not at all, for its owner's eyes alone."""

from pathlib import Path

from callcoach.archive.folder import not_written, write_whole
from callcoach.errors import StorageError

_STREAMS = frozenset(map(Path, ("/dev", "/dev/fd", "/proc/self/fd")))
"""Where the names of open files stand: `/dev/stdout` may be any file."""


def write_export(path: Path, content: str | bytes) -> None:
    """Write `content`, a text as UTF-8, in place of what is there; nobody else may read it.

    A link that somebody planted there is replaced, not followed; a device or a pipe is written to.
    Raises `StorageError`; what was there is unchanged then.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    try:
        if is_stream(path):
            path.write_bytes(data)
        else:
            write_whole(path, data)
    except OSError as error:
        raise not_written(path, error) from error
    except ValueError as error:
        raise StorageError("this is no path to a file", "check the path") from error


def is_stream(path: Path) -> bool:
    """Tell whether what is there passes on what is written: it has no content to be replaced."""
    return path.parent in _STREAMS or (path.exists() and not (path.is_file() or path.is_dir()))
