"""Reads calls with the scripts that they were made with, from the files that the journal keeps."""

from collections.abc import Sequence
from pathlib import Path

from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.errors import CallcoachError, NotFound, StorageError
from callcoach.script.load import load_pack
from callcoach.script.model import Script
from callcoach.script.pack_files import PackFiles
from callcoach.tui.past import Past


def stored_script(files: Sequence[PackFiles]) -> Script | None:
    """Return the script of stored files; None where they are none or no longer load."""
    if not files:
        return None
    by_id = {pack.id: pack for pack in files}
    try:
        return load_pack(files[0], by_id.get).script
    except CallcoachError:
        return None


def required(script: Script | None, call: str) -> Script:
    """Return the script of a call. Raises `StorageError` where it cannot be read."""
    if script is None:
        raise StorageError(
            "the script of the call {call} cannot be read", "callcoach show still can", call=call
        )
    return script


def _find(journal: Journal, wanted: str, even_lost: bool) -> CallSummary:
    try:
        return journal.find(wanted)
    except NotFound:
        if not even_lost:
            raise
        return journal.find_kept(wanted)


def read_past(path: Path, wanted: str, *, even_lost: bool = False) -> Past:
    """Return a call of the journal at `path`, with the script it was made with.

    One that the list of calls has lost can be looked at, and is not found by whoever goes on with
    it. Raises `StorageError` where there is no such call, or it cannot be read.
    """
    with Journal(path) as journal:
        summary = _find(journal, wanted, even_lost)
        events = journal.events(summary.id)
        files = journal.sources(summary.digest)
    return Past(summary, events, stored_script(files))
