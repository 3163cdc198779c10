"""Opens files of labelled data: as text, as lines, as records."""

import csv
import json
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from callcoach.archive.datasets.model import DatasetError, Draft, Trouble
from callcoach.errors import Told

MAX_BYTES = 1024 * 1024 * 1024
"""Of a file."""


def read_text(path: Path) -> str:
    """Return the text of a file. Raises `DatasetError` where it is none, or not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DatasetError(
                "{file} has more than {most} MB",
                "split it by calls",
                file=path,
                most=MAX_BYTES // 1024**2,
            )
        data = path.read_bytes()
    except OSError as error:
        raise DatasetError(
            "{file} cannot be read: {why}", "check the path", file=path, why=error.strerror
        ) from error
    except ValueError as error:  # a NUL in the path
        raise DatasetError("this is no path to a file", "check the path") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(
            "{file}, line {line}: this is not UTF-8 text (byte {byte})",
            "save the file as UTF-8",
            file=path,
            line=data.count(b"\n", 0, error.start) + 1,
            byte=error.start,
        ) from error


def table(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with the lines that they end in, counted from 1.

    Fields stand apart by tabs where the first line has one, else by commas; one in double quotes
    may hold tabs, commas and line breaks. A line with nothing in it is passed over; one that cannot
    be read has no fields.
    """
    first = text.partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield rows.line_num, []
            continue
        if row:
            yield rows.line_num, row


def records(text: str, path: Path, draft: Draft) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the records of JSON Lines with their lines; others go into the draft's troubles."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        if isinstance(record, dict):
            yield number, record
        else:
            draft.troubles.append(Trouble(str(path), number, Told("this is no JSON object")))
