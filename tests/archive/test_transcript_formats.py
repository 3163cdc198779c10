"""Tests of the formats: each is found out, can be asked for, and says the same call."""

import json
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.export.formats import export
from callcoach.archive.transcripts import FORMATS, NoteCode, parse_transcript
from callcoach.archive.transcripts.formats import detect_format
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.started import read_started
from callcoach.archive.transcripts.times import read_seconds
from callcoach.call.captured import Doubt
from callcoach.errors import TranscriptError, UsageError
from callcoach.locale import Messages
from tests.archive import samples, service_samples
from tests.archive.exports import INPUTS, call_of
from tests.archive.transcripts import AGENT, CUSTOMER, OTHER, notes_of, times_of, turns_of


def words(text: str) -> str:
    """Return words without what one recogniser writes and another does not."""
    return "".join(char for char in text.casefold() if char.isalnum() or char == " ")


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_every_format_tells_the_same_call(name: str) -> None:
    text = samples.SAMPLES[name]
    assert detect_format(Source(text, "x")).name == name
    for asked in ("", name):
        transcript = parse_transcript(text, "x", format=asked)
        rows = [(row.speaker, words(row.text), row.start, row.end) for row in transcript.rows]
        assert rows == [(AGENT, "hello", 1.0, 2.5), (CUSTOMER, "who is this", 3.0, 4.0)]
        assert transcript.is_timed
        dropped = {NoteCode.PARTIAL_DROPPED, NoteCode.SILENCE_DROPPED}
        guessed = {NoteCode.AGENT_GUESSED} if name in service_samples.SAMPLES else set()
        assert {note.code for note in transcript.notes} - dropped == guessed


def test_there_is_a_sample_of_every_format() -> None:
    assert {format.name for format in FORMATS} == set(samples.SAMPLES)


OTHERS_YAML = """通话:
- {说话人: 坐席, 内容: Hello., 开始: 1, 结束: 2.5}
- {说话人: 客户, 内容: Who is this?, 开始: 3, 结束: 4}
"""


@pytest.mark.parametrize(
    "text",
    [
        *(samples.TSV, samples.OTHERS_JSON, samples.CSV.replace(",", "|")),
        *(samples.LIVE, samples.STREAM, OTHERS_YAML),
    ],
)
def test_others_name_and_part_things_in_their_own_way(text: str) -> None:
    assert turns_of(text) == [(AGENT, "Hello."), (CUSTOMER, "Who is this?")]
    assert times_of(text) == [(1.0, 2.5), (3.0, 4.0)]


def test_columns_are_known_by_their_chinese_names() -> None:
    assert turns_of(samples.CSV_ZH) == [(AGENT, "您好"), (CUSTOMER, "哪位")]
    head = "开始时间,说话人,内容,开始(秒),结束（秒）\n"
    rows = "2026/11/20 10:30,坐席,您好,1,2.5\n2026/11/20 10:30,客户,哪位,3,4\n"
    assert times_of(head + rows) == [(1.0, 2.5), (3.0, 4.0)]


def test_columns_of_any_name_can_be_told() -> None:
    text = "Wer,Was,Wann\nagent,Hello.,1\ncustomer,Who?,3\n"
    columns = {"speaker": "Wer", "text": "Was", "start": "Wann"}
    rows = parse_transcript(text, "x", columns=columns).rows
    assert [(row.speaker, row.text, row.start) for row in rows] == [
        (AGENT, "Hello.", 1.0),
        (CUSTOMER, "Who?", 3.0),
    ]
    with pytest.raises(UsageError, match="nothing that a column can stand for"):
        parse_transcript(text, "x", columns={"colour": "Wer"})


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        (samples.CONTACT_LENS, {"id": "c-1", "language": "en-US"}),
        (samples.CALL_ANALYTICS, {"id": "job-1"}),
        (
            samples.PCA,
            {"id": "g-1", "agent": "Lin", "language": "en-US", "started": "2026-01-01 10:00:00"},
        ),
        (samples.OTHERS_JSON, {"id": "c-9", "agent": "Lin"}),
        (samples.CSV, {"id": "c-1"}),
        (samples.JSON, {}),
    ],
)
def test_what_is_said_about_a_call_is_kept(text: str, attributes: dict[str, str]) -> None:
    assert parse_transcript(text, "x").attributes == attributes


