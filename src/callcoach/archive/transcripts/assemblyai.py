"""Reads what AssemblyAI writes of a recording.

Names of keys: AssemblyAI's API reference (transcript) and its pages on speaker diarization and
multichannel transcription.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from callcoach.archive.transcripts.fields import about, objects, read_ms, share
from callcoach.archive.transcripts.model import Reading, Said
from callcoach.archive.transcripts.services import (
    Row,
    Voiced,
    are_several,
    check_single,
    numbered,
    rows_in,
    text_of,
    turns,
    worded,
)
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.spoken import Word
from callcoach.archive.transcripts.times import read_seconds
from callcoach.errors import Told

_OF_ASSEMBLYAI = frozenset(("audio_url", "status", "words"))
"""Keys of every transcript; of one that failed they are there as well."""
_OF_WORD = frozenset(("text", "start", "end", "confidence"))


def is_assemblyai(source: Source) -> bool:
    """Tell whether it is a transcript of AssemblyAI, also one that failed.

    Its times are whole milliseconds; what has others is another program's.
    """
    head = source.head
    utterances = objects(head.get("utterances"))
    words = chain.from_iterable(objects(row.get("words")) for row in utterances)
    if not head.keys() >= _OF_ASSEMBLYAI and not any(it.keys() >= _OF_WORD for it in words):
        return False
    rows = chain(utterances, objects(head.get("words")))
    return not any(isinstance(row.get(key), float) for row in rows for key in ("start", "end"))


def read_assemblyai(source: Source) -> Reading:
    """Return a transcript of AssemblyAI. Raises `TranscriptError`.

    Its utterances, where they were asked for; else its words, parted by who speaks and by pauses.
    The channel tells who speaks where there are several.
    """
    check_single(source)
    head = source.head
    utterances = list(rows_in(source, head, "utterances"))
    words = list(rows_in(source, head, "words"))
    text = text_of(source, head.get("text"), 1)
    _check_finished(source, is_empty=not (utterances or words or text))
    are_channels = are_several(row.get("channel") for row, _ in chain(utterances, words))
    said: Iterable[Said]
    if utterances:
        said = [_utterance(source, row, at, are_channels=are_channels) for row, at in utterances]
    elif words:
        voiced = (Voiced(_word(row), _label(row, are_channels=are_channels), at)
                  for row, at in words)  # fmt: skip
        said = turns(voiced, are_channels=are_channels)
    else:
        said = [Said(1, "", text)] if text else []
    told = {"id": head.get("id"), "language": head.get("language_code")}
    seconds = read_seconds(head.get("audio_duration"))[0] or 0.0
    return Reading(tuple(said), seconds, about(told))


def _check_finished(source: Source, *, is_empty: bool) -> None:
    """Raise `TranscriptError` for a transcript that is not there yet, or never will be."""
    status = source.head.get("status")
    if is_empty and isinstance(status, str) and status != "completed":
        raise source.error(
            1,
            Told("this transcript is not finished: its status is “{status}”", status=status[:40]),
            Told("download it when it is completed"),
        )


def _utterance(source: Source, row: Row, line: int, *, are_channels: bool) -> Said:
    words: Sequence[Word] = [_word(it) for it in objects(row.get("words"))]
    text = text_of(source, row.get("text"), line)
    times = read_ms(row.get("start")), read_ms(row.get("end"))
    return worded(words, line, _label(row, are_channels=are_channels), text, times)


def _label(row: Row, *, are_channels: bool) -> str:
    if are_channels:
        return numbered("channel", row.get("channel"))
    return numbered("speaker", row.get("speaker"))


def _word(row: Row) -> Word:
    text = row.get("text")
    start, end = read_ms(row.get("start"))[0], read_ms(row.get("end"))[0]
    return Word(text if isinstance(text, str) else "", start, end, share(row.get("confidence")))
