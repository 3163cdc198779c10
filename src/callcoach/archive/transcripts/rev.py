"""Reads what Rev.ai writes of a recording, and Rev's people in the same form.

Names of keys: Rev AI's API reference (transcript object).
"""

from collections.abc import Iterator, Mapping

from callcoach.archive.transcripts.fields import first, label_of, mapping, objects, share
from callcoach.archive.transcripts.model import Reading, Said
from callcoach.archive.transcripts.services import (
    Row,
    Voiced,
    check_single,
    numbered,
    rows_in,
    text_of,
    turns,
    with_mark,
)
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.spoken import Word
from callcoach.archive.transcripts.times import read_seconds

_STARTS, _ENDS = ("ts", "timestamp"), ("end_ts", "end_timestamp")
_NAMES = ("name", "display_name")


def is_rev(source: Source) -> bool:
    """Tell whether it is a transcript of Rev.ai."""
    monologues = objects(source.head.get("monologues"))
    return any(isinstance(it.get("elements"), list) for it in monologues)


def read_rev(source: Source) -> Reading:
    """Return a transcript of Rev.ai, its monologues parted by pauses. Raises `TranscriptError`.

    What its speakers are called tells who speaks, where they have names.
    """
    check_single(source)
    speakers = objects(source.head.get("speakers"))
    names = {label_of(it.get("id")): label_of(first(it, _NAMES)) for it in speakers}
    said: list[Said] = []
    for row, line in rows_in(source, source.head, "monologues"):
        said += turns(_words(source, row, line, _label(row, names)))
    return Reading(said)


def _label(row: Row, names: Mapping[str, str]) -> str:
    info = mapping(row.get("speaker_info"))
    named = label_of(first(info, _NAMES)) or names.get(label_of(row.get("speaker")), "")
    return named or numbered("speaker", row.get("speaker"))


def _words(source: Source, row: Row, line: int, label: str) -> Iterator[Voiced]:
    """Yield the words of a monologue with their marks; a noise, or what nobody understood, is none.

    Spaces stand there as marks.
    """
    words: list[Voiced] = []
    for it, at in rows_in(source, row, "elements", line):
        text = text_of(source, it.get("value"), at)
        if it.get("type") == "punct":
            with_mark(words, text)
        elif it.get("type") == "text":
            start, end = read_seconds(first(it, _STARTS))[0], read_seconds(first(it, _ENDS))[0]
            words.append(Voiced(Word(text, start, end, share(it.get("confidence"))), label, at))
    yield from words