def test_a_recording_is_as_long_as_the_file_says() -> None:
    for text in (samples.CONTACT_LENS, samples.PCA, samples.GOOGLE):
        assert parse_transcript(text, "x").seconds == 9.0


def test_what_a_stream_had_not_heard_to_its_end_is_left_out_and_noted() -> None:
    assert notes_of(samples.STREAM)[NoteCode.PARTIAL_DROPPED].line == 1


def test_a_chat_counts_from_its_first_message_and_began_with_it() -> None:
    assert turns_of(samples.CHAT) == [(AGENT, "Hello."), (CUSTOMER, "Who is this?")]
    assert [start for start, _ in times_of(samples.CHAT)] == [0.0, 2.0]
    assert NoteCode.TIMES_SHIFTED in notes_of(samples.CHAT)
    began = read_started(parse_transcript(samples.CHAT, "x").attributes["started"])
    assert began is not None
    first = json.loads(samples.CHAT)["Transcript"][1]["AbsoluteTime"]
    assert began.timestamp() == read_seconds(first)[0]


def test_how_sure_a_recogniser_was_is_kept() -> None:
    assert parse_transcript(samples.CALL_ANALYTICS, "x").rows[0].confidence == 0.75
    assert parse_transcript(samples.PCA, "x").rows[0].confidence == 0.5
    assert parse_transcript(samples.GOOGLE, "x").rows[0].doubts == (Doubt(0, 6, 0.6),)
    assert parse_transcript(samples.VOSK, "x").rows[0].doubts == (Doubt(0, 5, 0.5),)
    assert parse_transcript(samples.WHISPER, "x").rows[0].doubts == (Doubt(0, 6, 0.5),)


def test_what_whisper_heard_in_silence_is_left_out_and_noted() -> None:
    assert notes_of(samples.WHISPER)[NoteCode.SILENCE_DROPPED].count == 1


def test_whisper_cpp_counts_in_milliseconds() -> None:
    assert times_of(samples.WHISPER_CPP) == [(1.0, 2.5), (3.0, 4.0)]


def test_words_of_one_channel_are_parted_by_pauses() -> None:
    heard = [("您", 0.0), ("好", 0.4), ("我", 3.0), ("在", 3.4)]
    result = [{"conf": 1, "start": at, "end": at + 0.4, "word": word} for word, at in heard]
    text = json.dumps({"result": result, "text": "您 好 我 在"})
    assert turns_of(text) == [(OTHER, "您好"), (OTHER, "我在")]
    assert NoteCode.ONE_VOICE in notes_of(text)


def test_an_unlabelled_caption_goes_on_with_its_voice() -> None:
    text = samples.SRT + "\n3\n00:00:05,000 --> 00:00:06,000\nHello?\n"
    assert turns_of(text)[2] == (CUSTOMER, "Hello?")


