"""Tells files that are no transcripts by how they begin, and what to do with them."""

from collections.abc import Collection
from pathlib import Path

from callcoach.errors import TranscriptError
from callcoach.locale import mark

_SOUND = (mark("{file} is a recording"), mark("callcoach transcribe writes a transcript of it"))
_OFFICE = (
    mark("{file} is a file of an office program"),
    mark("save the table there as CSV in UTF-8, or the text as plain text"),
)
_PDF = (mark("{file} is a PDF"), mark("export the transcript as text, a table or JSON instead"))
_BEGINNINGS = (
    (b"%PDF-", _PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OFFICE),
    *((begin, _SOUND) for begin in (b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3")),
    *((b"ID3" + bytes((version,)), _SOUND) for version in (2, 3, 4)),
)
_OFFICE_MEMBERS = frozenset(("[Content_Types].xml", "mimetype"))
"""Files in the zips that Word, Excel, LibreOffice and their like write."""


def refuse_strange(file: Path, start: bytes) -> None:
    """Raise `TranscriptError` for a recording, a PDF or a file of an old office program."""
    told = next((told for begin, told in _BEGINNINGS if start.startswith(begin)), None)
    if start.startswith(b"RIFF") and start[8:12] == b"WAVE":
        told = _SOUND
    if start[4:8] == b"ftyp":
        told = _SOUND
    if told is not None:
        raise TranscriptError(*told, file=file)


def refuse_office(file: Path, names: Collection[str]) -> None:
    """Raise `TranscriptError` for a zip with such `names` that an office program has written."""
    if not _OFFICE_MEMBERS.isdisjoint(names):
        raise TranscriptError(*_OFFICE, file=file)
