"""Reads what Azure Speech writes of a recording: batch and fast transcription.

Names of keys: Azure AI Speech documentation (batch transcription results; fast transcription).
"""

import re
from collections.abc import Sequence

from callcoach.archive.transcripts.fields import about, first, objects, read_ms, share
from callcoach.archive.transcripts.model import Reading, Said
from callcoach.archive.transcripts.services import (
    Row,
    Time,
    are_several,
    check_single,
    numbered,
    rows_in,
    text_of,
)
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.times import read_seconds

_TICKS = 10_000_000
"""In a second: one is 100 nanoseconds."""
_LENGTH = re.compile(
    r"PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:\.\d{1,9})?)S)?", re.IGNORECASE
)
"""A length of ISO 8601, `PT1M2.5S`."""
_TEXTS = ("display", "maskedITN", "itn", "lexical")
"""From what is best to read to what is least."""


def is_azure_speech(source: Source) -> bool:
    """Tell whether it is a batch transcription of Azure, or a fast one."""
    head = source.head
    if isinstance(head.get("recognizedPhrases"), list):
        return True
    return any("offsetMilliseconds" in it for it in objects(head.get("phrases")))


def read_azure_speech(source: Source) -> Reading:
    """Return a transcription of Azure, phrase by phrase. Raises `TranscriptError`.

    The channel tells who speaks where there are several, else the speaker.
    """
    check_single(source)
    head = source.head
    key = "phrases" if head.get("recognizedPhrases") is None else "recognizedPhrases"
    rows = list(rows_in(source, head, key))
    are_channels = are_several(row.get("channel") for row, _ in rows)
    said = tuple(_phrase(source, row, line, are_channels=are_channels) for row, line in rows)
    language = next((it for row, _ in rows if (it := row.get("locale"))), None)
    return Reading(said, _time(head, "duration")[0] or 0.0, about({"language": language}))


def _phrase(source: Source, row: Row, line: int, *, are_channels: bool) -> Said:
    """Return a phrase in the first of its readings, which is the likeliest."""
    best = next(iter(objects(row.get("nBest"))), row)
    if are_channels:
        label = numbered("channel", row.get("channel"))
    else:
        label = numbered("speaker", first({**best, **row}, ("speaker",)))
    start, is_start_odd = _time(row, "offset")
    length, is_length_odd = _time(row, "duration")
    end = None if start is None or length is None else round(start + length, 7)
    return Said(
        line=line,
        label=label,
        text=_text(source, best, line),
        start=start,
        end=end,
        is_odd=is_start_odd or is_length_odd,
        confidence=share(best.get("confidence")),
    )


def _text(source: Source, best: Row, line: int) -> str:
    keys: Sequence[str] = ("text",) if "text" in best else _TEXTS
    return text_of(source, next((it for key in keys if (it := best.get(key))), None), line)


def _time(row: Row, key: str) -> Time:
    """Return a time in seconds that stands there in ticks, in milliseconds or as ISO 8601."""
    ticks, is_odd = read_seconds(row.get(f"{key}InTicks"))
    if ticks is not None:
        return ticks / _TICKS, is_odd
    ms, is_ms_odd = read_ms(row.get(f"{key}Milliseconds"))
    if ms is not None:
        return ms, is_ms_odd
    value = row.get(key)
    if value is None:
        return None, is_odd or is_ms_odd
    found = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None, True
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds, False
