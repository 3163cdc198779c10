"""The transcript of a call: it shows the newest line until the reader looks elsewhere."""

import pytest
from textual.pilot import Pilot

from callcoach.call.inputs import Hear, JumpTo, TellFact
from callcoach.script.facts import FactId
from callcoach.script.model import Speaker, StepId
from callcoach.tui.widgets.transcript import Transcript
from tests.tui.stage import call_of, call_stage, shown, until, until_shown

SMALL, WIDE = (80, 24), (120, 40)
PART = {
    "part_amount": "300",
    "part_day": "tomorrow",
    "rest_amount": "980.50",
    "rest_day": "next Friday",
}


def talk(pilot: Pilot[int], first: int, last: int) -> None:
    """Let the agent say numbered lines."""
    for number in range(first, last + 1):
        call_of(pilot).feed(Hear(Speaker.AGENT, f"Line {number}."))


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_newest_line_stays_in_sight_when_the_lines_to_say_take_more_room(
    size: tuple[int, int],
) -> None:
    async with call_stage().run_test(size=size, notifications=True) as pilot:
        talk(pilot, 1, 40)
        await until_shown(pilot, "Line 40.")
        call_of(pilot).feed(JumpTo(StepId("overdue.part_payment")))
        await until_shown(pilot, "What sum would you like", "── A part now")
        transcript = pilot.app.screen.query_one(Transcript)
        before = transcript.size.height
        for fact, value in PART.items():
            call_of(pilot).feed(TellFact(FactId(f"overdue.{fact}"), value))
            await pilot.pause()
        await until(pilot, lambda: transcript.size.height < before)
        talk(pilot, 41, 42)
        await until_shown(pilot, "Line 42.")
        await pilot.resize_terminal(size[0] + 4, size[1] - 2)
        await until(pilot, lambda: pilot.app.screen.size.height == size[1] - 2)
        await until_shown(pilot, "Line 42.")


async def test_who_scrolls_up_stays_there_and_end_leads_back() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        talk(pilot, 1, 60)
        await until_shown(pilot, "Line 60.")
        await pilot.press("pageup")
        await until(pilot, lambda: "Line 60." not in shown(pilot))
        place = pilot.app.screen.query_one(Transcript).scroll_y
        talk(pilot, 61, 62)
        await pilot.resize_terminal(WIDE[0], WIDE[1] - 4)
        await until(pilot, lambda: pilot.app.screen.size.height == WIDE[1] - 4)
        await pilot.pause()
        assert pilot.app.screen.query_one(Transcript).scroll_y == place
        await pilot.press("end")
        await until_shown(pilot, "Line 62.")
        talk(pilot, 63, 63)
        await until_shown(pilot, "Line 63.")
        await pilot.press("pageup", "pagedown")
        talk(pilot, 64, 64)
        await until_shown(pilot, "Line 64.")
