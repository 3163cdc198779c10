"""Writes the figures of a report as one table: CSV for spreadsheets, Parquet for programs."""

import csv
import io
from collections.abc import Iterator

from callcoach.archive.export.table import BOM, defuse
from callcoach.archive.parquet.write import Columns, encode
from callcoach.reports.sheet import Report
from callcoach.words.display import display

COLUMNS: Columns = {
    "section": str,
    "group": str,
    "group_title": str,
    "item": str,
    "title": str,
    "series": str,
    "series_title": str,
    "value": float,
    "unit": str,
    "count": int,
    "n": int,
    "cases": str,
    "low": float,
    "high": float,
    "too_few": bool,
}
"""A row is a number: which, of what, of how many cases, and between what it lies."""
Cell = str | int | float | bool | None


def rows(report: Report) -> Iterator[tuple[Cell, ...]]:
    """Yield the figures of a report, section by section."""
    for section in report.sections:
        for it in section.figures:
            yield (
                section.id, it.group, it.group_title, it.item, it.title, it.series, it.series_title,
                it.value, it.unit.value, it.count, it.n, section.cases, it.low, it.high,
                it.is_too_few,
            )  # fmt: skip


def write_csv(report: Report) -> str:
    """Return the figures as CSV with a byte order mark; no text in it can become a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(report):
        writer.writerow(_cell(cell) for cell in row)
    return BOM + text.getvalue()


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return defuse(display(cell))
    if isinstance(cell, bool):
        return int(cell)
    return "" if cell is None else cell


def write_parquet(report: Report) -> bytes:
    """Return the figures as Parquet. Raises `ImportError` without pyarrow, which is an extra."""
    return encode(COLUMNS, rows(report))
