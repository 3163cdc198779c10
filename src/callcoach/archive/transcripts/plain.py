"""Reads a transcript in plain text: `Agent: …`, `[00:12] 客户：…`, `【坐席】…`."""

import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from callcoach.archive.transcripts.labels import is_label, speaker_of
from callcoach.archive.transcripts.model import MAX_LINES, Said
from callcoach.archive.transcripts.started import read_started
from callcoach.archive.transcripts.times import read_clock
from callcoach.errors import TranscriptError
from callcoach.words.wrap import cell

_TO = r"\s{0,3}(?:-->|->|[-–—~～至到])\s{0,3}"
_TIME = r"\d{1,6}(?:[:：]\d{1,2}){0,2}(?:[.,]\d{1,6})?"
_BARE = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,6})?"
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ,，]{1,3})?"


def _stamp(name: str) -> str:
    """Return the pattern of a time, or of two, in brackets or bare with a colon inside."""
    return (
        rf"(?:[\[(（【<]\s{{0,3}}(?P<{name}>{_DAY}{_TIME}s?(?:{_TO}{_TIME}s?)?)\s{{0,3}}[\])）】>]"
        rf"|(?P<{name}_bare>{_DAY}{_BARE}(?:{_TO}{_BARE})?))"
    )


_LABEL = r"(?P<label>[^\W\d_][^:：\[\]【】<>\n]{0,39}?)"
_COLON = r"(?:(?<!\d)[:：]|[:：](?!\d))(?!//)"
_HEAD = re.compile(
    rf"\s{{0,99}}(?:{_stamp('before')}\s{{0,9}})?{_LABEL}\s{{0,9}}(?:{_stamp('after')}\s{{0,9}})?"
    rf"{_COLON}\s{{0,9}}(?:[\[【](?P<inside>{_BARE}(?:{_TO}{_BARE})?)[\]】])?"
)
_HEAD_ALONE = re.compile(
    rf"\s{{0,99}}(?:{_stamp('before')}\s{{0,9}})?{_LABEL}\s{{0,9}}(?:{_stamp('after')})?\s{{0,99}}"
)
_HEAD_IN_BRACKETS = re.compile(
    rf"\s{{0,99}}(?:{_stamp('before')}\s{{0,9}})?[\[【]{_LABEL}\s{{0,9}}[\]】]\s{{0,9}}"
    rf"(?:{_stamp('after')})?\s{{0,9}}[:：]?"
)
_STAMP = re.compile(rf"\s*{_stamp('before')}")
_BETWEEN = re.compile(_TO)
_DATED = re.compile(_DAY)
_MAX_HEAD = 200
"""Characters within which a line's time and label must end."""
_STAMPS = ("before", "before_bare", "after", "after_bare", "inside")


def is_plain(text: str) -> bool:
    """Tell whether a text begins with a time or a label in brackets, and so is no JSON."""
    start = text[:_MAX_HEAD]
    labelled = _HEAD_IN_BRACKETS.match(start)
    is_labelled = labelled is not None and speaker_of(labelled["label"]) is not None
    is_above = _above(start.partition("\n")[0]) is not None
    return is_labelled or is_above or _STAMP.match(start) is not None


