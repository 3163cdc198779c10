"""Makes a transcript out of the utterances that a file holds, whatever its format."""

from collections.abc import Sequence
from dataclasses import replace

from callcoach.archive.transcripts.channels import merge_channels
from callcoach.archive.transcripts.fields import NO_CHARACTER
from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.model import (
    MAX_ROWS,
    MAX_TEXT,
    NoteCode,
    Reading,
    Said,
    Transcript,
)
from callcoach.archive.transcripts.notes import Notebook
from callcoach.archive.transcripts.roles import Roles, roles_of
from callcoach.archive.transcripts.started import read_started
from callcoach.archive.transcripts.times import began, settle
from callcoach.call.captured import Doubt
from callcoach.call.replay import Row, swap_roles
from callcoach.errors import TranscriptError
from callcoach.script.model import Speaker

_SAID_WHY = frozenset((NoteCode.ROLES_UNKNOWN, NoteCode.ONE_VOICE, NoteCode.EMPTY_CALL))
"""Notes that already tell why nobody is the agent."""


def assemble(
    reading: Reading, name: str, *, swap: bool = False, told: Roles | None = None
) -> Transcript:
    """Return the transcript of a file called `name`; with `swap`, its agent is the customer.

    `told` says who is behind labels that do not say it. Raises `TranscriptError` where there are
    too many utterances. A call in which nobody says anything is one without rows, and a note says
    so.
    """
    notebook = Notebook()
    for code, lines in reading.dropped.items():
        for line in lines:
            notebook.add(code, line)
    kept: Sequence[Said] = _kept(reading.said, name, notebook)
    if not reading.is_own:
        kept = merge_channels(kept, notebook)
    told = told or {}
    roles = roles_of(kept, notebook, told)
    rows = tuple(
        _row(one, roles[one.label], start, end, notebook)
        for one, (start, end) in settle(kept, notebook)
    )
    if swap:
        rows = swap_roles(rows)
    if not rows:
        notebook.add(NoteCode.EMPTY_CALL, 0)
    attributes = reading.attributes
    if not attributes.get("started") and (instant := began(kept)):
        attributes = {**attributes, "started": instant}
    if (told_start := attributes.get("started")) and read_started(told_start) is None:
        notebook.add(NoteCode.ODD_START, 0, told_start)
    notes = notebook.notes()
    is_explained = any(note.code in _SAID_WHY for note in notes)
    if not is_explained and not any(row.speaker is Speaker.AGENT for row in rows):
        notebook.add(NoteCode.NO_AGENT, 0)
        notes = notebook.notes()
    is_timed = all(note.code is not NoteCode.TIMES_ESTIMATED for note in notes)
    record = () if swap or told else reading.record
    return Transcript(rows, is_timed, notes, reading.seconds, attributes, record)


def _kept(said: Sequence[Said], name: str, notebook: Notebook) -> list[Said]:
    """Return the utterances that hold words, cut to what a call can take."""
    if len(said) > MAX_ROWS:
        raise TranscriptError(
            "{name}, line {line}: there are more than {most:,} utterances",
            "split the file, one call to a file",
            name=name,
            line=said[MAX_ROWS].line,
            most=MAX_ROWS,
        )
    kept: list[Said] = []
    for given in said:
        one = given
        text = one.text.strip()
        if NO_CHARACTER.search(text):
            notebook.add(NoteCode.BAD_CHARACTERS, one.line)
            text = NO_CHARACTER.sub("\ufffd", text)
        if not text:
            notebook.add(NoteCode.EMPTY_DROPPED, one.line)
            continue
        if len(text) > MAX_TEXT:
            notebook.add(NoteCode.TEXT_CUT, one.line)
            text = text[:MAX_TEXT]
        if text != one.text or one.doubts:
            one = replace(one, text=text, doubts=_doubts(one, text))
        kept.append(one)
    return kept


def _doubts(one: Said, text: str) -> tuple[Doubt, ...]:
    """Return the doubts about words that are still in `text`, the utterance's without its ends."""
    ahead = len(one.text) - len(one.text.lstrip())
    moved = (Doubt(it.start - ahead, it.end - ahead, it.confidence) for it in one.doubts)
    return tuple(it for it in moved if 0 <= it.start < it.end <= len(text))


def _row(one: Said, speaker: Speaker, start: float, end: float, notebook: Notebook) -> Row:
    if speaker is Speaker.OTHER and speaker_of(one.label) is None:
        notebook.add(NoteCode.UNKNOWN_SPEAKER, one.line, one.label)
    return Row(speaker, one.text, start, end, one.at, one.confidence, one.doubts)
