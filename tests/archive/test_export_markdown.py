"""Tests that no text from a call breaks out of a report."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from callcoach.archive.export.formats import export
from callcoach.archive.export.markdown import escape
from callcoach.words.display import display
from tests.archive.exports import ENGLISH, HOSTILE, TEXTS, example, saying


def _structure(markdown: str) -> Iterator[str]:
    """Yield the kinds of the blocks of a Markdown text, and of what is inline in them."""
    parser = MarkdownIt("gfm-like", {"linkify": False})
    for token in parser.parse(markdown):
        yield token.type + token.tag
        for inline in token.children or ():
            yield "  " + inline.type


def _merged(kinds: Iterator[str]) -> list[str]:
    """Return kinds without those of text, of which escapes make several pieces."""
    return [kind for kind in kinds if kind not in ("  text", "  text_special")]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_said_changes_the_structure_of_the_report(text: str) -> None:
    harmless = _merged(_structure(export(saying("harmless"), "md", ENGLISH, example())))
    assert _merged(_structure(export(saying(text), "md", ENGLISH, example()))) == harmless


@given(TEXTS)
def test_markdown_shows_a_text_and_does_nothing_else(text: str) -> None:
    shown = escape(text)
    assert "\n" not in shown
    for around in ("{}", "- {}", "- **lead:** {}", "# {}"):
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(around.format(shown))
        inline = [inline for token in tokens for inline in token.children or ()]
        kinds = {piece.type for piece in inline}
        assert kinds <= {"text", "text_special", "strong_open", "strong_close"}, (around, text)
        assert len({token.type for token in tokens} - {"heading_open"}) <= 7
        read = "".join(piece.content for piece in inline).removeprefix("lead:")
        assert read.split() == display(text).split()


def _underlines(report: str) -> int:
    """Return how many headings a plain report has that are underlined."""
    return sum(1 for line in report.split("\n") if re.fullmatch(r"=+|-+", line))


@given(TEXTS)
def test_nothing_said_changes_the_lines_of_the_plain_report(text: str) -> None:
    report = export(saying("x" + text), "txt", ENGLISH, example())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", report)
    assert _underlines(report) == _underlines(export(saying("x"), "txt", ENGLISH, example()))
