"""A transcript of a recording: ordered as a live call is, written in every form, read back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.transcripts import parse_transcript
from callcoach.call.captured import SURE_FROM
from callcoach.hearing.heard import Final, Word
from callcoach.hearing.transcribing.transcript import Transcript, redact, utterances
from callcoach.hearing.transcribing.transcript_files import Format, write
from callcoach.locale import Messages
from callcoach.script.model import Speaker

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
EN, ZH = Messages("en"), Messages("zh")


def final(text: str, start: float, at: float, *unsure: str) -> Final:
    """Return an utterance of which each word takes half a second; some are doubtful."""
    words = tuple(
        Word(word, start + number / 2, start + number / 2 + 0.5, 0.4 if word in unsure else 0.99)
        for number, word in enumerate(text.split())
    )
    return Final(words, at)


def transcript(*channels: tuple[Speaker, list[Final]]) -> Transcript:
    """Return the transcript of a recording with these voices."""
    speakers = tuple(speaker for speaker, _ in channels)
    return Transcript("call.wav", 60.0, speakers, "tiny", "en", utterances(channels))


CALL = transcript(
    (AGENT, [final("hello my name is anna", 0.5, 3.75), final("pay it now", 9, 11, "pay")]),
    (CUSTOMER, [final("you 's bill", 1, 3.0), final("电话 是 四 零 零", 5, 8.5)]),
)


def test_utterances_are_in_the_order_in_which_a_call_has_them() -> None:
    assert [one.at for one in CALL.utterances] == [3.0, 3.75, 8.5, 11.0]
    assert [one.text for one in CALL.utterances][2] == "电话是四零零"


FINAL = st.builds(
    lambda words, start, wait: Final(
        tuple(
            Word(text, round(start + number, 3), round(start + number + 0.5, 3), round(sure, 3))
            for number, (text, sure) in enumerate(words)
        ),
        round(start + len(words) + wait, 3),
    ),
    st.lists(
        st.tuples(st.text("abc您好", min_size=1, max_size=4), st.floats(0, 1)),
        min_size=1,
        max_size=5,
    ),
    st.floats(0, 3000),
    st.floats(0, 3),
)


@pytest.mark.parametrize("format", [Format.JSON, Format.JSONL])
@given(agent=st.lists(FINAL, max_size=4), customer=st.lists(FINAL, min_size=1, max_size=4))
def test_json_is_read_back_as_it_was(
    format: Format, agent: list[Final], customer: list[Final]
) -> None:
    written = transcript((AGENT, agent), (CUSTOMER, customer))
    read = parse_transcript(write(written, format, EN), "x")
    assert read.is_timed
    assert read.seconds == 60.0
    rows = {
        (row.speaker, row.text, row.start, row.end, row.at, row.confidence, row.doubts)
        for row in read.rows
    }
    assert rows == {
        (one.speaker, one.text, one.start, one.end, one.at, one.confidence, one.doubts)
        for one in written.utterances
    }


def test_doubtful_words_are_told_where_they_stand() -> None:
    row = parse_transcript(write(CALL, Format.JSONL, EN), "x").rows[-1]
    assert [row.text[it.start : it.end] for it in row.doubts] == ["pay"]
    assert all(it.confidence < SURE_FROM for it in row.doubts)


def test_json_says_what_it_is_of_and_lines_hold_one_utterance_each() -> None:
    whole = json.loads(write(CALL, Format.JSON, EN))
    head, *rows = map(json.loads, write(CALL, Format.JSONL, EN).splitlines())
    assert whole.pop("utterances") == rows
    assert whole == head
    assert head == {
        "callcoach_transcript": 1,
        "file": "call.wav",
        "seconds": 60.0,
        "channels": ["agent", "customer"],
        "model": "tiny",
        "language": "en",
    }
    assert rows[0]["words"][0] == {"text": "you", "start": 1.0, "end": 1.5, "confidence": 0.99}


@pytest.mark.parametrize(
    ("messages", "lines"),
    [
        (EN, ["[00:00] Agent: hello my name is anna", "[00:01] Customer: you 's bill"]),
        (ZH, ["[00:00] 坐席：hello my name is anna", "[00:01] 客户：you 's bill"]),
    ],
    ids=["en", "zh"],
)
def test_a_text_is_in_the_order_of_speaking_and_can_be_read_back(
    messages: Messages, lines: list[str]
) -> None:
    text = write(CALL, Format.TXT, messages)
    assert text.splitlines()[:2] == lines
    read = parse_transcript(text, "x").rows
    assert [(row.speaker, row.text) for row in read][:2] == [
        (AGENT, "hello my name is anna"),
        (CUSTOMER, "you 's bill"),
    ]


@pytest.mark.parametrize("format", list(Format))
def test_the_same_transcript_gives_the_same_text(format: Format) -> None:
    assert write(CALL, format, EN) == write(CALL, format, EN)
    assert write(transcript((AGENT, [])), format, EN) is not None


def test_masked_data_are_in_no_form() -> None:
    given = transcript(
        (AGENT, [final("what is your phone number", 0, 3)]),
        (CUSTOMER, [final("it is 13812345678 thanks", 4, 7, "13812345678")]),
    )
    masked = redact(given, EN)
    assert masked.is_redacted
    for format in Format:
        assert "13812345678" in write(given, format, EN).replace("\n", "")
        assert "138" not in write(masked, format, EN)
    said = masked.utterances[1]
    (doubt,) = said.doubts
    assert said.text[doubt.start : doubt.end].startswith("[")
    assert said.text.endswith(" thanks")
