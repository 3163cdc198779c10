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
    writer = csv.writer(out, lineterminator="\n")
    for record in records:
        writer.writerow([_cell(cell) for _, cell in zip(columns, record, strict=True)])
    return out.getvalue().encode("utf-8", "replace")


def join(path: Path, columns: Columns, parts: Iterable[bytes]) -> None:
    """Write the records of parts, one after another, as one file. Raises `OSError`."""
    with path.open("wb") as file:
        file.write(BOM.encode())
        file.write((",".join(columns) + "\n").encode())
        for part in parts:
            file.write(part)


def _cell(cell: object) -> object:
    if isinstance(cell, bool):
        return int(cell)
    return defuse(cell) if isinstance(cell, str) else cell
