"""Reads captions as transcripts: WebVTT with its voices, SubRip with labels before the words."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from callcoach.archive.own_format import ESTIMATED, ESTIMATED_CAPTION
from callcoach.archive.transcripts.labels import is_label, speaker_of
from callcoach.archive.transcripts.model import MAX_LINES, Reading, Said
from callcoach.archive.transcripts.plain import joined
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.times import read_clock
from callcoach.errors import Told

_HEAD = 200
"""Characters within which a note on all times stands."""
_STAMP = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,6}"
_TIMES = re.compile(rf"\s*({_STAMP})\s*-->\s*({_STAMP})(?:\s.*)?")
_WEBVTT = re.compile(r"WEBVTT(?![^\s])")
_SUBRIP = re.compile(rf"(?:\d+\s*\n)?{_STAMP}\s*-->\s*{_STAMP}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^>]{0,99}>|\{\\[^}]{0,99}\}")
_LABEL = re.compile(
    r"[-–]?\s{0,3}(?:[\[【(（]([^\]】)）:：]{1,40})[\]】)）]\s{0,3}[:：]?|([^:：]{1,40})[:：])"
)


@dataclass(frozen=True, slots=True)
class _Caption:
    line: int
    start: float | None
    end: float | None
    text: str


def is_webvtt(source: Source) -> bool:
    """Tell whether a text begins as WebVTT has to."""
    return _WEBVTT.match(source.text[:1000].lstrip()) is not None


def is_subrip(source: Source) -> bool:
    """Tell whether a text begins with a number and two times, as SubRip does."""
    return _SUBRIP.match(source.text[:1000].lstrip()) is not None


def read_captions(source: Source) -> Reading:
    """Return the utterances in captions; one without a voice goes on with the voice before it.

    What callcoach wrote of a call whose times were guessed brings back no ends. Raises
    `TranscriptError` for a time that cannot be read.
    """
    captions = tuple(_captions(source))
    is_noted = bool(captions) and captions[0].text.strip() == ESTIMATED_CAPTION
    if is_noted or ESTIMATED in source.text[:_HEAD].splitlines():
        captions = tuple(replace(it, end=None) for it in captions[is_noted:])
    labels = _labels(captions)
    said: list[Said] = []
    voice = ""
    for caption in captions:
        parts = list(_voices(caption.text, voice, labels))
        voice = parts[-1][0] if parts else voice
        said += _shared(caption, parts)
    return Reading(said)


def _captions(source: Source) -> Iterator[_Caption]:
    """Yield the captions: a line with two times, and the lines under it up to an empty one."""
    lines = source.text.splitlines()
    if len(lines) > MAX_LINES:
        what = Told("there are more than {most:,} lines", most=MAX_LINES)
        raise source.error(MAX_LINES + 1, what, Told("split the file, one call to a file"))
    number = 0
    while number < len(lines):
        times = _TIMES.fullmatch(lines[number])
        if times is None:
            if "-->" in lines[number] and not lines[number].startswith("NOTE"):
                what = Told("these are no times of a caption")
                hint = Told("write them as 00:00:01.000 --> 00:00:04.000")
                raise source.error(number + 1, what, hint)
            number += 1
            continue
        first = number + 1
        number = first
        while number < len(lines) and lines[number].strip():
            number += 1
        text = "\n".join(lines[first:number])
        yield _Caption(first, read_clock(times[1]), read_clock(times[2]), text)


def _labels(captions: Sequence[_Caption]) -> frozenset[str]:
    """Return what stands before a colon and names a speaker: a role, or a name that comes again."""
    found = Counter(
        label
        for caption in captions
        for line in caption.text.split("\n")
        if (label := _label(line)[0]) and is_label(label)
    )
    return frozenset(label for label, n in found.items() if n > 1 or speaker_of(label) is not None)


def _label(line: str) -> tuple[str, str]:
    """Return what may be a label, and the words after it."""
    found = _LABEL.match(_bare(line))
    if found is None:
        return "", line
    return (found[1] or found[2]).strip(), _bare(line)[found.end() :]


def _voices(text: str, voice: str, labels: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield who says what in a caption; `voice` is who spoke before."""
    parts: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        at = 0
        for found in _VOICE.finditer(line):
            _say(parts, voice, line[at : found.start()], labels)
            voice, at = html.unescape(found[1]).strip(), found.end()
            parts.append((voice, []))
        _say(parts, voice, line[at:], labels)
        voice = parts[-1][0] if parts else voice
    for who, pieces in parts:
        if words := joined(pieces):
            yield who, words


def _say(
    parts: list[tuple[str, list[str]]], voice: str, piece: str, labels: frozenset[str]
) -> None:
    label, words = _label(piece)
    if label in labels:
        parts.append((label, []))
        piece = words
    if piece := _bare(piece):
        if not parts:
            parts.append((voice, []))
        parts[-1][1].append(piece)


def _bare(piece: str) -> str:
    return html.unescape(_TAG.sub("", piece)).strip()


def _shared(caption: _Caption, parts: Sequence[tuple[str, str]]) -> Iterator[Said]:
    """Yield the utterances of a caption; of several, each has the share of its words."""
    whole = Said(caption.line, "", "", caption.start, caption.end)
    if not parts:
        yield whole
        return
    start, end = caption.start, caption.end
    if start is None or end is None or len(parts) == 1:
        yield from (replace(whole, label=label, text=text) for label, text in parts)
        return
    length = sum(len(text) for _, text in parts)
    at = 0
    for label, text in parts:
        begin = round(start + (end - start) * at / length, 3)
        at += len(text)
        stop = round(start + (end - start) * at / length, 3)
        yield replace(whole, label=label, text=text, start=begin, end=stop)
