"""The own export: a call as JSON from which its events come back exactly as they were."""

from typing import Any, TypeVar

import msgspec

from callcoach.archive.export.record import CallRecord
from callcoach.archive.ids import CallId
from callcoach.archive.own_format import EXPORT_FORMAT
from callcoach.call.events import Event, Heard, decode, encode, kind_of, version_of
from callcoach.errors import TranscriptError
from callcoach.script.model import PackId, Speaker
from callcoach.script.wording import Language


class _Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the list of calls says about a call."""

    id: CallId
    script: PackId
    title: str
    version: str
    digest: str
    language: Language
    mode: str
    agent: str
    started: str
    day: str
    code: str
    outcome: str
    is_redacted: bool = False
    """Its personal data are masked."""
    why_whole: str = ""
    """Why it was exported with its personal data."""


class _Utterance(msgspec.Struct, frozen=True):
    """An utterance, for programs that want nothing else."""

    speaker: Speaker
    text: str
    stime: float
    """Seconds since the call began."""
    etime: float


class _Stored(msgspec.Struct, frozen=True):
    """An event as the journal has it."""

    kind: str
    version: int
    body: msgspec.Raw


class _File(msgspec.Struct, frozen=True):
    callcoach_export: int
    call: _Head
    utterances: list[_Utterance]
    events: list[_Stored]


class _Form(msgspec.Struct, frozen=True):
    """As much of a file as tells whether this program can read it."""

    callcoach_export: int


_Shape = TypeVar("_Shape", _File, _Form)


def write_data(record: CallRecord) -> str:
    """Return a call as JSON; `read_record` gives the same record back, masks included."""
    head = _Head(
        id=record.id,
        script=record.script,
        title=record.title,
        version=record.version,
        digest=record.digest,
        language=record.language,
        mode=record.mode,
        agent=record.agent,
        started=record.started,
        day=record.day,
        code=record.code,
        outcome=record.outcome,
        is_redacted=record.is_redacted,
        why_whole=record.why_whole,
    )
    utterances = [
        _Utterance(event.speaker, event.text, event.start, event.end)
        for event in record.events
        if isinstance(event, Heard)
    ]
    events = [
        _Stored(kind_of(event), version_of(event), msgspec.Raw(encode(event)))
        for event in record.events
    ]
    data = msgspec.json.encode(_File(EXPORT_FORMAT, head, utterances, events))
    return msgspec.json.format(data, indent=1).decode("utf-8") + "\n"


def read_export(text: str, name: str = "the export") -> tuple[Event, ...]:
    """Return the events in an export as they were. Raises `TranscriptError` for anything else."""
    return read_record(text, name).events


def read_record(text: str, name: str = "the export") -> CallRecord:
    """Return the call in an export as it was. Raises `TranscriptError` for anything else."""
    plain = text.removeprefix("\ufeff")
    form = _decode(plain, _Form, name)
    if form.callcoach_export != EXPORT_FORMAT:
        raise TranscriptError("{name} was made by a newer callcoach", "update callcoach", name=name)
    file = _decode(plain, _File, name)
    head: dict[str, Any] = msgspec.structs.asdict(file.call)
    events = tuple(_event(stored, place, name) for place, stored in enumerate(file.events))
    return CallRecord(events=events, **head)


def _decode(text: str, shape: type[_Shape], name: str) -> _Shape:
    try:
        return msgspec.json.decode(text, type=shape)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise TranscriptError(
            "{name} is no callcoach export",
            "make one with callcoach export --format json",
            name=name,
        ) from error


def _event(stored: _Stored, place: int, name: str) -> Event:
    try:
        body = msgspec.json.format(bytes(stored.body), indent=-1)
        return decode(stored.kind, stored.version, body)
    except msgspec.DecodeError as error:
        raise TranscriptError(
            "{name}: event {place} cannot be read",
            "export the call again from its journal",
            name=name,
            place=place,
        ) from error
