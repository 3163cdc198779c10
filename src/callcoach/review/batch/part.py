"""Judges a part of a batch, some calls one after another, into tables and figures."""

import gc
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import msgspec

from callcoach.archive.transcripts import Transcript
from callcoach.call.replay import Row
from callcoach.errors import CallcoachError, TranscriptError
from callcoach.review.batch.judge import Said, Terms, judge
from callcoach.review.batch.problems import kind_of
from callcoach.review.batch.tables import ALL, TABLES, Columns, Record, Told
from callcoach.review.batch.tally import Tally


class Call(Protocol):
    """A call that was found in a file; see `archive.transcripts.find_calls`."""

    @property
    def id(self) -> str:
        """Return where it is, the same each time: a file, and a line or row in it."""
        ...

    def read(self) -> Transcript:
        """Return what was said. Raises `TranscriptError`."""
        ...


class Part(msgspec.Struct, frozen=True):
    """What came of some calls."""

    tally: Tally
    tables: dict[str, bytes]
    """By name, the records of each table, in the format of the batch."""


Encode = Callable[[Columns, Iterable[Sequence[object]]], bytes]
"""Returns records to be joined; see `archive.parquet.write` and `review.batch.sheets`."""

_ALLOCATED = 50_000
"""Objects that are made, less those that are gone, between two looks for garbage."""


def judge_part(
    calls: Iterable[Call],
    terms: Terms,
    encode: Encode,
    language_of: Callable[[Sequence[Row]], str],
    skip: Container[int] = (),
    note: Callable[[int], None] = lambda _: None,
) -> Part:
    """Return what comes of `calls`; what cannot be judged is told in the table of problems.

    Those in `skip`, counted from 0, have ended a process and are not tried again. `note` is told
    of each call before it is judged.
    """
    tally = Tally()
    records: dict[str, list[Record]] = {name: [] for name in ALL}
    with _few_cycles():
        for index, call in enumerate(calls):
            note(index)
            try:
                if index in skip:
                    raise TranscriptError("judging this call ends the program")
                told = _judge(call, terms, language_of)
            except CallcoachError as error:
                tally.refuse(call.id, error)
                records["problems"].append((call.id, kind_of(error), str(str(error))))
                continue
            tally.take(told)
            for table in TABLES:
                records[table.name] += table.records(told)
    return Part(tally, {name: encode(ALL[name], rows) for name, rows in records.items()})


@contextmanager
def _few_cycles() -> Iterator[None]:
    """Look for garbage less often: what a call leaves behind holds itself together hardly ever.

    Going through all that is remembered takes a twentieth of the time otherwise.
    """
    before = gc.get_threshold()
    if 0 < before[0] < _ALLOCATED:
        gc.set_threshold(_ALLOCATED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _judge(call: Call, terms: Terms, language_of: Callable[[Sequence[Row]], str]) -> Told:
    transcript = call.read()
    attributes = transcript.attributes
    said = Said(
        transcript.rows,
        language_of(transcript.rows),
        transcript.is_timed,
        transcript.seconds,
        attributes.get("agent", ""),
        attributes.get("started", ""),
        transcript.record,
    )
    notes = [note.code for note in transcript.notes]
    judged = judge(said, terms)
    band = judged.score.band if judged.score else None
    title = band.title.plain(terms.language) if band else ""
    return Told(call.id, attributes, notes, terms.form, judged, title)
