"""When a call was heard at all: what was not heard cannot be held against anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
)
from callcoach.call.events import CallEnded, Event, Heard
from callcoach.call.intervals import merge
from callcoach.call.listened import why_closed
from callcoach.script.model import Speaker

Interval = tuple[float, float]

MISSED = 2.0
"""Seconds that were not heard in which words can be lost; less is a breath."""
ENOUGH = 0.8
"""The share of a call that has to be heard before it can be said what was not in it."""
SIDES = frozenset((Speaker.AGENT, Speaker.CUSTOMER))
"""The voices of a call; anybody else is heard with either."""
_TELLING = frozenset(
    (Heard, CallEnded, CaptureGap, CapturePaused, CaptureResumed, CaptureStarted, CaptureStopped)
)
"""The events that tell when a call was heard, and whom; most events of a call are others."""


@dataclass(frozen=True, slots=True)
class Ears:
    """When a call was not heard, and whom; what is counted twice was missed once."""

    deaf: tuple[tuple[Interval, Speaker | None], ...]
    """The times in which nothing was heard of a voice; None: of either."""
    voices: frozenset[Speaker]
    """Who was heard at all."""
    end: float

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Ears":
        """Return when a call was heard; one that was typed or written down was heard throughout."""
        deaf: list[tuple[Interval, Speaker | None]] = []
        voices: set[Speaker] = set()
        since: float | None = 0.0
        end, has_ears = 0.0, False
        for event in events:
            if event.at > end:
                end = event.at
            if type(event) not in _TELLING:
                continue
            if isinstance(event, Heard):
                voices.add(event.speaker)
            elif isinstance(event, CaptureGap):
                deaf.append(((event.start, event.end), event.speaker))
            elif isinstance(event, CallEnded):
                break
            elif (reason := why_closed(event)) is not None:
                has_ears = True
                if since is not None and event.at > since:
                    deaf.append(((since, event.at), None))
                since = event.at if reason else None
        if has_ears and since is not None and end > since:
            deaf.append(((since, end), None))
        return cls(tuple(deaf), frozenset(voices), end)

    def missed(self, speaker: Speaker, windows: Sequence[Interval]) -> float:
        """Return for how many seconds of some times a voice was not heard."""
        if not self.deaf:
            return 0.0
        deaf = merge(
            it for it, whose in self.deaf if whose in (None, speaker) or speaker not in SIDES
        )
        return sum(
            max(min(end, until) - max(start, since), 0.0)
            for since, until in merge(windows)
            for start, end in deaf
        )

    @property
    def share(self) -> float:
        """Return how much of the call was heard, 0 to 1."""
        if not self.end or not self.deaf:
            return 1.0
        deaf = merge(it for it, _ in self.deaf)
        return 1.0 - min(sum(end - start for start, end in deaf) / self.end, 1.0)
