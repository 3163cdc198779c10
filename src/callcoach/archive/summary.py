"""What the list of calls says about one."""

from dataclasses import dataclass
from datetime import datetime

from callcoach.archive.ids import CallId
from callcoach.script.model import OutcomeId, PackId
from callcoach.script.wording import Language


@dataclass(frozen=True, slots=True)
class CallSummary:
    """What the list of calls says about one."""

    id: CallId
    script: PackId
    digest: str
    language: Language
    mode: str
    agent: str
    started: str
    """The instant, in UTC, ISO 8601."""
    day: str
    """The day where the agent was, ISO 8601."""
    last_at: float
    """Seconds from the beginning to the last event."""
    ended_at: float | None
    """None for a call that has not ended."""
    outcome: OutcomeId | None
    code: str
    events: int

    @property
    def local_start(self) -> str:
        """Return when it began by the clock of this machine, as `2026-11-25 22:07`."""
        try:
            return f"{datetime.fromisoformat(self.started).astimezone():%Y-%m-%d %H:%M}"
        except ValueError:  # a journal may hold anything
            return self.started
