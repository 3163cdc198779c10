"""When a call began, as files write it: what is understood, and what is told not to be."""

import json

import pytest

from callcoach.archive.ids import new_call_id
from callcoach.archive.summary import unknown
from callcoach.archive.transcripts import NoteCode, parse_transcript
from callcoach.archive.transcripts.read import read_bytes
from callcoach.archive.transcripts.started import read_started, started_day
from tests.archive import samples

TOLD = (
    ("2026-11-01", "2026-11-01T00:00:00"),
    ("2026-11-01T09:05:00.250+08:00", "2026-11-01T09:05:00.250000+08:00"),
    ("2026-11-01T09:05:00+00:00", "2026-11-01T09:05:00+00:00"),
    ("2026/11/1 9:05", "2026-11-01T09:05:00"),
    ("2026/11/01 09:05:07", "2026-11-01T09:05:07"),
    ("2026年11月1日 下午2:05", "2026-11-01T14:05:00"),
    ("2026年11月1日14时5分6秒", "2026-11-01T14:05:06"),
    ("2026/11/1 12:05 AM", "2026-11-01T00:05:00"),
    ("2026/11/1 中午12:05", "2026-11-01T12:05:00"),
    ("20261101090507", "2026-11-01T09:05:07"),
    ("202611010905", "2026-11-01T09:05:00"),
    ("20261101", "2026-11-01T00:00:00"),
)
NONE = (
    *("", "yesterday", "11/01/2026", "2026-13-01", "2026/2/30", "2026/11/1 25:00"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00", "12:30", "12345"),
)


@pytest.mark.parametrize(("text", "instant"), TOLD)
def test_an_instant_is_read_as_files_write_it(text: str, instant: str) -> None:
    found = read_started(text)
    assert found is not None
    assert found.isoformat() == instant
    assert started_day(f" {text} ") == instant[:10]


@pytest.mark.usefixtures("in_shanghai")
@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-01 19:05:00Z", "2026-11-02T03:05:00+08:00"),
        ("1793559900", "2026-11-02T03:05:00+08:00"),
        ("1793559900250", "2026-11-02T03:05:00.250000+08:00"),
    ],
)
def test_an_instant_of_no_place_is_of_the_day_on_this_machine(text: str, instant: str) -> None:
    found = read_started(text)
    assert found is not None
    assert (found.isoformat(), started_day(text)) == (instant, "2026-11-02")


@pytest.mark.usefixtures("in_shanghai")
def test_a_call_of_which_nothing_can_be_read_is_of_the_day_on_this_machine() -> None:
    assert unknown(new_call_id(1793559900000), 0).day == "2026-11-02"


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_instant_is_none(text: str) -> None:
    assert read_started(text) is None
    assert started_day(text) == ""


@pytest.mark.parametrize("is_even", [True, False])
def test_a_file_whose_beginning_cannot_be_read_says_so(is_even: bool) -> None:
    def codes(started: object) -> list[NoteCode]:
        text = json.dumps({"started": started, "utterances": json.loads(samples.JSON)})
        read = read_bytes(text.encode(), "a") if is_even else parse_transcript(text, "a")
        return [note.code for note in read.notes]

    assert NoteCode.ODD_START in codes("11/01/2026 9:05")
    assert NoteCode.ODD_START not in codes("2026/11/1 9:05")
    assert NoteCode.ODD_START not in codes(1793523900)
    assert NoteCode.ODD_START not in codes("")


def test_half_a_character_in_what_is_told_of_a_call_harms_nothing() -> None:
    read = parse_transcript('{"id": "a\\ud800", "utterances": []}', "a")
    assert read.attributes == {"id": "a\ufffd"}
