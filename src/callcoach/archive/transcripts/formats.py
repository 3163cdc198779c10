"""The formats of transcripts: what each is called, what it looks like, and who reads it."""

from collections.abc import Callable
from dataclasses import dataclass

from callcoach.archive.transcripts.amazon import (
    is_call_analytics,
    is_contact_lens,
    is_post_call_analytics,
    read_analytics,
    read_post_call_analytics,
)
from callcoach.archive.transcripts.assemblyai import is_assemblyai, read_assemblyai
from callcoach.archive.transcripts.azure_speech import is_azure_speech, read_azure_speech
from callcoach.archive.transcripts.captions import is_subrip, is_webvtt, read_captions
from callcoach.archive.transcripts.deepgram import is_deepgram, read_deepgram
from callcoach.archive.transcripts.google_speech import is_google_speech, read_google_speech
from callcoach.archive.transcripts.model import Reading
from callcoach.archive.transcripts.outlined import is_yaml, read_yaml
from callcoach.archive.transcripts.plain import read_plain
from callcoach.archive.transcripts.recognised import (
    is_google,
    is_vosk,
    is_whisper,
    read_google,
    read_vosk,
    read_whisper,
)
from callcoach.archive.transcripts.rev import is_rev, read_rev
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.structured import read_structured
from callcoach.archive.transcripts.table import is_table, read_table, strange_table
from callcoach.archive.transcripts.transcribe import is_transcribe, read_transcribe
from callcoach.errors import TranscriptError, UsageError
from callcoach.locale import mark


@dataclass(frozen=True, slots=True)
class Format:
    """A way in which a call is written down."""

    name: str
    """How a person asks for it: `contact-lens`."""
    title: str
    """What it is, in words."""
    detect: Callable[[Source], bool]
    """Tells whether a text looks like it. Raises `TranscriptError` for JSON that is none."""
    read: Callable[[Source], Reading]
    """Returns the utterances. Raises `TranscriptError`."""
    is_json: bool = True
    """It is written in JSON."""


def _read_plain(source: Source) -> Reading:
    try:
        return Reading(tuple(read_plain(source.text, source.name)))
    except TranscriptError as error:
        if (strange := strange_table(source)) is not None:
            raise strange from error
        raise


FORMATS = (
    Format("vtt", mark("captions, WebVTT"), is_webvtt, read_captions, is_json=False),
    Format("srt", mark("captions, SubRip"), is_subrip, read_captions, is_json=False),
    Format("pca", mark("Amazon post-call-analytics"), is_post_call_analytics,
           read_post_call_analytics),
    Format("call-analytics", mark("Amazon Transcribe Call Analytics"), is_call_analytics,
           read_analytics),
    Format("contact-lens", mark("Amazon Connect Contact Lens, calls and chats"), is_contact_lens,
           read_analytics),
    Format("google", mark("Google Contact Center AI Insights"), is_google, read_google),
    Format("deepgram", mark("Deepgram"), is_deepgram, read_deepgram),
    Format("transcribe", mark("Amazon Transcribe"), is_transcribe, read_transcribe),
    Format("google-speech", mark("Google Cloud Speech-to-Text"), is_google_speech,
           read_google_speech),
    Format("assemblyai", mark("AssemblyAI"), is_assemblyai, read_assemblyai),
    Format("azure-speech", mark("Azure Speech, batch and fast transcription"), is_azure_speech,
           read_azure_speech),
    Format("rev", mark("Rev.ai"), is_rev, read_rev),
    Format("vosk", mark("Vosk"), is_vosk, read_vosk),
    Format("whisper", mark("Whisper, faster-whisper, whisperX, whisper.cpp"), is_whisper,
           read_whisper),
    Format("json", mark("JSON with speaker, text, stime and etime; callcoach's own"),
           lambda source: source.is_json, read_structured),
    Format("yaml", mark("YAML with speaker, text, stime and etime"), is_yaml, read_yaml,
           is_json=False),
    Format("csv", mark("a table, CSV or TSV, whose first line names the columns"), is_table,
           read_table, is_json=False),
    Format("text", mark("plain text with “Agent: …” or “客户：…”"), lambda _: True, _read_plain,
           is_json=False),
)  # fmt: skip
"""In the order in which they are tried: the first that a text looks like reads it."""


def format_called(name: str) -> Format:
    """Return the format of a name. Raises `UsageError` where there is none."""
    found = next((it for it in FORMATS if it.name == name), None)
    if found is None:
        raise UsageError(
            "there is no format of transcripts called “{name}”",
            "there are: {names}",
            name=name,
            names=", ".join(it.name for it in FORMATS),
        )
    return found


def detect_format(source: Source) -> Format:
    """Return the format that a text looks like. Raises `TranscriptError` for JSON that is none."""
    return next(it for it in FORMATS if it.detect(source))
