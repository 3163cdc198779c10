"""Reads a transcript in JSON: utterances in a list or in lines, callcoach's own among them."""

import json
import re
from collections.abc import Iterator, Mapping

from callcoach.archive.transcripts.model import Said
from callcoach.archive.transcripts.times import read_seconds
from callcoach.call.captured import Doubt
from callcoach.errors import Told, TranscriptError

EXPORT_KEY = "callcoach_export"
EXPORT_FORMAT = 1
"""The newest form of the own export that this program reads and writes."""
_NEWEST = {EXPORT_KEY: EXPORT_FORMAT, "callcoach_transcript": 1}
"""By the key that tells whose file it is: the newest form that this program reads."""
_ROWS_KEY = "utterances"
_SPEAKER_KEYS = ("speaker", "role")
_TEXT_KEYS = ("text",)
_START_KEYS = ("stime", "start", "start_time", "begin")
_END_KEYS = ("etime", "end", "end_time")
_AT_KEY, _CONFIDENCE_KEY, _DOUBTS_KEY = "at", "confidence", "doubts"
_SECONDS_KEY = "seconds"
_MAX_LABEL = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_SHAPE = Told("a list of speaker, text, stime and etime is expected")


class Structured:
    """The JSON text of a transcript."""

    def __init__(self, text: str, name: str) -> None:
        self._walk = _Walk(text, name)
        self.seconds = 0.0
        """How long the recording is; known when its utterances have been read."""

    def __iter__(self) -> Iterator[Said]:
        """Yield the utterances. Raises `TranscriptError` for what is no transcript."""
        walk = self._walk
        if walk.next() == "[":
            yield from _rows(walk)
        else:
            yield from self._object()
        if walk.next():
            walk.where()
            raise walk.error(Told("something follows after the end of the JSON"), Told("remove it"))

    def _object(self) -> Iterator[Said]:
        """Yield the utterances of an object, or of several that follow on one another.

        They stand in a list of the first one, called `utterances`; or each is an object, after one
        that says what the recording is, or after none.
        """
        walk = self._walk
        head: dict[str, object] = {}
        walk.next()
        walk.where()
        line = walk.line
        walk.take("{")
        has_rows = False
        while walk.next() == '"':
            key = walk.value()
            walk.take(":")
            if key == _ROWS_KEY and walk.next() == "[":
                has_rows = True
                yield from _rows(walk)
            else:
                head[str(key)] = value = walk.value()
                _check_format(walk, key, value)
            if walk.next() == "}":
                break
            walk.take(",")
        walk.take("}")
        self.seconds = read_seconds(head.get(_SECONDS_KEY))[0] or 0.0
        if has_rows:
            return
        if _first(head, _TEXT_KEYS) is not None:
            yield _said(walk, head, line)
        elif walk.next() != "{":
            raise walk.error(Told("this JSON has no list called {key}", key=_ROWS_KEY), _SHAPE)
        while walk.next() == "{":
            yield _row(walk)


class _Walk:
    """Goes through a JSON text value by value, and knows in which line it is."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.line = 1
        self._text = text
        self._at = 0
        self._counted = 0
        self._decoder = json.JSONDecoder()

    def next(self) -> str:
        """Return the next character that is no space, without taking it; empty at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def take(self, *wanted: str) -> str:
        """Take one of the marks `wanted`, and return it."""
        mark = self.next()
        if not mark or mark not in wanted:
            self.where()
            raise self.error(
                Told("this is not valid JSON (expected {signs})", signs=" ".join(wanted)),
                Told("correct it there"),
            )
        self._at += 1
        return mark

    def value(self) -> object:
        """Take a whole value and return it; `line` is where it begins."""
        self.next()
        self.where()
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self.line = error.lineno
            raise self.error(
                Told("this is not valid JSON ({why})", why=error.msg), Told("correct it there")
            ) from None
        except RecursionError:
            raise self.error(Told("this JSON is nested too deeply"), _SHAPE) from None
        except ValueError:
            raise self.error(
                Told("a number in this JSON has too many digits"), Told("shorten it")
            ) from None
        return value

    def where(self) -> None:
        """Note the line of the present place."""
        self.line += self._text.count("\n", self._counted, self._at)
        self._counted = max(self._counted, self._at)

    def error(self, what: Told, hint: Told) -> TranscriptError:
        """Return an error at the present line."""
        return TranscriptError(
            "{name}, line {line}: {what}", hint, name=self.name, line=self.line, what=what
        )


def _rows(walk: _Walk) -> Iterator[Said]:
    walk.take("[")
    if walk.next() == "]":
        walk.take("]")
        return
    while True:
        yield _row(walk)
        if walk.take(",", "]") == "]":
            return


def _row(walk: _Walk) -> Said:
    value = walk.value()
    if not isinstance(value, dict):
        raise walk.error(Told("this is no utterance"), _SHAPE)
    return _said(walk, value, walk.line)


def _check_format(walk: _Walk, key: object, value: object) -> None:
    if key in _NEWEST and value != _NEWEST[str(key)]:
        raise walk.error(Told("this file was made by a newer callcoach"), Told("update callcoach"))


def _said(walk: _Walk, row: Mapping[str, object], line: int) -> Said:
    text = _first(row, _TEXT_KEYS)
    if isinstance(text, (dict, list)):
        raise walk.error(Told("the text of this utterance is no text"), _SHAPE)
    speaker = _first(row, _SPEAKER_KEYS)
    start, is_start_odd = read_seconds(_first(row, _START_KEYS))
    end, is_end_odd = read_seconds(_first(row, _END_KEYS))
    return Said(
        line=line,
        label=str(speaker)[:_MAX_LABEL] if isinstance(speaker, (str, int, float)) else "",
        text="" if text is None else str(text),
        start=start,
        end=end,
        is_odd=is_start_odd or is_end_odd,
        at=read_seconds(row.get(_AT_KEY))[0],
        confidence=_share(row.get(_CONFIDENCE_KEY)),
        doubts=tuple(_doubts(row.get(_DOUBTS_KEY))),
    )


def _share(value: object) -> float | None:
    """Return a number from 0 to 1; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if 0 <= value <= 1 else None


def _doubts(value: object) -> Iterator[Doubt]:
    """Yield the doubts that a list has, each as start, end and confidence; others are no doubts."""
    for it in value if isinstance(value, list) else ():
        match it:
            case [int(start), int(end), sure] if (share := _share(sure)) is not None:
                yield Doubt(start, end, share)


def _first(row: Mapping[str, object], keys: tuple[str, ...]) -> object:
    """Return the value of the first key that has one."""
    return next((row[key] for key in keys if row.get(key) is not None), None)
