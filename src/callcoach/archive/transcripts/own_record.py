"""The events in callcoach's own export: what was done in a call beside what was said."""

from collections.abc import Mapping, Sequence

import msgspec

from callcoach.archive.own_format import EXPORT_KEY
from callcoach.archive.transcripts.model import Said
from callcoach.call.events import CallStarted, Event, Heard, decode


def own_record(head: Mapping[str, object], said: Sequence[Said]) -> tuple[Event, ...]:
    """Return the events of an exported call; none where its words were changed since.

    Whoever corrects the words of an export wants those judged that stand there now.
    """
    listed = head.get("events")
    if EXPORT_KEY not in head or not isinstance(listed, list):
        return ()
    try:
        events = tuple(map(_event, listed))
    except (msgspec.MsgspecError, TypeError, KeyError, ValueError):
        return ()
    words = [(it.speaker, it.text, it.start, it.end) for it in events if isinstance(it, Heard)]
    is_whole = words == [(it.label, it.text, it.start, it.end) for it in said]
    return events if is_whole and events and isinstance(events[0], CallStarted) else ()


def _event(stored: object) -> Event:
    if not isinstance(stored, dict):
        raise TypeError("an event is an object")
    return decode(stored["kind"], stored["version"], msgspec.json.encode(stored["body"]))
