"""Tests of events as they are stored: what was written once can be read for ever."""

import enum
import hashlib
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NewType, Union, get_args, get_origin

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from callcoach.call import events as module
from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Closed,
    Doubt,
    ListeningTurned,
    Source,
)
from callcoach.call.events import (
    UPCASTERS,
    CallEnded,
    CallResumed,
    CallStarted,
    CueHeard,
    CueTicked,
    CueUnticked,
    Event,
    ExitTaken,
    FactTold,
    FlagCleared,
    FlagRaised,
    FlagSnoozed,
    Heard,
    HoldEnded,
    HoldStarted,
    Jumped,
    LanguageSwitched,
    NoteWritten,
    ObjectionOpened,
    OfferedLine,
    Span,
    StepEntered,
    Suggested,
    Undone,
    Unknown,
    decode,
    encode,
    kind_of,
)
from callcoach.call.flow import By
from callcoach.call.part import Part
from callcoach.script.facts import FactId
from callcoach.script.model import (
    CueId,
    ExitId,
    FlagKind,
    LineId,
    OutcomeId,
    PackId,
    PlanId,
    Severity,
    Speaker,
    StepId,
)

GOLDEN = Path(__file__).parents[1] / "archive" / "golden"
GOLDEN_DIGESTS = {
    "v1.jsonl": "91032e3c63c632bf93fd678a48fc469e5765dc2245d8de5188bab560043e96e2",
    "v2.jsonl": "3b5bac0d6ff60550dad0b9eb0a93fd44d687d61a25f5c055970aef96b95d11ca",
    "v3.jsonl": "0a226fe994e1f155514222d3b1535fb0ee6d74f707376a0c25cb5c041bbeb91c",
    "v4.jsonl": "1e8d3b7df8e5523b4f229df6c80958119f0e6318bd82b7dc18b5b4f95779c67c",
    "v5.jsonl": "17ad105451d85b2f4f55d5587d5578201ba91d05f2b442675cc0771bee45655e",
}
"""SHA-256 of the golden files: what was released is never edited; a new version has its own."""

