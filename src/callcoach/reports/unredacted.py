"""Remembers who had personal data written out, when, of what and why: a log that only grows."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from callcoach.archive.folder import make_folder
from callcoach.errors import StorageError
from callcoach.words.redact import Masker, find

LOG = "unredacted.jsonl"
"""The log's name in the data folder."""


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
            os.write(handle, line.encode("utf-8", "replace"))
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise StorageError(
            "{path} cannot be written: {why}",
            "nothing goes out unredacted without a note of it; check the folder's rights and space",
            path=path,
            why=error.strerror or error,
        ) from error
