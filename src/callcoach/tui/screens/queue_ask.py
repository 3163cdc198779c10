"""Asks what the list of calls to be judged is narrowed down to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
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
from callcoach.tui.screens.dialogs import Ask, Choice, Choose

if TYPE_CHECKING:
    from callcoach.tui.screens.queue import QueueScreen

ANY, OTHER = "\0any", "\0other"
"""Choices that are no values: any of them, and one that is written."""


def choose(
    screen: QueueScreen,
    title: str,
    found: Mapping[str, tuple[str, str]],
    take: Callable[[str], None],
) -> None:
    """Let the user choose; `found` has a label and a hint for each value."""
    choices = [Choice(value, label, hint) for value, (label, hint) in found.items()]

    def chosen(value: str | None) -> None:
        if value is not None:
            take("" if value == ANY else value)

    screen.app.push_screen(Choose(title, choices), chosen)


def ask_agent(screen: QueueScreen) -> None:
    """Ask for an agent."""
    counts = values(screen.found, lambda case: (case.call.agent or NONE,))
    _narrow(
        screen,
        screen.say("Agent"),
        NO_AGENT,
        counts,
        lambda value: screen.ask(replace(screen.asked, agent=value)),
    )


def ask_outcome(screen: QueueScreen) -> None:
    """Ask for an outcome."""
    counts = values(screen.found, lambda case: (outcome_of(case),))
    _narrow(
        screen,
        screen.say("Outcome"),
        NO_OUTCOME,
        counts,
        lambda value: screen.ask(replace(screen.asked, outcome=value)),
    )


def ask_flag(screen: QueueScreen) -> None:
    """Ask for a flag: how grave it is, or its cue."""
    counts = values(screen.found, lambda case: case.severities)
    grave = {severity: counts[severity] for severity in SEVERITIES if severity in counts}
    none = values(screen.found, lambda case: () if case.flags else (NONE,))
    cues = values(screen.found, lambda case: case.flags)
    _narrow(
        screen,
        screen.say("Flag"),
        NO_FLAG,
        {**grave, **none, **cues},
        lambda value: screen.ask(replace(screen.asked, flag=value)),
    )


def ask_days(screen: QueueScreen) -> None:
    """Ask from when on, or for the first and the last day."""
    found = {value or ANY: (screen.say(title), "") for value, (title, _) in DAYS.items()}
    found[OTHER] = (screen.say("other days …"), "")

    def take(value: str) -> None:
        if value == OTHER:
            _ask_other_days(screen)
        else:
            screen.ask(replace(screen.asked, days=value))

    choose(screen, screen.say("From when on?"), found, take)


def _ask_other_days(screen: QueueScreen) -> None:
    def written(text: str | None) -> None:
        if text:
            screen.ask(replace(screen.asked, days=days_between(text)))

    def problem(text: str) -> str:
        return "" if days_between(text) else screen.say("Write days as 2026-11-01 2026-11-20.")

    hint = screen.say("The first and the last day, as 2026-11-01 2026-11-20; or one day")
    screen.app.push_screen(Ask(screen.say("Which days?"), hint=hint, problem=problem), written)


def _narrow(
    screen: QueueScreen,
    title: str,
    none: str,
    counts: Mapping[str, int],
    take: Callable[[str], None],
) -> None:
    """Let the user choose one of the values there are, `none` of them, or any."""
    told = {
        value: (
            value_name(value, none, screen.messages),
            screen.messages.count("{n} call", "{n} calls", n),
        )
        for value, n in counts.items()
    }
    choose(screen, title, {ANY: (screen.say("any"), ""), **told}, take)
