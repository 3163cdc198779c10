"""The calls that a dashboard is about: where they come from, and which of them are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from callcoach.reports.compare import days_before
from callcoach.reports.figures import CallFigures
from callcoach.reports.many import About
from callcoach.review.form.model import Form
from callcoach.script.model import PackId, Script

DAYS = (30, 7, 90, 0)
"""What the key for days goes through; 0 is all there are."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The calls of the journal in figures."""

    calls: tuple[CallFigures, ...] = ()
    scripts: Mapping[PackId, Script] = field(default_factory=dict)
    damaged: tuple[str, ...] = ()
    """The calls whose record is damaged, by their ids: they are left out."""
    since: str = ""
    """The day from which on they were read, ISO 8601; empty from the beginning."""
    forms: Mapping[str, Form] = field(default_factory=dict)
    """Those of reviews, by id."""


class Counting(Protocol):
    """Where the figures come from."""

    def read(
        self, since: str, tell: Callable[[int, int], None], is_over: Callable[[], bool]
    ) -> Counted | None:
        """Return the calls from a day on that have ended; None where `is_over` said so.

        Called in a thread; `tell` hears how far it is. Raises `StorageError`.
        """
        ...

    def report(self, about: About) -> tuple[Path, str]:
        """Write a report as a page, beside what is in the present folder.

        Return where it is, and what was left out of it. Raises `StorageError`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which calls are shown."""

    agent: str = ""
    script: PackId | None = None
    days: int = DAYS[0]
    is_practice: bool = False

    def since(self, today: date) -> str:
        """Return the first day, ISO 8601; empty for all there are."""
        return (today - timedelta(days=self.days - 1)).isoformat() if self.days else ""

    def before(self, today: date) -> str:
        """Return the first day of as long a time before that, ISO 8601; empty without one."""
        days = days_before(self.since(today), today.isoformat())
        return days[0] if days else ""

    def about(self, today: date, counted: Counted) -> About:
        """Return what the report is about."""
        kind = "agent" if self.agent else "script" if self.script else "team"
        return About(
            kind=kind,
            agent=self.agent,
            script=self.script or PackId(""),
            since=self.since(today),
            is_practice=self.is_practice,
            damaged=counted.damaged,
            made=today.isoformat(),
        )

    def admits(self, call: CallFigures, since: str, until: str = "") -> bool:
        """Tell whether a call is shown, of those from a day on and before another."""
        return (
            (call.mode == "practice") is self.is_practice
            and (not self.agent or call.agent == self.agent)
            and (not self.script or call.script == self.script)
            and call.day >= since
            and (not until or call.day < until)
        )
