"""Text from outside cannot move the cursor, recolour or reorder a screen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.display import display, display_block

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
        ("lone \ud83d surrogate", "lone \ufffd surrogate"),
        ("unicode\u2028breaks\u2029too", "unicode breaks too"),
        ("👩‍💻 é", "👩‍💻 é"),
    ],
)
def test_what_could_steer_a_terminal_becomes_visible_or_vanishes(text: str, shown: str) -> None:
    assert display(text) == shown


@given(ANYTHING)
def test_nothing_shown_controls_a_terminal(text: str) -> None:
    shown = display(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(ANYTHING)
def test_what_is_shown_is_shown_the_same_again(text: str) -> None:
    assert display(display(text)) == display(text)
    assert display_block(display_block(text)) == display_block(text)


@given(ANYTHING)
def test_a_block_is_its_lines_with_their_breaks_kept(text: str) -> None:
    assert display_block(text) == "\n".join(map(display, text.split("\n")))