EXAMPLES: tuple[Event, ...] = (
    CallStarted(
        seq=0,
        at=0.0,
        script=PackId("overdue"),
        digest="8ca3b8c2a01f9ee05174e6ec81615ceedcc50dee1a15a5409dbee65eac84b1c3",
        script_version="1.0",
        language="zh",
        started="2026-11-23T09:30:00.000Z",
        day="2026-11-23",
        seed=7,
        mode="practice",
        agent="a17",
        plan=PlanId("overdue.three_instalments"),
        program="0.1.0",
    ),
    CallStarted(
        seq=0,
        at=0.0,
        script=PackId("overdue"),
        digest="",
        script_version="1.0",
        language="en",
        started="",
        day="2026-11-23",
        seed=-1,
        mode="replay",
    ),
    Heard(
        seq=1,
        at=3.25,
        speaker=Speaker.CUSTOMER,
        text="喂，哪位？ “Who's this?”\n\t\\ 👋\u0000",
        start=1.5,
        end=3.25,
        source="typed",
        line=LineId("overdue.greet"),
        confidence=0.87,
    ),
    Heard(seq=2, at=4.0, speaker=Speaker.AGENT, text="", start=4.0, end=4.0),
    Heard(seq=3, at=1e-7, speaker=Speaker.OTHER, text="嗯", start=0.1, end=123456.789),
    StepEntered(
        seq=4,
        at=5.0,
        step=StepId("overdue.greeting"),
        by=By.START,
        offered=(OfferedLine(LineId("overdue.greet"), 0), OfferedLine(LineId("x"), 2)),
    ),
    StepEntered(seq=5, at=5.0, step=StepId("overdue.purpose"), by=By.EXIT),
    StepEntered(seq=6, at=5.0, step=StepId("overdue.cannot_pay"), by=By.OBJECTION),
    StepEntered(seq=7, at=5.0, step=StepId("overdue.purpose"), by=By.BACK),
    StepEntered(seq=8, at=5.0, step=StepId("overdue.close"), by=By.JUMP),
    ExitTaken(
        seq=9,
        at=6.5,
        step=StepId("overdue.ask"),
        exit=ExitId("income"),
        by="follow",
        offered=(OfferedLine(LineId("overdue.ask_income"), 1),),
    ),
    ExitTaken(seq=10, at=6.5, step=StepId("overdue.ask"), exit=ExitId("told")),
    ObjectionOpened(
        seq=11,
        at=7.0,
        step=StepId("overdue.purpose"),
        objection=StepId("overdue.cannot_pay"),
        by="follow",
    ),
    ObjectionOpened(seq=12, at=7.0, step=StepId("a"), objection=StepId("b")),
    Jumped(seq=13, at=8.0, step=StepId("a"), to=StepId("b"), by="follow"),
    Jumped(seq=14, at=8.0, step=StepId("b"), to=StepId("a")),
    Suggested(seq=15, at=9.0, target="reached", span=Span(1, 0, 4)),
    CueHeard(
        seq=16, at=9.0, cue=CueId("courtesy.greet"), span=Span(2, 3, 9), phrase="您好", counts=False
    ),
    CueHeard(seq=17, at=9.0, cue=CueId("courtesy.greet"), span=Span(2, 3, 9), phrase="您好"),
    CueTicked(seq=18, at=10.0, cue=CueId("courtesy.greet")),
    CueUnticked(seq=19, at=11.0, cue=CueId("courtesy.greet")),
    FactTold(seq=20, at=12.0, fact=FactId("overdue.amount_due"), value="1280.50 CNY", by="given"),
    FactTold(seq=21, at=12.0, fact=FactId("overdue.reason"), value="income"),
    *(
        FlagRaised(
            seq=22 + place,
            at=13.0,
            flag=1 + place,
            what=what,
            cue=CueId("overdue.promise"),
            severity=list(Severity)[place % len(Severity)],
            reason="too_late",
            span=Span(1, 0, 2),
            due=12.5,
            other="overdue.repeat",
            cause=9,
        )
        for place, what in enumerate(FlagKind)
    ),
    FlagRaised(
        seq=30,
        at=13.0,
        flag=9,
        what=FlagKind.MISSING,
        cue=CueId("overdue.promise"),
        severity=Severity.MINOR,
        reason="left",
    ),
    FlagCleared(seq=31, at=14.0, flag=1, by="said", span=Span(3, 1, 2)),
    FlagCleared(seq=32, at=14.0, flag=2, by="undone"),
    FlagSnoozed(seq=33, at=15.0, flag=3, until=75.0),
    NoteWritten(seq=34, at=16.0, text="下月十号再联系；call back on the 10th"),
    HoldStarted(seq=35, at=17.0),
    HoldEnded(seq=36, at=18.0),
    LanguageSwitched(seq=37, at=19.0, language="en"),
    Undone(seq=38, at=20.0, of=9),
    CallResumed(seq=39, at=21.0),
    CallEnded(
        seq=40,
        at=22.0,
        step=StepId("overdue.goodbye"),
        outcome=OutcomeId("overdue.promise"),
        code="PTP",
        is_early=True,
    ),
    CallEnded(seq=41, at=22.0, step=StepId("overdue.goodbye")),
)
"""What the lines of the golden file mean, in their order."""

KINDS: Mapping[str, type[Event]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(Event) if kind is not Unknown
}
"""Every kind that is stored."""


class Line(msgspec.Struct, frozen=True):
    """A line of the golden file."""

    kind: str
    version: int
    body: msgspec.Raw


EXAMPLES_2: tuple[Event, ...] = (
    CueHeard(
        seq=0,
        at=30.0,
        cue=CueId("overdue.promised"),
        span=Span(9, 0, 7),
        phrase="",
        counts=False,
        by="model",
        taken_for="好的可以",
        confidence=0.75,
        also=(Span(7, 3, 12),),
        amount="426.80 CNY",
        day="下周五",
    ),
    CueHeard(seq=1, at=31.0, cue=CueId("courtesy.greet"), span=Span(2, 3, 9), phrase="您好"),
)
"""What version 2 of kinds says; the lines of its golden file."""

