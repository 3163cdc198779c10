"""Writes tables as CSV, for those without a reader of Parquet."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from callcoach.archive.export.table import BOM, defuse
from callcoach.review.batch.tables import Columns


def encode(columns: Columns, records: Iterable[Sequence[object]]) -> bytes:
    """Return records as lines of CSV in UTF-8, without the names of the columns."""
    out = io.StringIO()
    cells = list(zip(*records, strict=True)) or [()] * len(columns)
    written = map(_written, columns.values(), cells)
    csv.writer(out, lineterminator="\n").writerows(zip(*written, strict=True))
    return out.getvalue().encode("utf-8", "replace")


def join(path: Path, columns: Columns, parts: Iterable[bytes]) -> None:
    """Write the records of parts, one after another, as one file. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(BOM.encode())
        file.write((",".join(columns) + "\n").encode())
        for part in parts:
            file.write(part)


def _written(kind: type[object], cells: Sequence[object]) -> Sequence[object]:
    """Return the cells of a column as they are written: most of its texts come many times."""
    if kind is str:
        safe = {cell: defuse(cell) if isinstance(cell, str) else cell for cell in set(cells)}
        return [safe[cell] for cell in cells]
    if kind is bool:
        return [None if cell is None else int(bool(cell)) for cell in cells]
    return cells
