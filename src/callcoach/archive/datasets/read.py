"""Reads labelled data, in whichever of the formats it is."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from callcoach.archive.datasets import acts, intents, plain
from callcoach.archive.datasets.files import table
from callcoach.archive.datasets.model import Dataset, DatasetError
from callcoach.archive.datasets.rubric import LABELS, TRANSCRIPTS, read_rubric
from callcoach.errors import Told

_HEAD_CHARACTERS = 65_536
_TABLES, _LINES = frozenset((".tsv", ".csv", ".txt")), frozenset((".jsonl", ".ndjson"))
_FORMATS = Told(
    "a table or JSON Lines with call, speaker, text and labels is expected; callcoach eval --help"
    " tells the other formats"
)

Reader = Callable[[Path, Mapping[str, str]], Dataset]


def read_dataset(path: Path, renamed: Mapping[str, str] | None = None) -> Iterator[Dataset]:
    """Yield the data sets at a path: a file, a folder with labels, or a folder of files.

    `renamed` maps acts, intents or labels of the files to labels. Raises `DatasetError`.
    """
    renamed = renamed or {}
    if path.name == LABELS and (path.parent / TRANSCRIPTS).is_dir():
        path = path.resolve().parent
    if path.is_dir():
        yield from _read_folder(path, renamed)
        return
    yield _checked(_reader_of(path)(path, renamed), path)


def _read_folder(folder: Path, renamed: Mapping[str, str]) -> Iterator[Dataset]:
    if (folder / LABELS).is_file() and (folder / TRANSCRIPTS).is_dir():
        yield _checked(read_rubric(folder.resolve(), renamed), folder)
        return
    suffixes = (_TABLES - {".txt"}) | _LINES
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in suffixes)
    if not files:
        raise DatasetError(
            "{file} holds no labelled data",
            "it needs {labels} and a folder {transcripts}, or files of one of the other formats",
            file=folder,
            labels=LABELS,
            transcripts=TRANSCRIPTS,
        )
    for file in files:
        yield _checked(_reader_of(file)(file, renamed), file)


def _checked(dataset: Dataset, path: Path) -> Dataset:
    """Return a data set with calls in it; raises `DatasetError` for one without."""
    if dataset.calls:
        return dataset
    if not dataset.troubles:
        raise DatasetError(
            "{file}, line 1: there is no utterance in this file", _FORMATS, file=path
        )
    first = dataset.troubles[0]
    raise DatasetError(
        "{file}, line {line}: {what}", _FORMATS, file=first.file, line=first.line, what=first.what
    )


def _reader_of(path: Path) -> Reader:
    """Return what reads a file, by its first line."""
    head = _head(path)
    first = head.lstrip().partition("\n")[0]
    if first.startswith("{"):
        keys = _keys(first)
        if keys >= acts.KEYS:
            return acts.read_acts
        if keys >= plain.COLUMNS:
            return plain.read_plain_lines
    else:
        names = next((row for _, row in table(f"{first}\n")), [])
        if tuple(names) == intents.HEADER:
            return intents.read_intents
        if {name.strip().lower() for name in names} >= plain.COLUMNS:
            return plain.read_plain_table
    raise DatasetError("{file}, line 1: this format is not known", _FORMATS, file=path)


def _keys(line: str) -> frozenset[str]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(record) if isinstance(record, dict) else frozenset()


def _head(path: Path) -> str:
    """Return how a file begins; bytes that are no UTF-8 are told by the reader, with their line."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(_HEAD_CHARACTERS)
    except OSError as error:
        raise DatasetError(
            "{file} cannot be read: {why}", "check the path", file=path, why=error.strerror
        ) from error
    except ValueError as error:
        raise DatasetError("this is no path to a file", "check the path") from error