EXAMPLES_3: tuple[Event, ...] = (
    Heard(
        seq=0,
        at=31.5,
        speaker=Speaker.AGENT,
        text="我们会起诉您",
        start=28.0,
        end=31.5,
        source="transcript",
        line=LineId("overdue.greet"),
        confidence=0.81,
        doubts=(Doubt(3, 5, 0.44), Doubt(5, 6, 0.0)),
    ),
    Heard(seq=1, at=32.0, speaker=Speaker.CUSTOMER, text="喂", start=31.0, end=32.0),
    CueHeard(
        seq=2,
        at=31.5,
        cue=CueId("courtesy.threat"),
        span=Span(0, 2, 6),
        phrase="起诉",
        counts=False,
        by="model",
        taken_for="起诉",
        confidence=0.44,
        also=(Span(1, 0, 1),),
        amount="426.80 CNY",
        day="下周五",
        is_doubtful=True,
    ),
    CueHeard(seq=3, at=31.0, cue=CueId("courtesy.greet"), span=Span(2, 3, 9), phrase="您好"),
    FlagRaised(
        seq=4,
        at=45.0,
        flag=1,
        what=FlagKind.MISSING,
        cue=CueId("courtesy.say_name"),
        severity=Severity.MAJOR,
        reason="deadline",
        span=Span(1, 0, 1),
        due=30.0,
        other="overdue.repeat",
        cause=9,
        is_unheard=True,
    ),
    FlagRaised(
        seq=5,
        at=46.0,
        flag=2,
        what=FlagKind.MISSING,
        cue=CueId("courtesy.say_name"),
        severity=Severity.MINOR,
        reason="step_left",
    ),
    ListeningTurned(seq=6, at=50.0, is_on=True),
    ListeningTurned(seq=7, at=51.0, is_on=False),
    CaptureStarted(
        seq=8,
        at=52.0,
        sources=(Source(Speaker.AGENT, "USB 耳机"), Source(Speaker.CUSTOMER)),
        model="vosk-model-small-cn-0.22",
        kept="opus",
    ),
    CaptureStarted(seq=9, at=53.0, sources=(), model=""),
    *(CapturePaused(seq=10 + place, at=54.0, reason=reason) for place, reason in enumerate(Closed)),
    CaptureResumed(seq=30, at=60.0),
    CaptureStopped(seq=31, at=61.0, reason="ended"),
    CaptureGap(seq=32, at=62.0, start=55.5, end=58.25, reason="crash", speaker=Speaker.CUSTOMER),
    CaptureGap(seq=33, at=63.0, start=0.0, end=1.0, reason="dropped"),
)
"""What version 3 says of hearing by machine; the lines of its golden file."""


EXAMPLES_4: tuple[Event, ...] = (
    CueTicked(seq=0, at=64.0, cue=CueId("overdue.ask_reason"), by="follow"),
    CueTicked(seq=1, at=65.0, cue=CueId("courtesy.greet")),
)
"""What version 4 says of ticks; the lines of its golden file."""


EXAMPLES_5: tuple[Event, ...] = (
    CueHeard(
        seq=0,
        at=66.0,
        cue=CueId("overdue.promise"),
        span=Span(3, 0, 12),
        phrase="",
        counts=False,
        by="model",
        taken_for="三百",
        confidence=0.44,
        also=(Span(1, 0, 1),),
        amount="300 CNY",
        day="这个月",
        parts=(Part("300 CNY", "这个月"), Part("500 CNY", "下个月")),
        is_doubtful=True,
    ),
    CueHeard(seq=1, at=67.0, cue=CueId("courtesy.greet"), span=Span(2, 3, 9), phrase="您好"),
)
"""What this version says of promises in parts; the lines of its golden file."""


