"""Tests of reading transcripts: every format, every oddity, and any bytes whatsoever."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.archive.transcripts import (
    Note,
    NoteCode,
    Transcript,
    parse_transcript,
    read_transcript,
    say_note,
)
from callcoach.archive.transcripts.labels import is_label, speaker_of
from callcoach.archive.transcripts.model import MAX_BYTES, MAX_LINES, MAX_ROWS, MAX_TEXT
from callcoach.archive.transcripts.times import PAUSE, read_seconds
from callcoach.call.replay import Row
from callcoach.errors import TranscriptError
from callcoach.locale import Messages
from callcoach.script.model import Speaker
from callcoach.words.pace import speaking_seconds

DEBT_CALLS = Path(__file__).parents[3] / "shared" / "data" / "debt_calls" / "transcripts"
AGENT, CUSTOMER, OTHER = Speaker.AGENT, Speaker.CUSTOMER, Speaker.OTHER


def _said(text: str) -> list[tuple[Speaker, str]]:
    return [(row.speaker, row.text) for row in parse_transcript(text, "x").rows]


def _times(text: str) -> list[tuple[float, float]]:
    return [(row.start, row.end) for row in parse_transcript(text, "x").rows]


def _notes(text: str) -> dict[NoteCode, Note]:
    return {note.code: note for note in parse_transcript(text, "x").notes}


def _json(*rows: Mapping[str, object]) -> str:
    return json.dumps(rows)


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


def test_continuation_lines_blank_lines_and_comments() -> None:
    text = """# a call
Agent: Hello,
  this is Lin.

