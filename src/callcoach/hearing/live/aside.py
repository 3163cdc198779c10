"""Follows the script by words that are not written down: nothing of them stays in the call."""

from collections.abc import Sequence
from contextlib import suppress

from msgspec.structs import replace

from callcoach.call.events import CallStarted
from callcoach.call.inputs import Hear, Input
from callcoach.call.live import LiveCall
from callcoach.call.replay import Follower
from callcoach.call.session import Session
from callcoach.errors import FactError, IllegalMove, PackError


class Aside:
    """A copy of a call in which words are heard that the call itself must not have."""

    def __init__(self, live: LiveCall, follower: Follower) -> None:
        """Copy the call as it is now."""
        self._live, self._follower = live, follower
        self._copy()

    def moves(self, given: Hear) -> Sequence[Input]:
        """Return the moves in the script that words lead to; the call does not have them yet."""
        if len(self._live.events) != self._known:
            self._copy()
        at, session, moves = self._live.clock.now(), self._session, list[Input]()
        events = session.feed(given, at)
        for move in self._follower.moves(session, events):
            with suppress(IllegalMove, FactError, PackError):
                session.feed(move, at)
                moves.append(move)
        return moves

    def _copy(self) -> None:
        """Take the call up anew: only one that is replayed takes every word."""
        events = self._live.events
        self._known = len(events)
        first = events[0]
        begun = replace(first, mode="replay") if isinstance(first, CallStarted) else first
        self._session = Session(self._live.session.coach, (begun, *events[1:]))
