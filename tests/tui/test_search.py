"""The search screen: what is typed is found at once, and opens where it was said."""

import threading
from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from callcoach.archive.search.find import Hit, Results
from callcoach.call.inputs import EndCall, Hear, Pass
from callcoach.call.session import Session
from callcoach.call.summary import late_for
from callcoach.cli.desk import Desk
from callcoach.cli.search.screens import JournalSearch
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.script.model import OutcomeId, Speaker
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.screens.dashboard import DashboardScreen
from callcoach.tui.screens.past import KeptScreen
from callcoach.tui.screens.search import SearchScreen
from callcoach.tui.screens.search_found import FoundScreen
from callcoach.tui.screens.search_hits import marked
from callcoach.tui.wayfinder import Wayfinder
from callcoach.tui.widgets.line import Line
from tests.tui.stage import FACTS, home_stage, shown, stage, until, until_shown

WIDE, SMALL = (120, 36), (80, 24)


def make_call(*said: str) -> str:
    """Make a call in which the customer says these things; return its id."""
    live = Desk(Workplace({"language": "en"})).begin(Order("courtesy", facts=FACTS))
    for text in said:
        live.feed(Hear(Speaker.CUSTOMER, text))
    live.feed(EndCall(OutcomeId("courtesy.hung_up")))
    live.close()
    return live.id


class Routes:
    """Opens what was found as the program does."""

    def __init__(self) -> None:
        self.app: CallcoachApp | None = None

    def found(self, hit: Hit, hits: Sequence[Hit]) -> None:
        assert self.app is not None
        desk = self.app.desk
        past = desk.past(hit.call.id)
        assert past.script is not None
        session = Session(desk.coach(past.script), past.events)
        self.app.push_screen(FoundScreen(session, past.events, hit, hits))


def search_stage(language: str = "en") -> CallcoachApp:
    """Return the application on the search screen."""
    routes = Routes()

    def opening(_way: Wayfinder, desk: object) -> SearchScreen:
        assert isinstance(desk, Desk)
        path = Workplace({"language": language}).journal_path
        return SearchScreen(routes, JournalSearch(path, desk))

    routes.app = stage(opening, {"language": language})
    return routes.app


async def ask(pilot: Pilot[int], text: str) -> None:
    """Type a search in place of the one that stands there."""
    await pilot.press("ctrl+u", "end")
    pilot.app.screen.query_one("#query", Line).value = text  # keys would lose full-width signs
    await pilot.pause()


def chosen(pilot: Pilot[int]) -> int | None:
    return pilot.app.screen.query_one("#hits", OptionList).highlighted


async def test_words_are_found_while_they_are_typed_and_open_where_they_were_said() -> None:
    before = [f"Something else, number {n}." for n in range(30)]
    make_call(*before, "I lost my job in May.", *before)
    for size in (SMALL, WIDE):
        async with search_stage().run_test(size=size, notifications=True) as pilot:
            await until_shown(pilot, "payment plan", "outcome:promise")
            await pilot.press(*"lost job".replace(" ", "_").replace("_", " "))
            seen = await until_shown(pilot, "1 utterance", "I lost my job in May.", "number 29")
            assert "Customer" in seen
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, KeptScreen))
            seen = await until_shown(pilot, "I lost my job in May.", "number 29", "number 0")
            assert "The call has ended" not in seen
            await pilot.press("escape")
            await until_shown(pilot, "1 utterance")


async def test_chinese_is_found_without_word_boundaries_by_conditions_of_chinese() -> None:
    make_call("我现在失业了，还不上。")
    async with search_stage("zh").run_test(size=SMALL, notifications=True) as pilot:
        await ask(pilot, "失业 说话人：客户")
        await until_shown(pilot, "我现在失业了，还不上。")
        await ask(pilot, "失业 说话人：坐席")
        await until(pilot, lambda: "失业了" not in shown(pilot))


async def test_arrows_choose_while_one_types_on() -> None:
    for text in ("pay one", "pay two", "pay three"):
        make_call(text)
    async with search_stage().run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot, "pay")
        await until_shown(pilot, "3 utterances", "pay three")
        first = chosen(pilot)
        await pilot.press("down", "down")
        assert chosen(pilot) != first
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FoundScreen))
        assert "pay one" in shown(pilot)
        await pilot.press("escape")
        await pilot.press("space", *"two")
        await until_shown(pilot, "1 utterance", "pay two")


async def test_calls_are_found_by_how_they_went() -> None:
    id = make_call("hello")
    async with search_stage().run_test(size=SMALL, notifications=True) as pilot:
        await ask(pilot, "outcome:hung_up")
        await until_shown(pilot, "1 call", "Courtesy on the phone")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FoundScreen))
        screen = pilot.app.screen
        assert isinstance(screen, FoundScreen)
        assert screen.call == id


async def test_what_is_not_understood_is_said_in_plain_words() -> None:
    make_call("hello")
    async with search_stage().run_test(size=SMALL, notifications=True) as pilot:
        await ask(pilot, "outcom:promise")
        await until_shown(pilot, "a search has no “outcom:”", "did you mean outcome?")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, SearchScreen)
        await ask(pilot, "zebra")
        await until_shown(pilot, "Nothing was found.")
        await ask(pilot, "")
        await until_shown(pilot, "both words in one utterance")


