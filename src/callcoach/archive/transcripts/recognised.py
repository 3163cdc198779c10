"""Reads what recognisers write: Vosk, Whisper and its kin, Google's Insights.

Names of keys: alphacep/vosk-api, openai/whisper, SYSTRAN/faster-whisper, ggml-org/whisper.cpp,
m-bain/whisperX, and the reference of the Contact Center AI Insights API.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from callcoach.archive.transcripts.fields import (
    about,
    first,
    label_of,
    mapping,
    objects,
    read_ms,
    share,
)
from callcoach.archive.transcripts.model import NoteCode, Reading, Said
from callcoach.archive.transcripts.services import written
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.spoken import Word, utterance, utterances
from callcoach.archive.transcripts.times import read_seconds
from callcoach.archive.transcripts.walk import Listing
from callcoach.errors import Told

_OF_VOSK = frozenset(("result", "partial", "alternatives", "partial_result"))
_OF_WHISPER = frozenset(("avg_logprob", "no_speech_prob", "compression_ratio", "tokens"))
_OF_CHAT = frozenset(("text", "role"))
_NO_SPEECH, _LOGPROB = 0.6, -1.0
"""Whisper itself takes what is beyond both for silence (openai/whisper, transcribe.py)."""
_MICROSECONDS = 1_000_000


# Vosk


def is_vosk(source: Source) -> bool:
    """Tell whether it is what Vosk returns: one result, or several in a list or in lines."""
    results = objects(_results(source)) if source.is_json else []
    words = (objects(_best(one).get("result")) for one in results if _OF_VOSK & one.keys())
    return any("word" in word for listed in words for word in listed)


def read_vosk(source: Source) -> Reading:
    """Return what Vosk heard, parted by pauses; a channel or a speaker is told where it is."""
    said: list[Said] = []
    partial: list[int] = []
    results = _results(source)
    for row, line in zip(results, results.lines, strict=True):
        result = _best(mapping(row))
        if "partial" in result:
            partial.append(line)
            continue
        label = label_of(first(mapping(row), ("speaker", "role", "channel")))
        words = [_word(it, "word", ("conf",)) for it in objects(result.get("result"))]
        if words:
            said += utterances(words, line, label)
        elif isinstance(text := result.get("text"), str) and text:
            said.append(Said(line, label, text))
    return Reading(said, dropped={NoteCode.PARTIAL_DROPPED: partial})


def _results(source: Source) -> Listing:
    """Return the results: those of the list at the top, or the objects one after the other."""
    values = source.values
    return values[0] if values and isinstance(values[0], Listing) else values


def _best(result: Mapping[str, object]) -> Mapping[str, object]:
    """Return the likeliest of several readings of an utterance; the first, as Vosk sorts them."""
    others = objects(result.get("alternatives"))
    return others[0] if others else result


# Whisper


def is_whisper(source: Source) -> bool:
    """Tell whether it is what Whisper, faster-whisper, whisperX or whisper.cpp writes."""
    if not source.is_json:
        return False
    if any("offsets" in it for it in objects(source.rows("transcription"))):
        return True
    segments = objects(_segments(source))
    return any(_OF_WHISPER & it.keys() or "word" in _first(it.get("words")) for it in segments)


def _first(listed: object) -> Mapping[str, object]:
    return next(iter(objects(listed)), {})


def read_whisper(source: Source) -> Reading:
    """Return what Whisper heard, but what it should have taken for silence."""
    said: list[Said] = []
    silent: list[int] = []
    segments = _segments(source)
    for row, line in zip(segments, segments.lines, strict=True):
        segment = mapping(row)
        if _is_silence(segment):
            silent.append(line)
        else:
            said.append(_heard(source, segment, line))
    head = source.head
    return Reading(said, attributes=about(head), dropped={NoteCode.SILENCE_DROPPED: silent})


def _segments(source: Source) -> Listing:
    if not source.head:
        values = source.values
        return values[0] if values and isinstance(values[0], Listing) else Listing()
    return source.rows("segments", "transcription")


def _heard(source: Source, segment: Mapping[str, object], line: int) -> Said:
    """Return the utterance of a segment: as it is written, with what its words tell."""
    said = written(source, segment.get("text"), line, Told("transcribe the recording anew")).strip()
    words = [_word(it, "word", ("probability", "score")) for it in objects(segment.get("words"))]
    label = label_of(segment.get("speaker"))
    spoken = utterance(words, line, label)
    offsets = mapping(segment.get("offsets"))
    start, is_start_odd = read_ms(offsets.get("from"))
    end, is_end_odd = read_ms(offsets.get("to"))
    if not offsets:
        start, is_start_odd = read_seconds(segment.get("start"))
        end, is_end_odd = read_seconds(segment.get("end"))
    doubts = spoken.doubts if spoken.text == said else ()
    return replace(
        spoken,
        text=said or spoken.text,
        start=start,
        end=end,
        is_odd=is_start_odd or is_end_odd,
        doubts=doubts,
    )


def _is_silence(segment: Mapping[str, object]) -> bool:
    silence, likelihood = segment.get("no_speech_prob"), segment.get("avg_logprob")
    return (
        isinstance(silence, (int, float))
        and isinstance(likelihood, (int, float))
        and silence > _NO_SPEECH
        and likelihood < _LOGPROB
    )


# Google


def is_google(source: Source) -> bool:
    """Tell whether it is a conversation of Google's Insights, or a chat for it."""
    head = source.head
    if any(it.keys() >= _OF_CHAT for it in objects(head.get("entries"))):
        return True
    return isinstance(_transcript(head).get("transcriptSegments"), list)


