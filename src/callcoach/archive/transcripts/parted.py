"""Parts what holds many calls: JSON Lines, lists of calls, tables with a column of the call."""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import BinaryIO

import msgspec

from callcoach.archive.transcripts.fields import Field, plan
from callcoach.archive.transcripts.google_speech import is_stream
from callcoach.archive.transcripts.model import MAX_BYTES, MAX_ROWS
from callcoach.archive.transcripts.rows import Cells, Columns, Rows, calls_of
from callcoach.archive.transcripts.structured import ROWS_KEYS, rows_of
from callcoach.archive.transcripts.table import Head, Row, call_of, fields_of, read_head, table_rows
from callcoach.archive.transcripts.walk import read_items
from callcoach.errors import Told, TranscriptError

_PEEK = 65_536
"""Bytes by which it is told what a file holds."""
_OTHERS = ("Transcript", "SpeechSegments", "transcriptSegments", "entries", "transcript")
"""What holds the utterances of a call in other formats than `json`."""
_OF_SERVICES = ("results", "response", "recognizedPhrases", "phrases", "monologues")
"""The same in those of speech services; beside a text they are something about an utterance."""
_OF_LISTS = (
    *ROWS_KEYS, "Transcript", "SpeechSegments", *_OF_SERVICES,
    "combinedRecognizedPhrases", "combinedPhrases", "speakers",
)  # fmt: skip
_LIST_OF_CALLS = re.compile(
    r"\s*\[\s*\{[^\[]*(?:\[[^\[\]{}]*\][^\[]*)*"
    rf'"(?:(?:{"|".join(_OF_LISTS)})"\s*:\s*(?:\[|\{{)|status"\s*:\s*"completed")'
)
"""The first list in it that does not hold plain values is one of these; or a job is said to be
done."""
_LOOKED_AT = 20
"""Lines of which one must be a call, where the first ones are damaged."""
_JSON = (b"{", b"[")
"""What a call in JSON begins with."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a call cannot be read."""

    what: Told
    hint: Told

    @classmethod
    def of(cls, error: TranscriptError) -> "Trouble":
        """Return what an error says, in a form that can be sent to another process."""
        return cls(error.message, error.hint)

    def error(self) -> TranscriptError:
        """Return it as an error."""
        return TranscriptError(self.what, self.hint)


@dataclass(frozen=True, slots=True)
class Line:
    """A call on a line of its own."""

    name: str
    """The file's."""
    number: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """A call in a list of calls."""

    name: str
    """The file's."""
    number: int
    """In the list, from 1."""
    line: int
    """In which it begins."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A call in something that may hold more."""

    id: str
    content: Path | bytes | Line | Listed | Rows | Columns | Trouble


def parts_of(
    held: Path | bytes, name: str, columns: Mapping[str, str], encoding: str
) -> Iterator[Part]:
    """Yield the calls in a file or in its bytes; itself where it holds one or is none."""
    try:
        with _opened(held) as stream:
            start = stream.read(_PEEK)
            stream.seek(0)
            yield from _parts(stream, start, Part(name, held), columns, encoding)
    except (OSError, ValueError):  # what is wrong with it is told when it is read
        yield Part(name, held)


def _opened(held: Path | bytes) -> "nullcontext[BinaryIO] | BinaryIO":
    if isinstance(held, bytes):
        return nullcontext(io.BytesIO(held))
    if not held.is_file():
        raise ValueError
    return held.open("rb")


def _parts(
    stream: BinaryIO, start: bytes, whole: Part, columns: Mapping[str, str], encoding: str
) -> Iterator[Part]:
    """Yield the calls in an opened file that begins with `start`."""
    text = start.decode(encoding or "utf-8-sig", "replace")
    if _LIST_OF_CALLS.match(text):
        yield from _listed(stream.read(MAX_BYTES + 1), whole, encoding)
    elif text.lstrip()[:1] == "{":
        lines = _lines(stream)
        looked_at = [line for _, line in zip(range(_LOOKED_AT), lines, strict=False)]
        objects = [value for _, data in looked_at if (value := _glimpse(data)) is not None]
        following = chain(looked_at, lines)
        if any(_is_in_a_table(value) for value in objects):
            yield from part_table(_records(following, whole.id), whole.id, columns)
        elif len(looked_at) > 1 and any(_is_call(value) for value in objects):
            yield from (_line(whole.id, number, data) for number, data in following)
        else:
            yield whole
    elif Field.CALL in (head := read_head(text, columns)).fields and head.is_speech:
        yield from _table(stream, head, whole.id, encoding)
    else:
        yield whole


