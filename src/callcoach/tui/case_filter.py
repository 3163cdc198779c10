"""Which calls are shown of those that can be judged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from callcoach.archive.ids import short
from callcoach.locale import Messages, mark
from callcoach.review.state import STATUS_NAMES, Status
from callcoach.tui.reviews import Case

WAITING, ALL = "waiting", "all"
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
    """As it is called."""
    flag: str = ""
    """A severity, or the title of a cue."""
    days: str = ""
    """A key of `DAYS`."""
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
            and self.agent in ("", case.call.agent)
            and self.outcome in ("", case.outcome)
            and (not self.flag or self.flag in case.flags or self.flag in case.severities)
            and case.call.day >= self._since(today)
            and self._has_words(case)
        )

    def _has_status(self, case: Case) -> bool:
        if self.status == ALL:
            return True
        if self.status == WAITING:
            return case.is_waiting
        return case.status is not None and case.status.value == self.status

    def _since(self, today: date) -> str:
        _, days = DAYS[self.days]
        return "" if days is None else (today - timedelta(days=days)).isoformat()

    def _has_words(self, case: Case) -> bool:
        told = (short(case.call.id), case.call.local_start, case.call.agent, case.pack)
        text = " ".join((*told, case.outcome, case.reviewer, case.form, *case.flags)).casefold()
        return all(word in text for word in self.words.casefold().split())

    def told(self, messages: Messages) -> Sequence[str]:
        """Return what is asked for, in words."""
        say = messages.say
        days, _ = DAYS[self.days]
        flag = say(SEVERITIES[self.flag]) if self.flag in SEVERITIES else self.flag
        words = f"“{self.words}”" if self.words else ""
        named = (self.agent, self.outcome, flag, say(days) if self.days else "", words)
        return [say(STATUSES[self.status]), *(it for it in named if it)]


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
