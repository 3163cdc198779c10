"""How much of a call was heard by machine, and why not the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Closed,
)
from callcoach.call.events import CallEnded, Event
from callcoach.call.intervals import merge

_TURNED = frozenset((CaptureStarted, CapturePaused, CaptureResumed, CaptureStopped))


@dataclass(frozen=True, slots=True)
class Listened:
    """Seconds of a call, by whether it was listened to."""

    heard: float
    closed: Mapping[str, float]
    """Why it was not listened to, one of `Closed`, and for how long; the longest first."""
    missed: float
    """Of what was listened to: how much was not heard, of either voice."""

    @property
    def share(self) -> float:
        """Return how much of the call was heard, 0 to 1."""
        whole = self.heard + self.missed + sum(self.closed.values())
        return self.heard / whole if whole else 0.0


def listened(events: Iterable[Event]) -> Listened | None:
    """Return how much of a call was heard by machine; None for one that was not to be heard."""
    times: dict[str, float] = {}
    gaps, since, end = list[tuple[float, float]](), 0.0, 0.0
    reason, is_heard_at_all = str(Closed.NOT_YET), False
    for event in events:
        end = event.at
        turned = why_closed(event)
        if turned is not None:
            times[reason] = times.get(reason, 0.0) + end - since
            reason, since, is_heard_at_all = turned, end, True
        elif isinstance(event, CaptureGap):
            gaps.append((event.start, event.end))
        elif isinstance(event, CallEnded):
            break
    if not is_heard_at_all:
        return None
    times[reason] = times.get(reason, 0.0) + end - since
    open_for = times.pop("", 0.0)
    missed = min(sum(end - start for start, end in merge(gaps)), open_for)
    ordered = sorted(times.items(), key=lambda found: -found[1])
    closed = {reason: seconds for reason, seconds in ordered if seconds}
    return Listened(open_for - missed, closed, missed)


def why_closed(event: Event) -> str | None:
    """Return why nothing is listened to from an event on, empty where it is; None: as before."""
    if type(event) not in _TURNED:
        return None
    match event:
        case CaptureStarted() | CaptureResumed():
            return ""
        case CapturePaused(reason=reason) | CaptureStopped(reason=reason):
            return reason
        case _:
            return None
