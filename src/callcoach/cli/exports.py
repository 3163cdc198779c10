"""Writes a call of the journal to a file in one of the formats."""

from dataclasses import replace
from pathlib import Path

from callcoach.archive.database import wall_now
from callcoach.archive.export.file import write_export
from callcoach.archive.export.formats import export, export_bytes, format_called
from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.export.redacted import redact_record
from callcoach.archive.ids import short
from callcoach.cli.output import free_file, own_file
from callcoach.cli.review.desk import whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.reports.unredacted import Unmasked, remember
from callcoach.script.wording import Language
from callcoach.tui.past import Past


def exported(place: Workplace, past: Past, format: str, unredacted: str = "") -> str:
    """Return a call in a format, told in the interface's language where the script has it.

    Personal data are masked, unless `unredacted` says why they must stay.
    """
    record = _record(place, past, unredacted)
    text = export(record, format, place.messages, past.script)
    _note(place, record, "-")
    return text


def _note(place: Workplace, record: CallRecord, where: str) -> None:
    """Remember that personal data go out, if they do. Raises `StorageError`: then they may not."""
    if record.why_whole:
        who, what = whoever(place, ""), f"call {record.id}"
        remember(place.data_folder, Unmasked(wall_now(), who, what, record.why_whole, where))


def _record(place: Workplace, past: Past, unredacted: str) -> CallRecord:
    record = record_call(past.summary.id, past.events, past.script, _language(place, past))
    if unredacted:
        return replace(record, why_whole=unredacted)
    return redact_record(record, past.script, place.messages)


def shown(place: Workplace, past: Past, format: str) -> str:
    """Return a call in a format as its owner reads it at home: with everything in it."""
    record = record_call(past.summary.id, past.events, past.script, _language(place, past))
    return export(record, format, place.messages, past.script)


def _language(place: Workplace, past: Past) -> Language:
    return past.script.language(place.language) if past.script else place.language


def export_to(
    place: Workplace, past: Past, format: str, to: Path | None, unredacted: str = ""
) -> Path:
    """Write a call to a file, by default in the present folder; return the file.

    See `exported` for `unredacted`; personal data that go out are noted. Raises `StorageError`
    where it cannot be written, `UsageError` where it, named by nobody, is there already.
    """
    path = to or own_file(short(past.summary.id), format_called(format).ending)
    if to is None and path.exists():
        raise UsageError(
            "{path} exists already", "name another with -o, or move it away", path=path
        )
    record = _record(place, past, unredacted)
    made = export_bytes(record, format, place.messages, past.script)
    _note(place, record, str(path))
    write_export(path, made)
    return path


def export_beside(place: Workplace, past: Past, format: str) -> Path:
    """Write a masked call to a file of the present folder, beside what is there; return it."""
    free = free_file(short(past.summary.id), format_called(format).ending)
    return export_to(place, past, format, free)
