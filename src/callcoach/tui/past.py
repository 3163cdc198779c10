"""A call from the journal, as screens and commands read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nothing of this is needed for the first paint: 200 ms
    from callcoach.archive.summary import CallSummary
    from callcoach.call.events import Event
    from callcoach.script.model import Script


@dataclass(frozen=True, slots=True)
class Past:
    """A call from the journal, with the script it was made with."""

    summary: CallSummary
    events: tuple[Event, ...]
    script: Script | None
    """None where not even the stored copy of the script can be read."""
