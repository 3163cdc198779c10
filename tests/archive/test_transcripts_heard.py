"""Reading what a recogniser wrote: JSON lines, when things were heard, and how surely."""

import json

import pytest

from callcoach.archive.transcripts import parse_transcript
from callcoach.call.captured import Doubt
from callcoach.errors import TranscriptError
from callcoach.script.model import Speaker

ROW = {"speaker": "agent", "text": "pay it now", "start": 1.0, "end": 2.0}


def lines(*objects: object) -> str:
    """Return objects as JSON lines."""
    return "".join(f"{json.dumps(it)}\n" for it in objects)


@pytest.mark.parametrize(
    "text",
    [
        lines(ROW, ROW),
        lines({"callcoach_transcript": 1, "seconds": 9}, ROW, ROW),
        lines({"call": "17", "channel": {"a": 1}}, ROW, ROW),
        json.dumps([ROW, ROW]),
        json.dumps({"utterances": [ROW, ROW]}),
        lines(ROW, ROW).replace("\n", "\r\n\r\n"),
    ],
    ids=["rows", "own head", "another's head", "list", "object", "gaps"],
)
def test_utterances_stand_in_lines_or_in_a_list(text: str) -> None:
    read = parse_transcript(text, "x")
    assert [row.text for row in read.rows] == ["pay it now"] * 2
    assert read.seconds == (9.0 if "seconds" in text else 0.0)


def test_what_a_recogniser_says_is_kept() -> None:
    row = ROW | {"at": 2.75, "confidence": 0.875, "doubts": [[0, 3, 0.5], [4, 6, 0]]}
    (read,) = parse_transcript(lines(row), "x").rows
    assert (read.at, read.confidence) == (2.75, 0.875)
    assert read.doubts == (Doubt(0, 3, 0.5), Doubt(4, 6, 0.0))


@pytest.mark.parametrize(
    ("more", "doubts"),
    [
        ({"text": "  pay it now ", "doubts": [[2, 5, 0.5]]}, [(0, 3)]),
        ({"text": "  pay it now ", "doubts": [[0, 3, 0.5]]}, []),
        ({"doubts": [[0, 99, 0.5], [3, 3, 0.5], [-1, 2, 0.5], [5, 2, 0.5]]}, []),
        ({"doubts": [[0, 3, 1.5], [0, 3, "x"], [0, 3], [0.5, 3, 0.5], [0, 3, True], 7, None]}, []),
        ({"doubts": "yes"}, []),
        ({"doubts": {"0": 3}}, []),
    ],
)
def test_doubts_are_about_words_that_are_there(
    more: dict[str, object], doubts: list[tuple[int, int]]
) -> None:
    (read,) = parse_transcript(lines(ROW | more), "x").rows
    assert [(it.start, it.end) for it in read.doubts] == doubts


@pytest.mark.parametrize(
    "more",
    [
        {"at": 1.5},
        {"at": 400.0},
        {"at": "2026-11-26T06:00:00Z"},
        {"at": [2.5]},
        {"at": float("nan")},
        {"confidence": 17},
        {"confidence": "high"},
        {"confidence": True},
        {"confidence": float("nan")},
    ],
    ids=str,
)
def test_what_cannot_be_right_is_passed_over(more: dict[str, object]) -> None:
    (read,) = parse_transcript(json.dumps([ROW | more]), "x").rows
    assert (read.at, read.confidence) == (None, None)
    assert (read.start, read.end) == (1.0, 2.0)


def test_clocks_on_the_wall_are_shifted_together() -> None:
    row = ROW | {"start": 50_001.0, "end": 50_002.0, "at": 50_002.5}
    (read,) = parse_transcript(json.dumps([row]), "x").rows
    assert (read.start, read.end, read.at) == (0.0, 1.0, 1.5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (lines({"callcoach_transcript": 2}, ROW), "newer callcoach"),
        (lines({"a": 1}), "no list called utterances"),
        (lines(ROW) + "[]", "something follows"),
        (lines(ROW) + "{", "x, line 2: this is not valid JSON"),
        (lines({"callcoach_transcript": 1}), "no list called utterances"),
        (lines(ROW | {"text": {}}), "x, line 1: the text of this utterance is no text"),
        (lines(ROW, ROW | {"text": []}), "x, line 2: the text of this utterance is no text"),
    ],
)
def test_what_is_no_transcript_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        parse_transcript(text, "x")
    assert told in str(caught.value)


def test_a_speaker_that_is_other_is_no_unknown_one() -> None:
    read = parse_transcript(lines(ROW | {"speaker": "other"}), "x")
    assert read.rows[0].speaker is Speaker.OTHER
    assert "unknown_speaker" not in {note.code for note in read.notes}
