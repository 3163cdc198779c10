"""The rows of one call in a table, as rows or as columns, and the transcript that they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcoach.archive.transcripts.assemble import assemble
from callcoach.archive.transcripts.even import CellsOf, even_table
from callcoach.archive.transcripts.fields import Field
from callcoach.archive.transcripts.model import MAX_ROWS, Transcript
from callcoach.archive.transcripts.roles import Roles
from callcoach.archive.transcripts.table import Row, call_of, reading_of, told_in

Cells = Mapping[str, Sequence[object]]
"""Columns by their names."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one call, each with its line."""

    held: tuple[tuple[int, Row], ...]
    fields: Mapping[Field, Sequence[str]]

    @property
    def line(self) -> int:
        """Return where the call begins."""
        return self.held[0][0]

    @property
    def attributes(self) -> Mapping[str, str]:
        """Return what the first row says about the call."""
        return told_in(self.held[0][1], self.fields)

    def read(self, name: str, *, swap: bool, roles: Roles | None = None) -> Transcript:
        """Return the call; errors call it `name`. Raises `TranscriptError`."""
        lines = [line for line, _ in self.held]
        rows = [row for _, row in self.held]
        read = (
            None if roles else _even(self, lambda key: [row[key] for row in rows], lines, swap=swap)
        )
        return read or assemble(reading_of(self.held, self.fields), name, swap=swap, told=roles)


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of one call by the columns of their table."""

    cells: Cells
    line: int
    """The number of the first row."""
    fields: Mapping[Field, Sequence[str]]

    @property
    def attributes(self) -> Mapping[str, str]:
        """Return what the first row says about the call."""
        return told_in({key: cells[0] for key, cells in self.cells.items()}, self.fields)

    def with_more(self, piece: Cells) -> "Columns":
        """Return them with more rows, as long as there are no more than a call may have."""
        if not self.cells:
            return Columns(piece, self.line, self.fields)
        if len(next(iter(self.cells.values()))) > MAX_ROWS:
            return self
        cells = {key: [*held, *piece[key]] for key, held in self.cells.items()}
        return Columns(cells, self.line, self.fields)

    def rows(self) -> list[tuple[int, Row]]:
        """Return the rows and their numbers."""
        rows = zip(*self.cells.values(), strict=True)
        return [
            (line, dict(zip(self.cells, row, strict=True)))
            for line, row in enumerate(rows, self.line)
        ]

    def read(self, name: str, *, swap: bool, roles: Roles | None = None) -> Transcript:
        """Return the call; errors call it `name`. Raises `TranscriptError`."""
        count = len(next(iter(self.cells.values())))
        lines = range(self.line, self.line + count)
        read = None if roles else _even(self, self.cells.__getitem__, lines, swap=swap)
        return read or assemble(reading_of(self.rows(), self.fields), name, swap=swap, told=roles)


def _even(
    held: Rows | Columns, cells_of: CellsOf, lines: Sequence[int], *, swap: bool
) -> Transcript | None:
    return even_table(held.fields, cells_of, lines, attributes=held.attributes, swap=swap)


def calls_of(cells: Cells, fields: Mapping[Field, Sequence[str]]) -> Sequence[str]:
    """Return the id of the call that each row belongs to; empty where none is said."""
    names = fields.get(Field.CALL, ())
    if not names:
        return [""] * len(next(iter(cells.values())))
    if len(names) == 1:
        return ["" if call is None else str(call).strip() for call in cells[names[0]]]
    rows = zip(*(cells[name] for name in names), strict=True)
    return [call_of(dict(zip(names, row, strict=True)), names) for row in rows]
