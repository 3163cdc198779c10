"""What the list of calls says about one."""

from dataclasses import dataclass

from callcoach.archive.ids import CallId, instant_of
from callcoach.archive.zone import local_day, local_time
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
        return local_time(self.started)


def unknown(id: CallId, events: int) -> CallSummary:
    """Return what is known of a call of which nothing can be read: its id, and so its beginning."""
    began = instant_of(id)
    started = f"{began:%Y-%m-%dT%H:%M:%S}.000Z" if began else ""
    return CallSummary(
        id=id,
        script=PackId("?"),
        digest="",
        language="",
        mode="",
        agent="",
        started=started,
        day=local_day(started),
        last_at=0.0,
        ended_at=None,
        outcome=None,
        code="",
        events=events,
    )
