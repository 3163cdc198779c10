"""Home: what was interrupted comes first, and the calls are listed by their names."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from callcoach.archive.ids import short
from callcoach.call.inputs import EndCall
from callcoach.cli.desk import Desk
from callcoach.cli.workplace import Workplace
from callcoach.script.model import OutcomeId, PlanId, Speaker
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.screens.home import HomeScreen
from callcoach.tui.screens.past import PastScreen
from callcoach.tui.screens.practice import PracticeScreen
from tests.tui.stage import FACTS, call_of, call_stage, home_stage, shown, until, until_shown, write

SIZE = (100, 32)


def make_call(
    outcome: str | None, mode: str = "call", agent: str = "", plan: PlanId | None = None
) -> str:
    """Make a call; without an outcome it is interrupted. Return its id."""
    desk = Desk(Workplace({"language": "en", "agent": agent}))
    live = desk.begin(Order("overdue", mode, facts=FACTS, plan=plan))
    if outcome:
        live.feed(EndCall(OutcomeId(outcome)))
    live.close()
    return live.id


async def test_enter_goes_on_with_an_interrupted_call() -> None:
    make_call("courtesy.hung_up")
    id = make_call(None)
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "A call was interrupted. Enter goes on with it.", short(id))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CallScreen))
        screen = pilot.app.screen
        assert isinstance(screen, CallScreen)
        assert screen.live.id == id


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "2 calls were interrupted. Enter goes on with the one"), ("zh", "有 2 通电话中断了")],
)
async def test_it_is_told_how_many_were_interrupted(language: str, told: str) -> None:
    make_call(None)
    make_call(None, "practice")
    async with home_stage({"language": language}).run_test(size=SIZE) as pilot:
        await until_shown(pilot, told)


async def test_calls_of_other_agents_are_not_gone_on_with() -> None:
    theirs = make_call(None, agent="Bo")
    async with home_stage({"agent": "Ann"}).run_test(size=SIZE) as pilot:
        text = await until_shown(pilot, "A call of another agent was interrupted.", short(theirs))
        assert "Enter goes on" not in text
        assert pilot.app.focused is pilot.app.screen.query_one("#actions", OptionList)
    own = make_call(None, agent="Ann")
    async with home_stage({"agent": "Ann"}).run_test(size=SIZE) as pilot:
        await until_shown(pilot, "A call was interrupted. Enter goes on", short(own), short(theirs))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
    async with home_stage().run_test(size=SIZE) as pilot:
        await until_shown(pilot, "2 calls were interrupted.")


async def test_practice_goes_on_with_its_customer() -> None:
    desk = Desk(Workplace({"language": "en"}))
    plan = desk.plan("overdue", None)
    make_call(None, "practice", plan=plan.id)
    async with home_stage().run_test(size=SIZE) as pilot:
        await until_shown(pilot, "A call was interrupted")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))
        await pilot.press("space")
        await until(pilot, lambda: is_answered(pilot))


def is_answered(pilot: Pilot[int]) -> bool:
    """Tell whether the customer has said something."""
    said = call_of(pilot).session.transcript
    return any(it.speaker is not Speaker.AGENT for it in said)


async def test_enter_does_nothing_before_the_calls_are_there() -> None:
    make_call(None)
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        assert not pilot.app.screen.query("#calls")
        await pilot.press("enter")
        await until_shown(pilot, "A call was interrupted")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_whoever_moves_in_the_menu_stays_there() -> None:
    make_call(None)
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("down")
        await until_shown(pilot, "A call was interrupted")
        assert pilot.app.focused is pilot.app.screen.query_one("#actions", OptionList)


async def test_without_one_the_menu_is_ready() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "No calls yet")
        assert pilot.app.screen.query_one("#actions", OptionList).highlighted == 0


async def test_calls_are_listed_by_names_in_the_present_language() -> None:
    id = make_call("courtesy.hung_up")
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        seen = await until_shown(pilot, short(id), "Overdue", "Customer hung")
        assert "Ms Wang" not in seen
        await pilot.press("f12")
        await until_shown(pilot, "逾期", "挂断", short(id))
    desk = Desk(Workplace({"language": "en"}))
    assert desk.past(short(id)[:4]).summary.id == id


async def test_a_wide_terminal_has_columns_and_whole_titles() -> None:
    make_call("courtesy.hung_up")
    make_call("courtesy.line_dropped", "practice")
    make_call(None)
    async with home_stage().run_test(size=(160, 45), notifications=True) as pilot:
        seen = await until_shown(pilot, "Overdue instalment", "Line dropped", "Customer hung up")
        rows = [line for line in seen.splitlines() if "Overdue instalment" in line]
        assert len({row.index("Overdue") for row in rows}) == 1
        calls = pilot.app.screen.query_one("#calls", OptionList)
        calls.highlighted = 2
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "Overdue instalment" not in shown(pilot))
        await until_shown(pilot, "Overdue inst…")
        assert calls.highlighted == 2


async def test_a_report_that_is_not_kept_offers_no_note_and_no_export() -> None:
    async with call_stage(mode="demo").run_test(size=SIZE, notifications=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CallScreen)
        screen.feed(EndCall(OutcomeId("courtesy.hung_up")))
        seen = await until_shown(pilot, "How it went · not in the journal")
        assert "F9" not in seen
        assert "No flags, but" in seen
        await pilot.press("f2")
        await pilot.pause()
        assert "Export as" not in shown(pilot)


async def test_a_kept_call_is_exported_to_a_file_that_is_named(own_home: Path) -> None:
    async with call_stage().run_test(size=(140, 32), notifications=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CallScreen)
        screen.feed(EndCall(OutcomeId("courtesy.hung_up")))
        await until_shown(pilot, "How it went", "F9")
        await pilot.press("f2")
        await until_shown(pilot, "The file is written to", "Table (CSV)", "Markdown")
        await pilot.press("3")
        await until_shown(pilot, "Written to")
    assert (own_home / f"callcoach-{short(screen.live.id)}.csv").exists()


async def test_a_setting_that_does_not_do_is_told_in_the_dialog() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await until_shown(pilot, "Theme", "Plain signs")
        settings = pilot.app.screen.query_one("#settings", OptionList)
        settings.highlighted = settings.get_option_index("facts")
        await pilot.press("enter")
        await until_shown(pilot, "name=value; name=value")
        await write(pilot, "nonsense")
        await until_shown(pilot, "nonsense", "it takes name=value, separated")
        await pilot.press("escape")
        await until_shown(pilot, "Plain signs")
