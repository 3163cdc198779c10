"""Tests of captions: players take them, and nothing said breaks out."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.export.formats import export
from callcoach.archive.export.measured import is_measured
from callcoach.archive.own_format import ESTIMATED_CAPTION
from callcoach.archive.transcripts import parse_transcript
from callcoach.call.events import Heard
from callcoach.call.inputs import Hear
from callcoach.locale import Messages
from callcoach.words.display import display
from tests.archive.exports import (
    AGENT,
    CUSTOMER,
    ENGLISH,
    HEARD,
    HOSTILE,
    INPUTS,
    call_of,
    hear,
    saying,
)

TIME = {"srt": r"(\d\d+):(\d\d):(\d\d),(\d{3})", "vtt": r"(\d\d+):(\d\d):(\d\d)\.(\d{3})"}


def _captions(text: str, format: str) -> list[tuple[int, int, str]]:
    """Return the captions of a file that a strict player takes: times in ms, and the text."""
    blocks = re.split(r"\n\n+", text.strip("\n"))
    if format == "vtt":
        assert blocks.pop(0) == "WEBVTT"
        blocks = [block for block in blocks if not block.startswith("NOTE ")]
    captions: list[tuple[int, int, str]] = []
    for number, block in enumerate(filter(None, blocks), 1):
        lines = block.split("\n")
        if format == "srt":
            assert lines.pop(0) == str(number)
        times, *words = lines
        found = re.fullmatch(f"{TIME[format]} --> {TIME[format]}", times)
        assert found is not None, times
        h, m, s, ms, *end = map(int, found.groups())
        captions.append((_ms(h, m, s, ms), _ms(*end), " ".join(words)))
    return captions


def _ms(hours: int, minutes: int, seconds: int, ms: int) -> int:
    assert minutes < 60
    assert seconds < 60
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def test_captions_name_the_speaker() -> None:
    record = call_of(*INPUTS)
    assert export(record, "srt", ENGLISH).startswith(
        "1\n00:00:01,000 --> 00:00:04,000\nAgent: Pay now, or else!\n\n2\n"
    )
    assert export(record, "vtt", ENGLISH).startswith(
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Agent>Pay now, or else!</v>\n\n"
    )


def test_what_nobody_measured_is_shown_for_as_long_as_it_takes_to_say() -> None:
    record = call_of((5.0, Hear(AGENT, "one two three four five")))
    assert _captions(export(record, "srt", ENGLISH), "srt") == [
        (0, 3_000, ESTIMATED_CAPTION),
        (5_000, 7_000, "Agent: one two three four five"),
    ]


def test_a_caption_waits_for_the_one_that_says_that_times_are_guessed() -> None:
    record = call_of((0.0, Hear(AGENT, "one two three four five")), (2.5, Hear(CUSTOMER, "six")))
    assert _captions(export(record, "srt", ENGLISH), "srt") == [
        (0, 500, ESTIMATED_CAPTION),
        (500, 2_000, "Agent: one two three four five"),
        (2_500, 3_000, "Customer: six"),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format", ["srt", "vtt"])
def test_guessed_times_do_not_come_back_as_measured_ones(format: str, language: str) -> None:
    messages = Messages(language)
    typed = Hear(AGENT, "one two three four five"), Hear(CUSTOMER, "six seven", 9.0, 10.0)
    record = call_of((5.0, typed[0]), (10.0, typed[1]))
    read = parse_transcript(export(record, format, messages), f"typed.{format}")
    assert [(row.text, row.start) for row in read.rows] == [(typed[0].text, 5), (typed[1].text, 9)]
    assert not read.is_timed
    only = parse_transcript(export(call_of((10.0, typed[1])), format, messages), "one")
    assert not only.is_timed
    spoken = call_of((9.0, hear(AGENT, "one two three", 1.0, 9.0)))
    text = export(spoken, format, messages)
    assert ESTIMATED_CAPTION not in text
    assert parse_transcript(text, f"spoken.{format}").is_timed


@pytest.mark.parametrize("format", ["srt", "vtt"])
@given(events=st.lists(HEARD, max_size=8))
def test_captions_are_in_order_and_of_some_length(format: str, events: list[Heard]) -> None:
    record = replace(call_of(), events=tuple(events))
    captions = _captions(export(record, format, ENGLISH), format)
    is_guessed = not all(map(is_measured, events))
    if format == "srt" and captions and is_guessed:
        (begin, until, note), *captions = captions
        assert (begin, note) == (0, ESTIMATED_CAPTION)
        assert all(until <= start for start, _, _ in captions)
    assert len(captions) == sum(1 for event in events if display(event.text).strip())
    starts = [start for start, _, _ in captions]
    assert starts == sorted(starts)
    assert all(start < end for start, end, _ in captions)


@pytest.mark.parametrize("text", [*HOSTILE, "00:00 --> 00:01", "</v><v Agent>lies", "{\\an8}up"])
def test_nothing_said_breaks_out_of_a_caption(text: str) -> None:
    record = saying(text)
    *_, (_, _, srt) = _captions(export(record, "srt", ENGLISH), "srt")
    assert srt.startswith("Customer: ")
    assert not re.search(r"[<>{}]", srt)
    ((_, _, vtt),) = _captions(export(record, "vtt", ENGLISH), "vtt")
    inside = vtt.removeprefix("<v Customer>").removesuffix("</v>")
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", inside)
    plain = inside.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == display(text).strip()


def test_both_kinds_of_captions_come_back_as_the_same_utterances() -> None:
    long = "Before I go on, may I ask you for your full name and for your date of birth, please?"
    chinese = "为了保护您的信息，请您先报一下您的姓名和出生日期，然后我再跟您说具体的情况，好吗？"
    record = call_of((9.0, hear(AGENT, long, 1.0, 9.0)), (20.0, hear(CUSTOMER, chinese, 9.0, 20.0)))
    srt, vtt = (
        parse_transcript(export(record, format, ENGLISH), format).rows for format in ("srt", "vtt")
    )
    assert srt == vtt
    assert len(srt) > 2
