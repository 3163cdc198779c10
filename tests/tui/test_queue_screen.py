"""The list of calls to be judged: what waits, what is filtered, what drops out."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event as Gate

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from callcoach.archive.ids import CallId, short
from callcoach.archive.journal import Journal
from callcoach.call.events import Event
from callcoach.cli.desk import Desk
from callcoach.cli.report.screens import JournalFigures
from callcoach.cli.review.screens import ReviewDesk
from callcoach.errors import JournalBusy
from callcoach.review.events import ReviewEvent
from callcoach.review.marks import Answer
from callcoach.review.review import Review
from callcoach.tui.reviews import Cases
from callcoach.tui.screens import queue
from callcoach.tui.screens.queue import QueueScreen
from callcoach.tui.screens.review import ReviewScreen
from callcoach.words.wrap import width
from tests.tui.reviewed import (
    calls,
    give_calls,
    keep_queue,
    place,
    queue_stage,
    review_of,
)
from tests.tui.stage import BOUND, home_stage, shown, until, until_shown, write

SMALL, WIDE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def with_calls(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    give_calls(own_home, monkeypatch)


def queue_of(pilot: Pilot[int]) -> QueueScreen:
    """Return the list that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, QueueScreen)
    return screen


def submit(call: str, by: str = "Wang") -> None:
    """Submit a review of a call with the form that comes first."""
    desk = Desk(place(by)).reviews
    form = next(it for it in desk.forms() if it.pack == "courtesy")
    judging = desk.judge(call, form)
    for question in judging.review.score.unanswered:
        judging.do(partial(_answer, question))
    for question in judging.review.score.uncommented:
        judging.do(partial(_comment, question))
    judging.do(lambda it, by, when: it.submit(by=by, when=when))


def _answer(question: str, review: Review, by: str, when: str) -> Sequence[ReviewEvent]:
    return review.answer(question, Answer(("no",)), by=by, when=when)


def _comment(question: str, review: Review, by: str, when: str) -> Sequence[ReviewEvent]:
    return review.comment("So.", by=by, when=when, question=question)


async def test_a_call_is_judged_blind_for_a_calibration() -> None:
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "rough")
        await pilot.press("b")
        await until_shown(pilot, "Judge this call blind?", "nothing is suggested")
        await pilot.press("2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until_shown(pilot, "in draft · blind")
        opened = review_of(pilot).judging.review.state.opened
        assert (opened.purpose, dict(opened.suggested)) == ("calibration", {})
        assert "suggested" not in shown(pilot)


async def test_home_leads_to_the_list_and_back() -> None:
    async with home_stage({"pack": "courtesy", "agent": "Wang"}).run_test(size=SMALL) as pilot:
        await until_shown(pilot, "7 Review calls")
        await pilot.press("7")
        await until_shown(pilot, "2 found", "Brief form", "Wang", "rough", "short")
        await pilot.press("escape")
        await until_shown(pilot, "Start a call")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_row_says_what_a_reviewer_chooses_by(language: str, size: tuple[int, int]) -> None:
    async with queue_stage(language=language).run_test(size=size, notifications=True) as pilot:
        seen = await until_shown(pilot, "rough", "short")
        row = next(line for line in seen.splitlines() if "rough" in line)
        assert "Li" in row
        assert "0:40" in row
        assert {"en": "Complaint", "zh": "转投诉"}[language] in row
        assert "!3" in row


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_columns_stand_under_what_they_are_called(size: tuple[int, int]) -> None:
    async with queue_stage(language="zh").run_test(size=size) as pilot:
        seen = (await until_shown(pilot, "日期", "rough", "short")).splitlines()
    head = next(line for line in seen if "日期" in line)
    row = next(line for line in seen if "rough" in line)
    at = width(head[: head.index("结果")])
    assert width(row[: row.index("转投诉")]) == at
    assert width(row[: row.index("!3")]) == width(head[: head.index("提醒")])


async def test_what_is_done_drops_out_and_the_rest_is_found_by_status() -> None:
    rough, _ = calls()
    submit(rough)
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "1 found", "short")
        assert "rough" not in shown(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "Show which?", "submitted")
        await pilot.press("4")
        await until_shown(pilot, "rough", "submitted 0%")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until_shown(pilot, "submitted")


async def test_a_review_waits_for_the_agent() -> None:
    rough, _ = calls()
    submit(rough)
    async with queue_stage("Li").run_test(size=SMALL, notifications=True) as pilot:
        seen = await until_shown(pilot, "1 found", "submitted 0% W")
        assert "to judge" not in seen, "nobody judges their own calls"
        await pilot.press("f3", "2")
        await until_shown(pilot, "2 found")