# somebody coughs
It's about: the loan, at 10:30
客户：您好，
我在听。
"""
    assert _said(text) == [
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
    assert len(_said(f"Agent: Hello\n{line}")) == 1


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
        """{"callcoach_export": 1, "call": {"id": "x"}, "events": [],
            "utterances": [{"speaker": "agent", "text": "Hello", "stime": 1, "etime": 2.5}]}""",
        '{"utterances": [{"speaker": "agent", "text": "Hello", "stime": 1, "etime": 2.5}]}',
    ],
)
def test_json_in_all_its_forms(text: str) -> None:
    assert parse_transcript(text, "x") == Transcript((Row(AGENT, "Hello", 1.0, 2.5),), True, ())


def test_a_text_that_is_a_number_is_a_text() -> None:
    assert _said('[{"speaker": "agent", "text": 42}]') == [(AGENT, "42")]


def test_a_text_that_begins_with_a_time_is_no_json() -> None:
    assert _said("[00:12] Agent: Hello") == [(AGENT, "Hello")]


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
    ],
)
def test_a_time_is_read_in_any_form(value: object, read: tuple[float | None, bool]) -> None:
    assert read_seconds(value) == read


# Times


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
    text = _json(
        {"speaker": "agent", "text": "Hello", "stime": 0, "etime": 1},
        {"speaker": "customer", "text": "Hello", "etime": 9},
    )
    assert _times(text) == [(0.0, 1.0), (9.0 - speaking_seconds("Hello"), 9.0)]


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
    text = _json({"speaker": "agent", "text": "Hello", **given})
    assert _times(text) == [expected]
    assert _notes(text)[NoteCode.ODD_TIMES] == Note(NoteCode.ODD_TIMES, 1)


@pytest.mark.parametrize(
    ("first", "what"), [("14:03:22", "14:03:22"), (1_700_000_000, "1700000000 s")]
)
def test_times_of_a_clock_on_the_wall_count_from_the_first(first: object, what: str) -> None:
    start, _ = read_seconds(first)
    assert start is not None
    text = _json(
        {"speaker": "agent", "text": "Hello", "stime": first, "etime": start + 2.5},
        {"speaker": "customer", "text": "Hi", "stime": start + 3, "etime": start + 4},
    )
    assert _times(text) == [(0.0, 2.5), (3.0, 4.0)]
    assert _notes(text) == {NoteCode.TIMES_SHIFTED: Note(NoteCode.TIMES_SHIFTED, 0, 1, what)}


def test_utterances_out_of_order_are_sorted_and_noted() -> None:
    text = "[00:05-00:06] Agent: B\n\n[00:01-00:02] Customer: A\n[00:08-00:09] Agent: C"
    assert [row.text for row in parse_transcript(text, "x").rows] == ["A", "B", "C"]
    assert _notes(text) == {NoteCode.OUT_OF_ORDER: Note(NoteCode.OUT_OF_ORDER, 3)}


def test_overlapping_utterances_are_kept_as_they_are_and_noted() -> None:
    text = "[00:00-00:07] Agent: Hello\n[00:06-00:09] Customer: Who\n[00:09-00:10] Agent: Me"
    assert _times(text) == [(0.0, 7.0), (6.0, 9.0), (9.0, 10.0)]
    assert _notes(text) == {NoteCode.OVERLAPPING: Note(NoteCode.OVERLAPPING, 2)}


# Notes


def test_an_unknown_speaker_is_somebody_else_and_noted() -> None:
    text = "[00:00-00:01] Agent: a\n[00:01-00:02] Zoe: b\n[00:02-00:03] Max\x1b[31m: c"
    assert [row.speaker for row in parse_transcript(text, "x").rows] == [AGENT, OTHER]
    assert _notes(text)[NoteCode.UNKNOWN_SPEAKER] == Note(NoteCode.UNKNOWN_SPEAKER, 2, 1, "Zoe")


def test_the_labels_in_a_note_are_few_short_and_harmless() -> None:
    rows = [{"speaker": f"\x1b[2J{i}" + "x" * 100, "text": "a"} for i in range(50)]
    note = _notes(json.dumps(rows))[NoteCode.UNKNOWN_SPEAKER]
    assert note.count == 50
    assert note.what.count(",") == 5
    assert "\x1b" not in note.what
    assert len(note.what) < 200


def test_a_transcript_without_an_agent_says_so() -> None:
    assert NoteCode.NO_AGENT in _notes("Customer: Hello")
    assert NoteCode.NO_AGENT not in _notes("Agent: Hello")


def test_utterances_without_words_are_dropped_and_noted() -> None:
    text = "Agent: Hello\nCustomer:\n\nAgent: Bye"
    assert [row.text for row in parse_transcript(text, "x").rows] == ["Hello", "Bye"]
    assert _notes(text)[NoteCode.EMPTY_DROPPED] == Note(NoteCode.EMPTY_DROPPED, 2)


def test_an_endless_utterance_is_cut_and_noted() -> None:
    text = "Agent: " + "a" * (MAX_TEXT + 1)
    assert [len(row.text) for row in parse_transcript(text, "x").rows] == [MAX_TEXT]
    assert _notes(text)[NoteCode.TEXT_CUT].count == 1


def test_half_a_surrogate_pair_is_replaced_and_noted() -> None:
    text = '[{"speaker": "agent", "text": "a\\ud800b"}]'
    assert _said(text) == [(AGENT, "a\ufffdb")]
    assert _notes(text)[NoteCode.BAD_CHARACTERS].count == 1


@pytest.mark.parametrize("code", NoteCode)
@pytest.mark.parametrize("count", [1, 3])
def test_every_note_is_one_sentence(code: NoteCode, count: int) -> None:
    said = say_note(Note(code, 7, count, "what"), Messages("en"))
    assert said.endswith("First in line 7.")
    assert "{" not in said
    whole = say_note(Note(code, 0, count, "what"), Messages("en"))
    assert whole.endswith(".")
    assert said.startswith(whole)


# Errors


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "call.txt, line 1:", "no utterance"),
        ("# nothing\n\n", "call.txt, line 1:", "no utterance"),
        ("[]", "call.txt, line 1:", "no utterance"),
        ("Agent:\nCustomer:", "call.txt, line 1:", "no utterance"),
        ("\n\nHello\nAgent: Hi", "call.txt, line 3:", "who speaks"),
        ('[{"speaker": "agent",\n "text": "a"},\n 5]', "call.txt, line 3:", "no utterance"),
        ('[{"speaker": "agent",\n "text": ["a"]}]', "call.txt, line 1:", "no text"),
        ('[\n{"speaker": "agent"\n "text": "a"}]', "call.txt, line 3:", "not valid JSON"),
        ('[\n{"text": "a"}\n{"text": "a"}]', "call.txt, line 3:", "not valid JSON"),
        ('[\n{"text": "a"}', "call.txt, line 2:", "not valid JSON"),
        ('[{"text": "a"}]\n\n[]', "call.txt, line 3:", "something follows"),
        ('{\n"a": 1}', "call.txt, line 2:", "utterances"),
        ('{"callcoach_export": 2,\n "utterances": []}', "call.txt, line 1:", "newer callcoach"),
        ("[" * 100_000, "call.txt, line 1:", "nested too deeply"),
        ('{"a":' * 100_000, "call.txt, line 1:", "nested too deeply"),
        ("[\n" + "9" * 5000 + "]", "call.txt, line 2:", "too many digits"),
    ],
)
def test_an_error_names_file_line_and_remedy(text: str, place: str, what: str) -> None:
    with pytest.raises(TranscriptError) as caught:
        parse_transcript(text, "call.txt")
    assert caught.value.message.startswith(place)
    assert what in caught.value.message
    assert caught.value.hint


def test_an_error_never_holds_what_was_said() -> None:
    with pytest.raises(TranscriptError) as caught:
        parse_transcript('[{"speaker": "agent", "text": "my secret" "x"}]', "call.txt")
    assert "secret" not in str(caught.value)


def test_more_utterances_than_a_call_can_have_are_refused() -> None:
    rows = '{"speaker":"a","text":"b"}' + ',\n{"speaker":"a","text":"b"}' * MAX_ROWS
    with pytest.raises(TranscriptError, match=f"line {MAX_ROWS + 1}: there are more than 200,000"):
        parse_transcript(f"[{rows}]", "call.json")


def test_more_lines_than_a_call_can_have_are_refused() -> None:
    with pytest.raises(TranscriptError, match=f"line {MAX_LINES + 1}: there are more than"):
        parse_transcript("\n" * (MAX_LINES + 1), "call.txt")


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
    [(b"Agent: hi\nCustomer: \xff\n", 2), ("坐席：您好".encode("gb18030"), 1), (b"\xff\xfea", 1)],
    ids=["in line 2", "gb18030", "half of UTF-16"],
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


# The public calls


def _dialogues() -> Iterator[tuple[str, Sequence[tuple[str, str, float, float]]]]:
    """Yield calls of the shape of the public data set, for machines that do not have it."""
    chance = random.Random(124)  # noqa: S311 - a choice of words
    for number in range(124):
        at = 0.0
        rows: list[tuple[str, str, float, float]] = []
        for turn in range(chance.randint(6, 20)):
            length = chance.randint(1, 16) / 2
            words = " ".join(chance.choices(("Hello,", "I", "can’t", "pay", "—", "today."), k=9))
            rows.append(("Customer" if turn % 2 else "Agent", words, at, at + length))
            at += max(length - chance.choice((0, 0, 0.5, 1)), 0.0)
        yield f"d{number:03}", rows


@pytest.fixture(scope="module")
def debt_calls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the 124 public calls, or of as many made up in their likeness."""
    if DEBT_CALLS.is_dir():
        return DEBT_CALLS
    folder = tmp_path_factory.mktemp("transcripts")
    for name, rows in _dialogues():
        keys = ("speaker", "text", "stime", "etime")
        data = [dict(zip(keys, row, strict=True)) for row in rows]
        (folder / f"{name}.json").write_text(json.dumps(data, indent=4), encoding="utf-8")
    return folder


