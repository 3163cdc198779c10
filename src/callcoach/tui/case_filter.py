"""Which calls are shown of those that can be judged."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta

from callcoach.archive.ids import short
from callcoach.locale import Messages, mark
from callcoach.review.state import STATUS_NAMES, Status
from callcoach.tui.reviews import Case

WAITING, ALL = "waiting", "all"
NONE = "\0none"
"""Asks for what has no agent, no outcome or no flag."""
UNTIL = ".."
"""Stands between two days."""
STATUSES: Mapping[str, str] = {
    WAITING: mark("waiting for you"),
    ALL: mark("all calls and reviews"),
    **{status.value: STATUS_NAMES[status] for status in Status},
}
"""What the status of a case can be asked for by, and what that is called."""
DAYS: Mapping[str, tuple[str, int | None]] = {
    "0": (mark("today"), 0),
    "7": (mark("the last 7 days"), 6),
    "30": (mark("the last 30 days"), 29),
    "": (mark("any day"), None),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
SEVERITIES: Mapping[str, str] = {
    "critical": mark("critical"),
    "major": mark("major"),
    "minor": mark("minor"),
}


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What is asked of a case; what is empty asks for nothing."""

    status: str = WAITING
    agent: str = ""
    outcome: str = ""
    """As it is called; or `NONE`."""
    flag: str = ""
    """A severity, or the title of a cue; or `NONE`."""
    days: str = ""
    """A key of `DAYS`, or two days with `UNTIL` between them, see `days_between`."""
    words: str = ""
    """All of them have to stand somewhere in the row."""

    @property
    def is_narrow(self) -> bool:
        """Tell whether more than the status is asked for."""
        return self != CaseFilter(self.status)

    def admits(self, case: Case, today: date) -> bool:
        """Tell whether a case is shown."""
        return (
            self._has_status(case)
            and self.agent in ("", case.call.agent or NONE)
            and self.outcome in ("", outcome_of(case))
            and self._has_flag(case)
            and self._is_in_days(case.call.day, today)
            and self._has_words(case)
        )

    def _has_status(self, case: Case) -> bool:
        if self.status == ALL:
            return True
        if self.status == WAITING:
            return case.is_waiting
        return case.status is not None and case.status.value == self.status

    def _has_flag(self, case: Case) -> bool:
        if self.flag == NONE:
            return not case.flags
        return not self.flag or self.flag in case.flags or self.flag in case.severities

    def _is_in_days(self, day: str, today: date) -> bool:
        first, between, last = self.days.partition(UNTIL)
        if between:
            return first <= day <= last
        _, days = DAYS[self.days]
        return days is None or day >= (today - timedelta(days=days)).isoformat()

    def _has_words(self, case: Case) -> bool:
        call = case.call
        ids = (short(call.id), case.name, case.file)
        told = (*ids, call.local_start, call.agent, case.pack)
        text = " ".join((*told, case.outcome, case.reviewer, case.form, *case.flags)).casefold()
        return all(word in text for word in self.words.casefold().split())

    def told(self, messages: Messages) -> Sequence[str]:
        """Return what is asked for, in words."""
        say = messages.say
        days = say(DAYS[self.days][0]) if self.days in DAYS else self.days.replace(UNTIL, "–")
        words = f"“{self.words}”" if self.words else ""
        named = (
            value_name(self.agent, NO_AGENT, messages),
            value_name(self.outcome, NO_OUTCOME, messages),
            value_name(self.flag, NO_FLAG, messages),
            days if self.days else "",
            words,
        )
        return [say(STATUSES[self.status]), *(it for it in named if it)]


NO_AGENT, NO_OUTCOME, NO_FLAG = mark("no agent"), mark("no outcome"), mark("no flag")


def value_name(value: str, none: str, messages: Messages) -> str:
    """Return what a value of a filter is called; `none` says what `NONE` is."""
    if value == NONE:
        return messages.say(none)
    return messages.say(SEVERITIES[value]) if value in SEVERITIES else value


def outcome_of(case: Case) -> str:
    """Return what a case's outcome is called, `NONE` where there is none."""
    return NONE if case.call.outcome is None else case.outcome


def days_between(text: str) -> str:
    """Return the days that somebody has written, as a filter takes them; empty for none.

    They are two days, or one: `2026-11-01 2026-11-20`, with anything but digits between them.
    """
    found: list[date] = []
    for part in _DAY.findall(text):
        with suppress(ValueError):
            found.append(date.fromisoformat(part))
    return f"{min(found)}{UNTIL}{max(found)}" if 1 <= len(found) <= 2 else ""


def values(cases: Iterable[Case], of: Callable[[Case], Iterable[str]]) -> Mapping[str, int]:
    """Return what there is to choose from, the most frequent first, and in how many calls."""
    found: dict[str, set[str]] = {}
    for case in cases:
        for value in of(case):
            if value:
                found.setdefault(value, set()).add(case.call.id)
    counts = {value: len(calls) for value, calls in found.items()}
    return dict(sorted(counts.items(), key=lambda it: (-it[1], it[0])))


def without_status(asked: CaseFilter) -> CaseFilter:
    """Return a filter that asks for the status alone."""
    return replace(CaseFilter(), status=asked.status)