def golden() -> Iterator[tuple[Line, Event]]:
    """Yield every line of the golden file, and what it means."""
    lines = [line for name in GOLDEN_DIGESTS for line in (GOLDEN / name).read_bytes().splitlines()]
    known = (*EXAMPLES, *EXAMPLES_2, *EXAMPLES_3, *EXAMPLES_4, *EXAMPLES_5)
    for line, meant in zip(lines, known, strict=True):
        yield msgspec.json.decode(line, type=Line), meant


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Return all values of a type that a field of an event has."""
    if isinstance(kind, NewType):
        return values(kind.__supertype__)
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of([values(part) for part in get_args(kind)])
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3).map(tuple)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return st.sampled_from(list(kind))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = msgspec.structs.fields(kind)
        return st.builds(kind, **{field.name: values(field.type) for field in fields})
    return {
        str: st.text(),
        bool: st.booleans(),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        type(None): st.none(),
    }[kind]


EVENTS: st.SearchStrategy[Event] = st.one_of([values(kind) for kind in KINDS.values()])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
BODIES = st.builds(
    lambda seq, at, others: {"kind": "tomorrow", "seq": seq, "at": at, **others},
    st.integers(0, 2**31),
    st.floats(0, 1e6),
    st.dictionaries(st.text(min_size=5, max_size=9), JSON, max_size=4),
)
"""What a later callcoach might store."""


# What this version writes


@pytest.mark.parametrize("kind", KINDS)
def test_an_event_is_read_as_it_was_written(kind: str) -> None:
    @given(values(KINDS[kind]))
    def round_trip(event: Event) -> None:
        body = encode(event)
        read = decode(kind_of(event), event.version, body)
        assert read == event
        assert type(read) is type(event)
        assert encode(read) == body
        assert decode(kind_of(event), event.version, body.decode()) == event

    round_trip()


@given(EVENTS)
def test_an_event_is_one_line_that_names_its_kind_and_place(event: Event) -> None:
    body = encode(event)
    assert b"\n" not in body
    read = msgspec.json.decode(body, type=dict[str, Any])
    assert read["kind"] == kind_of(event)
    assert (read["seq"], read["at"]) == (event.seq, event.at)


def test_every_kind_has_its_own_name() -> None:
    assert len(KINDS) == len(get_args(Event)) - 1
    assert all(name.isascii() and name.islower() for name in KINDS)


def test_an_event_cannot_be_changed() -> None:
    event = NoteWritten(seq=0, at=0.0, text="x")
    with pytest.raises(AttributeError):
        event.text = "y"  # type: ignore[misc]  # it must not be possible


# What was released


@pytest.mark.parametrize("name", GOLDEN_DIGESTS)
def test_a_golden_file_is_as_it_was_released(name: str) -> None:
    digest = hashlib.sha256((GOLDEN / name).read_bytes()).hexdigest()
    assert digest == GOLDEN_DIGESTS[name]


def test_what_was_released_can_be_read_for_ever() -> None:
    for line, meant in golden():
        assert decode(line.kind, line.version, bytes(line.body)) == meant


def test_this_version_writes_what_was_released() -> None:
    """A changed shape needs a new version of its kind, an upcaster and a golden file."""
    for line, meant in golden():
        if line.version == meant.version:
            assert encode(meant) == bytes(line.body)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_was_released(kind: str) -> None:
    named = {
        name
        for line, _ in golden()
        if line.kind == kind and line.version == KINDS[kind].version
        for name in msgspec.json.decode(line.body, type=dict[str, Any])
    }
    assert named == {"kind", *(field.name for field in msgspec.structs.fields(KINDS[kind]))}


@pytest.mark.parametrize("kind", KINDS)
def test_every_older_version_can_be_lifted(kind: str) -> None:
    for version in range(1, KINDS[kind].version):
        assert (kind, version) in UPCASTERS


# Older versions


def test_upcasters_are_applied_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    applied: list[int] = []

    def first(body: dict[str, Any]) -> dict[str, Any]:
        applied.append(1)
        return {**body, "words": body["note"] + "!"}

    def second(body: dict[str, Any]) -> dict[str, Any]:
        applied.append(2)
        return {**body, "text": body["words"] + "?"}

    table = {("note_written", 1): first, ("note_written", 2): second}
    monkeypatch.setattr(module, "UPCASTERS", table)
    monkeypatch.setattr(NoteWritten, "version", 3)
    body = b'{"kind":"note_written","seq":4,"at":1.5,'
    assert decode("note_written", 1, body + b'"note":"x"}') == NoteWritten(
        seq=4, at=1.5, text="x!?"
    )
    assert applied == [1, 2]
    assert decode("note_written", 2, body + b'"words":"x"}') == NoteWritten(
        seq=4, at=1.5, text="x?"
    )
    assert applied == [1, 2, 2]
    assert decode("note_written", 3, body + b'"text":"x"}') == NoteWritten(seq=4, at=1.5, text="x")
    assert applied == [1, 2, 2]


def test_upcasters_of_one_kind_leave_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(body: dict[str, Any]) -> dict[str, Any]:
        raise AssertionError(body)

    monkeypatch.setattr(module, "UPCASTERS", {("note_written", 1): fail, ("heard", 7): fail})
    monkeypatch.setattr(NoteWritten, "version", 2)
    for event in EXAMPLES:
        assert decode(kind_of(event), event.version, encode(event)) == event


def test_a_body_that_cannot_be_lifted_is_an_error_that_can_be_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {("note_written", 1): lambda body: {**body, "text": 5}}
    monkeypatch.setattr(module, "UPCASTERS", table)
    monkeypatch.setattr(NoteWritten, "version", 2)
    with pytest.raises(msgspec.ValidationError):
        decode("note_written", 1, b'{"kind":"note_written","seq":4,"at":1.5}')


# Kinds and versions of tomorrow

TOMORROW = st.sampled_from(["tomorrow", "unknown", "with space", "您好", ""])


@given(TOMORROW, st.integers(1, 9), BODIES)
@example("unknown", 1, {"kind": "unknown", "seq": 1, "at": 2.0})
def test_an_event_of_an_unknown_kind_survives(
    kind: str, version: int, body: dict[str, Any]
) -> None:
    stored = msgspec.json.encode(body)
    event = decode(kind, version, stored)
    assert isinstance(event, Unknown)
    assert (event.seq, event.at) == (body["seq"], body["at"])
    assert kind_of(event) == kind
    assert encode(event) == stored
    assert decode(kind_of(event), version, encode(event)) == event


@given(st.sampled_from(sorted(KINDS)), st.integers(1, 9), BODIES)
def test_an_event_of_a_newer_version_survives(kind: str, ahead: int, body: dict[str, Any]) -> None:
    stored = msgspec.json.encode(body)
    event = decode(kind, KINDS[kind].version + ahead, stored)
    assert isinstance(event, Unknown)
    assert kind_of(event) == kind
    assert encode(event) == stored


@pytest.mark.parametrize(
    "stored",
    [
        b'{"seq":4,"at":1.50}',
        b'{ "seq": 4, "at": 1 }',
        b'{"seq":4,"at":1e1}',
        b'{"seq":4,"at":1,"text":"\\u4f60\\/"}',
        b'{"seq":4,"at":1,"big":123456789012345678901234567890}',
        b'{"seq":4,"at":1,"x":1,"x":2}',
    ],
)
def test_an_event_of_an_unknown_kind_survives_byte_for_byte(stored: bytes) -> None:
    """Whoever wrote it may write numbers and spaces in another way; the chain hashes bytes."""
    assert encode(decode("tomorrow", 1, stored)) == stored


# What is no event


@given(
    st.sampled_from([*sorted(KINDS), "tomorrow", "unknown"]),
    st.integers(0, 3),
    st.binary(max_size=40) | JSON.map(msgspec.json.encode) | BODIES.map(msgspec.json.encode),
)
@example("tomorrow", 1, b"{}")
@example("tomorrow", 1, b"[]")
@example("tomorrow", 1, b'{"seq":"x","at":1}')
@example("tomorrow", 1, b'{"seq":1,"at":null}')
@example("tomorrow", 1, b'{"seq":1,"at":1,"x":"\xff"}')
@example("note_written", 1, b'{"kind":"note_written","seq":1,"at":1,"text":"\xff"}')
@example("note_written", 1, b'{"kind":"note_written","seq":1,"at":1,"x":' + b"[" * 9_999)
def test_what_is_no_event_is_a_decode_error(kind: str, version: int, body: bytes) -> None:
    try:
        event = decode(kind, version, body)
    except msgspec.DecodeError:
        return
    assert isinstance(event, Unknown | KINDS.get(kind, Unknown))


@given(EVENTS, EVENTS)
@example(NoteWritten(seq=0, at=0.0, text=""), HoldStarted(seq=0, at=0.0))
def test_a_body_of_one_kind_is_not_read_as_another(one: Event, other: Event) -> None:
    if kind_of(one) != kind_of(other):
        with pytest.raises(msgspec.ValidationError):
            decode(kind_of(one), one.version, encode(other))


@given(EVENTS, st.data())
def test_a_body_that_lacks_something_is_a_validation_error(
    event: Event, data: st.DataObject
) -> None:
    body = msgspec.json.decode(encode(event), type=dict[str, Any])
    required = [field.name for field in msgspec.structs.fields(type(event)) if field.required]
    del body[data.draw(st.sampled_from(required))]
    with pytest.raises(msgspec.ValidationError):
        decode(kind_of(event), event.version, msgspec.json.encode(body))