async def test_an_appeal_that_waits_for_a_decision_is_opened_at_once() -> None:
    rough, _ = calls()
    submit(rough)
    desk = Desk(place("Li")).reviews
    review = desk.standing(rough)[0].review
    desk.reopen(review).do(lambda it, by, when: it.appeal("No.", by=by, when=when))
    async with queue_stage("Chen").run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "under appeal")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until_shown(pilot, "Li: No.", "F10 Decide")


async def test_enter_before_the_calls_are_read_opens_the_first_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, read = Gate(), ReviewDesk.cases

    def slowly(desk: ReviewDesk, *given: object) -> Cases:
        assert gate.wait(BOUND)
        return read(desk, *given)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(ReviewDesk, "cases", slowly)
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "waiting for you", "…")
        await pilot.press("enter")
        assert "to judge" not in shown(pilot)
        gate.set()
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await pilot.press("escape")
        await until_shown(pilot, "to judge")
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, QueueScreen), "once"


async def test_filters_narrow_the_list_down_and_say_so() -> None:
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2 found")
        await pilot.press("f5")
        await until_shown(pilot, "Complaint", "Wrong number", "any")
        await pilot.press("escape", "f6")
        await until_shown(pilot, "critical", "Threat")
        await pilot.press("2")
        await until_shown(pilot, "1 found", "rough")
        await pilot.press("f8", "f2")
        await write(pilot, "wrong number")
        await until_shown(pilot, "1 found", "“wrong number”", "short")
        await pilot.press("f2")
        await write(pilot, "nobody")
        await until_shown(pilot, "Nothing is like this: F8")
        await pilot.press("f8")
        await until_shown(pilot, "2 found")
        await pilot.press("f7")
        await until_shown(pilot, "the last 7 days")
        await pilot.press("1")
        await until_shown(pilot, "today")


async def test_a_saved_sample_is_gone_through_in_its_order() -> None:
    rough, other = calls()
    keep_queue("week-48", other, rough)
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2 found")
        await pilot.press("f9")
        await until_shown(pilot, "week-48", "2026-11-20")
        await pilot.press("2")
        seen = await until_shown(pilot, "Reviews · week-48", "2 found")
        assert seen.index("short") < seen.index("rough")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert review_of(pilot).judging.past.summary.id == other
        await pilot.press("]")
        await until(pilot, lambda: review_of(pilot).judging.past.summary.id == rough)
        await pilot.press("]")
        await until_shown(pilot, "no more calls that way")
        await pilot.press("ctrl+u")
        await until(pilot, lambda: review_of(pilot).judging.past.summary.id == other)


async def test_form_and_person_are_chosen() -> None:
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2 found", "Brief form")
        await pilot.press("f10")
        await until_shown(pilot, "Judge with which form?", "Courtesy on the phone")
        await pilot.press("3")
        await until_shown(pilot, "Courtesy on the phone", "2 found")
        await pilot.press("ctrl+w")
        await until_shown(pilot, "Who are you?")
        await pilot.press("ctrl+u")
        await write(pilot, "陈敏")
        await until_shown(pilot, "陈敏", "2 found")


async def test_a_call_of_the_past_is_judged_from_where_it_is_shown() -> None:
    async with home_stage({"pack": "courtesy", "agent": "Wang"}).run_test(size=SMALL) as pilot:
        await until_shown(pilot, short(calls()[0]))
        pilot.app.screen.query_one("#calls").focus()
        await pilot.press("enter")
        await until_shown(pilot, "How it went")
        await pilot.press("f5")
        await until_shown(pilot, "Judge with which form?", "Brief form")
        await pilot.press("1")
        await until_shown(pilot, "Was clear")
        await pilot.press("]")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await pilot.press("escape")
        await until_shown(pilot, "How it went")


async def test_a_call_in_anothers_hands_does_not_wait_and_is_judged_only_after_being_asked() -> (
    None
):
    rough, _ = calls()
    submit(rough)
    async with queue_stage("Chen").run_test(size=SMALL, notifications=True) as pilot:
        seen = await until_shown(pilot, "1 found", "short")
        assert "rough" not in seen
        await pilot.press("f3", "2")
        await until_shown(pilot, "2 found", "submitted 0% Wang")
        await pilot.press("home")
        pilot.app.screen.query_one("#cases", OptionList).highlighted = next(
            n for n, it in enumerate(queue_of(pilot).shown) if it.call.id == rough
        )
        await pilot.press("enter")
        await until_shown(pilot, "Wang judged this call.")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert review_of(pilot).judging.review.state.opened.by == "Wang"
        await pilot.press("escape")
        await until_shown(pilot, "2 found")
        await pilot.press("enter", "2")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        judging = review_of(pilot).judging
        assert (judging.row, judging.review.state.opened.by) == (None, "Chen")
        await pilot.press("2")
        await until(pilot, lambda: judging.row is not None)


