"""A call in line mode that is heard: time passes however much comes."""

import time
from collections.abc import Callable

from callcoach.call.consent import Policy
from callcoach.call.events import Event, FlagRaised
from callcoach.call.live import LiveCall
from callcoach.call.session import Session
from callcoach.cli.lines.heard import HeardCall
from callcoach.hearing.listener import Listener, Told
from callcoach.hearing.signs import Level, Over
from callcoach.locale import Messages
from tests.call.moves import cue
from tests.hearing.scripted_ear import HandClock, ScriptedEar, Unkept, model, opened
from tests.sessions import coach, started
from tests.support import minimal

BOUND = 30
"""Seconds within which even a busy machine lets time pass."""
GUIDE = coach(minimal(cues={"notice": cue("recorded", in_="call", within="5s of call")}))


class Loud(Listener):
    """Tells a level as soon as one was taken, until there is a flag: the queue is never empty."""

    clock: HandClock

    def start(self, post: Callable[[Told], object]) -> tuple[Event, ...]:
        self.is_flagged = False
        self.post = post
        self.until = time.monotonic() + BOUND
        events = super().start(post)
        post(Told(opened(), 0.0))
        post(Told(Level(0, -20.0, -10.0), 0.0))
        return events

    def take(self, told: Told) -> tuple[Event, ...]:
        events = super().take(told)
        if isinstance(told.sign, Level):
            self.clock.at = 9.0
            self.is_flagged = any(isinstance(it, FlagRaised) for it in self.live.events)
            is_over = self.is_flagged or time.monotonic() > self.until
            self.post(Told(Over(9.0) if is_over else told.sign, 9.0))
        return events


def test_a_deadline_is_told_while_levels_come_all_the_time() -> None:
    session, events = Session.start(GUIDE, started(GUIDE.script, "en"))
    clock = HandClock()
    live = LiveCall(session, events, Unkept(), clock)
    listener = Loud(live, ScriptedEar(), model(), Policy.ALWAYS)
    listener.clock = clock
    out: list[str] = []
    call = HeardCall(live, Messages("en"), out.append, None, listener, ends_with_keys=False)
    call.run(iter(()))
    assert listener.is_flagged
    assert any("Recorded" in line for line in out)
