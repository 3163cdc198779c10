"""Tests of the times of a transcript: given, estimated, odd and out of order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.transcripts import Note, NoteCode, parse_transcript
from callcoach.archive.transcripts.times import PAUSE, read_clock, read_seconds
from callcoach.words.pace import speaking_seconds
from tests.archive.transcripts import AGENT, CUSTOMER, json_of, notes_of, times_of


def test_times_that_are_missing_are_estimated_with_a_pause_between() -> None:
    text = "Agent: Good morning, this is Lin.\nCustomer: Hello.\nAgent: How are you?"
    transcript = parse_transcript(text, "x")
    at = 0.0
    for row in transcript.rows:
        assert row.start == pytest.approx(at)
        assert row.end == pytest.approx(at + speaking_seconds(row.text))
        at = row.end + PAUSE
    assert not transcript.is_timed
    assert transcript.notes == (Note(NoteCode.TIMES_ESTIMATED, 1, 3),)


def test_estimated_times_are_squeezed_into_the_room_that_there_is() -> None:
    text = (
        "[00:10 - 00:20] Agent: Hello\n"
        "Customer: I have something very long to say that takes more than two seconds\n"
        "Agent: Me too, and I will say it now, whether you like it or not, here it comes\n"
        "[00:22 - 00:25] Customer: Yes"
    )
    rows = parse_transcript(text, "x").rows
    assert [row.speaker for row in rows] == [AGENT, CUSTOMER, AGENT, CUSTOMER]
    assert 20.0 < rows[1].start < rows[1].end < rows[2].start < rows[2].end <= 22.0


def test_utterances_of_the_same_second_follow_each_other() -> None:
    text = "[00:05] Agent: Good morning to you\n[00:05] Customer: Hi\n[00:06] Agent: Well"
    rows = parse_transcript(text, "x").rows
    assert [row.text for row in rows] == ["Good morning to you", "Hi", "Well"]
    assert 5.0 == rows[0].start < rows[0].end < rows[1].start < rows[1].end <= rows[2].start == 6.0


def test_an_end_without_a_beginning_is_kept() -> None:
    text = json_of(
        {"speaker": "agent", "text": "Hello", "stime": 0, "etime": 1},
        {"speaker": "customer", "text": "Hello", "etime": 9},
    )
    assert times_of(text) == [(0.0, 1.0), (9.0 - speaking_seconds("Hello"), 9.0)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"stime": -3, "etime": 4}, (0.0, 4.0)),
        ({"stime": 5, "etime": 3}, (5.0, 5.5)),
        ({"stime": "soon", "etime": 4}, (3.5, 4.0)),
        ({"stime": True, "etime": [2]}, (0.0, 0.5)),
        ({"stime": -3, "etime": -2}, (0.0, 0.5)),
        ({"stime": 2, "etime": 1e300}, (2.0, 2.5)),
    ],
    ids=["negative", "backwards", "no number", "no times", "both negative", "endless"],
)
def test_odd_times_are_corrected_and_noted(
    given: dict[str, object], expected: tuple[float, float]
) -> None:
    text = json_of({"speaker": "agent", "text": "Hello", **given})
    assert times_of(text) == [expected]
    assert notes_of(text)[NoteCode.ODD_TIMES] == Note(NoteCode.ODD_TIMES, 1)


@pytest.mark.usefixtures("in_shanghai")
@pytest.mark.parametrize(
    ("first", "what"),
    [
        ("14:03:22", "14:03:22"),
        (1_700_000_000, "2023-11-15 06:13:20"),
        ("2023-11-14T22:13:20Z", "2023-11-15 06:13:20"),
        ("2023-11-15 06:13:20", "2023-11-15 06:13:20"),
        (90_000_000_000, "90000000000 s"),
    ],
)
def test_times_of_a_clock_on_the_wall_count_from_the_first(first: object, what: str) -> None:
    start, _ = read_seconds(first)
    assert start is not None
    text = json_of(
        {"speaker": "agent", "text": "Hello", "stime": first, "etime": start + 2.5},
        {"speaker": "customer", "text": "Hi", "stime": start + 3, "etime": start + 4},
    )
    assert times_of(text) == [(0.0, 2.5), (3.0, 4.0)]
    assert notes_of(text) == {NoteCode.TIMES_SHIFTED: Note(NoteCode.TIMES_SHIFTED, 0, 1, what)}


def test_utterances_out_of_order_are_sorted_and_noted() -> None:
    text = "[00:05-00:06] Agent: B\n\n[00:01-00:02] Customer: A\n[00:08-00:09] Agent: C"
    assert [row.text for row in parse_transcript(text, "x").rows] == ["A", "B", "C"]
    assert notes_of(text) == {NoteCode.OUT_OF_ORDER: Note(NoteCode.OUT_OF_ORDER, 3)}


def test_overlapping_utterances_are_kept_as_they_are_and_noted() -> None:
    text = "[00:00-00:07] Agent: Hello\n[00:06-00:09] Customer: Who\n[00:09-00:10] Agent: Me"
    assert times_of(text) == [(0.0, 7.0), (6.0, 9.0), (9.0, 10.0)]
    assert notes_of(text) == {NoteCode.OVERLAPPING: Note(NoteCode.OVERLAPPING, 2)}


@given(st.from_regex(r"[0-9٣]{0,14}\.?[0-9٣]{0,12}", fullmatch=True))
def test_a_plain_number_is_read_as_one_with_a_unit_is(text: str) -> None:
    assert read_clock(text) == read_clock(f"{text}s")
