"""Plays the beats of a plan or a transcript, at whatever pace its caller keeps."""

from collections.abc import Callable, Generator, Iterator, Sequence

from callcoach.call.beat import Beat
from callcoach.call.events import Event
from callcoach.call.inputs import Input
from callcoach.errors import IllegalMove

Beats = Generator[Beat, Sequence[Event], None]
"""Yields what to feed, and is sent the events that came of it."""


class Playback:
    """Feeds one beat after another, and tells their source what came of each.

    `list(playback)` plays everything at once.
    """

    def __init__(self, feed: Callable[[Input, float], Sequence[Event]], beats: Beats) -> None:
        self._feed = feed
        self._beats = beats
        self.next: Beat | None = next(beats, None)
        """What `play` will feed; None when everything has been played."""

    def play(self) -> Sequence[Event]:
        """Feed the next beat; return its events, none where its move is not open."""
        beat = self.next
        if beat is None:
            return ()
        try:
            events = self._feed(beat.given, beat.at)
        except IllegalMove:
            events = ()
        try:
            self.next = self._beats.send(events)
        except StopIteration:
            self.next = None
        return events

    def __iter__(self) -> Iterator[Event]:
        """Yield the events of everything that is left."""
        while self.next is not None:
            yield from self.play()