def test_two_voices_in_one_caption_share_its_time() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Agent>Hello<v Customer>hello\n"
    assert turns_of(text) == [(AGENT, "Hello"), (CUSTOMER, "hello")]
    assert times_of(text) == [(1.0, 2.0), (2.0, 3.0)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("WEBVTT\n\n00:01.000 --> later\nHello\n", "line 3: these are no times"),
        ('speaker,text,start\nAgent,"Hello,1\n', "line 2: this is not a row"),
        ("speaker,text,start\nAgent,Hello,1,2\n", "line 2: this row has 4 columns"),
        ("call,speaker,text\n1,Agent,Hello\n2,Agent,Hi\n", "this table holds 2 calls"),
        ("- speaker: Agent\n  text: *a\n", "line 2: this is not valid YAML"),
        ('{"utterances": []}\n{"utterances": []}', "this file holds 2 calls"),
        ('[{"utterances": []}]', "this file holds 1 calls"),
        ('{"Transcript": [5], "JobStatus": "x"}', "no utterance"),
        ('{"SpeechSegments": [\n{"DisplayText": []}]}', "line 2: the text"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, what: str) -> None:
    with pytest.raises(TranscriptError, match=what) as caught:
        parse_transcript(text, "x")
    assert caught.value.hint


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format", ["csv", "srt", "vtt", "json"])
def test_what_callcoach_exports_comes_back(format: str, language: str) -> None:
    rows = parse_transcript(export(call_of(*INPUTS), format, Messages(language)), "x").rows
    assert [(row.speaker, row.text) for row in rows[:2]] == [
        (AGENT, "Pay now, or else!"),
        (CUSTOMER, "I lost my job."),
    ]


def test_a_format_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="no format"):
        parse_transcript("Agent: hi", "x", format="word")
    with pytest.raises(TranscriptError, match="no JSON"):
        parse_transcript("Agent: hi", "x", format="vosk")
    with pytest.raises(TranscriptError, match="does not look like “pca”"):
        parse_transcript(samples.JSON, "x", format="pca")


@pytest.mark.parametrize("text", ["[]", '{"utterances": []}', "Agent:\nCustomer:", "WEBVTT\n"])
def test_a_call_in_which_nobody_speaks_is_one(text: str) -> None:
    assert turns_of(text) == []
    assert NoteCode.EMPTY_CALL in notes_of(text)


def test_a_call_of_ten_hours_is_read() -> None:
    turns = [
        {"speaker": ("AC"[n % 2] == "A" and "Agent") or "Customer", "text": f"word {n}",
         "stime": n * 4, "etime": n * 4 + 2}
        for n in range(9000)
    ]  # fmt: skip
    assert len(parse_transcript(json.dumps(turns), "x").rows) == 9000
    assert times_of(json.dumps(turns))[-1] == (35_996.0, 35_998.0)


def test_times_in_milliseconds_are_found_out() -> None:
    turns = [
        {"speaker": "Agent", "text": "one two three", "start": n * 3000, "end": n * 3000 + 2000}
        for n in range(4)
    ]
    assert times_of(json.dumps(turns))[1] == (3.0, 5.0)
    assert NoteCode.MILLISECONDS in notes_of(json.dumps(turns))


@given(st.sampled_from(sorted(samples.SAMPLES)), st.randoms(use_true_random=False))
def test_a_damaged_file_is_read_or_refused(name: str, chance: random.Random) -> None:
    data = bytearray(samples.SAMPLES[name].encode())
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    data = data[: chance.randint(1, 2 * len(data))]
    text = data.decode("utf-8", "surrogateescape" if chance.random() < 0.5 else "replace")
    for asked in ("", name):
        with suppress(TranscriptError):
            starts = [row.start for row in parse_transcript(text, "x", format=asked).rows]
            assert starts == sorted(starts)


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    1e999,
    "x",
    [],
    {},
    [1],
    {"a": 1},
    "\ud800",
    10**30,
    "2026-13-01T00:00",
)
IN_JSON = (
    "contact-lens", "call-analytics", "pca", "google", "whisper", "json", *service_samples.SAMPLES,
)  # fmt: skip


def spoilt(value: object, chance: random.Random) -> object:
    """Return a value of JSON of which some parts are missing or something else."""
    if chance.random() < 0.08:
        return chance.choice(ODD)
    if isinstance(value, dict):
        return {key: spoilt(it, chance) for key, it in value.items() if chance.random() > 0.03}
    return [spoilt(it, chance) for it in value] if isinstance(value, list) else value


@given(st.sampled_from(IN_JSON), st.randoms(use_true_random=False))
def test_json_that_holds_something_else_is_read_or_refused(
    name: str, chance: random.Random
) -> None:
    text = json.dumps(spoilt(json.loads(samples.SAMPLES[name]), chance))
    for asked in ("", name):
        with suppress(TranscriptError):
            rows = parse_transcript(text, "x", format=asked).rows
            assert all(row.text for row in rows)
