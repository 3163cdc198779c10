"""Follows the script by words that are not written down: nothing of them stays in the call."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from msgspec.structs import replace

from callcoach.call.events import CallStarted, CueHeard, Event
from callcoach.call.inputs import FOLLOW, Hear, Input, TickCue
from callcoach.call.live import LiveCall
from callcoach.call.replay import Follower
from callcoach.call.session import Session
from callcoach.errors import FactError, IllegalMove, PackError
from callcoach.script.model import Speaker


class Aside:
    """A copy of a call in which words are heard that the call itself must not have."""

    def __init__(self, live: LiveCall, follower: Follower) -> None:
        """Copy the call as it is now."""
        self._live, self._follower = live, follower
        self._copy()

    def moves(self, given: Hear) -> Sequence[Input]:
        """Return the moves in the script that words lead to; the call does not have them yet.

        Where the agent's lead anywhere, what they met that was owed is ticked, with no word of it.
        """
        if len(self._live.events) != self._known:
            self._copy()
        at, session = self._live.clock.now(), self._session
        events = session.feed(given, at)
        told, moves = list[Input](self._ticks(given, events)), list[Input]()
        for move in self._follower.moves(session, events):
            with suppress(IllegalMove, FactError, PackError):
                more = session.feed(move, at)
                moves += (move, *self._ticks(given, more))
        return (*told, *moves) if moves else ()

    def _ticks(self, given: Hear, events: Iterable[Event]) -> Iterator[TickCue]:
        """Yield a tick for each cue that the agent's words met and that the call lacks."""
        session = self._live.session
        for event in events if given.speaker is Speaker.AGENT else ():
            if isinstance(event, CueHeard) and event.counts:
                cue = session.coach.script.cues[event.cue]
                if session.coach.judge.is_owed(session.state, cue):
                    yield TickCue(event.cue, FOLLOW)

    def _copy(self) -> None:
        """Take the call up anew: only one that is replayed takes every word."""
        events = self._live.events
        self._known = len(events)
        first = events[0]
        begun = replace(first, mode="replay") if isinstance(first, CallStarted) else first
        self._session = Session(self._live.session.coach, (begun, *events[1:]))
