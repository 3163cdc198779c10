"""Finds in a call the times that Contact Lens lists one by one: interruptions and non-talk time."""

from collections.abc import Iterable, Iterator

from callcoach.call.captured import CaptureGap
from callcoach.call.events import Event, Heard, HoldEnded, HoldStarted
from callcoach.call.listened import why_closed
from callcoach.call.metrics import MIN_OVERLAP
from callcoach.script.model import Speaker

SILENCE = 3.0
"""Seconds for which nobody talks before Contact Lens calls it non-talk time; a hold always is."""

Interval = tuple[float, float]


def interruptions(speaker: Speaker, heard: Iterable[Heard]) -> list[Interval]:
    """Return when a voice spoke into an utterance of the other side; as many as `measure` counts.

    One lasts as long as both speak.
    """
    ordered = sorted(heard, key=lambda said: (said.start, said.end))
    is_agent = speaker is Speaker.AGENT
    others = iter([it for it in ordered if (it.speaker is Speaker.AGENT) is not is_agent])
    following = next(others, None)
    speaking: list[Heard] = []
    found: list[Interval] = []
    for said in ordered:
        if said.speaker is not speaker:
            continue
        while following is not None and following.start < said.start:
            speaking.append(following)
            following = next(others, None)
        speaking = [other for other in speaking if other.end > said.start]
        end = max((min(said.end, other.end) for other in speaking), default=said.start)
        if end - said.start >= MIN_OVERLAP:
            found.append((said.start, end))
    return found


def non_talk(events: Iterable[Event], until: float) -> list[Interval]:
    """Return the holds of a call that lasts `until`, and when nobody talked for over `SILENCE`.

    What was not listened to is neither.
    """
    busy: list[Interval] = []
    holds: list[Interval] = []
    held: float | None = None
    deaf: float | None = 0.0
    has_ears = False
    for event in events:
        reason = why_closed(event)
        if reason is not None:
            if deaf is not None:
                busy.append((deaf, event.at))
            deaf, has_ears = (event.at if reason else None), True
        match event:
            case Heard() | CaptureGap(speaker=None):
                busy.append((event.start, event.end))
            case HoldStarted():
                held = event.at
            case HoldEnded() if held is not None:
                holds.append((held, event.at))
                held = None
            case _:
                pass
    if held is not None:
        holds.append((held, until))
    if has_ears and deaf is not None:
        busy.append((deaf, until))
    return sorted([*holds, *_gaps([*busy, *holds], until)])


def _gaps(busy: Iterable[Interval], until: float) -> Iterator[Interval]:
    """Yield the long times between, before and after intervals."""
    at = 0.0
    for start, end in (*sorted(busy), (until, until)):
        if start - at > SILENCE:
            yield at, start
        at = max(at, end)
