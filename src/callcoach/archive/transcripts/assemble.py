"""Makes a transcript out of the utterances that a file holds, whatever its format."""

import re
from collections.abc import Iterable
from dataclasses import replace

from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.model import (
    MAX_ROWS,
    MAX_TEXT,
    NoteCode,
    Said,
    Transcript,
)
from callcoach.archive.transcripts.notes import Notebook
from callcoach.archive.transcripts.times import settle
from callcoach.call.captured import Doubt
from callcoach.call.replay import Row, swap_roles
from callcoach.errors import TranscriptError
from callcoach.script.model import Speaker

_NO_CHARACTER = re.compile("[\ud800-\udfff]")


def assemble(said: Iterable[Said], name: str, *, swap: bool = False) -> Transcript:
    """Return the transcript of a file called `name`; with `swap`, its agent is the customer.

    Raises `TranscriptError` where there are too many utterances, or none.
    """
    notebook = Notebook()
    kept = settle(_kept(said, name, notebook), notebook)
    if not kept:
        raise TranscriptError(
            "{name}, line 1: there is no utterance in this file",
            "write lines such as “Agent: …” and “客户：…”, or a JSON list of speaker, text, "
            "stime and etime",
            name=name,
        )
    rows = tuple(_row(one, start, end, notebook) for one, (start, end) in kept)
    if swap:
        rows = swap_roles(rows)
    if not any(row.speaker is Speaker.AGENT for row in rows):
        notebook.add(NoteCode.NO_AGENT, 0)
    notes = notebook.notes()
    is_timed = all(note.code is not NoteCode.TIMES_ESTIMATED for note in notes)
    return Transcript(rows, is_timed, notes)


def _kept(said: Iterable[Said], name: str, notebook: Notebook) -> list[Said]:
    """Return the utterances that hold words, cut to what a call can take."""
    kept: list[Said] = []
    for count, one in enumerate(said, 1):
        if count > MAX_ROWS:
            raise TranscriptError(
                "{name}, line {line}: there are more than {most:,} utterances",
                "split the file, one call to a file",
                name=name,
                line=one.line,
                most=MAX_ROWS,
            )
        text = one.text.strip()
        if _NO_CHARACTER.search(text):
            notebook.add(NoteCode.BAD_CHARACTERS, one.line)
            text = _NO_CHARACTER.sub("\ufffd", text)
        if not text:
            notebook.add(NoteCode.EMPTY_DROPPED, one.line)
            continue
        if len(text) > MAX_TEXT:
            notebook.add(NoteCode.TEXT_CUT, one.line)
            text = text[:MAX_TEXT]
        kept.append(replace(one, text=text, doubts=_doubts(one, text)))
    return kept


def _doubts(one: Said, text: str) -> tuple[Doubt, ...]:
    """Return the doubts about words that are still in `text`, the utterance's without its ends."""
    ahead = len(one.text) - len(one.text.lstrip())
    moved = (Doubt(it.start - ahead, it.end - ahead, it.confidence) for it in one.doubts)
    return tuple(it for it in moved if 0 <= it.start < it.end <= len(text))


def _row(one: Said, start: float, end: float, notebook: Notebook) -> Row:
    speaker = speaker_of(one.label)
    if speaker is None:
        notebook.add(NoteCode.UNKNOWN_SPEAKER, one.line, one.label)
    speaker = speaker or Speaker.OTHER
    return Row(speaker, one.text, start, end, one.at, one.confidence, one.doubts)
