"""Reads what Google Cloud Speech-to-Text returns, of its first and its second version.

Names of keys: the references of the Cloud Speech-to-Text API, v1 (RecognizeResponse,
LongRunningRecognizeResponse) and v2 (BatchRecognizeResponse), in camel case as REST has them, or
with underscores.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from callcoach.archive.transcripts.fields import about, first, label_of, mapping, objects, share
from callcoach.archive.transcripts.model import NoteCode, Reading, Said
from callcoach.archive.transcripts.services import (
    Row,
    Time,
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

_STARTS = ("startTime", "startOffset", "start_time", "start_offset")
_ENDS = ("endTime", "endOffset", "end_time", "end_offset")
_RESULT_ENDS = ("resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset")
_SPEAKERS = ("speakerLabel", "speakerTag", "speaker_label", "speaker_tag")
_CHANNELS = ("channelTag", "channel_tag")
_LANGUAGES = ("languageCode", "language_code")
_FINAL = ("isFinal", "is_final")
_OF_OTHERS = "final"
"""A key of IBM Watson's results, which look alike otherwise."""
_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Result:
    """A stretch of a recording, and the likeliest reading of it."""

    line: int
    channel: str
    text: str
    end: Time
    words: Sequence[Voiced]
    """Labelled by speaker, where a speaker is told."""
    is_tagged: bool
    """It says of some word who spoke it."""
    span: tuple[float, float] | None
    """From when until when its words last; None where that is not told."""


def is_google_speech(source: Source) -> bool:
    """Tell whether it is what Speech-to-Text recognised, or an operation that did."""
    return any(_is_result(it) for it in objects(_listed(source.head)))


def is_stream(results: object) -> bool:
    """Tell whether results are a part of what a stream tells, and no call of their own."""
    return any(key in it for it in objects(results) for key in _FINAL)


def _is_result(row: Row) -> bool:
    best = next(iter(objects(row.get("alternatives"))), {})
    return _OF_OTHERS not in row and ("transcript" in best or "words" in best)


def _holder(value: Row) -> Row:
    """Return the object that has the results: a file's in a batch, an operation's response."""
    held = mapping(value.get("response")) or value
    for file in mapping(held.get("results")).values():
        told = mapping(file)
        told = mapping(told.get("inlineResult")) or mapping(told.get("inline_result")) or told
        if isinstance(mapping(told.get("transcript")).get("results"), list):
            return mapping(told.get("transcript"))
    return held


def _listed(value: Row) -> object:
    return _holder(value).get("results")


def read_google_speech(source: Source) -> Reading:
    """Return what Speech-to-Text recognised. Raises `TranscriptError`.

    The words, parted by who speaks and by pauses; of results without words each is an utterance
    that ends when it is told. Where speakers are told, the last result repeats the words of those
    before it: it is the one that is read. The channel tells who speaks where there are several.
    """
    if not is_stream(_listed(source.head)):
        check_single(source)
    rows = [
        (row, at)
        for value, line in zip(source.values, source.values.lines, strict=True)
        for row, at in rows_in(source, _holder(mapping(value)), "results", line)
    ]
    partial = [line for row, line in rows if first(row, _FINAL) is False]
    whole = [(row, line) for row, line in rows if first(row, _FINAL) is not False]
    are_channels = are_several(first(row, _CHANNELS) for row, _ in whole)
    results = [_result(source, row, line, are_channels=are_channels) for row, line in whole]
    said = chain.from_iterable(_said(it) for it in _once(results))
    language = next((it for row, _ in whole if (it := first(row, _LANGUAGES))), None)
    told = about({"language": language})
    return Reading(tuple(said), attributes=told, dropped={NoteCode.PARTIAL_DROPPED: partial})


def _result(source: Source, row: Row, line: int, *, are_channels: bool) -> _Result:
    best = next(iter(objects(row.get("alternatives"))), {})
    words = [_voiced(it, line) for it in objects(best.get("words"))]
    starts = [it.word.start for it in words if it.word.start is not None]
    ends = [it.word.end for it in words if it.word.end is not None]
    return _Result(
        line=line,
        channel=numbered("channel", first(row, _CHANNELS)) if are_channels else "",
        text=text_of(source, best.get("transcript"), line),
        end=_time(first(row, _RESULT_ENDS)),
        words=words,
        is_tagged=any(it.label for it in words),
        span=(min(starts), max(ends)) if starts and ends else None,
    )


def _voiced(it: Row, line: int) -> Voiced:
    text = it.get("word")
    tag = label_of(first(it, _SPEAKERS))
    word = Word(
        text if isinstance(text, str) else "",
        _time(first(it, _STARTS))[0],
        _time(first(it, _ENDS))[0],
        share(it.get("confidence")) or None,  # 0.0 stands for unset
    )
    return Voiced(word, "" if tag == "0" else numbered("speaker", tag), line)


def _time(value: object) -> Time:
    """Return a duration, `1.300s`, or as seconds and nanoseconds, in seconds."""
    if not isinstance(value, dict):
        return read_seconds(value)
    whole, is_whole_odd = read_seconds(value.get("seconds", 0))
    nanos, is_odd = read_seconds(value.get("nanos", 0))
    if whole is None or nanos is None:
        return None, is_whole_odd or is_odd
    return whole + nanos / _NANOSECONDS, False


def _once(results: Sequence[_Result]) -> list[_Result]:
    """Return the results but those whose words a later one has again, with who spoke them.

    Of those later it is the one that reaches back the farthest.
    """
    kept: list[_Result] = []
    farthest: dict[str, _Result] = {}
    for one in reversed(results):
        later = farthest.get(one.channel)
        if later is not None and _repeats(later, one):
            continue
        kept.append(one)
        if one.is_tagged and (later is None or _start(one) < _start(later)):
            farthest[one.channel] = one
    return kept[::-1]


def _start(result: _Result) -> float:
    return result.span[0] if result.span else 0.0


def _repeats(later: _Result, one: _Result) -> bool:
    if one.span is None or later.span is None:
        return not one.is_tagged
    return later.span[0] <= one.span[0] and one.span[1] <= later.span[1]


def _said(one: _Result) -> Iterable[Said]:
    if not one.words:
        return [worded((), one.line, one.channel, one.text, ((None, False), one.end))]
    if one.channel:
        return turns(Voiced(it.word, one.channel, it.line) for it in one.words)
    return turns(one.words)
