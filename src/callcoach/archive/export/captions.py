"""Writes what was said as captions, for players that show them beside a recording."""

from collections.abc import Iterable, Iterator

from callcoach.archive.export.record import CallRecord
from callcoach.archive.own_format import ESTIMATED
from callcoach.call.events import Heard
from callcoach.call.names import speaker_name
from callcoach.locale import Messages
from callcoach.words import captions
from callcoach.words.captions import Caption
from callcoach.words.clock import LONGEST
from callcoach.words.pace import speaking_seconds


def write_srt(record: CallRecord, messages: Messages) -> str:
    """Return what was said as SubRip, the speaker before the words."""
    return captions.write_srt(_captions(record.events, messages), messages)


def write_vtt(record: CallRecord, messages: Messages) -> str:
    """Return what was said as WebVTT, the speaker as a voice.

    Where times were guessed, a note says so to whoever reads it back; SubRip has no place for one.
    """
    text = captions.write_vtt(_captions(record.events, messages))
    if not any(isinstance(it, Heard) and it.start >= it.end for it in record.events):
        return text
    head, rest = text.split("\n", 1)
    return f"{head}\n\n{ESTIMATED}\n{rest}"


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
