"""Reads a transcript in JSON: a list of utterances, or callcoach's own export."""

import json
import re
from collections.abc import Iterator, Mapping

from callcoach.archive.transcripts.model import Said
from callcoach.archive.transcripts.times import read_seconds
from callcoach.errors import Told, TranscriptError

EXPORT_KEY = "callcoach_export"
EXPORT_FORMAT = 1
"""The newest form of the own export that this program reads and writes."""
_ROWS_KEY = "utterances"
_SPEAKER_KEYS = ("speaker", "role")
_TEXT_KEYS = ("text",)
_START_KEYS = ("stime", "start", "start_time", "begin")
_END_KEYS = ("etime", "end", "end_time")
_MAX_LABEL = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_SHAPE = Told("a list of speaker, text, stime and etime is expected")


def read_structured(text: str, name: str) -> Iterator[Said]:
    """Yield the utterances of a JSON text. Raises `TranscriptError` for anything else."""
    walk = _Walk(text, name)
    if walk.next() == "[":
        yield from _rows(walk)
    else:
        yield from _export(walk)
    if walk.next():
        walk.where()
        raise walk.error(Told("something follows after the end of the JSON"), Told("remove it"))


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
        value = walk.value()
        if not isinstance(value, dict):
            raise walk.error(Told("this is no utterance"), _SHAPE)
        yield _said(walk, value)
        if walk.take(",", "]") == "]":
            return


def _export(walk: _Walk) -> Iterator[Said]:
    """Yield the utterances of an object that holds them under `utterances`."""
    walk.take("{")
    has_rows = False
    while walk.next() == '"':
        key = walk.value()
        walk.take(":")
        if key == _ROWS_KEY and walk.next() == "[":
            has_rows = True
            yield from _rows(walk)
        else:
            _check_format(walk, key, walk.value())
        if walk.next() == "}":
            break
        walk.take(",")
    walk.take("}")
    if not has_rows:
        raise walk.error(Told("this JSON has no list called {key}", key=_ROWS_KEY), _SHAPE)


def _check_format(walk: _Walk, key: object, value: object) -> None:
    if key == EXPORT_KEY and value != EXPORT_FORMAT:
        raise walk.error(Told("this file was made by a newer callcoach"), Told("update callcoach"))


def _said(walk: _Walk, row: Mapping[str, object]) -> Said:
    text = _first(row, _TEXT_KEYS)
    if isinstance(text, (dict, list)):
        raise walk.error(Told("the text of this utterance is no text"), _SHAPE)
    speaker = _first(row, _SPEAKER_KEYS)
    start, is_start_odd = read_seconds(_first(row, _START_KEYS))
    end, is_end_odd = read_seconds(_first(row, _END_KEYS))
    return Said(
        line=walk.line,
        label=str(speaker)[:_MAX_LABEL] if isinstance(speaker, (str, int, float)) else "",
        text="" if text is None else str(text),
        start=start,
        end=end,
        is_odd=is_start_odd or is_end_odd,
    )


def _first(row: Mapping[str, object], keys: tuple[str, ...]) -> object:
    """Return the value of the first key that has one."""
    return next((row[key] for key in keys if row.get(key) is not None), None)
