"""Exports calls: reports, tables, captions, and a JSON form from which they come back."""

from callcoach.archive.export.data import read_export, read_record
from callcoach.archive.export.file import write_export
from callcoach.archive.export.formats import Format, export, export_bytes, format_called
from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.export.redacted import redact_record

__all__ = [
    "CallRecord",
    "Format",
    "export",
    "export_bytes",
    "format_called",
    "read_export",
    "read_record",
    "record_call",
    "redact_record",
    "write_export",
]
