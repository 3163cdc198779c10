"""Text from outside cannot move the cursor, recolour or reorder a screen."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.display import display, display_block, display_json

STEERING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = set("\u061c\u200e\u200f")
HIDDEN = {
    *"\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb",
    *map(chr, (*range(0x206A, 0x2070), *range(0xE0000, 0xE0080))),
}
ANYTHING = st.text(
    alphabet=st.characters(codec=None) | st.sampled_from("\x00\x1b\x07\x9b\u202e\u2066\ud800\r\n\t")
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("您好，Anna", "您好，Anna"),
        ("a\x1b[31mred", "a␛[31mred"),
        ("a\x00b\x07c", "a␀b␇c"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("dos\r\nbreak", "dos break"),
        ("c1 \x9b31m", "c1 \ufffd31m"),
        ("del \x7f", "del \ufffd"),
        ("pay \u202e001 yuan", "pay \ufffd001 yuan"),
        ("isolate \u2066x\u2069", "isolate \ufffdx\ufffd"),
        ("marks \u200e\u200f\u061c", "marks \ufffd\ufffd\ufffd"),
        ("hid\u200bden \ufeff\U000e0041", "hid\ufffdden \ufffd\ufffd"),
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("unicode\u2028breaks\u2029too", "unicode breaks too"),
        ("👩‍💻 é", "👩‍💻 é"),
        ("10\u202f000 \u2065\ue000", "10\u202f000 \u2065\ue000"),
    ],
)
def test_what_could_steer_a_terminal_becomes_visible_or_vanishes(text: str, shown: str) -> None:
    assert display(text) == shown


def test_every_character_there_is_is_shown_harmless_and_the_others_as_they_are() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    shown = display(everything.replace("\r", ""))
    kept = [char for char in everything if char != "\r"]
    for char, seen in zip(kept, shown, strict=True):
        category, direction = unicodedata.category(char), unicodedata.bidirectional(char)
        if category in {"Cc", "Cs", "Zl", "Zp"} or direction in STEERING or char in MARKS | HIDDEN:
            assert seen in " \ufffd" or 0x2400 <= ord(seen) < 0x2420, hex(ord(char))
        else:
            assert seen == char, hex(ord(char))


@pytest.mark.parametrize(
    "attack",
    [
        "\x1b]0;title\x07",
        "\x1b]52;c;cm0gLXJm\x07",
        "\x1b]8;;http://example.invalid\x1b\\link\x1b]8;;\x1b\\",
        "\x1b[2J\x1b[H",
        "\x1b[?1049h",
        "\x1bP+q544e\x1b\\",
        "\x1b_Gf=100;AAAA\x1b\\",
        "\x9d0;title\x9c",
        "\x9b6n",
        "\x90q\x9c",
        "\x0e\x0f",
        "\b\b\b\b0",
        "1\v2\f3",
        "\x85next",
    ],
)
def test_no_sequence_of_a_terminal_survives(attack: str) -> None:
    for shown in (display(attack), display_block(attack)):
        assert not {unicodedata.category(char) for char in shown} & {"Cc"}
        assert len(shown) == len(attack)


@given(ANYTHING)
def test_nothing_shown_controls_a_terminal(text: str) -> None:
    shown = display(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & STEERING
    assert not MARKS & set(shown)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(ANYTHING)
def test_what_is_shown_is_shown_the_same_again(text: str) -> None:
    assert display(display(text)) == display(text)
    assert display_block(display_block(text)) == display_block(text)


@given(ANYTHING)
def test_a_block_is_its_lines_with_their_breaks_kept(text: str) -> None:
    assert display_block(text) == "\n".join(map(display, text.split("\n")))


@given(ANYTHING)
def test_harmless_json_means_the_same(text: str) -> None:
    written = display_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert display(written) == written
