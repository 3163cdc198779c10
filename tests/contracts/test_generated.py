"""What is generated into docs/ says what the program does now."""

import re

import pytest

from callcoach.script.reference import diagnostics_page
from tests.pictures import DOCS, PICTURES, draw


def test_the_page_of_diagnostics_is_up_to_date() -> None:
    page = (DOCS / "diagnostics.md").read_text(encoding="utf-8")
    assert page == diagnostics_page(), "python3 make.py docs writes it anew"


@pytest.mark.parametrize("language", PICTURES)
def test_the_picture_of_the_call_screen_is_up_to_date(language: str) -> None:
    picture = (DOCS / PICTURES[language]).read_text(encoding="utf-8")
    assert words(picture) == words(draw(language)), "python3 make.py docs draws it anew"


@pytest.mark.parametrize("language", PICTURES)
def test_a_picture_asks_for_nothing_from_outside(language: str) -> None:
    picture = (DOCS / PICTURES[language]).read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?https?:", picture)


def words(picture: str) -> list[str]:
    """Return what a picture says, piece by piece."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture)
