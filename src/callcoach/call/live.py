"""A call under way: the session, the clock and the recorder, tied together in the right order."""

from collections.abc import Iterable

from callcoach.call.events import CallStarted, Event
from callcoach.call.inputs import Input, Pass
from callcoach.call.ports import Clock, Recorder, Saving
from callcoach.call.session import Session


class LiveCall:
    """Feeds inputs as they happen; what `feed` returns has been given to the recorder before."""

    def __init__(
        self,
        session: Session,
        events: Iterable[Event],
        recorder: Recorder,
        clock: Clock,
        *,
        id: str = "",
        is_new: bool = True,
    ) -> None:
        """Tie a call together; `events` are its first, or all so far of one that is not new."""
        self.session = session
        self.id = id
        """Under which it is kept in the journal; empty for a call that is not kept."""
        self.clock = clock
        self.recorder = recorder
        self.events: list[Event] = list(events)
        """Everything that has happened, in order."""
        self.mode = next((e.mode for e in self.events if isinstance(e, CallStarted)), "call")
        """`call`, `practice`, `demo`, `replay`, `import` or `preview`."""
        self.saving: Saving = recorder.append(self.events if is_new else ())

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
