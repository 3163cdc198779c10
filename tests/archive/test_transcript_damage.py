"""Tests of transcripts of any content: whatever it is, it is read or refused."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.archive.transcripts import NoteCode, Transcript, parse_transcript, read_transcript
from callcoach.archive.transcripts.model import MAX_TEXT
from callcoach.errors import TranscriptError
from tests.archive.transcripts import AGENT, CUSTOMER, turns_of

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=30
)
SECONDS = st.none() | st.integers(-5, 100) | st.floats(-5, 100) | st.sampled_from(("7", "x", ""))
ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": WORDS, "speaker": st.sampled_from(("agent", "客户", "Zoe"))},
        optional={"stime": SECONDS, "etime": SECONDS},
    ),
    min_size=1,
    max_size=12,
)


@given(ROWS)
def test_rows_are_in_order_and_no_time_is_impossible(rows: list[dict[str, object]]) -> None:
    if not any(str(row["text"]).strip() for row in rows):
        return
    transcript = parse_transcript(json.dumps(rows), "x")
    _check(transcript)
    assert len(transcript.rows) == sum(1 for row in rows if str(row["text"]).strip())


@given(st.lists(st.tuples(st.sampled_from(("Agent", "客户")), WORDS), min_size=1, max_size=8))
def test_what_is_written_down_line_by_line_is_read_in_that_order(
    turns: list[tuple[str, str]],
) -> None:
    spoken = [(label, " ".join(words.split())) for label, words in turns]
    spoken = [(label, words) for label, words in spoken if words]
    text = "\n".join(f"{label}: | {words}" for label, words in spoken)
    if spoken:
        expected = [
            (AGENT if label == "Agent" else CUSTOMER, f"| {words}") for label, words in spoken
        ]
        assert turns_of(text) == expected


def _check(transcript: Transcript) -> None:
    """Assert what holds for every transcript that could be read."""
    starts = [row.start for row in transcript.rows]
    assert starts == sorted(starts)
    for row in transcript.rows:
        assert 0.0 <= row.start <= row.end <= 2 * 86_400 + 200_000 * 9000
        assert row.text == row.text.strip()
        assert 0 < len(row.text) <= MAX_TEXT
        row.text.encode("utf-8")
    codes = [note.code for note in transcript.notes]
    assert (NoteCode.EMPTY_CALL in codes) == (not transcript.rows)
    assert len(codes) == len(set(codes))
    assert transcript.is_timed is (NoteCode.TIMES_ESTIMATED not in codes)


SEEDS = (
    """[{"speaker": "Agent", "text": "Hello", "stime": 0, "etime": 7.5},
        {"speaker": "客户", "text": "您好", "stime": "00:08", "etime": null}]""",
    '{"callcoach_export": 1, "utterances": [{"speaker": "agent", "text": "x", "stime": 1}]}',
    "[00:12] Agent: Hello\n  there\n\n# note\n客户：您好\n(12.5) Zoe: hm\nAgent 00:30\nbye\n",
)
SNIPPETS = (
    *('"', "[", "]", "{", "}", ":", ",", "：", "\\u", "\\ud800", "null", "true", "NaN", "-1"),
    *("1e999", "Infinity", "\n", "\r", "\0", "\ufeff", "\x85", "\u2028", "[00:", "--> ", "#"),
    *(
        "Agent:",
        "客户：",
        "utterances",
        "9" * 30,
        "\ud800",
        "\x1b[2J",
        "  ",
        "()",
        "\\",
        "99:99:99",
    ),
)


def _mutated(chance: random.Random) -> bytes:
    """Return a transcript with something wrong somewhere, or just bytes."""
    if chance.random() < 0.2:
        return chance.randbytes(chance.randint(0, 60))
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 6)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        cut = text[at:end] if chance.random() < 0.3 else text[at : at + 1]
        text = text[:at] + chance.choice((*SNIPPETS, cut * 2, "")) + text[at + len(cut) :]
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    if data and chance.random() < 0.3:
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _read(path: Path) -> Transcript | TranscriptError:
    """Return what comes of reading a file: nothing else may be raised."""
    try:
        return read_transcript(path)
    except TranscriptError as error:
        return error


def _check_either(found: Transcript | TranscriptError) -> None:
    if isinstance(found, Transcript):
        _check(found)
    else:
        assert ", line " in found.message
        assert found.hint


def test_two_thousand_broken_files_are_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    path = tmp_path / "call"
    read = 0
    for _ in range(2_000):
        path.write_bytes(_mutated(chance))
        found = _read(path)
        _check_either(found)
        read += isinstance(found, Transcript)
    assert 200 < read < 1_800


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=99).map(lambda text: text.encode("utf-16")))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    _check_either(_read(path))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda values: (
        st.lists(values, max_size=4)
        | st.dictionaries(
            st.sampled_from(("speaker", "text", "stime", "etime", "utterances", "x")), values
        )
    ),
)


@settings(max_examples=100)
@given(VALUES | st.lists(VALUES, max_size=3))
def test_any_json_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    _check_either(_read(path))
