"""Says what was not heard of a call because devices gave no sound."""

from collections.abc import Callable, Iterable, Sequence
from math import inf

from callcoach.call.captured import Closed
from callcoach.call.events import Event
from callcoach.call.inputs import Input, MissSound, PauseCapture, ResumeCapture
from callcoach.call.session import Session
from callcoach.hearing.live.panel import Panel


class Losses:
    """The voices of a panel that give no sound. What it returns has been fed to the call already.

    While all of them give none, a pause of the call says so; before and after, gaps of each voice:
    one as it begins, so that nobody is blamed meanwhile for what was not heard, and one when it is
    over.
    """

    def __init__(
        self,
        panel: Panel,
        session: Callable[[], Session],
        feed: Callable[[Input], tuple[Event, ...]],
    ) -> None:
        """Keep account in a panel; `feed` takes what is to be said about the session."""
        self._panel, self._session, self._feed = panel, session, feed

    @property
    def are_all(self) -> bool:
        """Tell whether no voice gives sound."""
        return len(self._panel.lost) == len(self._panel.voices)

    def lose(
        self, channels: Iterable[int], since: float, at: float, *, is_wanted: bool
    ) -> tuple[Event, ...]:
        """Say that devices give no sound; where none is left, that the call is not heard.

        Nothing is missing of a voice that is not listened to: it counts once it `is_wanted`.
        """
        known = self._panel.lost
        fresh = [channel for channel in channels if channel not in known]
        for channel in fresh:
            self._panel.lose(channel, since if is_wanted else inf)
        if not is_wanted:
            return ()
        if self.are_all:
            return (*self.count_anew(at, at), *self._feed(PauseCapture(Closed.LOST)))
        return self._begin(fresh, since)

    def find(self, channels: Sequence[int], at: float) -> tuple[Event, ...]:
        """Say that devices give sound again, and what was not heard meanwhile."""
        if not self._is_deaf:
            return self._missed(channels, at)
        self.count_anew(at, at)
        self._missed(channels, at)
        return (*self._feed(ResumeCapture()), *self.go_on(at))

    def go_on(self, at: float) -> tuple[Event, ...]:
        """Say which voices give no sound while others are heard again."""
        return () if self._is_deaf else self._begin(self._panel.lost, at)

    def count_anew(self, at: float, since: float) -> tuple[Event, ...]:
        """Say what was not heard up to now of those that give no sound; go on counting `since`."""
        lost = self._panel.lost
        missed = self._missed(lost, at)
        for channel in lost:
            self._panel.lose(channel, since)
        return missed

    def end(self, at: float) -> tuple[Event, ...]:
        """Say what was not heard up to now; nothing is lost any more."""
        return self._missed(self._panel.lost, at)

    def _begin(self, channels: Iterable[int], since: float) -> tuple[Event, ...]:
        """Say that nothing is heard on channels since a time, and that it is not over."""
        events = list[Event]()
        for channel in channels:
            events += self._feed(MissSound(since, since, "lost", self._panel.role(channel)))
        return tuple(events)

    @property
    def _is_deaf(self) -> bool:
        """Tell whether a pause of the call says that nothing is heard."""
        capture = self._session().state.capture
        return capture is not None and capture.reason == Closed.LOST

    def _missed(self, channels: Iterable[int], at: float) -> tuple[Event, ...]:
        """Say what was not heard on channels up to now, where no pause says so."""
        events, missed = list[Event](), 0.0
        for channel in channels:
            since = self._panel.find(channel)
            if since is not None and since < at:
                missed = max(missed, at - since)
                if not self._is_deaf:
                    role = self._panel.role(channel)
                    events += self._feed(MissSound(since, at, "lost", role))
        self._panel.missed += missed
        return tuple(events)