def read_plain(text: str, name: str) -> Iterator[Said]:
    """Yield the utterances of a plain text.

    Blank lines and those that begin with # are skipped; a line without a label goes on with the
    utterance above it. Where the first line is but a name and a time, every such line begins an
    utterance. Raises `TranscriptError` where words come before the first label or none come at
    all, and for more than `MAX_LINES`.
    """
    said: Said | None = None
    is_headed: bool | None = None
    more: list[str] = []
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if number > MAX_LINES:
            raise TranscriptError(
                "{name}, line {number}: there are more than {most:,} lines",
                "split the file, one call to a file",
                name=name,
                number=number,
                most=MAX_LINES,
            )
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if is_headed is None:
            is_headed = _above(line) is not None
        head = _head(line, number)
        if head is None and is_headed and (above := _above(line)) is not None:
            head = _said(above, "", number)
        if head is not None:
            if said is not None:
                yield _joined(said, more)
            said, more = head, [head.text]
        elif said is None:
            raise TranscriptError(
                "{name}, line {number}: it is not said who speaks",
                "begin the line with “Agent:” or “客户：”, or with # if nobody says it",
                name=name,
                number=number,
            )
        else:
            more.append(bare)
    if said is None:
        raise TranscriptError(
            "{name}, line 1: there is no utterance in this file",
            "write lines such as “Agent: …” and “客户：…”, or a JSON list of speaker, text, "
            "stime and etime",
            name=name,
        )
    yield _joined(said, more)


def _head(line: str, number: int) -> Said | None:
    """Return the utterance that a line begins, or None where it goes on with another."""
    start = line[:_MAX_HEAD]
    found = _HEAD.match(start)
    if found is not None and _is_speaker(found["label"], line):
        return _said(found, line[found.end() :].strip(), number)
    found = _HEAD_IN_BRACKETS.match(start)
    if found is not None and speaker_of(found["label"]) is not None and is_label(found["label"]):
        return _said(found, line[found.end() :].strip(), number)
    alone = _HEAD_ALONE.fullmatch(start.rstrip("\n"))
    if alone is not None and len(line) <= _MAX_HEAD and is_label(alone["label"].strip()):
        has_time = any(value for key, value in alone.groupdict().items() if key != "label")
        if has_time and speaker_of(alone["label"]) is not None:
            return _said(alone, "", number)
    return None


def _above(line: str) -> re.Match[str] | None:
    """Return a line that is but a name and a time, as meetings are written down; None else."""
    bare = line.rstrip("\n")
    if len(bare) > _MAX_HEAD or bare[:1].isspace():
        return None
    for form in (_HEAD_ALONE, _HEAD_IN_BRACKETS):
        found = form.fullmatch(bare)
        if found is not None and is_label(found["label"].strip()) and _stamp_of(found):
            return found
    return None


def _is_speaker(label: str, line: str) -> bool:
    """Tell whether a label begins an utterance; a strange one only where it is not indented."""
    if not is_label(label.strip()):
        return False
    return speaker_of(label) is not None or not line[0].isspace()


def _said(found: re.Match[str], text: str, number: int) -> Said:
    stamp = _stamp_of(found)
    day = _DATED.match(stamp)
    clock = stamp[day.end() :] if day else stamp
    times = [read_clock(part) for part in _BETWEEN.split(clock, maxsplit=1)] if stamp else []
    start = times[0] if times else None
    end = times[1] if len(times) > 1 else None
    if day and day.group() and start is not None:
        since = _midnight(day.group())
        start, end = since + start, None if end is None else since + end
    return Said(number, found["label"].strip(), text, start, end)


def _stamp_of(found: re.Match[str]) -> str:
    """Return the times of a line's head; empty where it has none."""
    groups = found.groupdict()
    return next((groups[key] for key in _STAMPS if groups.get(key)), "")


def _midnight(day: str) -> float:
    """Return when a day began, in seconds since 1970; 0 for what is no day."""
    began = read_started(day.strip("T ,，"))
    return began.timestamp() if began is not None else 0.0


def _joined(said: Said, parts: list[str]) -> Said:
    """Return an utterance with its lines put together."""
    return Said(said.line, said.label, joined(parts), said.start, said.end)


def joined(parts: Iterable[str]) -> str:
    """Return pieces of an utterance as one text; Chinese ones without a space between."""
    pieces = [part for part in parts if part]
    text: list[str] = pieces[:1]
    for before, after in pairwise(pieces):
        is_chinese = cell(before[-1]) == 2 and cell(after[0]) == 2
        text += ["" if is_chinese else " ", after]
    return "".join(text)
