"""Tests of the short way of reading: it returns what the careful way returns, or nothing."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.transcripts import Found, NoteCode, Transcript, find_calls, parse_transcript
from callcoach.archive.transcripts.assemble import assemble
from callcoach.archive.transcripts.even_json import even_json
from callcoach.archive.transcripts.find import How
from callcoach.archive.transcripts.read import read_bytes
from callcoach.archive.transcripts.rows import Columns, Rows
from callcoach.archive.transcripts.table import fields_of, reading_of
from callcoach.errors import CallcoachError

Utterance = dict[str, object]
Told = Transcript | tuple[str, str]

PLAIN: list[Utterance] = [
    {"speaker": "Agent", "text": "Hello.", "stime": 1, "etime": 2.5},
    {"speaker": "客户", "text": " Who is this? ", "stime": 3.25, "etime": 4},
    {"speaker": "Agent", "text": "Hello.", "stime": 3.5, "etime": 6},
]
OTHERS: list[Utterance] = [
    {"role": "AGENT", "content": "Hello.", "startMs": 1000, "endMs": 2501, "confidence": 0.5},
    {"role": "USER", "content": "Who?", "startMs": 3001.5, "endMs": 4000, "confidence": 1},
]

LABELS = st.sampled_from(
    ("agent", "Agent", "客户", "customer", "IVR", "Zoe", "", "'=agent", 7, None)
)
WORDS = st.sampled_from(
    (
        "Hello.",
        "hello.",
        "您好",
        " who? ",
        "",
        "'=1",
        "'tis",
        "x" * 20_001,
        "\ud83d",
        None,
        5,
        ["a"],
    )
)
TIMES = st.sampled_from(
    (
        -0.0,
        -1,
        0,
        0.5,
        1,
        1.0,
        2.25,
        3,
        3.5,
        3600,
        4000,
        90_000,
        1e12,
        1e15,
        10**400,
        True,
        "7",
        "x",
    )
) | st.floats(0, 20, allow_nan=False)
SURE = st.sampled_from((0, 1, 0.5, 1.5, -1, "0.5", None, True)) | st.floats(0, 1)
SPEAKER, TEXT = st.sampled_from(("speaker", "role")), st.sampled_from(("text", "content"))


@st.composite
def calls(draw: st.DrawFn) -> list[Utterance]:
    """Return utterances that are even, but for some that were changed."""
    count = draw(st.integers(0, 9))
    step = draw(st.sampled_from((0.0, 0.5, 1.25, 2, 1000)))
    rows: list[Utterance] = []
    for place in range(count):
        label = draw(st.sampled_from(("agent", "customer")))
        words = draw(st.sampled_from(("hello", "Hello", "who?", f"{place} words", "好的")))
        start = place * step
        rows.append({"speaker": label, "text": words, "stime": start, "etime": start + 1.5})
    if not rows:
        return rows
    for _ in range(draw(st.integers(0, 2))):
        row = rows[draw(st.integers(0, count - 1))]
        cell = draw(st.sampled_from(("speaker", "text", "stime", "etime", "confidence", "more")))
        values = {"speaker": LABELS, "text": WORDS, "confidence": SURE, "more": MORE}
        row.update(draw(MORE) if cell == "more" else {cell: draw(values.get(cell, TIMES))})
    for key, name in draw(st.dictionaries(st.sampled_from(tuple(NAMES)), st.booleans())).items():
        for row in rows if name else ():
            if key in row:
                row[NAMES[key]] = row.pop(key)
    if draw(st.booleans()):
        for row in rows:
            row.update(draw(MORE))
    if draw(st.booleans()):
        form = draw(st.sampled_from(("{}", "{:08.3f}", "00:00:{:06.3f}")))
        for row in rows:
            for key in {"stime", "etime", "startMs", "结束毫秒"} & row.keys():
                row[key] = form.format(row[key]) if isinstance(row[key], float) else row[key]
    return rows


NAMES = {"speaker": "role", "text": "transcript", "stime": "startMs", "etime": "结束毫秒"}
MORE: st.SearchStrategy[Utterance] = st.sampled_from(
    (
        {"id": 3},
        {"channel": 1},
        {"IsPartial": True},
        {"at": 9.5},
        {"doubts": [[0, 2, 0.1]]},
        {"words": [{"word": "hello", "start": 1}]},
        {"tokens": [1]},
        {"result": [{"word": "hello"}]},
        {"conversation": [1]},
        {"messages": "x"},
        {"start": 1},
        {"duration": 2},
        {"confidence": 0.25},
        {"event": "said"},
        {"event": "moved"},
    )
)
HEADS: st.SearchStrategy[Utterance] = st.dictionaries(
    st.sampled_from(
        ("id", "agent", "customer", "started", "duration", "seconds", "call", "Channel", "text",
         "speaker", "JobName", "contact_id", "language", "callcoach_export", "Segments", "turns"),
    ),
    st.sampled_from((None, "", " A ", 1, 2.5, True, "x" * 300, 10**30, [], {"id": "x"})),
    max_size=4,
)  # fmt: skip
LISTS = st.sampled_from(("utterances", "segments", "turns", "transcript", "entries", "Transcript"))


def told(read: Callable[[], Transcript]) -> Told:
    """Return a transcript, or why there is none."""
    try:
        return read()
    except CallcoachError as error:
        return str(error.message), str(error.hint)


@given(calls(), HEADS | st.none(), LISTS, st.booleans(), st.sampled_from((None, 1)))
def test_json_is_read_as_with_care(
    rows: list[Utterance], head: Utterance | None, key: str, swap: bool, indent: int | None
) -> None:
    text = json.dumps(rows if head is None else {**head, key: rows}, indent=indent)
    careful = told(lambda: parse_transcript(text, "x", swap=swap))
    assert told(lambda: read_bytes(text.encode(), "x", swap=swap)) == careful


@given(st.data())
def test_what_is_damaged_is_read_as_with_care(data: st.DataObject) -> None:
    text = json.dumps({"id": "a", "utterances": PLAIN}, ensure_ascii=False)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        middle = data.draw(
            st.sampled_from(("", '"', "{", "}", "]", ",", "1", "-", "\n", "NaN", "\\"))
        )
        text = text[:at] + middle + text[at + data.draw(st.integers(0, 2)) :]
    careful = told(lambda: parse_transcript(text, "x"))
    assert told(lambda: read_bytes(text.encode(), "x")) == careful


@given(calls(), st.integers(1, 9), st.booleans())
def test_a_table_is_read_as_with_care_by_rows_and_by_columns(
    rows: list[Utterance], line: int, swap: bool
) -> None:
    names = tuple(dict.fromkeys(key for row in rows for key in row))
    if not rows:
        return
    fields = fields_of(names, {})
    cells = {name: [row.get(name) for row in rows] for name in names}
    by_columns = Columns(cells, line, fields)
    numbered = tuple(by_columns.rows())
    careful = told(lambda: assemble(reading_of(numbered, fields), "x", swap=swap))
    assert told(lambda: by_columns.read("x", swap=swap)) == careful
    assert told(lambda: Rows(numbered, fields).read("x", swap=swap)) == careful
    ragged = tuple(enumerate(rows, line))
    careful = told(lambda: assemble(reading_of(ragged, fields), "x", swap=swap))
    assert told(lambda: Rows(ragged, fields).read("x", swap=swap)) == careful


@pytest.mark.parametrize("rows", [PLAIN, OTHERS], ids=["plain", "others"])
@pytest.mark.parametrize("head", [{}, {"id": "c1", "agent": "Lin", "duration": "00:09"}])
def test_even_calls_take_the_short_way(rows: Sequence[Utterance], head: Utterance) -> None:
    text = json.dumps({**head, "utterances": rows} if head else rows)
    read = even_json(b"\xef\xbb\xbf" + text.encode(), swap=False)
    assert read == parse_transcript(text, "x")
    assert read is not None
    assert read.is_timed


@pytest.mark.parametrize(
    "change",
    [
        {"speaker": "Zoe"},
        {"text": " "},
        {"text": "\ud83d"},
        {"stime": None},
        {"stime": -1},
        {"stime": 5000},
        {"etime": 2},
        {"etime": 1e9},
        {"etime": "4"},
        {"words": []},
    ],
    ids=str,
)
def test_uneven_calls_do_not(change: Utterance) -> None:
    rows = [PLAIN[0], {**PLAIN[1], **change}, PLAIN[2]]
    assert even_json(json.dumps(rows).encode(), swap=False) is None


def test_cross_talk_takes_the_short_way_only_where_its_line_is_known() -> None:
    one = json.dumps([*PLAIN]).encode()
    read = even_json(one, swap=False)
    assert read is not None
    assert [(it.code, it.line, it.count) for it in read.notes] == [(NoteCode.OVERLAPPING, 1, 1)]
    assert even_json(json.dumps(PLAIN, indent=1).encode(), swap=False) is None
    without = [PLAIN[0], PLAIN[1]]
    assert even_json(json.dumps(without, indent=1).encode(), swap=False) is not None


def test_both_channels_alike_take_care() -> None:
    words = ("good morning", "who is this", "this is Lin", "hello")
    rows = [
        {"speaker": who, "text": text, "stime": 3.0 * at, "etime": 3.0 * at + 2}
        for at, text in enumerate(words)
        for who in ("agent", "customer")
    ]
    assert even_json(json.dumps(rows).encode(), swap=False) is None
    assert even_json(json.dumps(rows[::2]).encode(), swap=False) is not None


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_calls_are_put_together_across_batches(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"call": call, **row} for call in ("a", "b", None, "c", "a") for row in PLAIN]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "calls.parquet")
    monkeypatch.setattr("callcoach.archive.parquet.read._BATCH", size)
    found = list(find_calls([tmp_path / "calls.parquet"]))
    ends = [one.id.removeprefix(str(tmp_path / "calls.parquet")) for one in found]
    assert ends == ["#a", "#b", ":7", "#c", "#a:13"]
    for one in found[:4]:
        _check(one)
    assert "begun further above" in str(told(found[4].read))
    (swapped,) = {replace(found[0], how=How(swap=True)).read().rows[0].speaker}
    assert swapped == "customer"


def _check(found: Found) -> None:
    read = found.read()
    assert [row.text for row in read.rows] == ["Hello.", "Who is this?", "Hello."]
    (note,) = read.notes
    start = {"a": 1, "b": 4, "c": 10}.get(found.attributes().get("id", ""), 7)
    assert (note.code, note.line) == (NoteCode.OVERLAPPING, start + 2)


def test_attributes_come_with_the_short_way(tmp_path: Path) -> None:
    rows: list[Mapping[str, object]] = [{"call": "a", "agent": "Lin", **row} for row in PLAIN]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "calls.parquet")
    (found,) = find_calls([tmp_path / "calls.parquet"])
    assert found.read().attributes == found.attributes() == {"id": "a", "agent": "Lin"}