def read_google(source: Source) -> Reading:
    """Return a conversation of Google's Insights, or a chat for it."""
    head = source.head
    listed = _transcript(head).get("transcriptSegments", head.get("entries"))
    rows = listed if isinstance(listed, Listing) else Listing()
    said = tuple(_segment(source, row, line) for row, line in zip(rows, rows.lines, strict=True))
    duration = read_seconds(head.get("duration"))[0] or 0.0
    info = mapping(next(iter(objects(mapping(head.get("qualityMetadata")).get("agentInfo"))), {}))
    told = {
        "id": label_of(head.get("name")),
        "agent": first({**head, **info}, ("agentId", "displayName")),
        "started": head.get("startTime"),
        "language": head.get("languageCode"),
    }
    return Reading(said, duration, about(told))


def _transcript(head: Mapping[str, object]) -> Mapping[str, object]:
    """Return what holds the segments, which stand at the top where only a transcript was saved."""
    return mapping(head.get("transcript")) or head


def _segment(source: Source, row: object, line: int) -> Said:
    segment = mapping(row)
    participant = mapping(segment.get("segmentParticipant"))
    label = label_of(first({**segment, **participant}, ("role", "userId")))
    if not label and segment.get("channelTag"):
        label = f"channel {segment['channelTag']}"[:40]
    words = [_word(it, "word", ("confidence",)) for it in objects(segment.get("words"))]
    spoken = utterance(words, line, label)
    said = written(source, segment.get("text"), line, Told("export the conversation anew")).strip()
    at = read_seconds(first(segment, ("messageTime", "createTime")))
    if segment.get("start_timestamp_usec") is not None:
        micro, is_odd = read_seconds(segment["start_timestamp_usec"])
        at = (None if micro is None else micro / _MICROSECONDS), is_odd
    sure = share(segment.get("confidence")) or None  # 0.0 stands for unset
    return replace(
        spoken,
        text=said or spoken.text,
        start=at[0] if spoken.start is None else spoken.start,
        is_odd=at[1],
        confidence=sure or spoken.confidence,
        doubts=spoken.doubts if said in ("", spoken.text) else (),
    )


def _word(it: Mapping[str, object], key: str, sure: Iterable[str]) -> Word:
    start = read_seconds(first(it, ("start", "startOffset")))[0]
    end = read_seconds(first(it, ("end", "endOffset")))[0]
    text = it.get(key)
    confidence = share(first(it, sure))
    return Word(text if isinstance(text, str) else "", start, end, confidence)
