"""Reads what Deepgram writes of a recording.

Names of keys: Deepgram's API reference (pre-recorded audio) and its pages on utterances,
paragraphs, diarization and multichannel.
"""

from collections.abc import Iterator, Sequence

from callcoach.archive.transcripts.fields import about, first, mapping, objects, share
from callcoach.archive.transcripts.model import Reading, Said
from callcoach.archive.transcripts.services import (
    Row,
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


def is_deepgram(source: Source) -> bool:
    """Tell whether it is a transcript of Deepgram."""
    results = mapping(source.head.get("results"))
    return any(isinstance(results.get(key), list) for key in ("channels", "utterances"))


def read_deepgram(source: Source) -> Reading:
    """Return a transcript of Deepgram. Raises `TranscriptError`.

    Its utterances, where they were asked for; else its words, parted by who speaks and by pauses;
    else the sentences of its paragraphs. The channel tells who speaks where there are several.
    """
    check_single(source)
    results = mapping(source.head.get("results"))
    metadata = mapping(source.head.get("metadata"))
    channels = list(rows_in(source, results, "channels"))
    utterances = list(rows_in(source, results, "utterances"))
    are_channels = len(channels) > 1 or are_several(row.get("channel") for row, _ in utterances)
    said: list[Said] = []
    for row, line in utterances:
        said.append(_utterance(source, row, line, are_channels=are_channels))
    if not utterances:
        for number, (row, line) in enumerate(channels):
            label = numbered("channel", number) if are_channels else ""
            best = next(iter(objects(row.get("alternatives"))), {})
            said += _alternative(source, best, line, label)
    told = {
        "id": metadata.get("request_id"),
        "language": first(channels[0][0], ("detected_language",)) if channels else None,
    }
    return Reading(said, read_seconds(metadata.get("duration"))[0] or 0.0, about(told))


def _utterance(source: Source, row: Row, line: int, *, are_channels: bool) -> Said:
    channel, speaker = row.get("channel"), row.get("speaker")
    label = numbered("channel", channel) if are_channels else numbered("speaker", speaker)
    text = text_of(source, row.get("transcript"), line)
    times = read_seconds(row.get("start")), read_seconds(row.get("end"))
    return worded(_words(row), line, label, text, times)


def _alternative(source: Source, best: Row, line: int, channel: str) -> Iterator[Said]:
    """Yield what was heard in a channel, which is nobody's where there is only one."""
    listed = objects(best.get("words"))
    if listed:
        labels = [channel or numbered("speaker", it.get("speaker")) for it in listed]
        voiced = zip(_words(best), labels, strict=True)
        yield from turns(Voiced(word, label, line) for word, label in voiced)
        return
    paragraphs = objects(mapping(best.get("paragraphs")).get("paragraphs"))
    for paragraph in paragraphs:
        label = channel or numbered("speaker", paragraph.get("speaker"))
        for sentence in objects(paragraph.get("sentences")):
            text = text_of(source, sentence.get("text"), line)
            times = read_seconds(sentence.get("start")), read_seconds(sentence.get("end"))
            yield worded((), line, label, text, times)
    if not paragraphs:
        yield Said(line, channel, text_of(source, best.get("transcript"), line))


def _words(held: Row) -> Sequence[Word]:
    return [
        Word(
            text if isinstance(text := first(it, ("punctuated_word", "word")), str) else "",
            read_seconds(it.get("start"))[0],
            read_seconds(it.get("end"))[0],
            share(it.get("confidence")),
        )
        for it in objects(held.get("words"))
    ]
