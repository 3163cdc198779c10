"""Finds the calls in files, folders, zips and tables, one at a time, however many there are."""

import glob
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from callcoach.archive.transcripts.encodings import guessed
from callcoach.archive.transcripts.made import is_made
from callcoach.archive.transcripts.model import Transcript
from callcoach.archive.transcripts.packed import members
from callcoach.archive.transcripts.parted import (
    Line,
    Listed,
    Part,
    Trouble,
    call_in,
    part_columns,
    parts_of,
)
from callcoach.archive.transcripts.read import content_of, noted, read_bytes
from callcoach.archive.transcripts.roles import Roles
from callcoach.archive.transcripts.rows import Columns, Rows
from callcoach.archive.transcripts.strange import refuse_strange
from callcoach.errors import TranscriptError

ENDINGS = frozenset((
    ".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".txt", ".csv", ".tsv", ".vtt", ".srt",
    ".parquet", ".zip",
))  # fmt: skip
"""Of the files that are read in a folder or a zip; a file that is named is read whatever it is."""
_PEEK = 65_536
"""Bytes by which it is told how a file is written."""


@dataclass(frozen=True, slots=True)
class How:
    """How calls are to be read: as `read_transcript` takes it."""

    format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    swap: bool = False
    roles: Roles = field(default_factory=dict)
    is_guessed: bool = False
    """The encoding was not named, but found out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A call that was found and not yet read. It can be sent to another process."""

    id: str
    """The file, and where in it: `a.json`, `a.zip!b.json`, `calls.jsonl:17`, `calls.csv#C9`."""
    content: Path | bytes | Line | Listed | Rows | Columns | Trouble
    """Where it stands, or itself where it is a part of something: keep few of them."""
    how: How

    def read(self) -> Transcript:
        """Return the call. Raises `TranscriptError`, as `read_transcript` does."""
        return noted(self._read(), self.how.encoding if self.how.is_guessed else "")

    def _read(self) -> Transcript:
        how = self.how
        match self.content:
            case Path() as path:
                return self._of(content_of(path), str(path))
            case bytes() as data:
                return self._of(data, self.id)
            case Line(name, number, data):
                return self._of(data, name, number)
            case Listed(name, number, line, data):
                return self._of(data, call_in(name, number), line)
            case Rows() | Columns() as held:
                return held.read(self.id, swap=how.swap, roles=how.roles)
            case Trouble() as trouble:
                raise trouble.error()

    def _of(self, data: bytes, name: str, line: int = 1) -> Transcript:
        how = self.how
        return read_bytes(
            data,
            name,
            format=how.format,
            columns=how.columns,
            encoding=how.encoding,
            swap=how.swap,
            roles=how.roles,
            line=line,
        )

    def attributes(self) -> Mapping[str, str]:
        """Return what is said about the call: id, agent, customer, started and others.

        Where they do not stand in columns the call is read for it. Raises `TranscriptError`.
        """
        if isinstance(self.content, (Rows, Columns)):
            return self.content.attributes
        return self.read().attributes


def find_calls(paths: Iterable[Path | str], how: How | None = None) -> Iterator[Found]:
    """Yield the calls in files, folders, patterns (`calls/*.json`) and zips, in a fixed order.

    One file may hold many: JSON Lines and lists of calls, tables with a column of the call's id,
    Parquet. What cannot be read is found as well, and says so when it is read; nothing stops the
    rest. No more than one call, one list of calls or one batch of rows is held at a time.
    """
    how = how or How()
    for file in files_in(paths):
        yield from _parts(file, how)


def files_in(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Yield the files in which `find_calls` looks, in its order; one may not be there.

    What a batch has made is only looked in where it is named.
    """
    for path in paths:
        yield from _files(Path(path))


def _files(path: Path) -> Iterator[Path]:
    """Yield the files that a path names: itself, those in a folder, those of a pattern."""
    try:
        is_there, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError):  # a NUL in it: reading it will say so
        is_there, is_folder = True, False
    if is_folder:
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            files = (Path(folder, name) for name in sorted(names) if is_wanted(name))
            yield from (file for file in files if not is_made(file))
    elif not is_there and (found := glob.glob(str(path), recursive=True)):  # noqa: PTH207, a whole pattern
        for name in sorted(found):
            if not is_made(Path(name)):
                yield from _files(Path(name))
    else:
        yield path


def is_wanted(name: str) -> bool:
    """Tell whether a file in a folder or a zip is looked at, by its name."""
    return not name.startswith(".") and Path(name).suffix.casefold() in ENDINGS


def _parts(file: Path, how: How) -> Iterator[Found]:
    """Yield the calls in a file: itself where it holds one."""
    name = str(file)
    try:
        start = _start(file)
        refuse_strange(file, start)
        if start.startswith(b"PAR1"):
            for part in _parquet(file, how):
                yield Found(part.id, part.content, how)
        elif start.startswith(b"PK\x03\x04"):
            for part in members(file, is_wanted):
                if isinstance(part.content, bytes):
                    yield from _within(part.content, part.id, _told(how, part.content[:_PEEK]))
                else:
                    yield Found(part.id, part.content, how)
        elif how.format:
            yield Found(name, file, how)
        else:
            yield from _within(file, name, _told(how, start))
    except TranscriptError as error:
        yield Found(name, Trouble.of(error), how)


def _within(held: Path | bytes, name: str, how: How) -> Iterator[Found]:
    for part in parts_of(held, name, how.columns, how.encoding):
        yield Found(part.id, part.content, how)


def _told(how: How, start: bytes) -> How:
    """Return how a file is to be read that begins so, its encoding guessed if none was named."""
    guess = "" if how.encoding else guessed(start)
    return replace(how, encoding=guess, is_guessed=True) if guess else how


def _start(file: Path) -> bytes:
    """Return the first bytes of a file; none where it is no file, or cannot be read."""
    try:
        if not file.is_file():
            return b""
        with file.open("rb") as stream:
            return stream.read(_PEEK)
    except (OSError, ValueError):
        return b""


def _parquet(file: Path, how: How) -> Iterator[Part]:
    from callcoach.archive.parquet.read import read_columns

    yield from part_columns(read_columns(file), str(file), how.columns)