def _listed(data: bytes, whole: Part, encoding: str) -> Iterator[Part]:
    """Yield the calls in a list of calls; the whole where it is none, or too large."""
    try:
        items = read_items(data.decode(encoding or "utf-8-sig"), whole.id)
    except (UnicodeDecodeError, TranscriptError):
        yield whole
        return
    for number, item in enumerate(items, 1):
        id = f"{whole.id}:{number}"
        if item.is_object:
            text = item.text.encode("utf-8", "surrogatepass")
            yield Part(id, Listed(whole.id, number, item.line, text))
            continue
        what = Told(
            "{name}, line {line}: this is no call",
            name=call_in(whole.id, number),
            line=item.line,
        )
        yield Part(id, Trouble(what, Told("write each call as an object in braces")))


def call_in(name: str, number: int) -> Told:
    """Return what errors call a call in a list of calls."""
    return Told("{name}, call {n}", name=name, n=number)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, and their numbers; of an endless one the beginning."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf")
        while not line.endswith(b"\n") and (line := stream.readline(MAX_BYTES)):
            pass


def _line(name: str, number: int, data: bytes) -> Part:
    if len(data) > MAX_BYTES:
        what = Told(
            "{name}, line {number}: the line has more than {most} MB",
            name=name,
            number=number,
            most=MAX_BYTES // 1024**2,
        )
        return Part(f"{name}:{number}", Trouble(what, Told("write one call to a line")))
    if data.lstrip()[:1] not in _JSON:
        what = Told("{name}, line {number}: this is no JSON", name=name, number=number)
        return Part(
            f"{name}:{number}", Trouble(what, Told("write each call as JSON, on a line of its own"))
        )
    return Part(f"{name}:{number}", Line(name, number, data))


