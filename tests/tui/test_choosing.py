"""Choosing one of several: by digit, by letters, by the arrow keys."""

from textual.pilot import Pilot

from callcoach.script.facts import FactId
from callcoach.script.model import StepId
from callcoach.tui.screens.dialogs import Choose
from tests.tui.stage import call_of, call_stage, shown, until, until_shown, write

SMALL = (80, 24)
REASON = FactId("overdue.reason")


async def ask_why(pilot: Pilot[int]) -> None:
    """Ask for a fact that is a choice."""
    call_of(pilot).action_fact(REASON)
    await until_shown(pilot, "Why it was not paid", "Forgot")


async def test_letters_that_no_choice_has_choose_nothing() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        screen = call_of(pilot)
        await ask_why(pilot)
        await pilot.press(*"hours", "space", *"cut", "enter")
        await until_shown(pilot, "None here has “hours cut”")
        assert isinstance(pilot.app.screen, Choose)
        assert REASON not in screen.session.state.facts
        await pilot.press("down", "enter")
        await until(pilot, lambda: REASON in screen.session.state.facts)


async def test_letters_lead_to_the_choice_that_has_them() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        screen = call_of(pilot)
        await ask_why(pilot)
        await pilot.press(*"wxy", "backspace", "backspace", "enter")
        await until(pilot, lambda: screen.session.state.facts.get(REASON) == "wages")
        await ask_why(pilot)
        await write(pilot, "income")
        await until(pilot, lambda: screen.session.state.facts.get(REASON) == "income")


async def test_an_arrow_key_begins_the_letters_anew() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        screen = call_of(pilot)
        await ask_why(pilot)
        await pilot.press("q")
        await until_shown(pilot, "None here has “q”")
        await pilot.press("down")
        await until(pilot, lambda: "None here has" not in shown(pilot))
        await pilot.press("i", "l", "enter")
        await until(pilot, lambda: screen.session.state.facts.get(REASON) == "illness")


async def test_keys_that_come_too_fast_answer_once_and_leave_the_screen_below() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        screen = call_of(pilot)
        await ask_why(pilot)
        asked = pilot.app.screen
        assert isinstance(asked, Choose)
        asked.action_pick(2)
        asked.action_pick(3)
        asked.action_dismiss_none()
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.session.state.facts[REASON] == "income"


async def test_more_choices_than_digits_share_them_and_letters_find_all() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        screen = call_of(pilot)
        await pilot.press("ctrl+g")
        await until_shown(pilot, "Go to…", "1 Recording notice", "0 More…")
        await pilot.press("0")
        await until(pilot, lambda: "1 Recording notice" not in shown(pilot))
        await pilot.press("escape", "ctrl+g")
        await until_shown(pilot, "1 Recording notice")
        wanted = StepId("overdue.written")
        title = screen.session.coach.script.steps[wanted].title.plain("en")
        await pilot.press(*title.lower().split()[0], "enter")
        await until(pilot, lambda: screen.session.state.position.step == wanted)