async def test_without_a_journal_nothing_is_found() -> None:
    async with search_stage().run_test(size=SMALL, notifications=True) as pilot:
        await ask(pilot, "pay")
        await until_shown(pilot, "Nothing was found.")


class Slow(JournalSearch):
    """A journal in which one search does not end before it is told to."""

    begun = threading.Event()
    was_stopped = False

    def search(self, query: str, limit: int, is_over: Callable[[], bool]) -> Results:
        if query == "slow":
            self.begun.set()
            while not is_over():
                self.begun.wait(0.01)
            Slow.was_stopped = True
            raise UsageError("nobody wants to know this")
        return super().search(query, limit, is_over)


async def test_the_newest_words_win_over_a_search_that_still_runs() -> None:
    make_call("quick answer")
    routes = Routes()
    journal = Workplace({}).journal_path
    app = stage(lambda _, desk: SearchScreen(routes, Slow(journal, desk)))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await ask(pilot, "slow")
        await until(pilot, Slow.begun.is_set)
        await ask(pilot, "quick")
        await until_shown(pilot, "1 utterance", "quick answer")
        await until(pilot, lambda: Slow.was_stopped)
        assert "nobody wants" not in shown(pilot)


async def test_the_language_can_be_switched_while_hits_are_shown() -> None:
    make_call("pay one")
    async with search_stage().run_test(size=SMALL, notifications=True) as pilot:
        await ask(pilot, "pay")
        await until_shown(pilot, "Courtesy on the phone", "Customer")
        await pilot.press("f12")
        await until_shown(pilot, "电话礼仪", "客户", "pay one")


def test_words_of_others_are_harmless_and_marked_where_they_are() -> None:
    text, (mark,) = marked("a\r\x1b[31mpay\n!", ((7, 10),))
    assert "\x1b" not in text
    assert text[mark.start : mark.end] == "pay"


async def test_search_and_dashboard_are_opened_from_home() -> None:
    make_call("pay one")
    async with home_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Search calls", "Dashboard")
        await pilot.press("9")
        await until(pilot, lambda: isinstance(pilot.app.screen, DashboardScreen))
        await until_shown(pilot, "1 call (on 1 day)")
        await pilot.press("escape", "8")
        await until(pilot, lambda: isinstance(pilot.app.screen, SearchScreen))
        await ask(pilot, "pay")
        await until_shown(pilot, "1 utterance", "Courtesy on the phone")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, FoundScreen))


async def test_one_walks_through_the_hits_of_a_call() -> None:
    make_call("pay one", "something else", "pay two")
    async with search_stage().run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot, "pay")
        await until_shown(pilot, "2 utterances")
        await pilot.press("enter")
        await until_shown(pilot, "hit 1 of 2")
        await pilot.press("n")
        seen = await until_shown(pilot, "hit 2 of 2")
        (here,) = [line for line in seen.splitlines() if "▶" in line and "pay" in line]
        assert "pay two" in here
        await pilot.press("n")
        await until_shown(pilot, "no more hits in this call that way")


async def test_a_call_with_courtesies_that_came_late_opens_where_it_was_said() -> None:
    at = iter(range(0, 10_000, 60))
    clock = SimpleNamespace(now=lambda: float(next(at)))
    live = Desk(Workplace({"language": "en"})).begin(Order("courtesy", facts=FACTS), clock)
    live.feed(Pass())
    live.feed(Hear(Speaker.AGENT, "Good morning, this is Sam Lee from Northgate."))
    live.feed(Hear(Speaker.CUSTOMER, "I lost my job in May."))
    live.feed(EndCall(OutcomeId("courtesy.hung_up")))
    live.close()
    assert late_for(Desk(Workplace({})).past(live.id).events)
    async with search_stage().run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot, "lost job")
        await until_shown(pilot, "1 utterance")
        await pilot.press("enter")
        seen = await until_shown(pilot, "said too late", "I lost my job in May.")
        (here,) = [line for line in seen.splitlines() if "▶" in line]
        assert "I lost my job in May." in here


async def test_more_hits_come_where_one_goes_on_past_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("callcoach.tui.screens.search.SHOWN", 2)
    make_call("pay one", "pay two", "pay three")
    async with search_stage().run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot, "pay")
        await until_shown(pilot, "3 utterances · the newest 2 are shown, ↓ goes on")
        assert "> pay three" not in shown(pilot)
        await pilot.press("down", "down")
        await until(pilot, lambda: "are shown" not in shown(pilot))


async def test_a_call_that_was_reviewed_says_so_and_leads_to_its_review() -> None:
    id = make_call("pay one")
    desk = Desk(Workplace({"language": "en"}))
    form = next(form for form in desk.reviews.forms() if form.id == "compliance")
    desk.reviews.be("root")
    judging = desk.reviews.judge(id, form)
    desk.reviews.begin(judging.review)
    async with search_stage_of_the_program().run_test(size=WIDE, notifications=True) as pilot:
        await ask(pilot, "pay")
        await until_shown(pilot, "1 utterance")
        await pilot.press("enter")
        await until_shown(pilot, "Review by root: in draft")
        await pilot.press("f5")
        await until_shown(pilot, "Open which review", "Review by root: in draft")


def search_stage_of_the_program() -> CallcoachApp:
    """Return the application on the search screen, with all the ways that lead on from it."""

    def opening(way: Wayfinder, desk: object) -> SearchScreen:
        assert isinstance(desk, Desk)
        return SearchScreen(way, desk.searching)

    return stage(opening, {"language": "en"})