def _object(data: bytes) -> Mapping[str, object] | None:
    """Return the object that a line holds; None where it is none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _glimpse(data: bytes) -> Mapping[str, object] | None:
    """Return the same, in a third of the time, with large numbers as they come."""
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _object(data)
    return value if isinstance(value, dict) else None


def _is_call(value: Mapping[str, object]) -> bool:
    """Tell whether an object is a call, and no utterance of one."""
    if is_stream(value.get("results")):
        return False
    if value.get("status") == "completed" and {"audio_url", "words"} <= value.keys():
        return True  # of AssemblyAI, where nobody asked for utterances
    keys = _OTHERS if Field.TEXT in plan(tuple(value)) else (*_OTHERS, *_OF_SERVICES)
    is_other = any(isinstance(value.get(key), (list, dict)) for key in keys)
    return is_other or rows_of(value) is not None


def _is_in_a_table(value: Mapping[str, object]) -> bool:
    """Tell whether an object is an utterance that says which call it belongs to."""
    return {Field.CALL, Field.TEXT} <= plan(tuple(value)).keys()


def _records(lines: Iterable[tuple[int, bytes]], name: str) -> Iterator[tuple[int, Row | Trouble]]:
    for number, data in lines:
        value = _object(data)
        if value is None:
            what = Told("{name}, line {number}: this is no utterance", name=name, number=number)
            yield number, Trouble(what, Told("correct it there"))
        else:
            yield number, value


def _table(stream: BinaryIO, head: Head, name: str, encoding: str) -> Iterator[Part]:
    """Yield the calls of a table, row by row; what is damaged ends it."""
    chosen = encoding or "utf-8-sig"
    try:
        with io.TextIOWrapper(stream, encoding=chosen, newline="") as text:
            yield from _grouped(table_rows(text, head, name), name, head.fields)
    except UnicodeDecodeError:
        what = Told("{name} is not {encoding} text", name=name, encoding=chosen.upper())
        yield Part(name, Trouble(what, Told("save the file as UTF-8")))
    except TranscriptError as error:
        yield Part(name, Trouble.of(error))


def part_table(
    rows: Iterable[tuple[int, Row | Trouble]], name: str, columns: Mapping[str, str]
) -> Iterator[Part]:
    """Yield the calls of rows that hold a call each, or an utterance each."""
    following = iter(rows)
    for number, row in following:
        if isinstance(row, Trouble):
            yield Part(f"{name}:{number}", row)
            continue
        again = chain([(number, row)], following)
        if rows_of(row) is None:
            yield from _grouped(again, name, fields_of(tuple(row), columns))
        else:
            yield from (_nested(name, at, it) for at, it in again)
        return
    yield Part(name, Trouble(Told("{name} has no rows", name=name), Told("check the file")))


def part_columns(batches: Iterable[Cells], name: str, columns: Mapping[str, str]) -> Iterator[Part]:
    """Yield the calls of a table that comes by its columns, as `part_table` does."""
    following = (cells for cells in batches if any(cells.values()))
    for cells in following:
        again = chain([cells], following)
        row = {key: column[0] for key, column in cells.items()}
        if rows_of(row) is None:
            yield from _runs(again, name, fields_of(tuple(row), columns))
        else:
            yield from part_table(_numbered(again), name, columns)
        return
    yield Part(name, Trouble(Told("{name} has no rows", name=name), Told("check the file")))


def _numbered(batches: Iterable[Cells]) -> Iterator[tuple[int, Row]]:
    """Yield rows and their numbers."""
    rows = (row for cells in batches for row in Columns(cells, 1, {}).rows())
    return ((number, row) for number, (_, row) in enumerate(rows, 1))


def _runs(
    batches: Iterable[Cells], name: str, fields: Mapping[Field, Sequence[str]]
) -> Iterator[Part]:
    """Yield the calls of columns, as `_grouped` does of rows."""
    seen: set[int] = set()
    call, held, line = "", Columns({}, 1, fields), 1
    for cells in batches:
        at = 0
        for this, run in groupby(calls_of(cells, fields)):
            end = at + sum(1 for _ in run)
            piece = {key: column[at:end] for key, column in cells.items()}
            if held.cells and this != call:
                yield _group(name, call, held, seen)
                held = Columns({}, line + at, fields)
            call, held, at = this, held.with_more(piece), end
        line += at
    if held.cells:
        yield _group(name, call, held, seen)


def _nested(name: str, number: int, row: Row | Trouble) -> Part:
    id = f"{name}:{number}"
    return Part(id, row if isinstance(row, Trouble) else json.dumps(row, default=str).encode())


def _grouped(
    rows: Iterable[tuple[int, Row | Trouble]], name: str, fields: Mapping[Field, Sequence[str]]
) -> Iterator[Part]:
    """Yield the calls of rows that hold an utterance each, those of a call one after the other.

    A call whose rows stand apart is not put together: that would take all of them in memory.
    """
    seen: set[int] = set()
    names = fields.get(Field.CALL, ())
    call, held = "", list[tuple[int, Row]]()
    for number, row in rows:
        if isinstance(row, Trouble):
            yield Part(f"{name}:{number}", row)
            continue
        this = call_of(row, names)
        if held and this != call:
            yield _group(name, call, Rows(tuple(held), fields), seen)
            held = []
        call = this
        if len(held) <= MAX_ROWS:
            held.append((number, row))
    if held:
        yield _group(name, call, Rows(tuple(held), fields), seen)


def _group(name: str, call: str, held: Rows | Columns, seen: set[int]) -> Part:
    id = f"{name}#{call}" if call else f"{name}:{held.line}"
    if call and hash(call) in seen:
        what = Told(
            "{name}, line {line}: this call has begun further above", name=name, line=held.line
        )
        return Part(f"{id}:{held.line}", Trouble(what, Told("sort the table by calls")))
    seen.add(hash(call))
    return Part(id, held)
