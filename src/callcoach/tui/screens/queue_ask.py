"""Asks what the list of calls to be judged is narrowed down to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from callcoach.tui.case_filter import (
    DAYS,
    NO_AGENT,
    NO_FLAG,
    NO_OUTCOME,
    NONE,
    SEVERITIES,
    days_between,
    outcome_of,
    value_name,
    values,
)
from callcoach.tui.screens.dialogs import Ask, Choice, choose

if TYPE_CHECKING:
    from callcoach.tui.page import Page
    from callcoach.tui.reviews import Case

ANY, OTHER = "\0any", "\0other"
"""Choices that are no values: any of them, and one that is written."""


Take = Callable[[str], None]
"""Takes what was chosen; an empty text for any."""


def choose_value(page: Page, title: str, found: Mapping[str, tuple[str, str]], take: Take) -> None:
    """Let the user choose; `found` has a label and a hint for each value."""
    choices = [Choice(value, label, hint) for value, (label, hint) in found.items()]
    choose(page, title, choices, lambda value: take("" if value == ANY else value))


def ask_agent(page: Page, cases: Sequence[Case], take: Take) -> None:
    """Ask for an agent of some cases."""
    counts = values(cases, lambda case: (case.call.agent or NONE,))
    _narrow(page, page.say("Agent"), NO_AGENT, counts, take)


def ask_outcome(page: Page, cases: Sequence[Case], take: Take) -> None:
    """Ask for an outcome of some cases."""
    counts = values(cases, lambda case: (outcome_of(case),))
    _narrow(page, page.say("Outcome"), NO_OUTCOME, counts, take)


def ask_flag(page: Page, cases: Sequence[Case], take: Take) -> None:
    """Ask for a flag of some cases: how grave it is, or its cue."""
    counts = values(cases, lambda case: case.severities)
    grave = {severity: counts[severity] for severity in SEVERITIES if severity in counts}
    none = values(cases, lambda case: () if case.flags else (NONE,))
    cues = values(cases, lambda case: case.flags)
    _narrow(page, page.say("Flag"), NO_FLAG, {**grave, **none, **cues}, take)


def ask_days(page: Page, take: Take) -> None:
    """Ask from when on, or for the first and the last day."""
    found = {value or ANY: (page.say(title), "") for value, (title, _) in DAYS.items()}
    found[OTHER] = (page.say("other days …"), "")

    def chosen(value: str) -> None:
        if value == OTHER:
            _ask_other_days(page, take)
        else:
            take(value)

    choose_value(page, page.say("From when on?"), found, chosen)


def _ask_other_days(page: Page, take: Take) -> None:
    def written(text: str | None) -> None:
        if text:
            take(days_between(text))

    def problem(text: str) -> str:
        return "" if days_between(text) else page.say("Write days as 2026-11-01 2026-11-20.")

    hint = page.say("The first and the last day, as 2026-11-01 2026-11-20; or one day")
    page.app.push_screen(Ask(page.say("Which days?"), hint=hint, problem=problem), written)


def _narrow(page: Page, title: str, none: str, counts: Mapping[str, int], take: Take) -> None:
    """Let the user choose one of the values there are, `none` of them, or any."""
    told = {
        value: (
            value_name(value, none, page.messages),
            page.messages.count("{n} call", "{n} calls", n),
        )
        for value, n in counts.items()
    }
    choose_value(page, title, {ANY: (page.say("any"), ""), **told}, take)
