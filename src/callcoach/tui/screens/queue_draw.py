"""Draws a sample of the calls that are listed: how many, by chance or by risk, and its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from callcoach.errors import CallcoachError
from callcoach.review.sampling import Size
from callcoach.tui.screens.dialogs import Ask, Choice, choose

if TYPE_CHECKING:
    from callcoach.archive.reviews import Queue
    from callcoach.tui.page import Page
    from callcoach.tui.reviews import Case


def draw(page: Page, cases: Sequence[Case], take: Callable[[Queue], None]) -> None:
    """Ask how the calls of some cases are drawn, keep the sample, and let `take` have it."""
    say, calls = page.say, len({case.call.id for case in cases})
    if not calls:
        page.notice(say("No calls are listed that could be drawn."))
        return

    def sized(text: str | None) -> None:
        if text and (size := read_size(text)):
            _ask_how(page, cases, size, take)

    def problem(text: str) -> str:
        return "" if read_size(text) else say("Write how many, as 20, or a share, as 5%.")

    title = page.messages.count("How many of {n} call?", "How many of {n} calls?", calls)
    hint = say("20, or 5%; the sample is kept and gone through as a queue")
    page.app.push_screen(Ask(title, hint=hint, problem=problem), sized)


def read_size(text: str) -> Size | None:
    """Return the size that somebody has written: a number of calls, or a share; None for none."""
    number = text.strip().rstrip("%％").strip()
    if not number.isascii() or not number.replace(".", "", 1).isdigit():
        return None
    if text.strip()[-1] in "%％":
        return Size(percent=float(number)) if 0 < float(number) <= 100 else None
    return Size(count=int(number)) if number.isdigit() and int(number) else None


def _ask_how(page: Page, cases: Sequence[Case], size: Size, take: Callable[[Queue], None]) -> None:
    choices = [
        Choice("chance", page.say("by chance"), is_marked=True),
        Choice("risk", page.say("the riskiest"), page.say("chance among equals")),
    ]

    def chosen(how: str) -> None:
        _ask_name(page, cases, size, how == "risk", take)

    choose(page, page.say("Which are drawn?"), choices, chosen)


def _ask_name(
    page: Page,
    cases: Sequence[Case],
    size: Size,
    is_by_risk: bool,
    take: Callable[[Queue], None],
) -> None:
    def named(name: str | None) -> None:
        if not name:
            return
        try:
            queue = page.desk.reviews.draw(name, cases, size, is_by_risk)
        except CallcoachError as error:
            page.tell(error)
            return
        take(queue)

    usual = page.desk.today().isoformat()
    page.app.push_screen(Ask(page.say("What is the sample called?"), usual), named)
