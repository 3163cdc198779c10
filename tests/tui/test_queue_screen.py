"""The list of calls to be judged: what waits, what is filtered, what drops out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from callcoach.archive.ids import short
from callcoach.cli.desk import Desk
from callcoach.review.events import ReviewEvent
from callcoach.review.marks import Answer
from callcoach.review.review import Review
from callcoach.tui.screens.review import ReviewScreen
from tests.tui.reviewed import (
    calls,
    give_calls,
    keep_queue,
    place,
    queue_stage,
    review_of,
)
from tests.tui.stage import home_stage, shown, until, until_shown, write

SMALL, WIDE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def with_calls(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    give_calls(own_home, monkeypatch)


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


async def test_home_leads_to_the_list_and_back() -> None:
    async with home_stage({"pack": "courtesy", "agent": "Wang"}).run_test(size=SMALL) as pilot:
        await until_shown(pilot, "7 Review calls")
        await pilot.press("7")
        await until_shown(pilot, "2 found", "Brief form", "Wang", *map(short, calls()))
        await pilot.press("escape")
        await until_shown(pilot, "Start a call")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_row_says_what_a_reviewer_chooses_by(language: str, size: tuple[int, int]) -> None:
    async with queue_stage(language=language).run_test(size=size, notifications=True) as pilot:
        rough, other = calls()
        seen = await until_shown(pilot, short(rough), short(other))
        row = next(line for line in seen.splitlines() if short(rough) in line)
        assert "Li" in row
        assert "0:40" in row
        assert {"en": "Complaint", "zh": "转投诉"}[language] in row
        assert "!3" in row


async def test_what_is_done_drops_out_and_the_rest_is_found_by_status() -> None:
    rough, other = calls()
    submit(rough)
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "1 found", short(other))
        assert short(rough) not in shown(pilot)
        await pilot.press("f3")
        await until_shown(pilot, "Show which?", "submitted")
        await pilot.press("4")
        await until_shown(pilot, short(rough), "submitted 0%")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until_shown(pilot, "submitted")


async def test_a_review_waits_for_the_agent() -> None:
    rough, _ = calls()
    submit(rough)
    async with queue_stage("Li").run_test(size=SMALL, notifications=True) as pilot:
        seen = await until_shown(pilot, "submitted 0% Wang")
        assert seen.index("submitted 0% Wang") < seen.index("to judge"), "it comes first"


async def test_filters_narrow_the_list_down_and_say_so() -> None:
    rough, other = calls()
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "2 found")
        await pilot.press("f5")
        await until_shown(pilot, "Complaint", "Wrong number", "any")
        await pilot.press("escape", "f6")
        await until_shown(pilot, "critical", "Threat")
        await pilot.press("2")
        await until_shown(pilot, "1 found", short(rough))
        await pilot.press("f8", "f2")
        await write(pilot, "wrong number")
        await until_shown(pilot, "1 found", "“wrong number”", short(other))
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
        assert seen.index(short(other)) < seen.index(short(rough))
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
