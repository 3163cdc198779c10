"""The text of an appeal against several answers: a line for each, found again in any language."""

import pytest

from callcoach.locale import Messages
from callcoach.tui.appeal import first_gap, outline, reasons, without_reason
from callcoach.tui.look import Look
from callcoach.tui.signs import signs

TITLES = {"threatens": ("威胁", "Threatens"), "presses": ("施压：暗中", "Presses: veiled")}


@pytest.mark.parametrize(
    ("language", "begun"), [("en", "Threatens: \nClear: "), ("zh", "Threatens：\nClear：")]
)
def test_it_begins_with_a_line_for_each_question(language: str, begun: str) -> None:
    look = Look(Messages(language), signs(is_plain=False))
    assert outline(("Threatens", "Clear"), look) == begun


def test_what_stands_behind_a_question_is_its_reason_up_to_the_next_one() -> None:
    text = "Both are wrong.\nThreatens: no visit\nwas spoken of.\n施压：暗中：只是问了日期"
    assert reasons(text, TITLES) == {
        None: "Both are wrong.",
        "threatens": "no visit\nwas spoken of.",
        "presses": "只是问了日期",
    }


def test_a_question_without_a_reason_is_told() -> None:
    assert without_reason("威胁：\n施压：暗中：问了日期", TITLES) == ["threatens"]
    assert without_reason("威胁：\n下一行才写", TITLES) == []
    assert without_reason("Neither is so.", TITLES) == []


def test_typing_goes_on_at_the_first_question_without_a_reason() -> None:
    assert first_gap("威胁：没有说\nPresses: veiled: ", TITLES) == 1
    assert first_gap("威胁：没有说", TITLES) is None
