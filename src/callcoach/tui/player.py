"""Plays beats on a clock of their own: as fast as wished, paused, or one at a time."""

from collections.abc import Sequence

from callcoach.call.events import Event
from callcoach.call.live import LiveCall
from callcoach.call.playback import Beats, Playback

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
        self._playback = Playback(live.feed, beats)

    @property
    def is_over(self) -> bool:
        """Tell whether everything has been played."""
        return self._playback.next is None

    def advance(self, seconds: float) -> tuple[Event, ...]:
        """Let real seconds pass; return what has happened."""
        if self.is_paused or self.is_over:
            return ()
        self.clock.at += seconds * self.speed
        happened: list[Event] = []
        while (beat := self._playback.next) is not None and beat.at <= self.clock.at:
            happened += self._playback.play()
        happened += self.live.tick() if not self.live.session.state.ended else ()
        return tuple(happened)

    def step(self) -> Sequence[Event]:
        """Play the next beat at once."""
        if (beat := self._playback.next) is not None:
            self.clock.at = max(self.clock.at, beat.at)
        return self._playback.play()

    def faster(self, by: int) -> None:
        """Play at the next or the previous of the usual speeds."""
        nearest = min(range(len(SPEEDS)), key=lambda place: abs(SPEEDS[place] - self.speed))
        self.speed = SPEEDS[min(max(nearest + by, 0), len(SPEEDS) - 1)]
