"""Writes what was said as captions, for players that show them beside a recording."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from callcoach.archive.export.measured import is_measured
from callcoach.archive.export.record import CallRecord
from callcoach.archive.own_format import ESTIMATED, ESTIMATED_CAPTION
from callcoach.call.events import Heard
from callcoach.call.names import speaker_name
from callcoach.locale import Messages
from callcoach.words import captions
from callcoach.words.captions import Caption
from callcoach.words.clock import LONGEST
from callcoach.words.display import display
from callcoach.words.pace import speaking_seconds

_NOTE = 0.5
"""Seconds at the beginning that belong to a note, and the captions wait for."""
_LONGEST_NOTE = 3.0


def write_srt(record: CallRecord, messages: Messages) -> str:
    """Return what was said as SubRip, the speaker before the words.

    Where times were guessed, a first caption says so, to players and to whoever reads it back.
    """
    said = [it for it in _captions(record.events, messages) if display(it.text).strip()]
    if not said or not _is_guessed(record):
        return captions.write_srt(said, messages)
    later = (replace(it, start=max(it.start, _NOTE), end=max(it.end, _NOTE)) for it in said)
    blocks = captions.write_srt(later, messages).split("\n\n")
    first = min(it.start for it in said)
    end = captions.stamp(min(max(first, _NOTE), _LONGEST_NOTE), ",")
    note = f"1\n00:00:00,000 --> {end}\n{ESTIMATED_CAPTION}"
    following = (
        f"{number}\n{block.partition(chr(10))[2]}" for number, block in enumerate(blocks, 2)
    )
    return "\n\n".join((note, *following))


def write_vtt(record: CallRecord, messages: Messages) -> str:
    """Return what was said as WebVTT, the speaker as a voice.

    Where times were guessed, a note says so to whoever reads it back.
    """
    text = captions.write_vtt(_captions(record.events, messages))
    if not _is_guessed(record):
        return text
    head, rest = text.split("\n", 1)
    return f"{head}\n\n{ESTIMATED}\n{rest}"


def _is_guessed(record: CallRecord) -> bool:
    """Tell whether nobody measured when some of the words were said."""
    return any(isinstance(it, Heard) and not is_measured(it) for it in record.events)


def _captions(events: Iterable[object], messages: Messages) -> Iterator[Caption]:
    """Yield what was said; what nobody measured is shown for as long as it takes to say."""
    for said in events:
        if isinstance(said, Heard):
            start, end = _within(said.start), _within(said.end)
            end = end if start < end else start + speaking_seconds(said.text)
            yield Caption(start, end, speaker_name(said.speaker, messages), said.text)


def _within(seconds: float) -> float:
    """Return a time in whole milliseconds, within what players can count."""
    return round(min(max(seconds, 0.0), LONGEST), 3)
