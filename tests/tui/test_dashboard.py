"""The dashboard: how calls go, narrowed down by keys, with the number of cases beside it."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

from callcoach.call.inputs import EndCall
from callcoach.cli.desk import Desk
from callcoach.cli.report.screens import JournalFigures
from callcoach.cli.workplace import Workplace
from callcoach.script.model import OutcomeId
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.screens.dashboard import DashboardScreen
from callcoach.tui.screens.dashboard_calls import Counted
from tests.tui.stage import BOUND, FACTS, shown, stage, until, until_shown

WIDE, SMALL = (130, 40), (80, 24)


def make_call(agent: str, pack: str = "courtesy", mode: str = "call") -> None:
    desk = Desk(Workplace({"language": "en", "agent": agent}))
    live = desk.begin(Order(pack, mode, facts=FACTS))
    live.feed(EndCall(OutcomeId("courtesy.hung_up")))
    live.close()


def board(language: str = "en") -> CallcoachApp:
    place = Workplace({"language": language})
    return stage(
        lambda way, _desk: DashboardScreen(JournalFigures(place), way.past), {"language": language}
    )


async def test_every_chart_says_of_how_many_calls_it_is() -> None:
    for agent in ("Anna", "Anna", "Ben"):
        make_call(agent)
    for size in (SMALL, WIDE):
        async with board().run_test(size=size, notifications=True) as pilot:
            seen = await until_shown(pilot, "3 calls (on 1 day)", "Outcomes  calls: 3")
            assert "all agents · all scripts · last 30 days · calls" in seen
            assert "Customer hung up" in seen
            assert "100% · 3/3" in seen


async def test_keys_narrow_the_calls_down() -> None:
    for agent in ("Anna", "Anna", "Ben"):
        make_call(agent)
    make_call("Ben", mode="practice")
    async with board().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "3 calls (on 1 day)")
        await pilot.press("f4")
        await until_shown(pilot, "Whose calls?", "Anna", "Ben")
        await pilot.press("2")
        await until_shown(pilot, "Anna · all scripts", "2 calls (on 1 day)")
        await pilot.press("f4", "1", "f6")
        await until_shown(pilot, "practice", "1 call (on 1 day)")
        await pilot.press("f6", "f3", "2")
        await until_shown(pilot, "Courtesy on the phone · last 30 days", "3 calls")
        await pilot.press("f7")
        await until_shown(pilot, "last 7 days")
        await pilot.press("f7", "f7")
        await until_shown(pilot, "all days", "3 calls")


async def test_a_key_writes_the_report_on_what_is_shown(own_home: Path) -> None:
    for agent in ("Anna", "Ben"):
        make_call(agent)
    async with board("zh").run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2 通话")
        await pilot.press("f5")
        page = own_home / "callcoach-team.html"
        await until(pilot, page.exists)
        await until_shown(pilot, "已写入")
        await pilot.press("f4", "2")
        await until_shown(pilot, "Anna ·")
        await pilot.press("ctrl+s")
        await until(pilot, (own_home / "callcoach-agent-Anna.html").exists)
        await until_shown(pilot, "已写入")
    assert "Ben" in page.read_text(encoding="utf-8")
    assert "Ben" not in (own_home / "callcoach-agent-Anna.html").read_text(encoding="utf-8")


async def test_new_calls_are_there_when_it_is_read_again() -> None:
    make_call("Anna")
    async with board().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "calls: 1")
        make_call("Ben")
        await pilot.press("f9")
        await until_shown(pilot, "calls: 2")


async def test_without_calls_it_says_so_in_both_languages() -> None:
    async with board().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "No such calls in this time.")
        await pilot.press("f12")
        await until(pilot, lambda: "No such calls" not in shown(pilot))


async def test_charts_stand_beside_one_another_where_there_is_room() -> None:
    make_call("Anna")
    async with board("zh").run_test(size=SMALL, notifications=True) as pilot:
        await until(pilot, lambda: bool(pilot.app.screen.query("Drawing")))
        assert len(pilot.app.screen.query(".column")) == 1
        await pilot.resize_terminal(*WIDE)
        await until(pilot, lambda: len(pilot.app.screen.query(".column")) == 2)


async def test_enter_leads_to_the_calls_behind_a_figure() -> None:
    make_call("Anna")
    async with board().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "calls: 1")
        await pilot.press("enter")
        await until_shown(pilot, "The calls behind which figure?", "Customer hung up")
        await pilot.press("1")
        await until_shown(pilot, "Outcomes: Customer hung up", "Anna")
        await pilot.press("1")
        await until_shown(pilot, "How it went")


class SlowFigures(JournalFigures):
    """A journal that is read only when a test says so."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place)
        self.gate = Event()

    def read(
        self, since: str, tell: Callable[[int, int], None], is_over: Callable[[], bool]
    ) -> Counted | None:
        self.gate.wait(BOUND)
        return super().read(since, tell, is_over)


async def test_whoever_looks_too_early_is_told_that_calls_are_still_read() -> None:
    make_call("Anna")
    place = Workplace({"language": "en"})
    figures = SlowFigures(place)
    app = stage(lambda way, _desk: DashboardScreen(figures, way.past), {"language": "en"})
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        try:
            await pilot.press("enter")
            await until_shown(pilot, "The calls are still being read.")
        finally:
            figures.gate.set()
        await until_shown(pilot, "calls: 1")


async def test_it_says_that_there_is_more_below_until_one_is_there() -> None:
    make_call("Anna")
    async with board().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "calls: 1", "more below: Page down")
        await pilot.press("end")
        await until(pilot, lambda: "more below" not in shown(pilot))


def test_a_call_comes_to_the_same_when_it_is_read_again() -> None:
    make_call("Anna")
    figures = JournalFigures(Workplace({"language": "en"}))
    first, again = (figures.read("", lambda _d, _t: None, lambda: False) for _ in range(2))
    assert first is not None
    assert again is not None
    assert again.calls == first.calls
    assert figures.read("", lambda _d, _t: None, lambda: True) is None
    assert figures.read("2999-01-01", lambda _d, _t: None, lambda: False) is not None
