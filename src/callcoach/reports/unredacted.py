"""Remembers who had personal data written out, when, of what and why: a log that only grows."""

import errno
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from callcoach.archive.folder import make_folder, not_written
from callcoach.locale import mark
from callcoach.words.redact import Masker, find

LOG = "unredacted.jsonl"
"""The log's name in the data folder."""
_NOTED = mark(
    "nothing goes out unredacted without a note of it; check the folder's rights and space"
)


@dataclass(frozen=True, slots=True)
class Unmasked:
    """Personal data that were written out."""

    when: str
    """The instant, in UTC, ISO 8601."""
    who: str
    what: str
    """The report or the export: `report call 3f2a…`, `call 0192…`."""
    why: str
    file: str


def remember(folder: Path, entry: Unmasked) -> None:
    """Add an entry to the log, durably; raises `StorageError`: then nothing may be written out.

    A name or a number in the reason is masked: the log holds nothing of customers.
    """
    why = Masker().mask(entry.why, find(entry.why)).text
    line = json.dumps({**asdict(entry), "why": why}, ensure_ascii=False) + "\n"
    path = folder / LOG
    try:
        make_folder(folder)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            data = line.encode("utf-8", "replace")
            if os.write(handle, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise not_written(path, error, hint=_NOTED) from error
