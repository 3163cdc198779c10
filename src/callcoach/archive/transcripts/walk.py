"""Reads JSON text value by value, and keeps the lines at which utterances may stand."""

import json
import re
from dataclasses import dataclass

from callcoach.archive.transcripts.model import MAX_LINES
from callcoach.errors import Told, TranscriptError

SHAPE = Told("a list of speaker, text, stime and etime is expected")
_DEPTH = 3
"""Objects within objects whose lists know their lines: no format has its utterances deeper."""
_SPACE = re.compile(r"[ \t\r\n]*")


class Listing(list[object]):
    """A list of JSON that knows in which line each of its values begins."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []

    def add(self, value: object, line: int) -> None:
        """Append a value that begins in a line."""
        self.append(value)
        self.lines.append(line)


def read_values(text: str, name: str, line: int = 1) -> Listing:
    """Return the values of a JSON text: one list or object, or objects one after the other.

    Raises `TranscriptError` for what is no JSON; errors call the text `name`, and the line in which
    it begins `line`.
    """
    walk = _Walk(text, name, line)
    values = Listing()
    while mark := walk.next():
        if values and (mark != "{" or not isinstance(values[0], dict)):
            walk.where()
            raise walk.error(Told("something follows after the end of the JSON"), Told("remove it"))
        walk.where()
        line = walk.line
        walk.add(values, walk.tree(_DEPTH), line)
    return values


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a list, as it is written."""

    line: int
    """In which it begins."""
    text: str
    is_object: bool


def read_items(text: str, name: str) -> list[Item]:
    """Return the values of a JSON text that is one list; errors as of `read_values`."""
    walk = _Walk(text, name, 1)
    items: list[Item] = []
    walk.take("[")
    while walk.next() != "]" or items:
        items.append(walk.item())
        if walk.take(",", "]") == "]":
            break
    if walk.next():
        walk.where()
        raise walk.error(Told("something follows after the end of the JSON"), Told("remove it"))
    return items


class _Walk:
    """Goes through a JSON text, and knows in which line it is."""

    def __init__(self, text: str, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self._first = line
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

    def tree(self, depth: int) -> object:
        """Take a value and return it; lists down to `depth` objects are `Listing`."""
        mark = self.next()
        if depth and mark == "[":
            return self._listing()
        if depth and mark == "{":
            return self._object(depth)
        return self.value()

    def _object(self, depth: int) -> dict[str, object]:
        held: dict[str, object] = {}
        self.take("{")
        while self.next() == '"':
            key = str(self.value())
            self.take(":")
            held[key] = self.tree(depth - 1)
            if self.next() == "}":
                break
            self.take(",")
        self.take("}")
        return held

    def _listing(self) -> Listing:
        listing = Listing()
        self.take("[")
        if self.next() == "]":
            self.take("]")
            return listing
        while True:
            value = self.value()
            self.add(listing, value, self.line)
            if self.take(",", "]") == "]":
                return listing

    def value(self) -> object:
        """Take a whole value and return it; `line` is where it begins."""
        self.next()
        self.where()
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self.line = self._first + error.lineno - 1
            raise self.error(
                Told("this is not valid JSON ({why})", why=error.msg), Told("correct it there")
            ) from None
        except RecursionError:
            raise self.error(Told("this JSON is nested too deeply"), SHAPE) from None
        except ValueError:
            raise self.error(
                Told("a number in this JSON has too many digits"), Told("shorten it")
            ) from None
        return value

    def item(self) -> Item:
        """Take a whole value and return it as it is written."""
        self.next()
        start = self._at
        value = self.value()
        return Item(self.line, self._text[start : self._at], isinstance(value, dict))

    def add(self, listing: Listing, value: object, line: int) -> None:
        """Append to a list, as long as it is not endless."""
        if len(listing) == MAX_LINES:
            raise self.error(
                Told("this list has more than {most:,} values", most=MAX_LINES),
                Told("split the file, one call to a file"),
            )
        listing.add(value, line)

    def where(self) -> None:
        """Note the line of the present place."""
        self.line += self._text.count("\n", self._counted, self._at)
        self._counted = max(self._counted, self._at)

    def error(self, what: Told, hint: Told) -> TranscriptError:
        """Return an error at the present line."""
        return TranscriptError(
            "{name}, line {line}: {what}", hint, name=self.name, line=self.line, what=what
        )
