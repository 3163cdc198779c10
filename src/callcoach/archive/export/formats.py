"""Exports a call in any of the formats."""

from enum import StrEnum
from typing import assert_never

from callcoach.archive.export.captions import write_srt, write_vtt
from callcoach.archive.export.contact_lens import write_contact_lens
from callcoach.archive.export.data import write_data
from callcoach.archive.export.markdown import write_markdown
from callcoach.archive.export.plain import write_plain
from callcoach.archive.export.record import CallRecord
from callcoach.archive.export.report import compose
from callcoach.archive.export.table import write_table
from callcoach.archive.export.utterances import write_utterances
from callcoach.errors import UsageError
from callcoach.locale import Messages
from callcoach.script.model import Script


class Format(StrEnum):
    """A format to export to, by its name."""

    MD = "md"
    """A report in Markdown."""
    TXT = "txt"
    """The same report in plain text."""
    CSV = "csv"
    """A table, a row for each event."""
    JSON = "json"
    """Everything, so that it can be read back."""
    SRT = "srt"
    """Captions: SubRip."""
    VTT = "vtt"
    """Captions: WebVTT."""
    CONTACT_LENS = "contact-lens"
    """An analysis in the shape of Amazon's, as JSON."""
    PARQUET = "parquet"
    """A table for analyses, a row for each utterance; it is no text."""

    @property
    def ending(self) -> str:
        """Return the ending of such files."""
        return "contact-lens.json" if self is Format.CONTACT_LENS else self.value


def export(
    record: CallRecord, format: str, messages: Messages, script: Script | None = None
) -> str:
    """Return a call in a format (a `Format` or its value), in the language of `messages`.

    Titles of steps, cues and facts come from `script`; without it their ids stand in for them.
    Raises `UsageError` for a format that there is none of or that is no text, and `StorageError`
    for events that are no call's.
    """
    match format_called(format):
        case Format.MD:
            return write_markdown(compose(record, messages, script))
        case Format.TXT:
            return write_plain(compose(record, messages, script))
        case Format.CSV:
            return write_table(record, messages, script)
        case Format.JSON:
            return write_data(record)
        case Format.SRT:
            return write_srt(record, messages)
        case Format.VTT:
            return write_vtt(record, messages)
        case Format.CONTACT_LENS:
            return write_contact_lens(record)
        case Format.PARQUET:
            raise UsageError("Parquet is no text to print", "name a file with -o")
        case never:
            assert_never(never)


def export_bytes(
    record: CallRecord, format: str, messages: Messages, script: Script | None = None
) -> bytes:
    """Return a call in any format as a file holds it. See `export`."""
    if format_called(format) is Format.PARQUET:
        return write_utterances(record)
    return export(record, format, messages, script).encode("utf-8", "replace")


def format_called(format: str) -> Format:
    """Return the format of a name. Raises `UsageError`."""
    try:
        return Format(format)
    except ValueError:
        raise UsageError(
            "there is no format “{format}”",
            "choose one of {known}",
            format=format,
            known=", ".join(Format),
        ) from None
