"""How long it takes from what an ear tells to the flag on a terminal, in the real call screen.

`python -m tests.bench.hearing_paint FILE` is that call: an ear without sound tells of insults, and
notes when. Whoever reads the terminal sees when each is counted there.
"""

import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pyte

from callcoach.call.consent import Policy
from callcoach.call.events import FlagRaised
from callcoach.cli.desk import Desk
from callcoach.cli.workplace import Workplace
from callcoach.hearing.ear import Tell
from callcoach.hearing.heard import Final, Word
from callcoach.hearing.listener import Listener
from callcoach.hearing.models.registry import Model
from callcoach.hearing.signs import Level, Opened, Said
from callcoach.script.model import Speaker
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.screens.listen import Ready
from callcoach.tui.wayfinder import Wayfinder
from tests.bench.terminal import COLUMNS, ROWS, in_terminal

TURNS = 100
_PAUSE = 0.3
"""Seconds between two insults; there are levels meanwhile, as there always are."""
_LEVELS = 3
_INSULT = ("you", "are", "an", "idiot")
_FLAG = re.compile(r"Insult or swearing( ×(?P<times>\d+))?")
_ROLES = (Speaker.AGENT, Speaker.CUSTOMER)
_FACTS = {"customer_name": "Ms Wang", "agent_name": "Anna", "company": "Fairway"}
_MODEL = Model("none", "en", Path(), 16_000, takes_words=False, notes=(), record=None)


class Told(msgspec.Struct, frozen=True):
    """What the call did."""

    at: Sequence[float]
    """When each insult was told, by `time.monotonic`."""
    flags: int
    """How many were raised for insults."""


def painted() -> tuple[Sequence[float], int]:
    """Return how many seconds each flag took to the terminal, and how many were raised."""
    with tempfile.TemporaryDirectory() as home:
        log = Path(home) / "told"
        command = (sys.executable, "-m", "tests.bench.hearing_paint", str(log))
        came: list[tuple[float, bytes]] = []
        with in_terminal(command, home) as read:
            while piece := read():
                came.append((time.monotonic(), piece))
        told = msgspec.json.decode(log.read_bytes(), type=Told)
    return [there - at for there, at in zip(_shown(came), told.at, strict=True)], told.flags


def _shown(came: Sequence[tuple[float, bytes]]) -> Iterator[float]:
    """Yield when the screen showed each flag: one row, with how often it was raised."""
    screen = pyte.Screen(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    shown = 0
    for at, piece in came:
        stream.feed(piece)
        found = _FLAG.search("\n".join(screen.display))
        counted = int(found["times"] or 1) if found else 0
        yield from (at for _ in range(shown, counted))
        shown = max(shown, counted)


class _ScriptedEar:
    """Tells what is to be heard in a thread of its own, and ends the program after it."""

    def __init__(self, app: CallcoachApp) -> None:
        self._app = app
        self._tell: Tell | None = None
        self.told: list[float] = []

    def start(self, tell: Tell) -> None:
        self._tell = tell

    def open(self) -> None:
        threading.Thread(target=self._speak, daemon=True).start()

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def switch(self, model: Model) -> None: ...

    def close(self) -> None: ...

    def _speak(self) -> None:
        tell = self._tell
        if tell is None:
            return
        tell(Opened(_ROLES, ("one", "other")))
        for _ in range(TURNS):
            for _ in range(_LEVELS):
                time.sleep(_PAUSE / _LEVELS)
                for channel in range(len(_ROLES)):
                    tell(Level(channel, -30.0, -20.0))
            words = tuple(Word(word, 0.0, 0.0, 1.0) for word in _INSULT)
            self.told.append(time.monotonic())
            tell(Said(0, Final(words)))
        time.sleep(1.0)
        self._app.call_from_thread(self._app.exit)


def _call(log: Path) -> None:
    """Make the call."""
    desk, way = Desk(Workplace({"language": "en"})), Wayfinder()
    desk.tour_seen()
    live = desk.begin(Order("overdue", facts=_FACTS, seed=1))
    app = CallcoachApp(desk, lambda: way.call_screen(live))
    way.guide(app)
    ear = _ScriptedEar(app)
    listener = Listener(live, ear, _MODEL, Policy.ALWAYS, follows=False)

    def listen() -> None:
        while not (app.screen_stack and isinstance(app.screen, CallScreen)):
            time.sleep(0.1)
        time.sleep(1.0)  # the first paint is over
        _ = live.session.coach.judge.rules.sounds  # as whoever finds the devices makes it ready
        app.screen.post_message(Ready(0, listener))

    threading.Thread(target=listen, daemon=True).start()
    app.run()
    flags = [event for event in live.events if isinstance(event, FlagRaised)]
    insults = sum(event.cue == "courtesy.insult" for event in flags)
    log.write_bytes(msgspec.json.encode(Told(ear.told, insults)))


if __name__ == "__main__":
    _call(Path(sys.argv[1]))