def test_who_was_not_asked_is_told_once_that_somebody_is_at_the_call() -> None:
    rough, _ = calls()
    desk = Desk(place("Chen")).reviews
    form = next(it for it in desk.forms() if it.pack == "courtesy")
    judging = desk.judge(rough, form)
    submit(rough)
    question = judging.review.score.unanswered[0]
    with pytest.raises(JournalBusy, match="already"):
        judging.do(partial(_answer, question))
    assert judging.row is None
    judging.do(partial(_answer, question))
    assert judging.row is not None


def test_of_a_call_and_its_swap_one_is_listed_wherever_calls_are_counted() -> None:
    rough, other = calls()
    keep_queue("week-48", rough, other)
    desk = Desk(place()).reviews

    def listed() -> list[str]:
        return [it.call.id for it in desk.cases("week-48", "", "en").found]

    def reported() -> set[str]:
        counted = JournalFigures(place()).read("", lambda *_: None, lambda: False)
        return {it.call for it in counted.calls} if counted else set()

    swap = desk.swapped(rough)
    assert (listed(), reported()) == ([swap, other], {swap, other})
    with Journal(place().journal_path) as journal:
        assert {it.id for it in journal.calls()} == {swap, other}
        assert journal.own_names()[swap].name == "rough"
    assert desk.swapped(swap) == rough
    assert (listed(), reported()) == ([rough, other], {rough, other})
    assert desk.swapped(rough) == swap, "no third is made"


async def test_the_riskiest_come_first_and_a_sample_is_drawn_of_what_is_listed() -> None:
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2 found", "rough", "short")
        await pilot.press("o")
        seen = await until_shown(pilot, "the riskiest first")
        assert seen.index("rough") < seen.index("short")
        await pilot.press("d")
        await until_shown(pilot, "How many of 2 calls?")
        await write(pilot, "many")
        await until_shown(pilot, "Write how many")
        await pilot.press("ctrl+u")
        await write(pilot, "50%")
        await until_shown(pilot, "Which are drawn?")
        await pilot.press("2")
        await until_shown(pilot, "What is the sample called?")
        await pilot.press("ctrl+u")
        await write(pilot, "urgent")
        await until_shown(pilot, "Reviews · urgent", "1 found", "rough")


async def test_a_narrow_screen_shows_how_far_each_is() -> None:
    async with queue_stage().run_test(size=(60, 20), notifications=True) as pilot:
        seen = await until_shown(pilot, "2 found", "rough", "short")
        assert seen.count("to judge") == 2
        await pilot.press("f4")
        seen = await until_shown(pilot, "any", "Li")
        assert "no agent" not in seen, "each of the two has one"


def test_what_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    rough, other = calls()
    submit(rough, "Chen")
    desk = Desk(place()).reviews
    form = next(it for it in desk.forms() if it.id == "brief").digest
    before = desk.cases("", form, "en")
    assert {it.call.id for it in before.found} == {rough, other}
    read: list[str] = []
    usual = Journal.events

    def events(journal: Journal, id: CallId, *kinds: Collection[str]) -> tuple[Event, ...]:
        read.append(id)
        return usual(journal, id, *kinds)

    monkeypatch.setattr(Journal, "events", events)
    assert (desk.cases("", form, "en"), read) == (before, [])
    submit(other, "Chen")
    read.clear()
    after = desk.cases("", form, "en")
    assert (set(read), len(after.found)) == ({other}, len(before.found))
    assert sum(it.reviewer == "Chen" for it in after.found) == 2


async def test_the_newest_calls_are_shown_first_and_nobody_loses_their_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "FIRST_CALLS", 1)
    async with queue_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "2 found")
        screen = queue_of(pilot)
        listing = screen.query_one("#cases", OptionList)
        listing.highlighted = 1
        held = screen.shown[1].call.id
        first = replace(screen.shown[0], is_waiting=False)
        cases = Cases((first, screen.shown[1]))
        screen.post_message(QueueScreen.Read(cases, None))
        await until_shown(pilot, "1 found")
        assert [it.call.id for it in screen.shown] == [held]
        screen.post_message(QueueScreen.Read(Cases((screen.shown[0],)), None, is_all=False))
        await until(pilot, lambda: "1 found" not in shown(pilot))
        assert listing.highlighted == 0
