"""Writes a call of the journal to a file in one of the formats."""

from itertools import count
from pathlib import Path

from callcoach.archive.export import export, record_call, write_export
from callcoach.archive.ids import short
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.tui.ports import Past


def exported(place: Workplace, past: Past, format: str) -> str:
    """Return a call in a format, told in the interface's language where the script has it."""
    language = place.language
    if past.script is not None and language not in past.script.languages:
        language = past.script.languages[0]
    record = record_call(past.summary.id, past.events, past.script, language)
    return export(record, format, place.messages, past.script)


def export_to(place: Workplace, past: Past, format: str, to: Path | None) -> Path:
    """Write a call to a file, by default in the present folder; return the file.

    Raises `StorageError` where it cannot be written, `UsageError` where it, named by nobody, is
    there already.
    """
    path = to or _named(past, format)
    if to is None and path.exists():
        raise UsageError(
            "{path} exists already", "name another with -o, or move it away", path=path
        )
    write_export(path, exported(place, past, format))
    return path


def free_path(past: Past, format: str) -> Path:
    """Return a file of the present folder that is not there yet."""
    tried = (_named(past, format, number) for number in count(1))
    return next(path for path in tried if not path.exists())


def _named(past: Past, format: str, number: int = 1) -> Path:
    mark = f"-{number}" if number > 1 else ""
    return Path.cwd() / f"callcoach-{short(past.summary.id)}{mark}.{format}"
