"""Captions: every word, in order, in lines that fit, never one over another."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.locale import Messages
from callcoach.words.captions import Caption, write_srt, write_vtt
from callcoach.words.normalise import is_character
from callcoach.words.wrap import width

TIME = r"(\d\d):(\d\d):(\d\d)[,.](\d\d\d)"
TIMES = re.compile(rf"{TIME} --> {TIME}")

SPEECH = st.one_of(
    st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=60).map(" ".join),
    st.text("您好我是安心分期的林晓请问", min_size=1, max_size=120),
)
CAPTION = st.builds(
    lambda start, length, speaker, text: Caption(start, start + length, speaker, text),
    st.floats(0, 9000).map(lambda it: round(it, 3)),
    st.floats(0, 30).map(lambda it: round(it, 3)),
    st.sampled_from(("Agent", "客户")),
    SPEECH,
)


def seconds(parts: tuple[str, ...]) -> float:
    """Return the time that a stamp says."""
    hours, minutes, whole, ms = map(int, parts)
    return hours * 3600 + minutes * 60 + whole + ms / 1000


def read(captions: str) -> Iterator[tuple[float, float, list[str]]]:
    """Yield the times and the lines of captions in either form."""
    for block in re.split(r"\n\n", captions.strip()):
        lines = block.split("\n")
        for number, line in enumerate(lines):
            if found := TIMES.fullmatch(line):
                times = found.groups()
                yield seconds(times[:4]), seconds(times[4:]), lines[number + 1 :]


@given(st.lists(CAPTION, max_size=8))
def test_none_stands_over_another_and_all_fit(captions: list[Caption]) -> None:
    for text in (write_srt(captions, Messages("en")), write_vtt(captions)):
        end = 0.0
        for start, stop, lines in read(text):
            assert end <= start < stop
            assert 1 <= len(lines) <= 2
            for line in lines:
                bare = re.sub(r"</?v[^>]*>", "", line)
                assert width(bare) <= (32 if any(map(is_character, bare)) else 42)
            end = stop


@given(st.lists(CAPTION, max_size=8))
def test_no_word_is_lost(captions: list[Caption]) -> None:
    shown = "".join("".join(lines) for _, _, lines in read(write_vtt(captions)))
    said = "".join(one.text for one in captions)
    bare = re.sub(r"<[^>]*>", "", shown)
    assert sorted(bare.replace(" ", "")) == sorted(said.replace(" ", ""))


def test_subrip_has_numbers_speakers_and_no_tags() -> None:
    captions = [Caption(0.5, 2.25, "Agent", "hello {b} <i>you</i>"), Caption(3, 4, "客户", "你好")]
    assert write_srt(captions, Messages("en")) == (
        "1\n00:00:00,500 --> 00:00:02,250\nAgent: hello ｛b｝ ＜i＞you＜/i＞\n"
        "\n2\n00:00:03,000 --> 00:00:04,000\n客户: 你好\n"
    )


def test_webvtt_has_voices_and_entities() -> None:
    captions = [Caption(0.5, 2.25, "A<b", "a --> b & c")]
    assert write_vtt(captions) == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:02.250\n<v A&lt;b>a --&gt; b &amp; c</v>\n"
    )


def test_a_long_utterance_is_cut_where_its_words_are() -> None:
    words = [f"word{number:02}" for number in range(30)]
    moments = [(7 * number, 10.0 + number, 10.5 + number) for number in range(30)]
    whole = Caption(10.0, 39.5, "Agent", " ".join(words), moments)
    found = list(read(write_vtt([whole])))
    assert len(found) > 1
    for start, end, lines in found:
        first, *_, last = re.findall(r"word(\d\d)", " ".join(lines))
        assert (start, end) == (10.0 + int(first), 10.5 + int(last))


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_said_is_no_caption(text: str) -> None:
    assert write_vtt([Caption(0, 1, "Agent", text)]) == "WEBVTT\n"


def test_what_could_move_a_screen_is_made_harmless() -> None:
    assert "\x1b" not in write_vtt([Caption(0, 1, "A\x1b[2J", "x\x1b[2J\u202e")])
    assert "\x1b" not in write_srt([Caption(0, 1, "A\x1b[2J", "x\x1b[2J\u202e")], Messages("en"))
