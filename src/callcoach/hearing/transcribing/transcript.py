"""What was said in a recording: who, what, when, and how sure the recogniser is of it.

All times are seconds since the recording began.
"""

from collections.abc import Sequence

import msgspec
from msgspec import structs

from callcoach.call.captured import Doubt
from callcoach.hearing.heard import Final, Word
from callcoach.hearing.text import joined
from callcoach.locale import Messages
from callcoach.script.model import Speaker
from callcoach.words.redact import Masked, Masker, find_all

FORMAT = 1
"""The newest form of a transcript as JSON."""


class Utterance(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one voice said between two pauses."""

    speaker: Speaker
    text: str
    start: float
    end: float
    at: float
    """When a live call would have had it: how much had been heard when it was over."""
    confidence: float
    """Of the recogniser on average, 0 to 1."""
    doubts: tuple[Doubt, ...] = ()
    words: tuple[Word, ...] = ()
    """As they were recognised; none where personal data are masked."""


class Transcript(msgspec.Struct, frozen=True, omit_defaults=True):
    """A recording in words."""

    file: str
    """Its name, without the folder."""
    seconds: float
    channels: tuple[Speaker, ...]
    """Who speaks on each."""
    model: str
    language: str
    utterances: tuple[Utterance, ...]
    """In the order in which a live call would have had them."""
    is_cut: bool = False
    """The recording breaks off, and nothing is known of what came after."""
    is_redacted: bool = False
    """Personal data are masked."""
    recording: str = ""
    """Where the file is, seen from the transcript, with `/`; empty where nobody knows."""


def utterances(channels: Sequence[tuple[Speaker, Sequence[Final]]]) -> tuple[Utterance, ...]:
    """Return what the voices of a recording said, as a live call would have had it."""
    said = [
        (final.at, number, _utterance(speaker, final))
        for number, (speaker, finals) in enumerate(channels)
        for final in finals
    ]
    return tuple(one for _, _, one in sorted(said, key=lambda it: it[:2]))


def _utterance(speaker: Speaker, final: Final) -> Utterance:
    text, doubts = joined(final.words)
    times = (final.start, final.end, final.at)
    return Utterance(speaker, text, *times, final.confidence, doubts, final.words)


def redact(transcript: Transcript, messages: Messages) -> Transcript:
    """Return a transcript with personal data masked, in the language of `messages`."""
    masker = Masker(messages, is_numbered=True)
    said = transcript.utterances
    found = find_all([(one.speaker.value, one.text) for one in said])
    masked = [masker.mask(one.text, it) for one, it in zip(said, found, strict=True)]
    return structs.replace(
        transcript,
        utterances=tuple(_redacted(one, it) for one, it in zip(said, masked, strict=True)),
        is_redacted=True,
    )


def _redacted(said: Utterance, masked: Masked) -> Utterance:
    """Return an utterance with other words; a doubt about a masked word is about the mask."""
    doubts = tuple(
        Doubt(masked.start(it.start), masked.end(it.end), it.confidence) for it in said.doubts
    )
    return structs.replace(said, text=masked.text, doubts=doubts, words=())
