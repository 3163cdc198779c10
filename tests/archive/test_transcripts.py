"""Tests of reading transcripts: every format, and files."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from callcoach.archive.transcripts import NoteCode, Transcript, parse_transcript, read_transcript
from callcoach.archive.transcripts.labels import is_label, speaker_of
from callcoach.archive.transcripts.model import MAX_BYTES
from callcoach.archive.transcripts.times import read_seconds
from callcoach.call.replay import Row
from callcoach.errors import TranscriptError
from callcoach.script.model import Speaker
from callcoach.words.pace import speaking_seconds
from tests.archive.transcripts import AGENT, CUSTOMER, OTHER, turns_of

# Plain text


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("[00:12] Agent: Hello", 12.0, None),
        ("00:01:05 Agent: Hello", 65.0, None),
        ("(12.5) Agent: Hello", 12.5, None),
        ("12:05.250 Agent: Hello", 725.25, None),
        ("Agent [00:12]: Hello", 12.0, None),
        ("Agent (00:12): Hello", 12.0, None),
        ("Agent 00:12: Hello", 12.0, None),
        ("Agent: [00:12] Hello", 12.0, None),
        ("坐席【00:12】：Hello", 12.0, None),
        ("[12s] 坐席：Hello", 12.0, None),
        ("[00:12-00:15] Agent: Hello", 12.0, 15.0),
        ("[00:12 --> 00:15,5] Agent: Hello", 12.0, 15.5),
        ("（00:12～00:15） 坐席 ： Hello", 12.0, 15.0),
        ("Agent 00:12\nHello", 12.0, None),
        ("[Agent] Hello", 0.0, None),
        ("【坐席】 (00:12)：Hello", 12.0, None),
        ("[00:12][Agent]: Hello", 12.0, None),
        ("   Agent:    Hello   ", 0.0, None),
        ("\ufeffAgent: Hello\r\n", 0.0, None),
    ],
)
def test_a_time_stands_before_or_after_the_label(
    line: str, start: float, end: float | None
) -> None:
    (row,) = parse_transcript(line, "x").rows
    assert (row.speaker, row.text, row.start) == (AGENT, "Hello", start)
    assert row.end == (start + speaking_seconds("Hello") if end is None else end)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("说话人1 00:00:03", "说话人2 00:00:07"),
        ("李雷 0:03", "韩梅 0:07"),
        ("Anna Smith   0:03", "Wang Li   0:07"),
        ("[Anna Smith] 00:00:03", "[Wang Li] 00:00:07"),
        ("00:00:03 Anna Smith", "00:00:07 Wang Li"),
    ],
)
def test_names_may_stand_above_the_words_with_a_time(one: str, other: str) -> None:
    last = one.replace("03", "09")
    text = f"{one}\nHello, see you\nat 10:30.\n\n{other}\nYes.\n{last}\nBye.\n"
    rows = parse_transcript(text, "x").rows
    assert [(row.text, row.start) for row in rows] == [
        ("Hello, see you at 10:30.", 3.0),
        ("Yes.", 7.0),
        ("Bye.", 9.0),
    ]


@pytest.mark.parametrize(
    "form", ["{day} 09:05:0{s} {who}：{words}", "[{day} 09:05:0{s}] {who}: {words}",
             "{who} {day} 09:05:0{s}\n{words}"],
)  # fmt: skip
@pytest.mark.parametrize("day", ["2026-11-20", "2026/11/20", "2026年11月20日"])
def test_a_day_before_the_time_tells_when_the_call_began(form: str, day: str) -> None:
    said = (("坐席", "Hello.", 1), ("客户", "Yes.", 4))
    lines = [form.format(day=day, s=s, who=who, words=words) for who, words, s in said]
    read = parse_transcript("\n".join(lines), "x")
    assert [(row.speaker, row.text, row.start) for row in read.rows] == [
        (AGENT, "Hello.", 0.0),
        (CUSTOMER, "Yes.", 3.0),
    ]
    assert read.attributes == {"started": "2026-11-20T09:05:01"}


def test_continuation_lines_blank_lines_and_comments() -> None:
    text = """# a call
Agent: Hello,
  this is Lin.

