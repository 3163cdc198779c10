"""Reads transcripts of calls: JSON, callcoach's own export, and plain text in either language."""

from callcoach.archive.transcripts.model import Note, NoteCode, Transcript
from callcoach.archive.transcripts.notes import say_note
from callcoach.archive.transcripts.read import parse_transcript, read_transcript

__all__ = ["Note", "NoteCode", "Transcript", "parse_transcript", "read_transcript", "say_note"]
