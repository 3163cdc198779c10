"""The form for a new call: what it asks, keeps, remembers and points at."""

from asyncio import sleep

import pytest
from textual.pilot import Pilot
from textual.widgets import Select

from callcoach.call.events import FactTold
from callcoach.cli.desk import Desk
from callcoach.cli.home import open_call
from callcoach.cli.workplace import Workplace
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.screens.setup import SetupScreen
from callcoach.tui.widgets.line import Line
from tests.tui.stage import FACTS, call_of, home_stage, shown, stage, until, until_shown, write

SIZE = (100, 32)


def form_stage(order: Order) -> CallcoachApp:
    return stage(lambda way, _desk: way.form(order))


def told(pilot: Pilot[int]) -> dict[str, str]:
    """Return the facts that the call began with."""
    events = call_of(pilot).live.events
    return {e.fact: e.value for e in events if isinstance(e, FactTold) and e.by == "given"}


def field(pilot: Pilot[int], fact: str) -> Line:
    return pilot.app.screen.query_one(f"#fact-{fact.replace('.', '--')}", Line)


async def begin(pilot: Pilot[int]) -> None:
    await pilot.press("f10")
    await until(pilot, lambda: isinstance(pilot.app.screen, CallScreen))


async def test_a_form_holds_what_the_command_line_told() -> None:
    order = Order("overdue", facts={"customer_name": "Ms Wang", "reason": "forgot"})
    async with form_stage(order).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "Customer's name", "Ms Wang")
        await begin(pilot)
        assert told(pilot) == {"courtesy.customer_name": "Ms Wang", "overdue.reason": "forgot"}


async def test_switching_the_language_or_the_pack_keeps_what_was_typed() -> None:
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("1")
        await until_shown(pilot, "Customer's name")
        await write(pilot, "王女士")
        await pilot.press("f12")
        await until_shown(pilot, "客户称呼", "王女士")
        pilot.app.screen.query_one("#which", Select).value = "courtesy"
        await until(pilot, lambda: "应还金额" not in shown(pilot))
        await until_shown(pilot, "王女士")
        await begin(pilot)
        assert told(pilot) == {"courtesy.customer_name": "王女士"}
        assert call_of(pilot).session.state.language == "zh"


async def test_examples_are_in_the_language_of_the_call() -> None:
    async with form_stage(Order("overdue")).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "such as Ms Wang")
        await write(pilot, "Mr Li")
        pilot.app.screen.query_one("#language", Select).value = "zh"
        await until_shown(pilot, "Customer's name", "Mr Li", "安心分期")
        assert pilot.app.focused is pilot.app.screen.query_one("#language")


async def test_a_value_that_does_not_fit_is_named_by_its_field() -> None:
    order = Order("overdue", facts={"amount_due": "lots"})
    async with form_stage(order).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "lots")
        await pilot.press("f10")
        await until_shown(pilot, "Amount due: this is not an amount of money", "lots")
        assert pilot.app.focused is field(pilot, "overdue.amount_due")
        await pilot.press("ctrl+u")
        await write(pilot, "85")
        await until(pilot, lambda: "not an amount" not in shown(pilot))


async def test_what_is_typed_before_the_form_is_there_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load = SetupScreen._load  # noqa: SLF001 - nothing else is slow enough to type before

    async def slowly(screen: SetupScreen) -> None:
        await sleep(0.5)
        await load(screen)

    monkeypatch.setattr(SetupScreen, "_load", slowly)
    async with form_stage(Order("overdue")).run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press(*"Li", "backspace", *"i", "enter", *"85", "enter", *"tomorrow")
        await until_shown(pilot, "tomorrow")
        fields = ("courtesy.customer_name", "overdue.amount_due", "overdue.due_day")
        assert [field(pilot, it).value for it in fields] == ["Li", "85", "tomorrow"]


async def test_enter_stays_at_a_value_that_does_not_fit() -> None:
    async with form_stage(Order("overdue")).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "such as Ms Wang")
        amount = field(pilot, "overdue.amount_due")
        pilot.app.screen.set_focus(amount)
        await write(pilot, "lots")
        await until_shown(pilot, "Amount due: this is not an amount of money", "¥3456.78")
        assert pilot.app.focused is amount


async def test_the_agents_own_facts_are_remembered_and_the_customers_are_not() -> None:
    desk = Desk(Workplace({"language": "en"}))
    facts = FACTS | {"company_phone": "4008001234", "due_day": "2026-11-05"}
    desk.begin(Order("overdue", facts=facts)).close()
    async with home_stage().run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "interrupted")
        await pilot.press("1")
        await until_shown(pilot, "filled in from earlier calls", "Anna", "Fairway", "4008001234")
        assert field(pilot, "courtesy.customer_name").value == ""
        assert field(pilot, "overdue.due_day").value == ""
        field(pilot, "courtesy.company").value = ""
        await begin(pilot)
        assert set(told(pilot)) == {"courtesy.agent_name", "courtesy.company_phone"}


async def test_what_is_remembered_is_of_calls_in_the_same_language() -> None:
    desk = Desk(Workplace({"language": "en"}))
    chinese = {"agent_name": "小王", "company": "安心分期"}
    desk.begin(Order("overdue", facts={"company": "Fairway"}, language="en")).close()
    desk.begin(Order("overdue", facts=chinese, language="zh")).close()
    async with form_stage(Order("overdue")).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "Fairway")
        assert field(pilot, "courtesy.agent_name").value == ""
        pilot.app.screen.query_one("#language", Select).value = "zh"
        await until_shown(pilot, "小王")
        assert field(pilot, "courtesy.company").value == "安心分期"
        field(pilot, "courtesy.agent_name").value = "Anna Li"
        pilot.app.screen.query_one("#language", Select).value = "en"
        await until_shown(pilot, "Fairway")
        assert field(pilot, "courtesy.agent_name").value == "Anna Li"


async def test_practice_leaves_nothing_to_remember() -> None:
    Desk(Workplace({"language": "en"})).begin(Order("overdue", "practice", facts=FACTS)).close()
    assert Desk(Workplace({})).latest_facts("en") == {}


async def test_an_emptied_field_goes_before_the_settings() -> None:
    app = stage(lambda way, _desk: way.form(Order("courtesy")), {"facts": "company=Fairway"})
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "Fairway")
        field(pilot, "courtesy.company").value = ""
        await begin(pilot)
        assert told(pilot) == {}


async def test_arrow_keys_move_between_fields() -> None:
    async with form_stage(Order("overdue")).run_test(size=SIZE, notifications=True) as pilot:
        await until_shown(pilot, "such as Ms Wang")
        fields = list(pilot.app.screen.query(Line))
        assert pilot.app.focused is fields[0]
        await pilot.press("down")
        assert pilot.app.focused is fields[1]
        await pilot.press("up")
        assert pilot.app.focused is fields[0]
        await pilot.press("up")
        assert pilot.app.focused is pilot.app.screen.query_one("#language")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, SetupScreen),
        ({"customer_name": "Ms Wang"}, SetupScreen),
        ({**FACTS, "company_phone": "4008001234"}, CallScreen),
    ],
)
def test_a_call_from_the_command_line_asks_for_what_it_lacks(
    facts: dict[str, str], wanted: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(CallcoachApp, "run", lambda app: opened.append(app.get_default_screen()))
    with pytest.raises(SystemExit):
        open_call(Desk(Workplace({})), Order("courtesy", facts=facts), None)
    assert isinstance(opened[0], wanted)
