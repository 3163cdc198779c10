"""Reads utterances in JSON: in a list or in lines, callcoach's own and other people's."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from callcoach.archive.own_format import EXPORT_FORMAT, EXPORT_KEY
from callcoach.archive.transcripts.fields import Field, about, first, plan, said, share
from callcoach.archive.transcripts.model import NoteCode, Reading, Said
from callcoach.archive.transcripts.own_record import own_record
from callcoach.archive.transcripts.services import several_calls
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.times import read_seconds
from callcoach.archive.transcripts.walk import SHAPE, Listing
from callcoach.call.captured import Doubt
from callcoach.errors import Told

NEWEST = {EXPORT_KEY: EXPORT_FORMAT, "callcoach_transcript": 1}
"""By the key that tells whose file it is: the newest form that this program reads."""
ROWS_KEYS = (
    "utterances", "segments", "turns", "sentences", "dialogue", "dialog", "messages", "rows",
    "conversation", "transcript", "TranscriptSegments", "对话", "通话内容", "内容",
    "通话", "通话记录", "对话内容", "转写",
)  # fmt: skip
"""What a list of utterances may be called; callcoach calls it by the first."""
SECONDS_KEYS = ("seconds", "duration")


def read_structured(source: Source) -> Reading:
    """Return the utterances of a JSON text.

    They stand in a list; in a list within an object; or each is an object, after one that says
    what the recording is, or after none. Raises `TranscriptError` for what is no transcript.
    """
    values = source.values
    head = source.head
    for line, value in zip(values.lines, values, strict=True):
        _check_format(source, value, line)
    rows = rows_of(head) if head else values[0]
    listed = values if head or not isinstance(rows, Listing) else rows
    calls = [one for one in listed if isinstance(one, dict) and rows_of(one) is not None]
    if len(calls) > (1 if head else 0):
        raise several_calls(source, listed.lines[-1], len(calls))
    if not isinstance(rows, Listing):
        rows = _lines(source, values, head)
    dropped: list[int] = []
    read = tuple(_utterances(source, rows, dropped))
    seconds = read_seconds(first(head, SECONDS_KEYS))[0] or 0.0
    attributes = about(head.get("call"), head)
    is_own = not NEWEST.keys().isdisjoint(head)
    record = own_record(head, read) if is_own else ()
    return Reading(read, seconds, attributes, {NoteCode.PARTIAL_DROPPED: dropped}, is_own, record)


def rows_of(value: Mapping[str, object]) -> list[object] | None:
    """Return the list of utterances in an object, under the first key that has one."""
    found = (value.get(key) for key in ROWS_KEYS)
    return next((rows for rows in found if isinstance(rows, list)), None)


def _lines(source: Source, values: Listing, head: Mapping[str, object]) -> Listing:
    """Return the values but one that is no utterance, and says what the recording is."""
    if Field.TEXT in plan(tuple(head)):
        return values
    if len(values) < 2:
        raise source.error(
            values.lines[0],
            Told("this JSON has no list called {key}", key=ROWS_KEYS[0]),
            SHAPE,
        )
    rows = Listing()
    for value, line in zip(values[1:], values.lines[1:], strict=True):
        rows.add(value, line)
    return rows


def _check_format(source: Source, value: object, line: int) -> None:
    if not isinstance(value, dict):
        return
    if any(key in value and str(value[key]) != str(it) for key, it in NEWEST.items()):
        raise source.error(
            line, Told("this file was made by a newer callcoach"), Told("update callcoach")
        )


def _utterances(source: Source, rows: Listing, dropped: list[int]) -> Iterator[Said]:
    for row, line in zip(rows, rows.lines, strict=True):
        if not isinstance(row, dict):
            raise source.error(line, Told("this is no utterance"), SHAPE)
        if row.get("IsPartial") is True or row.get("is_partial") is True:
            dropped.append(line)
            continue
        names = plan(tuple(row))
        if isinstance(first(row, names.get(Field.TEXT, ())), (dict, list)):
            raise source.error(line, Told("the text of this utterance is no text"), SHAPE)
        one = said(row, line, names)
        if row.get("at") is not None or row.get("doubts") is not None:
            heard_at = read_seconds(row.get("at"))[0]
            one = replace(one, at=heard_at, doubts=tuple(_doubts(row.get("doubts"))))
        yield one


def _doubts(value: object) -> Iterator[Doubt]:
    """Yield the doubts that a list has, each as start, end and confidence; others are no doubts."""
    for it in value if isinstance(value, list) else ():
        match it:
            case [int(start), int(end), int() | float() as given]:
                if (sure := share(given)) is not None:
                    yield Doubt(start, end, sure)
