"""Writes what was said as captions, for players that show them beside a recording."""

from collections.abc import Iterable, Iterator

from callcoach.archive.export.clock import stamp
from callcoach.archive.export.record import CallRecord
from callcoach.call.events import Heard
from callcoach.call.names import speaker_name
from callcoach.locale import Messages
from callcoach.words.clock import LONGEST
from callcoach.words.display import display
from callcoach.words.pace import speaking_seconds

_TAGS = str.maketrans("<>{}", "＜＞｛｝")
"""SubRip has no escapes: what players take for a tag becomes its full-width twin."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write_srt(record: CallRecord, messages: Messages) -> str:
    """Return what was said as SubRip, the speaker before the words."""
    captions: list[str] = []
    for number, (heard, start, end) in enumerate(_timed(record.events), 1):
        speaker = speaker_name(heard.speaker, messages)
        words = messages.say("{speaker}: {words}", speaker=speaker, words=_line(heard))
        times = f"{stamp(start, ',')} --> {stamp(end, ',')}"
        captions.append(f"{number}\n{times}\n{words.translate(_TAGS)}\n")
    return "\n".join(captions)


def write_vtt(record: CallRecord, messages: Messages) -> str:
    """Return what was said as WebVTT, the speaker as a voice."""
    captions = ["WEBVTT\n"]
    for heard, start, end in _timed(record.events):
        speaker = display(speaker_name(heard.speaker, messages)).translate(_ENTITIES)
        times = f"{stamp(start, '.')} --> {stamp(end, '.')}"
        captions.append(f"{times}\n<v {speaker}>{_line(heard).translate(_ENTITIES)}</v>\n")
    return "\n".join(captions)


def _line(heard: Heard) -> str:
    return display(heard.text).strip()


def _timed(events: Iterable[object]) -> Iterator[tuple[Heard, float, float]]:
    """Yield the utterances that hold words in the order of their beginnings, each of some length.

    One whose length nobody measured is shown for as long as it takes to say.
    """
    heard = [event for event in events if isinstance(event, Heard) and _line(event)]
    for said in sorted(heard, key=lambda said: (_start(said), said.end)):
        start, end = _start(said), round(said.end, 3)
        is_measured = start < end <= LONGEST
        yield said, start, end if is_measured else start + speaking_seconds(said.text)


def _start(said: Heard) -> float:
    """Return when an utterance began, in whole milliseconds, within what players can count."""
    return round(min(max(said.start, 0.0), LONGEST), 3)
