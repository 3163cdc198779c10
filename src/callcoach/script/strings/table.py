"""The translators' table as CSV that spreadsheets open well and cannot be made to run."""

import codecs
import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from callcoach.errors import StringsError
from callcoach.script.strings.harvest import Returned
from callcoach.script.strings.rows import Row
from callcoach.script.wording import Language

MAX_BYTES = 20_000_000
_DELIMITERS = ",;\t"
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What a spreadsheet takes for a formula, or what `guard` made of it."""
_GUARDED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Table:
    """A table that came back."""

    source: Language
    target: Language
    rows: tuple[Returned, ...]
    encoding: str
    """What it was read as: `utf-8`, `utf-16` or `gb18030`."""


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; `unguard` undoes it exactly."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Return what a cell held before `guard`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_table(
    rows: Iterable[Row], source: Language, target: Language, *, has_bom: bool = True
) -> bytes:
    """Return rows as CSV in UTF-8, with the mark by which Excel tells that it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["key", "place", "kind", f"source_{source}", f"target_{target}", "state"])
    for row in rows:
        place = f"{row.place.file}:{row.place.line}"
        cells = (row.key, place, row.kind, row.source, row.target, row.state)
        writer.writerow([guard(cell) for cell in cells])
    return (codecs.BOM_UTF8 if has_bom else b"") + out.getvalue().encode("utf-8")


def read_table(data: bytes, file: str) -> Table:
    """Return the table that a file holds, whichever way a spreadsheet has saved it.

    Raises `StringsError`.
    """
    if len(data) > MAX_BYTES:
        raise StringsError(
            "{file} is larger than {most:,} bytes",
            "is it the right file?",
            file=file,
            most=MAX_BYTES,
        )
    text, encoding = _decode(data, file)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise StringsError(
            "{file} is no readable CSV: {why}", "save it as CSV anew", file=file, why=error
        ) from error
    header = [cell.strip() for cell in lines[0]] if lines else []
    source, target = _language(header, "source", file), _language(header, "target", file)
    columns = {name: place for place, name in enumerate(header)}
    if "key" not in columns:
        raise StringsError(
            "{file} has no column “key”", "keep the first line of the export", file=file
        )

    def cell(line: list[str], name: str) -> str:
        place = columns.get(name, len(line))
        found = line[place] if place < len(line) else ""
        return unguard(found.replace("\r\n", "\n"))

    rows = tuple(
        Returned(
            line=number,
            key=cell(line, "key").strip(),
            source=cell(line, f"source_{source}"),
            target=cell(line, f"target_{target}"),
            state=cell(line, "state").strip(),
        )
        for number, line in enumerate(lines[1:], start=2)
        if any(part.strip() for part in line)
    )
    return Table(source, target, rows, encoding)


def _decode(data: bytes, file: str) -> tuple[str, str]:
    """Return a file's text and what it was read as.

    Excel on a Chinese Windows saves plain CSV as GB18030; a source that it cannot hold no longer
    matches the pack, and its row is not taken.
    """
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise StringsError("{file} is neither UTF-8 nor GB18030", "save it as CSV UTF-8", file=file)


def _delimiter(text: str) -> str:
    """Return what stands between the cells of the first line."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _language(header: list[str], role: str, file: str) -> Language:
    for name in header:
        if found := re.fullmatch(rf"{role}_([a-z]{{2,3}})", name):
            return found[1]
    raise StringsError(
        "{file} has no column “{role}_” with a language",
        "keep the first line of the export",
        file=file,
        role=role,
    )
