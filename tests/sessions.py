"""Starters for calls in tests: a coach for a script, and a call that has just begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from callcoach.call.coach import Coach
from callcoach.call.events import CallStarted, Event
from callcoach.call.inputs import Input
from callcoach.call.session import Session
from callcoach.call.state import CallState
from callcoach.script.model import Script
from tests.support import PHRASES, Tree, script_of, shipped


def coach(source: str | Tree | Script) -> Coach:
    """Return a coach for a script, or for the pack that a text or a tree holds."""
    return Coach(source if isinstance(source, Script) else script_of(source))


@cache
def shipped_coach(pack: str) -> Coach:
    """Return a shipped pack ready to coach, made once for all tests."""
    script = shipped().load(pack).script
    assert script is not None
    return Coach(script, store=PHRASES)


def started(script: Script, language: str | None = None, *, seed: int = 1) -> CallStarted:
    """Return the first event of a call: 1 December 2026, two o'clock in Shanghai."""
    return CallStarted(
        seq=0,
        at=0.0,
        script=script.id,
        digest=script.digest,
        script_version=script.version,
        language=language or script.languages[0],
        started="2026-12-01T06:00:00Z",
        day="2026-12-01",
        seed=seed,
        mode="call",
    )


def start(
    source: str | Tree | Script | Coach, language: str | None = None, *, seed: int = 1
) -> tuple[Session, Sequence[Event]]:
    """Return a call at its script's start, and the events that opened it."""
    guide = source if isinstance(source, Coach) else coach(source)
    return Session.start(guide, started(guide.script, language, seed=seed))


@dataclass(slots=True)
class Call:
    """A call that a test plays, and everything that has happened in it."""

    session: Session
    events: list[Event]

    @property
    def state(self) -> CallState:
        """Return what is true now."""
        return self.session.state

    def feed(self, at: float, *inputs: Input) -> tuple[Event, ...]:
        """Feed inputs at one time; return the events that they lead to."""
        happened = tuple(event for given in inputs for event in self.session.feed(given, at))
        self.events += happened
        return happened


def play(
    source: str | Tree | Script | Coach,
    *inputs: tuple[float, Input],
    language: str | None = None,
    seed: int = 1,
) -> Call:
    """Return a call in which something happened: each input at its time, in seconds."""
    session, opening = start(source, language, seed=seed)
    call = Call(session, list(opening))
    for at, given in inputs:
        call.feed(at, given)
    return call
