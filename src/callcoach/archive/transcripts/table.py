"""Reads a transcript in a table, CSV or TSV: a row for each utterance, one call or many."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.archive.transcripts.fields import Field, about, first, plan, said
from callcoach.archive.transcripts.model import Reading, Said
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.times import read_seconds
from callcoach.errors import Told, TranscriptError, UsageError

_DELIMITERS = ",\t;|，"
_MAX_HEAD = 10_000
"""Characters within which the line with the columns' names must end."""
_LOOKED_AT = 5
"""Lines by which it is told whether a text is a table."""
_FORMULA = tuple("=+-@|%＝＋－＠｜％")
_SPEECH = ("said", "说话")
"""What callcoach's own table calls an utterance, in either language."""
_HINT = Told("the first line names the columns: speaker, text, start, end")

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a table."""

    names: tuple[str, ...]
    delimiter: str
    fields: Mapping[Field, tuple[str, ...]]
    """The columns by what they stand for."""

    @property
    def is_speech(self) -> bool:
        """Tell whether there is a column of what was said, and one of who said it or when."""
        has_more = not {Field.SPEAKER, Field.START, Field.START_MS}.isdisjoint(self.fields)
        return Field.TEXT in self.fields and has_more


def is_table(source: Source) -> bool:
    """Tell whether a text begins with the names of columns, of which one is of what was said."""
    return not source.is_json and read_head(source.text, source.columns).is_speech


def read_head(text: str, columns: Mapping[str, str]) -> Head:
    """Return the head of a table by the delimiter that gives it the most columns that are known.

    `columns` names the column that stands for a field, over what its name says. Raises
    `UsageError` for a field that there is not.
    """
    line = text[:_MAX_HEAD].lstrip("\ufeff\r\n").split("\n", 1)[0].rstrip("\r")
    heads = [_head(line, delimiter, columns) for delimiter in _DELIMITERS]
    return max(heads, key=lambda head: (len(head.fields), len(head.names)))


def strange_table(source: Source) -> TranscriptError | None:
    """Return what to say of a text that is a table, but its columns are not known; else None."""
    lines = [it for it in source.text[:_MAX_HEAD].splitlines() if it.strip()][:_LOOKED_AT]
    head = read_head(source.text, source.columns)
    try:
        rows = list(csv.reader(lines, delimiter=head.delimiter))
    except csv.Error:
        return None
    if len(head.names) < 2 or len(rows) < 2 or {len(row) for row in rows} != {len(head.names)}:
        return None
    names = ", ".join(head.names)
    if Field.TEXT in head.fields:
        what = Told("no column is known that says who speaks; there are: {names}", names=names)
        return source.error(1, what, Told("name it: --column speaker={name}", name=head.names[0]))
    what = Told("no column is known that holds what was said; there are: {names}", names=names)
    sizes = [sum(map(len, column)) for column in zip(*rows[1:], strict=True)]
    longest = head.names[sizes.index(max(sizes))]
    return source.error(1, what, Told("name it: --column text={name}", name=longest))


def _head(line: str, delimiter: str, columns: Mapping[str, str]) -> Head:
    try:
        names = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        names = ()
    return Head(names, delimiter, fields_of(names, columns))


def fields_of(names: Sequence[str], columns: Mapping[str, str]) -> Mapping[Field, tuple[str, ...]]:
    """Return columns by what they stand for. Raises `UsageError` for a field that there is not."""
    fields = dict(plan(tuple(names)))
    for key, name in columns.items():
        try:
            field = Field(key)
        except ValueError:
            raise UsageError(
                "{field} is nothing that a column can stand for",
                "there are: {fields}",
                field=key,
                fields=", ".join(Field),
            ) from None
        if name in names:
            fields = {one: tuple(it for it in held if it != name) for one, held in fields.items()}
            fields[field] = (name,)
    return {field: held for field, held in fields.items() if held}


def read_table(source: Source) -> Reading:
    """Return the utterances of a table that holds one call. Raises `TranscriptError`."""
    head = read_head(source.text, source.columns)
    rows = tuple(table_rows(source.text.splitlines(keepends=True), head, source.name))
    ids = head.fields.get(Field.CALL, ())
    calls = {call_of(row, ids) for _, row in rows}
    if len(calls) > 1:
        raise source.error(
            1,
            Told("this table holds {n} calls", n=len(calls)),
            Told("save one call to a file, or read it as many calls"),
        )
    return reading_of(rows, head.fields)


def reading_of(rows: Sequence[tuple[int, Row]], fields: Mapping[Field, Sequence[str]]) -> Reading:
    """Return the utterances in the rows of one call."""
    attributes = told_in(rows[0][1], fields) if rows else {}
    return Reading(tuple(_utterances(rows, fields)), _length(rows, fields), attributes)


def _length(rows: Iterable[tuple[int, Row]], fields: Mapping[Field, Sequence[str]]) -> float:
    """Return the seconds of a call of which a table tells all events, its end too; else 0."""
    if Field.EVENT not in fields:
        return 0.0
    times = (read_seconds(first(row, fields.get(Field.START, ())))[0] for _, row in rows)
    return max((time for time in times if time is not None), default=0.0)


def told_in(row: Row, fields: Mapping[Field, Sequence[str]]) -> Mapping[str, str]:
    """Return what a row says about its call."""
    return about({field.value: first(row, held) for field, held in fields.items()})


def table_rows(lines: Iterable[str], head: Head, name: str) -> Iterator[tuple[int, Row]]:
    """Yield the rows under a table's head, by the names of its columns, and in which line each is.

    `lines` begin with the head and keep their ends. Raises `TranscriptError`, naming the line.
    """
    reader = csv.reader(lines, delimiter=head.delimiter, strict=True)
    names, count = head.names, len(head.names)
    before, is_head = 0, True
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TranscriptError(
                "{name}, line {line}: this is not a row of a table ({why})",
                "put quotation marks around a text that holds the delimiter",
                name=name,
                line=max(reader.line_num, 1),
                why=str(error),
            ) from None
        line, before = before + 1, reader.line_num
        if not any(map(str.strip, cells)):
            continue
        if is_head:
            is_head = False
            continue
        if len(cells) < count:
            cells += [""] * (count - len(cells))
        if len(cells) > count and any(map(str.strip, cells[count:])):
            raise TranscriptError(
                "{name}, line {line}: this row has {n} columns, {m} are named",
                _HINT,
                name=name,
                line=line,
                n=len(cells),
                m=count,
            )
        yield line, dict(zip(names, cells, strict=False))


def call_of(row: Row, names: Sequence[str]) -> str:
    """Return the id of the call that a row belongs to, by the columns of it; empty for none."""
    call = first(row, names)
    return "" if call is None else str(call).strip()


def _utterances(
    rows: Iterable[tuple[int, Row]], fields: Mapping[Field, Sequence[str]]
) -> Iterator[Said]:
    """Yield the utterances; in a table of events, callcoach's own, only the rows of speech."""
    events = fields.get(Field.EVENT, ())
    for line, row in rows:
        if events and first(row, events) not in _SPEECH:
            continue
        plain = {key: _undone(value) for key, value in row.items()}
        yield said(plain, line, fields)


def _undone(value: object) -> object:
    """Return a cell without the ' that keeps spreadsheets from taking it for a formula."""
    is_defused = isinstance(value, str) and value[:1] == "'" and value[1:2] in _FORMULA
    return value[1:] if is_defused and isinstance(value, str) else value
