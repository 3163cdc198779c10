"""Reads transcripts of calls in every format that is about, one call or a million of them."""

from callcoach.archive.transcripts.find import Found, find_calls
from callcoach.archive.transcripts.formats import FORMATS, Format
from callcoach.archive.transcripts.model import Note, NoteCode, Transcript
from callcoach.archive.transcripts.notes import say_note
from callcoach.archive.transcripts.read import parse_transcript, read_transcript

__all__ = [
    "FORMATS",
    "Format",
    "Found",
    "Note",
    "NoteCode",
    "Transcript",
    "find_calls",
    "parse_transcript",
    "read_transcript",
    "say_note",
]