def _order(row: Row) -> tuple[float, float, str]:
    return row.start, row.end, row.text


def test_all_the_public_calls_are_read_as_they_are(debt_calls: Path) -> None:
    paths = sorted(debt_calls.glob("*.json"))
    assert len(paths) == 124
    for path in paths:
        transcript = read_transcript(path)
        given = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            Row(Speaker(row["speaker"].lower()), row["text"].strip(), row["stime"], row["etime"])
            for row in given
        ]
        assert sorted(transcript.rows, key=_order) == sorted(rows, key=_order), path.name
        assert transcript.is_timed
        assert {note.code for note in transcript.notes} <= {
            NoteCode.OVERLAPPING,
            NoteCode.OUT_OF_ORDER,
        }


# Properties

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
        assert _said(text) == expected


def _check(transcript: Transcript) -> None:
    """Assert what holds for every transcript that could be read."""
    starts = [row.start for row in transcript.rows]
    assert starts == sorted(starts)
    assert transcript.rows
    for row in transcript.rows:
        assert 0.0 <= row.start <= row.end <= 2 * 86_400 + 200_000 * 9000
        assert row.text == row.text.strip()
        assert 0 < len(row.text) <= MAX_TEXT
        row.text.encode("utf-8")
    codes = [note.code for note in transcript.notes]
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
    chance = random.Random(20261123)  # noqa: S311 - broken on purpose, the same way every time
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
