"""A call under way: the session, the clock and the recorder, tied together in the right order."""

from collections.abc import Iterable

from callcoach.call.events import Event
from callcoach.call.inputs import Input, Pass
from callcoach.call.ports import Clock, Recorder, Saving
from callcoach.call.session import Session


class LiveCall:
    """Feeds inputs as they happen; what `feed` returns has been given to the recorder before."""

    def __init__(
        self, session: Session, opening: Iterable[Event], recorder: Recorder, clock: Clock
    ) -> None:
        self.session = session
        self.clock = clock
        self.recorder = recorder
        self.events: list[Event] = list(opening)
        """Everything that has happened, in order."""
        self.saving: Saving = recorder.append(self.events)

    def feed(self, given: Input, at: float | None = None) -> tuple[Event, ...]:
        """Return the events that an input leads to, recorded; without `at` it happens now.

        Raises what `Session.feed` raises; nothing has happened then.
        """
        events = self.session.feed(given, self.clock.now() if at is None else at)
        if events or not self.saving.is_durable:
            self.events.extend(events)
            self.saving = self.recorder.append(events)
        return events

    def tick(self) -> tuple[Event, ...]:
        """Let time pass: deadlines are looked at, and what could not be saved is tried again."""
        return self.feed(Pass())

    def close(self) -> Saving:
        """Hand the recorder back; return how safe the call is."""
        self.saving = self.recorder.close()
        return self.saving
