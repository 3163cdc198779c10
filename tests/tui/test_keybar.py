"""Tests of how keys are told: as they are pressed, and alike everywhere."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from callcoach.locale import Messages
from callcoach.tui.actions import ALL, CALL
from callcoach.tui.widgets.keybar import KeyBar, key_name, told_key


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
        ("space", "Space"),
    ],
)
def test_a_key_is_named_as_it_is_pressed(keys: str, name: str) -> None:
    assert key_name(keys) == name


@pytest.mark.parametrize(("keys", "name"), [("space", "空格"), ("end", "End"), ("f10", "F10")])
def test_only_the_space_bar_has_a_chinese_name(keys: str, name: str) -> None:
    assert told_key(keys, Messages("zh"), is_plain=False) == name


def test_the_space_bar_is_named_where_there_is_room() -> None:
    bar = KeyBar()
    for language, name in (("en", "Space Said it"), ("zh", "空格 说了")):
        bar.show(CALL, Messages(language), {}, is_plain=False)
        assert name in bar.hints(100).plain
        assert bar.hints(99).plain.startswith(f"␣ {name.partition(' ')[2]}")
        bar.show(CALL, Messages(language), {}, is_plain=True)
        assert bar.hints(80).plain.startswith(name), "a plain terminal has no such sign"


def test_no_text_names_a_letter_by_a_capital_that_wants_no_shift() -> None:
    letters = {key for it in ALL for key in it.keys.split(",") if key.isalpha() and len(key) == 1}
    capitals = "".join(sorted(it.upper() for it in letters if it.islower()))
    verbs = "takes|goes|writes|says|marks|draws|puts|to the"
    prose = re.compile(rf'[ "(][{capitals}] (?:{verbs})\b')
    sources = sorted(Path(str(files("callcoach.tui"))).rglob("*.py"))
    assert [it for it in sources if prose.search(it.read_text(encoding="utf-8"))] == []
