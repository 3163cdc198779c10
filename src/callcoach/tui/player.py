"""Plays beats on a clock of their own: as fast as wished, paused, or one at a time."""

from collections.abc import Generator, Sequence

from callcoach.call.beat import Beat
from callcoach.call.events import Event
from callcoach.call.live import LiveCall
from callcoach.errors import IllegalMove

Beats = Generator[Beat, Sequence[Event], None]
SPEEDS = (0.5, 1.0, 1.5, 2.0, 4.0, 8.0, 16.0)


class PlayClock:
    """The time of a call that is played."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        """Return the seconds since the call began."""
        return self.at


class Player:
    """Feeds a call from beats as their time comes."""

    def __init__(self, live: LiveCall, beats: Beats, clock: PlayClock, speed: float) -> None:
        self.live = live
        self.clock = clock
        self.speed = speed
        self.is_paused = False
        self._beats = beats
        self._next = next(beats, None)

    @property
    def is_over(self) -> bool:
        """Tell whether everything has been played."""
        return self._next is None

    def advance(self, seconds: float) -> tuple[Event, ...]:
        """Let real seconds pass; return what has happened."""
        if self.is_paused or self.is_over:
            return ()
        self.clock.at += seconds * self.speed
        happened: list[Event] = []
        while self._next is not None and self._next.at <= self.clock.at:
            happened += self._play()
        happened += self.live.tick() if not self.live.session.state.ended else ()
        return tuple(happened)

    def step(self) -> tuple[Event, ...]:
        """Play the next beat at once."""
        if self._next is None:
            return ()
        self.clock.at = max(self.clock.at, self._next.at)
        return self._play()

    def _play(self) -> tuple[Event, ...]:
        beat = self._next
        if beat is None:
            return ()
        try:
            events = self.live.feed(beat.given, beat.at)
        except IllegalMove:
            events = ()
        try:
            self._next = self._beats.send(events)
        except StopIteration:
            self._next = None
        return events

    def faster(self, by: int) -> None:
        """Play at the next or the previous of the usual speeds."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self.speed))
        self.speed = SPEEDS[min(max(nearest + by, 0), len(SPEEDS) - 1)]
