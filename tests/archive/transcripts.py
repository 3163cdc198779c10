"""What the tests of reading transcripts share."""

import json
from collections.abc import Mapping

from callcoach.archive.transcripts import Note, NoteCode, parse_transcript
from callcoach.script.model import Speaker

AGENT, CUSTOMER, OTHER = Speaker.AGENT, Speaker.CUSTOMER, Speaker.OTHER


def turns_of(text: str) -> list[tuple[Speaker, str]]:
    """Return who says what in a transcript."""
    return [(row.speaker, row.text) for row in parse_transcript(text, "x").rows]


def times_of(text: str) -> list[tuple[float, float]]:
    """Return when the utterances of a transcript begin and end."""
    return [(row.start, row.end) for row in parse_transcript(text, "x").rows]


def notes_of(text: str) -> dict[NoteCode, Note]:
    """Return what is noted about a transcript."""
    return {note.code: note for note in parse_transcript(text, "x").notes}


def json_of(*rows: Mapping[str, object]) -> str:
    """Return utterances as a transcript in JSON."""
    return json.dumps(rows)
