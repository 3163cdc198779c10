"""The rows of the list: every width shows who and how far, and no row is wider than its room."""

from dataclasses import replace

import pytest

from callcoach.locale import Messages
from callcoach.review.state import Status
from callcoach.tui.case_rows import columns, head, row
from callcoach.tui.look import Look
from callcoach.tui.signs import signs
from callcoach.words.wrap import width
from tests.tui.test_case_filter import case

ROOMS = (36, 56, 60, 76, 96, 100, 129, 130, 156)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("has_names", [False, True])
def test_the_status_is_seen_at_any_width(room: int, language: str, has_names: bool) -> None:
    look, layout = Look(Messages(language), signs(True)), columns(room, has_names)
    name = "呼叫-2026-000123" if has_names else ""
    one = replace(
        case("陈静静静静静", status=Status.DRAFT, flags=("Threat",), name=name), risk=123.5
    )
    text = row(one, layout, look, "Zhao").plain
    assert width(text) <= room
    assert width(head(layout, look)) <= room
    assert {"en": "in dra", "zh": "草稿"}[language] in text
    assert {"en": "Statu", "zh": "状态"}[language] in head(layout, look)
    assert "!1" in text


@pytest.mark.parametrize("room", [76, 136])
def test_of_a_long_id_the_end_is_seen(room: int) -> None:
    look = Look(Messages("en"), signs(True))
    one = case(name="branch-office-17/2026-11/000123")
    assert "000123" in row(one, columns(room, True), look, "Wang").plain


def test_who_else_is_at_a_call_is_seen() -> None:
    look, layout = Look(Messages("en"), signs(True)), columns(136, False)
    mine = replace(case(status=Status.DRAFT), also="Chen")
    assert row(mine, layout, look, "Wang").plain.rstrip().endswith("in draft also Chen")
    assert (
        row(case(status=Status.DRAFT), layout, look, "Bo").plain.rstrip().endswith("in draft Wang")
    )


def test_a_roomy_terminal_says_what_was_flagged() -> None:
    look, flags = Look(Messages("en"), signs(True)), ("Threat", "Say goodbye")
    one = case(flags=flags)
    wide, usual = (row(one, columns(room, True), look, "Wang").plain for room in (156, 129))
    assert wide.rstrip().endswith("Threat · Say goodbye")
    assert "Threat" not in usual
