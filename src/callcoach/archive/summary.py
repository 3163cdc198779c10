"""What the list of calls says about one."""

from dataclasses import dataclass

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
