"""Home, setup, packs, settings, help, palette, tour, demo and practice, driven in memory."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select

from callcoach.call.events import Event, Heard, HoldEnded, StepEntered
from callcoach.call.inputs import Hear
from callcoach.call.session import Session
from callcoach.practice.partner import PlanPartner
from callcoach.script.library import shipped_folder
from callcoach.script.model import PlanId, Speaker
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import SETTLES_AFTER, CallScreen
from callcoach.tui.screens.help import HelpScreen
from callcoach.tui.screens.home import HomeScreen
from callcoach.tui.screens.past import PastScreen
from callcoach.tui.screens.play import PlayScreen
from callcoach.tui.screens.practice import LETS_FINISH, LONGEST_PAUSE, PracticeScreen
from callcoach.tui.screens.preview import PreviewScreen
from callcoach.tui.screens.setup import SetupScreen
from callcoach.tui.screens.view import TICK
from tests.tui.stage import (
    call_of,
    call_stage,
    home_stage,
    shown,
    stage,
    until,
    until_shown,
    write,
)

SIZE = (100, 32)


def demo_stage(speed: float) -> CallcoachApp:
    return stage(lambda way, desk: way.demo_screen("courtesy", desk.plan("courtesy", None), speed))


async def test_the_tour_is_shown_once_and_can_be_skipped() -> None:
    async with home_stage(tour=True).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "What is where", "1/5")
        await pilot.press("space")
        await until_shown(pilot, "For quality assurance", "2/5")
        await pilot.press("space")
        await until_shown(pilot, "A call, step by step", "3/5")
        await pilot.press("left")
        await until_shown(pilot, "2/5")
        await pilot.press("escape")
        await until(pilot, lambda: "2/5" not in shown(pilot))
    async with home_stage(tour=True).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "Start a call", "No calls yet")
        assert "1/5" not in shown(pilot)


async def test_a_digit_leads_from_the_tour_where_it_leads_from_home() -> None:
    async with home_stage(tour=True).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "What is where")
        await pilot.press("5")
        await until_shown(pilot, "Plain signs")


async def test_escape_ends_the_program_only_when_it_is_pressed_again() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "No calls yet")
        await pilot.press("escape")
        await until_shown(pilot, "Esc once more ends callcoach")
        assert pilot.app.is_running
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.return_code == 0)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_home_says_what_can_be_done(size: tuple[int, int]) -> None:
    async with home_stage().run_test(size=size, notifications=True) as pilot:
        seen = await until_shown(pilot, "No calls yet")
        for title in ("1 Start a call", "2 Practise", "3 Watch a demo", "4 Packs", "5 Settings"):
            assert title in seen


@pytest.mark.parametrize("key", ["1", "4", "5", "f1"])
async def test_escape_leads_back_from_every_screen(key: str) -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: not isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_call_is_set_up_by_keyboard_and_listed_afterwards() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, SetupScreen))
        await until_shown(pilot, "Customer's name")
        await write(pilot, "王女士")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(pilot.app.screen, CallScreen))
        await until_shown(pilot, "王女士")
        await pilot.press("escape")
        await until_shown(pilot, "Leave it open")
        await pilot.press("1")
        await until_shown(pilot, "A call was interrupted", "Overdue")
        await pilot.press("enter")
        await until_shown(pilot, "王女士", "started again")


async def test_setup_points_at_a_value_that_does_not_fit() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("1")
        await until_shown(pilot, "Amount due")
        await pilot.press("enter")
        await write(pilot, "lots")
        await pilot.press("f10")
        await until_shown(pilot, "Amount due: this is not an amount of money")
        assert isinstance(pilot.app.screen, SetupScreen)
        pilot.app.screen.query_one("#which", Select).value = "courtesy"
        await until(pilot, lambda: "Amount due" not in shown(pilot))


async def test_the_library_shows_what_is_in_a_pack_and_previews_it() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("4")
        await until_shown(pilot, "community", "nothing is wrong", "steps")
        await pilot.press("down", "down")
        await until_shown(pilot, "Courtesy on the phone")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, PreviewScreen))
        await until_shown(pilot, "preview", "Say now")


async def test_a_good_edit_is_read_and_a_bad_one_told_while_the_last_good_pack_stays(
    own_home: Path,
) -> None:
    folder = own_home / "data" / "callcoach" / "packs" / "courtesy"
    shutil.copytree(shipped_folder() / "courtesy", folder)
    file = folder / "pack.yaml"
    source = file.read_text(encoding="utf-8")
    app = stage(lambda way, _desk: way.preview_screen(Order("courtesy")))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "May I speak with")
        file.write_text(f"{source}\nnonsense: [", encoding="utf-8")
        await until_shown(pilot, "cannot be used yet", "May I speak with")
        better = source.replace("May I speak with", "Could I talk to")
        file.write_text(better, encoding="utf-8")
        await until_shown(pilot, "Could I talk to", "read again")
        assert "cannot be used yet" not in shown(pilot)


async def test_the_key_that_ends_a_walk_does_so_after_the_pack_was_read_again(
    own_home: Path,
) -> None:
    folder = own_home / "data" / "callcoach" / "packs" / "courtesy"
    shutil.copytree(shipped_folder() / "courtesy", folder)
    file = folder / "pack.yaml"
    app = stage(lambda way, _desk: way.preview_screen(Order("courtesy")))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = call_of(pilot)
        screen._opened_at = 500.0  # noqa: SLF001 - a walk that began long ago
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("May I speak with", "Could I talk to"), encoding="utf-8")
        await until_shown(pilot, "Could I talk to", "read again")
        await until(pilot, lambda: screen.live.clock.now() > 2 * SETTLES_AFTER)
        await pilot.press("f10")
        await until_shown(pilot, "How did the call end?")


async def test_a_setting_is_changed_explained_and_takes_effect(own_home: Path) -> None:
    async with home_stage().run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("5")
        await until_shown(pilot, "Theme", "by default", "from the command line")
        await pilot.press(*["down"] * 5)
        await until_shown(pilot, "Colours of the screen")
        await pilot.press("enter")
        await until_shown(pilot, "high contrast")
        await pilot.press("3")
        await until_shown(pilot, "from the file")
        assert pilot.app.theme == "high-contrast"
    config = (own_home / "config" / "callcoach" / "config.toml").read_text(encoding="utf-8")
    assert 'theme = "high-contrast"' in config


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 45)])
async def test_settings_have_the_room_that_they_need(size: tuple[int, int]) -> None:
    async with home_stage().run_test(size=size, notifications=True) as pilot:
        await pilot.press("5")
        seen = await until_shown(pilot, "Theme", "by default", "⏎ Change")
        rows = [row for row in seen.splitlines() if "by default" in row]
        assert len({row.index("by default") for row in rows}) == 1
        if size[1] >= 45:
            await until_shown(pilot, "as the script says", "Days to keep audio")


async def test_help_lists_the_keys_and_is_not_stacked() -> None:
    async with call_stage().run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.press("f1")
        await until_shown(pilot, "F4  ^O", "Objections", "Say the marked line")
        await until_shown(
            pilot, "1 … 9  0", "Signs", "▶  the line to say now", "✗  a critical flag"
        )
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("f12")
        await until_shown(pilot, "异议")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, CallScreen))


async def palette(pilot: Pilot[int]) -> Input:
    """Open the palette; return the line in which a command is looked for."""
    await pilot.press("ctrl+p")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
    await until(pilot, lambda: bool(pilot.app.screen.query(Input)))
    return pilot.app.screen.query_one(Input)


@pytest.mark.parametrize("query", ["objec", "异议", "yy"])
async def test_the_palette_finds_a_command_in_both_languages(query: str) -> None:
    async with call_stage().run_test(size=SIZE, notifications=True) as pilot:
        (await palette(pilot)).value = query
        await until_shown(pilot, "Objections", "异议", "F4")
        await until(pilot, lambda: pilot.app.screen.query_one(OptionList).option_count > 0)
        await pilot.press("enter")
        await until_shown(pilot, "The customer says")


async def test_the_palette_says_in_its_language_that_it_finds_nothing() -> None:
    app = call_stage(flags={"language": "zh"})
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        (await palette(pilot)).value = "qqqq"
        await until_shown(pilot, "没有叫这个名字的命令")
        assert "No matches" not in shown(pilot)


async def test_the_keys_at_the_foot_can_be_clicked() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.click("#keybar", offset=(2, 0))
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))


async def test_a_demo_pauses_steps_and_changes_its_speed() -> None:
    async with demo_stage(1.0).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "demo · 1×")
        await pilot.press("space")
        await until_shown(pilot, "paused")
        screen = pilot.app.screen
        assert isinstance(screen, PlayScreen)
        count = len(screen.live.events)
        await pilot.press("right")
        await until(pilot, lambda: len(screen.live.events) > count)
        await pilot.press("space", "plus")
        await until_shown(pilot, "1.5×")
        await pilot.press("minus", "minus")
        await until_shown(pilot, "0.5×")


async def test_a_demo_plays_to_its_end() -> None:
    async with demo_stage(16.0).run_test(size=SIZE, notifications=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PlayScreen)
        while not screen.player.is_over:
            await pilot.press("right")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        await until_shown(pilot, "How it went", "No flags")


async def test_practice_answers_and_shows_what_would_have_repaired_a_flag() -> None:
    app = stage(
        lambda way, desk: way.practice_screen("courtesy", desk.plan("courtesy", PlanId("angry")))
    )
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        await pilot.press("space", "f3")
        await write(pilot, "Shut up, you idiot")
        await until_shown(pilot, "Insult or swearing", "Customer ")
        assert call_of(pilot).session.transcript
        await pilot.press("f10")
        await until_shown(pilot, "How did the call end?")
        await pilot.press("1")
        await until_shown(pilot, "How it went", "Insult or swearing", "▶ I apologise")


class Ready(PlanPartner):
    """A partner who has an answer as soon as the call is in another step."""

    def answer(self, session: Session, events: Sequence[Event]) -> Hear | None:
        """Say more than there was time for."""
        has_moved = any(isinstance(event, StepEntered) for event in events)
        return Hear(Speaker.CUSTOMER, "Well, " * 40) if has_moved else None


async def test_a_partner_begins_to_speak_in_the_step_that_is_answered() -> None:
    app = stage(
        lambda way, desk: way.practice_screen("courtesy", desk.plan("courtesy", PlanId("smooth")))
    )
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PracticeScreen)
        screen.partner.__class__ = Ready
        await until(pilot, lambda: screen.live.clock.now() > 1.0)
        await pilot.press("1")
        await until(
            pilot, lambda: any(it.text.startswith("Well") for it in screen.session.transcript)
        )
        entered = [it.at for it in screen.live.events if isinstance(it, StepEntered)]
        assert screen.session.transcript[-1].start >= entered[-1]


async def test_the_customer_waits_for_the_line_that_is_still_to_come() -> None:
    app = stage(
        lambda way, desk: way.practice_screen("courtesy", desk.plan("courtesy", PlanId("smooth")))
    )
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        session = call_of(pilot).session
        await pilot.press("space")
        assert len(call_of(pilot).said) < len(session.lines())
        await until(pilot, lambda: session.transcript[-1].speaker is Speaker.CUSTOMER)
        greeting, answer = session.transcript[-2:]
        assert answer.at - greeting.at > LETS_FINISH


async def test_a_customer_on_hold_says_nothing() -> None:
    app = stage(
        lambda way, desk: way.practice_screen("courtesy", desk.plan("courtesy", PlanId("smooth")))
    )
    async with app.run_test(size=(110, 34), notifications=True) as pilot:
        screen = call_of(pilot)
        await pilot.press("space", "space", "f7")
        began = screen.live.clock.now()
        await until(pilot, lambda: screen.live.clock.now() - began > LONGEST_PAUSE + TICK)
        await pilot.press("f7")
        await until(pilot, lambda: screen.session.transcript[-1].speaker is Speaker.CUSTOMER)
        kinds = [type(event) for event in screen.live.events]
        assert kinds.index(HoldEnded) < len(kinds) - 1 - kinds[::-1].index(Heard)
