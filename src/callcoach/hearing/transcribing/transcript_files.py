"""Writes a transcript: for people, for players and for programs; the same one gives the same text.

JSON and its lines hold everything, and `callcoach replay` reads them.
"""

from enum import StrEnum
from typing import Any, assert_never

import msgspec

from callcoach.call.names import speaker_name
from callcoach.hearing.transcribing.transcript import FORMAT, Transcript, Utterance
from callcoach.locale import Messages
from callcoach.words.captions import Caption, write_srt, write_vtt
from callcoach.words.clock import clock
from callcoach.words.display import display, display_json

FORMAT_KEY = "callcoach_transcript"
_ROWS = "utterances"


class Format(StrEnum):
    """A form of a transcript; its value is the ending of such files."""

    JSON = "json"
    JSONL = "jsonl"
    """JSON lines: what the recording is, then each utterance."""
    TXT = "txt"
    SRT = "srt"
    VTT = "vtt"


def write(transcript: Transcript, format: Format, messages: Messages) -> str:
    """Return a transcript in a format; voices are called as in the language of `messages`."""
    match format:
        case Format.JSON:
            text = msgspec.json.format(msgspec.json.encode(_plain(transcript)), indent=1)
            return display_json(text.decode("utf-8")) + "\n"
        case Format.JSONL:
            head = _plain(transcript)
            rows = (head, *head.pop(_ROWS))
            lines = (msgspec.json.encode(row).decode("utf-8") for row in rows)
            return "".join(f"{display_json(line)}\n" for line in lines)
        case Format.TXT:
            return "".join(f"{_line(said, messages)}\n" for said in _ordered(transcript))
        case Format.SRT:
            return write_srt(_captions(transcript, messages), messages)
        case Format.VTT:
            return write_vtt(_captions(transcript, messages))
        case _:
            assert_never(format)


def _plain(transcript: Transcript) -> dict[str, Any]:
    return {FORMAT_KEY: FORMAT, **msgspec.to_builtins(transcript)}


def _line(said: Utterance, messages: Messages) -> str:
    speaker, words = speaker_name(said.speaker, messages), display(said.text)
    told = messages.say("{speaker}: {words}", speaker=speaker, words=words)
    return f"[{clock(said.start).rjust(5, '0')}] {told}"


def _ordered(transcript: Transcript) -> list[Utterance]:
    """Return the utterances as they began."""
    return sorted(transcript.utterances, key=lambda said: (said.start, said.end))


def _captions(transcript: Transcript, messages: Messages) -> list[Caption]:
    return [_caption(said, speaker_name(said.speaker, messages)) for said in _ordered(transcript)]


def _caption(said: Utterance, speaker: str) -> Caption:
    return Caption(said.start, said.end, speaker, said.text, _moments(said))


def _moments(said: Utterance) -> tuple[tuple[int, float, float], ...]:
    """Return where in the text each word begins, and when it was said."""
    found: list[tuple[int, float, float]] = []
    at = 0
    for word in said.words:
        at = said.text.index(word.text, at)
        found.append((at, word.start, word.end))
        at += len(word.text)
    return tuple(found)
