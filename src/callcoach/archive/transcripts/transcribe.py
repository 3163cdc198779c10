"""Reads what Amazon Transcribe writes of a recording, without Call Analytics.

Names of keys: Amazon Transcribe Developer Guide (data input and output; diarization and channel
identification, example output).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from callcoach.archive.transcripts.fields import about, first, label_of, mapping, objects, share
from callcoach.archive.transcripts.model import Reading, Said
from callcoach.archive.transcripts.services import (
    Row,
    Voiced,
    are_several,
    check_single,
    rows_in,
    text_of,
    turns,
    with_mark,
    worded,
)
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.spoken import Word
from callcoach.archive.transcripts.times import read_seconds

_OF_TRANSCRIBE = ("items", "audio_segments", "transcripts")
_BY_CHANNEL = ("channel_label", "speaker_label")
_BY_SPEAKER = ("speaker_label", "channel_label")

_Lined = tuple[Row, int]


def is_transcribe(source: Source) -> bool:
    """Tell whether it is a transcript of Amazon Transcribe."""
    results = mapping(source.head.get("results"))
    are_channels = isinstance(mapping(results.get("channel_labels")).get("channels"), list)
    return are_channels or any(isinstance(results.get(key), list) for key in _OF_TRANSCRIBE)


def read_transcribe(source: Source) -> Reading:
    """Return a transcript of Amazon Transcribe. Raises `TranscriptError`.

    Its own segments are the utterances. Where there are none, or they do not say who speaks though
    the words do, it is the words, parted by who speaks and by pauses.
    """
    check_single(source)
    results = mapping(source.head.get("results"))
    items = list(_items(source, results))
    segments = list(rows_in(source, results, "audio_segments"))
    are_channels = are_several(row.get("channel_label") for row, _ in chain(items, segments))
    keys = _BY_CHANNEL if are_channels else _BY_SPEAKER
    is_told = any(_label(row, keys) for row, _ in segments)
    said: Iterable[Said]
    if segments and (is_told or not any(_label(row, keys) for row, _ in items)):
        said = _segments(source, segments, items, keys)
    elif items:
        said = turns(_voiced(source, items, keys), are_channels=are_channels)
    else:
        said = [
            Said(line, "", text_of(source, row.get("transcript"), line))
            for row, line in rows_in(source, results, "transcripts")
        ]
    told = {"id": source.head.get("jobName"), "language": results.get("language_code")}
    return Reading(tuple(said), attributes=about(told))


def _items(source: Source, results: Row) -> Iterator[_Lined]:
    """Yield words and marks with who says them, also where that stands in lists of its own."""
    held = list(rows_in(source, results, "items"))
    channels = objects(mapping(results.get("channel_labels")).get("channels"))
    if channels and not any("channel_label" in row for row, _ in held):
        for channel in channels:
            for row, line in rows_in(source, channel, "items"):
                yield {**row, "channel_label": channel.get("channel_label")}, line
        return
    speakers = {
        label_of(it.get("start_time")): it.get("speaker_label")
        for segment in objects(mapping(results.get("speaker_labels")).get("segments"))
        for it in objects(segment.get("items"))
    }
    for row, line in held:
        speaker = speakers.get(label_of(row.get("start_time")))
        is_told = speaker is None or "speaker_label" in row
        yield (row if is_told else {**row, "speaker_label": speaker}), line


def _label(row: Row, keys: Sequence[str]) -> str:
    return label_of(first(row, keys))


def _segments(
    source: Source, segments: Iterable[_Lined], items: Iterable[_Lined], keys: Sequence[str]
) -> Iterator[Said]:
    """Yield the utterances as Transcribe parted them."""
    by_id = {label_of(row.get("id")): (row, line) for row, line in items}
    for row, line in segments:
        listed = row.get("items")
        ids = map(label_of, listed if isinstance(listed, list) else ())
        held = [by_id[id] for id in ids if id in by_id]
        words = [one.word for one in _voiced(source, held, keys)]
        text = text_of(source, row.get("transcript"), line)
        times = read_seconds(row.get("start_time")), read_seconds(row.get("end_time"))
        yield worded(words, line, _label(row, keys), text, times)


def _voiced(source: Source, items: Iterable[_Lined], keys: Sequence[str]) -> Sequence[Voiced]:
    """Return the words with their marks; of several readings the first, which is the likeliest."""
    words: list[Voiced] = []
    places: dict[str, int] = {}
    for row, line in items:
        best = next(iter(objects(row.get("alternatives"))), {})
        text = text_of(source, best.get("content"), line)
        label = _label(row, keys)
        if row.get("type") == "punctuation":
            with_mark(words, text, places.get(label, -1))
            continue
        start, end = read_seconds(row.get("start_time"))[0], read_seconds(row.get("end_time"))[0]
        places[label] = len(words)
        words.append(Voiced(Word(text, start, end, share(best.get("confidence"))), label, line))
    return words
