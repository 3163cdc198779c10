"""The events that one input leads to, while they are being decided."""

from callcoach.call.events import Event
from callcoach.call.fold import apply
from callcoach.call.state import CallState
from callcoach.script.model import Script, StepId


class Draft:
    """Collects events and the state after each; nothing is final until the session takes it."""

    def __init__(self, script: Script, state: CallState, at: float) -> None:
        self.script = script
        self.state = state
        self.at = max(at, state.at)
        """When it happens, in seconds since the call began; never before what has happened."""
        self.cause = 0
        """The `seq` of the choice or utterance that flags follow from; 0 where time did it."""
        self.followed_from: StepId | None = None
        """The step from which a transcript was followed; None where it was not, or by hand."""
        self.events: list[Event] = []

    @property
    def seq(self) -> int:
        """Return the `seq` of the next event."""
        return self.state.seq + 1

    def add(self, event: Event) -> None:
        """Add an event made with `seq` and a time not before the state's."""
        self.state = apply(self.script, self.state, event)
        self.events.append(event)
