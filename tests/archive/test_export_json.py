"""Tests of the own export: everything in a call comes back from it."""

import json
import random
import re
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.export.data import read_export, read_record
from callcoach.archive.export.formats import Format, export
from callcoach.archive.transcripts import parse_transcript
from callcoach.call.events import CueHeard, Event, FactTold, Heard, Span, Unknown, decode
from callcoach.errors import TranscriptError
from callcoach.script.facts import FactId
from callcoach.script.model import CueId
from tests.archive.exports import ENGLISH, HEARD, INPUTS, TIMES, WORDS, agreement, call_of, example
from tests.sessions import started

TEXTS = [format for format in Format if format is not Format.PARQUET]


def test_everything_comes_back_from_json() -> None:
    for record in (call_of(*INPUTS), agreement()):
        text = export(record, Format.JSON, ENGLISH)
        assert read_record(text) == record
        assert read_export("\ufeff" + text) == record.events


def test_json_says_what_was_said_for_programs_that_want_nothing_else() -> None:
    data = json.loads(export(call_of(*INPUTS), "json", ENGLISH))
    assert list(data) == ["callcoach_export", "call", "utterances", "events"]
    assert data["callcoach_export"] == 1
    assert data["utterances"][0] == {
        "speaker": "agent", "text": "Pay now, or else!", "stime": 1.0, "etime": 4.0,
    }  # fmt: skip
    assert data["events"][0]["kind"] == "call_started"
    assert data["events"][0]["version"] == 1
    assert data["events"][0]["body"]["seq"] == 0


def test_an_export_is_a_transcript_too() -> None:
    record = agreement()
    transcript = parse_transcript(export(record, "json", ENGLISH), "x")
    heard = [event for event in record.events if isinstance(event, Heard)]
    assert transcript.is_timed
    assert [(row.speaker, row.text, row.start, row.end) for row in transcript.rows] == [
        (event.speaker, event.text, event.start, event.end) for event in heard
    ]


@pytest.mark.parametrize(
    ("kind", "version", "more"),
    [("from_the_future", 3, {}), ("heard", 9, {}), ("heard", 9, {"version": 4, "body": [1.5]})],
    ids=["an unknown kind", "a newer version of a known kind", "keys of its own"],
)
def test_what_this_program_does_not_know_survives(
    kind: str, version: int, more: dict[str, object]
) -> None:
    body = {"kind": kind, "seq": 7, "at": 2.5, "text": "改变", "speaker": "agent", **more}
    event = decode(kind, version, msgspec.json.encode(body))
    assert isinstance(event, Unknown)
    record = replace(call_of(), events=(started(example()), event))
    (_, back) = read_export(export(record, "json", ENGLISH))
    assert back == event
    for format in TEXTS:
        assert isinstance(export(record, format, ENGLISH, example()), str)


EVENTS = st.lists(
    HEARD
    | st.builds(FactTold, seq=st.integers(0, 99), at=TIMES, fact=WORDS.map(FactId), value=WORDS)
    | st.builds(
        CueHeard,
        seq=st.integers(0, 99),
        at=TIMES,
        cue=WORDS.map(CueId),
        span=st.builds(
            Span, heard=st.integers(0, 9), start=st.integers(-5, 50), end=st.integers(-5, 50)
        ),
        phrase=WORDS,
    ),
    max_size=6,
)


@given(EVENTS)
def test_any_events_come_back_and_can_be_exported(events: list[Event]) -> None:
    record = replace(call_of(), events=(started(example()), *events))
    assert read_export(export(record, "json", ENGLISH)) == record.events
    for format in TEXTS:
        for script in (None, example()):
            export(record, format, ENGLISH, script).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no callcoach export"),
        ("[]", "no callcoach export"),
        ("[" * 100_000, "no callcoach export"),
        ('{"callcoach_export": 1}', "no callcoach export"),
        ('{"callcoach_export": 2, "new": []}', "newer callcoach"),
        ("\ud800", "no callcoach export"),
    ],
)
def test_what_is_no_export_is_refused(text: str, what: str) -> None:
    with pytest.raises(TranscriptError, match=what) as caught:
        read_export(text, "call.json")
    assert caught.value.message.startswith("call.json")
    assert caught.value.hint


@pytest.mark.parametrize(
    "body", ["{}", "[]", '{"kind": "x"}', '{"kind": "x", "seq": "a", "at": 0}', "null", '"\\ud8"']
)
@pytest.mark.parametrize("kind", ["heard", "from_the_future"])
def test_an_event_that_is_none_is_named(body: str, kind: str) -> None:
    text = export(call_of(), "json", ENGLISH)
    broken = re.sub(
        r'"kind": "step_entered",\s*"version": 1,\s*"body": \{.*?\}(?=\s*\}\s*\]\s*\}\s*$)',
        lambda _: f'"kind": "{kind}", "version": 1, "body": {body}',
        text,
        flags=re.DOTALL,
    )
    assert broken != text
    with pytest.raises(TranscriptError, match=r"event 1 cannot be read|no callcoach export"):
        read_export(broken)


def test_three_thousand_broken_exports_are_read_or_refused() -> None:
    chance = random.Random(7)
    text = export(call_of(*INPUTS), "json", ENGLISH)
    refused = sum(_is_refused(_broken(text, chance)) for _ in range(3_000))
    assert 500 < refused < 3_000


def _broken(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    put = chance.choice(('"', "}", "[", "null", "-1", "1e999", "x", "\ud800", "\\", ""))
    return text[:at] + put + text[at + chance.randrange(4) :]


def _is_refused(text: str) -> bool:
    """Tell whether a text is refused in the way it should be; nothing else may be raised."""
    try:
        read_export(text)
    except TranscriptError:
        return True
    return False