# somebody coughs
It's about: the loan, at 10:30
客户：您好，
我在听。
"""
    assert turns_of(text) == [
        (AGENT, "Hello, this is Lin. It's about: the loan, at 10:30"),
        (CUSTOMER, "您好，我在听。"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "see http://example.org",
        "at 10:30 we close",
        "Well, Sir: no",
        "I told the customer: no",
        "尊敬的客户：您好",
        "我的地址是：北京",
        "  Strange: indented",
        "3: is no name",
        "[laughs] well",
        "【笑】好",
    ],
)
def test_words_before_a_colon_that_are_no_label_go_on_with_the_utterance(line: str) -> None:
    assert len(turns_of(f"Agent: Hello\n{line}")) == 1


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        *((label, AGENT) for label in ("Agent", "AGENT 1", "Agent_02", "agents", "rep", "Rep.")),
        *((label, AGENT) for label in ("Operator", "collector", "Advisor", "Customer Service")),
        *((label, AGENT) for label in ("Agent (Lisa)", "Lisa (agent)", "Collection agent")),
        *(
            (label, AGENT)
            for label in ("坐席", "座席", "客服", "业务员", "专员", "催收员", "话务员")
        ),
        *((label, AGENT) for label in ("客服小王", "客户经理", "坐席01", "業務員", "Ａｇｅｎｔ")),
        *((label, CUSTOMER) for label in ("Customer", "client", "Caller", "debtor", "Borrower")),
        *((label, CUSTOMER) for label in ("客户", "用户", "顾客", "客户王女士", "借款人", "客戶")),
        *((label, OTHER) for label in ("other", "Third party", "第三方", "其他")),
        *(
            (label, None)
            for label in ("Speaker 1", "SPEAKER_00", "张先生", "", "repeat", "reagent")
        ),
        ("agent for the customer", None),
    ],
)
def test_a_label_says_who_speaks(label: str, speaker: Speaker | None) -> None:
    assert speaker_of(label) is speaker


def test_a_label_is_short_and_no_sentence() -> None:
    assert is_label("Customer service rep")
    assert is_label("Mr. Van Damme")
    assert not is_label("This is what I said")
    assert not is_label("no, Sir")


# JSON


@pytest.mark.parametrize(
    "text",
    [
        '[{"speaker": "Agent", "text": "Hello", "stime": 1, "etime": 2.5}]',
        '\ufeff  [{"speaker":"坐席","text":" Hello ","stime":"1","etime":"2.5","words":[{}]}]\n',
        '[{"role": "agent", "text": "Hello", "start": "00:01", "end": "00:02,500"}]',
        '[{"speaker": "REP", "text": "Hello", "start_time": "1.0s", "end_time": "25e-1"}]',
        """{"callcoach_export": 1, "call": {}, "events": [],
            "utterances": [{"speaker": "agent", "text": "Hello", "stime": 1, "etime": 2.5}]}""",
        '{"utterances": [{"speaker": "agent", "text": "Hello", "stime": 1, "etime": 2.5}]}',
    ],
)
def test_json_in_all_its_forms(text: str) -> None:
    assert parse_transcript(text, "x") == Transcript((Row(AGENT, "Hello", 1.0, 2.5),), True, ())


def test_a_text_that_is_a_number_is_a_text() -> None:
    assert turns_of('[{"speaker": "agent", "text": 42}]') == [(AGENT, "42")]


def test_a_text_that_begins_with_a_time_is_no_json() -> None:
    assert turns_of("[00:12] Agent: Hello") == [(AGENT, "Hello")]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, (None, False)),
        ("", (None, False)),
        (3, (3.0, False)),
        (-3.5, (-3.5, False)),
        ("1:00:00.5", (3600.5, False)),
        ("12,25", (12.25, False)),
        (True, (None, True)),
        (float("nan"), (None, True)),
        (float("inf"), (None, True)),
        (10**400, (None, True)),
        ("soon", (None, True)),
        ("nan", (None, True)),
        ("1234567890123456789", (1234567890123456789.0, False)),
        ([1], (None, True)),
        ("2026-01-01T00:00:01.5Z", (1767225601.5, False)),
        ("2026-01-01 00:00:01+00:00", (1767225601.0, False)),
        (datetime(2026, 1, 1, tzinfo=UTC), (1767225600.0, False)),
        (timedelta(milliseconds=2500), (2.5, False)),
        (Decimal("2.5"), (2.5, False)),
    ],
)
def test_a_time_is_read_in_any_form(value: object, read: tuple[float | None, bool]) -> None:
    assert read_seconds(value) == read


@pytest.mark.usefixtures("in_shanghai")
@pytest.mark.parametrize(
    "value",
    [
        *("2026-01-01 08:00:01", "2026/1/1 8:00:01", "2026年1月1日 上午8:00:01"),
        datetime(2026, 1, 1, 8, 0, 1),  # noqa: DTZ001 - what YAML and Parquet hold
    ],
)
def test_a_day_without_a_zone_is_one_of_this_machine(value: object) -> None:
    assert read_seconds(value) == (1767225601.0, False)


@pytest.mark.usefixtures("in_shanghai")
def test_a_day_that_no_clock_has_known_is_no_time() -> None:
    assert read_seconds(datetime.min) == (None, True)  # noqa: DTZ901 - without a zone


# Files


def test_a_file_is_read_in_utf_8_and_in_utf_16_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text("坐席：您好", encoding=encoding)
        assert [row.text for row in read_transcript(path).rows] == ["您好"]


def test_swapping_makes_the_agent_the_customer(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text("Agent: a\nCustomer: b\nOther: c", encoding="utf-8")
    rows = read_transcript(path, swap=True).rows
    assert [row.speaker for row in rows] == [CUSTOMER, AGENT, OTHER]


def test_swapping_settles_who_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    path.write_text("Customer: b", encoding="utf-8")
    codes = [note.code for note in read_transcript(path, swap=True).notes]
    assert NoteCode.NO_AGENT not in codes


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"Agent: hi\nCustomer: \xff\n", 2), ("坐席：您好還錢".encode("big5"), 1), (b"\xff\xfea", 1)],
    ids=["in line 2", "big5", "half of UTF-16"],
)
def test_a_file_in_another_encoding_is_refused(tmp_path: Path, data: bytes, line: int) -> None:
    path = tmp_path / "call.txt"
    path.write_bytes(data)
    with pytest.raises(TranscriptError, match=f"line {line}: this is not UTF") as caught:
        read_transcript(path)
    assert "save the file as UTF-8" in caught.value.hint


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.txt", Path("/dev/zero"), Path("a\0b"), Path("\ud800")):
        with pytest.raises(TranscriptError) as caught:
            read_transcript(path)
        assert caught.value.hint


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "call.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(TranscriptError, match="more than 50 MB"):
        read_transcript(path)
    with pytest.raises(TranscriptError, match="more than 50 MB"):
        parse_transcript("a" * (MAX_BYTES + 1), "x")


def _dialogues() -> Iterator[tuple[str, Sequence[tuple[str, str, float, float]]]]:
    """Yield calls of the shape of the public data set, some utterances overlapping."""
    chance = random.Random(124)
    for number in range(124):
        at = 0.0
        rows: list[tuple[str, str, float, float]] = []
        for turn in range(chance.randint(6, 20)):
            length = chance.randint(1, 16) / 2
            words = " ".join(chance.choices(("Hello,", "I", "can’t", "pay", "—", "today."), k=9))
            rows.append(("Customer" if turn % 2 else "Agent", words, at, at + length))
            at += max(length - chance.choice((0, 0, 0.5, 1)), 0.0)
        yield f"d{number:03}", rows


def _order(row: Row) -> tuple[float, float, str]:
    return row.start, row.end, row.text


def test_calls_of_the_shape_of_the_public_data_set_are_read_as_they_are(tmp_path: Path) -> None:
    keys = ("speaker", "text", "stime", "etime")
    for name, dialogue in _dialogues():
        given = [dict(zip(keys, row, strict=True)) for row in dialogue]
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(given, indent=4), encoding="utf-8")
        transcript = read_transcript(path)
        rows = [
            Row(Speaker(speaker.lower()), text.strip(), start, end)
            for speaker, text, start, end in dialogue
        ]
        assert sorted(transcript.rows, key=_order) == sorted(rows, key=_order), path.name
        assert transcript.is_timed
        assert {note.code for note in transcript.notes} <= {
            NoteCode.OVERLAPPING,
            NoteCode.OUT_OF_ORDER,
        }
