"""A call that was heard by machine, exported: what was listened to, what was in doubt."""

import csv
import io

from callcoach.archive.export.data import read_record
from callcoach.archive.export.formats import export
from callcoach.archive.export.record import CallRecord
from callcoach.archive.export.redacted import redact_record
from callcoach.call.captured import CaptureStarted, Closed, Doubt, Source
from callcoach.call.events import CueHeard, Heard
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Input,
    MissSound,
    PauseCapture,
    ResumeCapture,
    StartCapture,
    TakeExit,
    TurnListening,
)
from callcoach.locale import Messages
from callcoach.script.model import ExitId, Speaker
from tests.archive.exports import AGENT, CUSTOMER, ENGLISH, call_of, example

MIC = (Source(AGENT, "Anna's earphones"), Source(CUSTOMER, "Far side"))
THREAT = "Call me on 555 0100, or else!"
HEARD: tuple[tuple[float, Input], ...] = (
    (0.0, PauseCapture(Closed.NOT_YET)),
    (10.0, TurnListening(is_on=True)),
    (10.0, StartCapture(MIC, "tiny-en", "opus")),
    (
        15.0,
        Hear(
            Speaker.AGENT,
            THREAT,
            12.0,
            15.0,
            "speech",
            0.6,
            (Doubt(THREAT.index("or"), len(THREAT) - 1, 0.44),),
        ),
    ),
    (40.0, PauseCapture(Closed.SENSITIVE)),
    (60.0, ResumeCapture()),
    (65.0, MissSound(61.0, 65.0, "crash", CUSTOMER)),
    (90.0, TakeExit(ExitId("on"))),
    (100.0, EndCall()),
)


def heard_call() -> CallRecord:
    """Return a call with all that can happen to its hearing."""
    return call_of(*HEARD)


def rows(record: CallRecord) -> list[list[str]]:
    """Return the rows of the table about listening and cues."""
    text = export(record, "csv", ENGLISH, example()).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(text, newline="")))
    return [row for row in read if row[1] in ("listening", "cue heard")]


def test_the_table_tells_when_it_was_listened_to_and_what_was_in_doubt() -> None:
    told = [(row[0], row[3] if row[1] == "listening" else row[6]) for row in rows(heard_call())]
    assert told == [
        ("0.000", "Not listening: not opened yet"),
        ("10.000", "Listening opened by hand"),
        ("10.000", "Listening; the sound is kept (opus)"),
        (
            "15.000",
            "Perhaps heard: Threat. Not flagged, because the recogniser was unsure (44%).",
        ),
        ("40.000", "Not listening: nothing is written down in this step"),
        ("60.000", "Listening again"),
        ("65.000", "Not heard, Customer, from 1:01 to 1:05: the recogniser broke down"),
        ("100.000", "Listening has ended: the call has ended"),
    ]


def test_the_report_says_how_much_was_heard() -> None:
    text = export(heard_call(), "md", ENGLISH, example())
    assert "Heard by machine:** 66%" in text
    assert "Not listened to:** 20 s (nothing is written down in this step)" in text
    assert "Not listened to:** 10 s (not opened yet)" in text
    assert "Missed:** 4 s" in text
    assert "## Listening" in text
    assert "## Perhaps heard" in text


def test_a_typed_call_says_nothing_of_it() -> None:
    text = export(call_of(*HEARD[-2:]), "md", ENGLISH, example())
    for word in ("Heard by machine", "Listening", "Perhaps heard"):
        assert word not in text


def test_the_own_export_brings_it_back() -> None:
    record = heard_call()
    assert read_record(export(record, "json", ENGLISH, example())).events == record.events


def test_a_mask_moves_the_doubts_and_devices_lose_their_names() -> None:
    masked = redact_record(heard_call(), example(), Messages("en"))
    (said,) = (event for event in masked.events if isinstance(event, Heard))
    (doubt,) = said.doubts
    assert "555" not in said.text
    assert said.text[doubt.start : doubt.end] == "or else"
    (cue,) = (event for event in masked.events if isinstance(event, CueHeard))
    assert said.text[cue.span.start : cue.span.end] == "or else"
    (started,) = (event for event in masked.events if isinstance(event, CaptureStarted))
    assert started.sources == (Source(AGENT), Source(CUSTOMER))
    assert started.model == "tiny-en"
