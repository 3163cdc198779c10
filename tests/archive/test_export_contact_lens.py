"""Tests of the export in the shape of Contact Lens: what it says, and that it can be read back."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.export.contact_lens_times import interruptions, non_talk
from callcoach.archive.export.formats import Format, export
from callcoach.archive.export.record import CallRecord
from callcoach.archive.export.redacted import redact_record
from callcoach.archive.transcripts import NoteCode, parse_transcript, read_transcript
from callcoach.call.events import Heard
from callcoach.call.inputs import FOLLOW, EndCall, Hear, Hold, TickCue, Undo, Unhold, UntickCue
from callcoach.call.metrics import measure
from callcoach.script.model import CueId, Speaker
from tests.archive.exports import (
    AGENT,
    CUSTOMER,
    ENGLISH,
    INPUTS,
    agreement,
    call_of,
    example,
    hear,
)


def _told(record: CallRecord) -> dict[str, Any]:
    told = json.loads(export(record, Format.CONTACT_LENS, ENGLISH, example()))
    assert isinstance(told, dict)
    return told


def test_it_has_the_shape_that_readers_of_contact_lens_expect() -> None:
    told = _told(call_of(*INPUTS))
    assert told["Version"] == "1.1.0"
    assert told["ContentMetadata"] == {"Output": "Raw"}
    assert {"ParticipantId": "AGENT", "ParticipantRole": "AGENT"} in told["Participants"]
    assert told["Transcript"][0]["Content"] == "Pay now, or else!"
    assert told["Transcript"][0]["ParticipantId"] == "AGENT"
    assert told["Transcript"][0]["BeginOffsetMillis"] == 1000
    assert told["Transcript"][0]["EndOffsetMillis"] == 4000
    measured = told["ConversationCharacteristics"]
    assert measured["TotalConversationDurationMillis"] == 19_000
    assert measured["TalkTime"] == {
        "TotalTimeMillis": 7500,
        "DetailsByParticipant": {
            "AGENT": {"TotalTimeMillis": 6000},
            "CUSTOMER": {"TotalTimeMillis": 1500},
        },
    }
    assert measured["NonTalkTime"]["Instances"] == [
        {"BeginOffsetMillis": 12_000, "EndOffsetMillis": 14_000, "DurationMillis": 2000}
    ]
    speed = measured["TalkSpeed"]["DetailsByParticipant"]
    assert speed["CUSTOMER"] == {"AverageWordsPerMinute": 160}
    assert told["Callcoach"]["OutcomeCode"] == "DONE"


def test_cues_and_flags_are_categories_and_what_is_absent_has_no_place() -> None:
    told = _told(
        call_of((20.0, hear(AGENT, "Pay now, or else!", 17.0, 20.0)), (40.0, EndCall(by=FOLLOW)))
    )
    details = told["Categories"]["MatchedDetails"]
    assert sorted(details) == sorted(told["Categories"]["MatchedCategories"])
    points = [{"BeginOffsetMillis": 17_000, "EndOffsetMillis": 20_000}]
    assert details["example.threat"] == {"PointsOfInterest": points}
    assert details["example.threat.forbidden"] == {"PointsOfInterest": points}
    assert details["example.name.missing"] == {"PointsOfInterest": []}
    assert "example.name" not in details


def test_a_cue_ticked_by_hand_has_its_place_unless_it_was_taken_back() -> None:
    name = CueId("example.name")
    told = _told(call_of((2.5, TickCue(name))))
    points = told["Categories"]["MatchedDetails"]["example.name"]["PointsOfInterest"]
    assert points == [{"BeginOffsetMillis": 2500, "EndOffsetMillis": 2500}]
    for back in (Undo(), UntickCue(name)):
        told = _told(call_of((2.5, TickCue(name)), (3.0, back)))
        assert "example.name" not in told["Categories"]["MatchedDetails"]


def test_what_nobody_measured_is_left_out() -> None:
    told = _told(call_of((5.0, Hear(AGENT, "my name is Lin")), (9.0, EndCall(by=FOLLOW))))
    assert list(told["ConversationCharacteristics"]) == ["TotalConversationDurationMillis"]
    text = json.dumps(told)
    for unknown in ("Sentiment", "Loudness", "AccountId"):
        assert unknown not in text
    assert "TalkSpeed" not in _told(agreement())["ConversationCharacteristics"]


def test_times_that_nobody_measured_come_back_as_such() -> None:
    spoken = hear(AGENT, "one two three", 1.0, 9.0)
    typed = Hear(CUSTOMER, "four five", 10.0, 11.0)
    told = export(call_of((9.0, spoken), (11.0, typed)), Format.CONTACT_LENS, ENGLISH)
    head = json.loads(told)
    assert head["Callcoach"]["TimesEstimated"] == [head["Transcript"][1]["Id"]]
    read = parse_transcript(told, "x")
    (note,) = (it for it in read.notes if it.code is NoteCode.TIMES_ESTIMATED)
    assert note.count == 1
    assert (read.rows[0].start, read.rows[0].end) == (1.0, 9.0)
    whole = export(call_of((9.0, spoken)), Format.CONTACT_LENS, ENGLISH)
    assert "TimesEstimated" not in json.loads(whole)["Callcoach"]


def test_masked_data_are_called_redacted_and_a_reason_is_kept() -> None:
    record = call_of((6.0, hear(CUSTOMER, "Call me on 13800138000.", 4.0, 6.0)))
    masked = _told(redact_record(record, example(), ENGLISH))
    assert masked["ContentMetadata"]["Output"] == "Redacted"
    assert "13800138000" not in json.dumps(masked)
    assert "WhyRaw" not in masked["Callcoach"]
    whole = _told(replace(record, why_whole="calibration"))
    assert whole["ContentMetadata"]["Output"] == "Raw"
    assert whole["Callcoach"]["WhyRaw"] == "calibration"


@pytest.mark.parametrize("name", ["english", "chinese", "three voices", "nobody"])
def test_it_is_read_back_with_the_same_utterances(name: str, tmp_path: Path) -> None:
    other = hear(Speaker.OTHER, "She is not at home.", 7.0, 9.0)
    record = {
        "english": call_of(*INPUTS),
        "chinese": agreement(),
        "three voices": call_of(*INPUTS[:2], (9.0, other)),
        "nobody": call_of((3.0, EndCall(by=FOLLOW))),
    }[name]
    path = tmp_path / "call.contact-lens.json"
    path.write_text(export(record, "contact-lens", ENGLISH), encoding="utf-8")
    for found in (read_transcript(path), read_transcript(path, format="contact-lens")):
        assert [(row.speaker, row.text, row.start, row.end) for row in found.rows] == [
            (event.speaker, event.text, round(event.start, 3), round(event.end, 3))
            for event in record.events
            if isinstance(event, Heard)
        ]
        assert found.seconds == pytest.approx(measure(record.events).duration)


_TIME = st.integers(0, 400).map(lambda tenths: tenths / 10)
_SAID = st.tuples(st.sampled_from(Speaker), _TIME, st.integers(1, 80)).map(
    lambda it: Heard(
        seq=0, at=it[1] + it[2] / 10, speaker=it[0], text="yes", start=it[1],
        end=it[1] + it[2] / 10, source="transcript",
    )
)  # fmt: skip


@given(st.lists(_SAID, min_size=1, max_size=12))
def test_interruptions_are_those_that_are_counted(heard: list[Heard]) -> None:
    metrics = measure(heard)
    assert len(interruptions(AGENT, heard)) == metrics.agent.interruptions
    others = [*interruptions(CUSTOMER, heard), *interruptions(Speaker.OTHER, heard)]
    assert len(others) == metrics.customer.interruptions
    assert all(start < end for start, end in others)


@given(st.lists(_SAID, min_size=1, max_size=12))
def test_non_talk_time_is_long_and_nobody_talks_in_it(heard: list[Heard]) -> None:
    metrics = measure(heard)
    found = non_talk(heard, metrics.duration)
    assert all(end - start > 3.0 for start, end in found)
    for start, end in found:
        assert not any(said.start < end and start < said.end for said in heard)
    short = metrics.non_talk - sum(end - start for start, end in found)
    assert -1e-6 <= short <= 3.0 * (len(heard) + 1)


def test_a_hold_is_non_talk_time_however_short() -> None:
    record = call_of((1.0, Hold()), (2.0, Unhold()), (3.0, Hold()), (5.0, EndCall(by=FOLLOW)))
    assert non_talk(record.events, 5.0) == [(1.0, 2.0), (3.0, 5.0)]


def test_what_the_machine_spoke_about_is_text_and_nothing_more() -> None:
    hostile = '"},{"Content":"x'
    told = _told(call_of((2.0, hear(CUSTOMER, hostile, 1.0, 2.0))))
    assert [turn["Content"] for turn in told["Transcript"]] == [hostile]
    assert parse_transcript(json.dumps(told), "x").rows[0].text == hostile
