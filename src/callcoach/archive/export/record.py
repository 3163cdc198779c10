"""A call as it is exported: what the list of calls says about it, and its events."""

from collections.abc import Iterable
from dataclasses import dataclass

from callcoach.archive.ids import CallId
from callcoach.call.events import CallEnded, CallStarted, Event, Undone
from callcoach.errors import StorageError
from callcoach.script.model import PackId, Script
from callcoach.script.wording import Language


@dataclass(frozen=True, slots=True)
class CallRecord:
    """Everything about one call."""

    id: CallId
    script: PackId
    title: str
    """What the script is called; its id where nobody knows."""
    version: str
    """Of the script."""
    digest: str
    """Of the script; see `Script.digest`."""
    language: Language
    mode: str
    agent: str
    started: str
    """The instant, in UTC, ISO 8601."""
    day: str
    """The day where the agent was, ISO 8601."""
    code: str
    """The outcome's; empty where there is none."""
    outcome: str
    """What the outcome is called; empty where there is none."""
    events: tuple[Event, ...]
    is_redacted: bool = False
    """Its personal data are masked; see `archive.export.redacted`."""
    why_whole: str = ""
    """Why somebody exported it with its personal data; empty where nobody said."""


def record_call(
    id: CallId, events: Iterable[Event], script: Script | None, language: Language
) -> CallRecord:
    """Return the record of a call; the script, where it is known, gives titles in `language`.

    Raises `StorageError` for events that do not begin with the call's start.
    """
    kept = tuple(events)
    started = kept[0] if kept else None
    if not isinstance(started, CallStarted):
        raise StorageError(
            "the call {id} does not begin with its start",
            "callcoach journal verify says more",
            id=id,
        )
    ended = _end(kept)
    outcome = script.outcomes.get(ended.outcome) if script and ended and ended.outcome else None
    return CallRecord(
        id=id,
        script=started.script,
        title=(script.title.plain(language) if script else "") or started.script,
        version=started.script_version,
        digest=started.digest,
        language=started.language,
        mode=started.mode,
        agent=started.agent,
        started=started.started,
        day=started.day,
        code=ended.code if ended else "",
        outcome=outcome.title.plain(language) if outcome else "",
        events=kept,
    )


def _end(events: Iterable[Event]) -> CallEnded | None:
    """Return how the call ended: its last end that was not taken back."""
    ended: CallEnded | None = None
    for event in events:
        match event:
            case CallEnded():
                ended = event
            case Undone(of=of) if ended is not None and of == ended.seq:
                ended = None
            case _:
                pass
    return ended
