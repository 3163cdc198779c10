"""Tests of notices: they stand in nobody's way who has read them."""

import pytest

from callcoach.tui import application
from callcoach.tui.page import Page
from tests.tui.stage import call_stage, shown, until, until_shown

SMALL = (80, 24)


@pytest.mark.parametrize(
    ("severity", "seconds", "stays"),
    [("information", None, False), ("information", 12.0, True), ("warning", None, True)],
)
async def test_a_short_notice_that_was_read_goes_with_the_next_key(
    severity: str, seconds: float | None, stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "READ_AFTER", -1.0)
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        page.notice(
            "Look here.", "", "warning" if severity == "warning" else "information", seconds
        )
        await until_shown(pilot, "Look here.")
        await pilot.press("end")
        if stays:
            await pilot.pause()
            assert "Look here." in shown(pilot)
        else:
            await until(pilot, lambda: "Look here." not in shown(pilot))
            page.notice("Look here.")
            await until_shown(pilot, "Look here.")


async def test_a_notice_is_not_taken_away_before_it_was_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(application, "READ_AFTER", 3600.0)
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        page = pilot.app.screen
        assert isinstance(page, Page)
        page.notice("Look here.", seconds=None)
        await until_shown(pilot, "Look here.")
        await pilot.press("end")
        await pilot.pause()
        assert "Look here." in shown(pilot)
