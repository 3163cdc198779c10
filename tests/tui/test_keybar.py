"""Tests of how keys are told: as they are pressed, and alike everywhere."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from callcoach.tui.actions import ALL
from callcoach.tui.widgets.keybar import key_name


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ("d,ctrl+d", "d"),
        ("D,ctrl+y", "Shift+D"),
        ("ctrl+p", "^P"),
        ("shift+f4", "Shift+F4"),
        ("shift+tab", "Shift+Tab"),
        ("f10,f", "F10"),
        ("left_square_bracket", "["),
        ("space", "␣"),
    ],
)
def test_a_key_is_named_as_it_is_pressed(keys: str, name: str) -> None:
    assert key_name(keys) == name


def test_no_text_names_a_letter_by_a_capital_that_wants_no_shift() -> None:
    letters = {key for it in ALL for key in it.keys.split(",") if key.isalpha() and len(key) == 1}
    capitals = "".join(sorted(it.upper() for it in letters if it.islower()))
    verbs = "takes|goes|writes|says|marks|draws|puts|to the"
    prose = re.compile(rf'[ "(][{capitals}] (?:{verbs})\b')
    sources = sorted(Path(str(files("callcoach.tui"))).rglob("*.py"))
    assert [it for it in sources if prose.search(it.read_text(encoding="utf-8"))] == []
