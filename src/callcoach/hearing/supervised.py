"""The ear that hears calls: sound is taken in one process and recognised in another.

Both may crash or hang: they are replaced, and what was being said is heard again. So a fault of a
device's driver or of a recogniser costs at most the utterance it came with, and never the screen.
"""

import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from callcoach.hearing.capture import messages as capture
from callcoach.hearing.ear import Tell
from callcoach.hearing.models.registry import Model
from callcoach.hearing.process.child import Ended
from callcoach.hearing.process.inbox import Act, Inbox
from callcoach.hearing.recognise import messages as recognise
from callcoach.hearing.signs import Over, Sign, Trouble, Troubled
from callcoach.hearing.sound import Block, Piped, Wanted
from callcoach.hearing.supervise import recognising
from callcoach.hearing.supervise.capturing import Capturing
from callcoach.hearing.supervise.echo import Echo
from callcoach.hearing.supervise.feeder import Feeder, Read
from callcoach.hearing.supervise.recognising import Recognising

_TICK = 0.1
_LATE = 1.0
"""Seconds by which a tick is late after which this process hung itself, as a laptop that slept."""
_TOO_MUCH = 2.0
"""Seconds that wait to be heard after which a source that can wait does."""
_LAST_WORDS = 1.4
"""Seconds that are given, at the end, to what was said last."""
_CLOSED = 2.0
_RECOGNISER_LOG, _CAPTURE_LOG = "recogniser.log", "capture.log"


class SupervisedEar:
    """Hears one call; see `ear.Ear`."""

    def __init__(
        self,
        wanted: Wanted,
        model: Model,
        *,
        phrases: Sequence[str] = (),
        keep: capture.Keep | None = None,
        read: Read | None = None,
        logs: Path | None = None,
        patience: float = 2.0,
        recogniser: str = recognising.PROGRAM,
        recorder: str = capture.PROGRAM,
    ) -> None:
        """Start nothing yet.

        `read` gives the bytes of a `Piped`. In the folder `logs` stands what native libraries
        print, never a word of a call. A process that gives no sign of life for `patience` seconds
        is replaced. `recogniser` and `recorder` are the modules that are run.
        """
        self._inbox = Inbox()
        self._room = threading.Event()
        """Set while sound that can wait need not."""
        self._room.set()
        self._tell: Tell | None = None
        self._echo = Echo(wanted)
        self._capturing = Capturing(
            wanted,
            keep,
            self._say,
            self._captured,
            program=recorder,
            log=logs and logs / _CAPTURE_LOG,
            patience=patience,
        )
        self._recognising = Recognising(
            model,
            phrases,
            self._say,
            self._recognised,
            waits=self._capturing.waits,
            program=recogniser,
            log=logs and logs / _RECOGNISER_LOG,
            patience=patience,
        )
        self._feeder: Feeder | None = None
        if isinstance(wanted, Piped) and read:
            self._feeder = Feeder(
                wanted,
                read,
                lambda feed, end: self._inbox.put(partial(self._capturing.feed, feed, end)),
                lambda: self._inbox.put(self._capturing.end_feed),
            )
        self._thread = threading.Thread(target=self._run, name="ear", daemon=True)
        self._was_over = False
        """There is no more sound, and what came last was asked for."""
        self._has_told_over = False
        self._closing: float | None = None
        """When it ends, whatever is still on its way."""

    @property
    def processes(self) -> tuple[int | None, int | None]:
        """Return the numbers of the processes that take sound and recognise it."""
        return self._capturing.id, self._recognising.id

    def start(self, tell: Tell) -> None:
        """Start both processes and load the model; no device is opened."""
        self._tell = tell
        self._thread.start()

    def open(self) -> None:
        """Open the devices, or begin the file."""
        self._do(self._open)

    def pause(self) -> None:
        """Take no more sound; what was said until now is told."""
        self._do(self._pause)

    def resume(self) -> None:
        """Take sound again."""
        self._do(lambda: self._capturing.resume(time.monotonic()))

    def switch(self, model: Model) -> None:
        """Go on with another model; where it cannot be loaded, with the one before."""
        self._do(lambda: self._recognising.switch(model, time.monotonic()))

    def close(self) -> None:
        """Close everything, and wait for that, two seconds at most."""
        self._do(self._close)
        self._room.set()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(_CLOSED)

    def _do(self, act: Act) -> None:
        self._inbox.put(act, is_urgent=True)

    def _run(self) -> None:
        now = ticked = time.monotonic()
        try:
            self._capturing.start(now)
            self._recognising.start()
            while not self._is_done(now):
                if act := self._inbox.take(_TICK):
                    act()
                now = time.monotonic()
                if now - ticked >= _TICK:
                    may_judge = now - ticked < _LATE
                    self._capturing.tick(now, may_judge=may_judge)
                    self._recognising.tick(now, may_judge=may_judge)
                    ticked = now
                self._look(now)
        finally:
            self._inbox.close()
            self._room.set()
            if self._feeder:
                self._feeder.stop()
            self._capturing.stop()
            self._recognising.stop()
            self._pass_on(self._echo.flush())
            if self._closing is None:  # an error is on its way
                self._say(Troubled(Trouble.FAILED))

    def _look(self, now: float) -> None:
        """See to what follows from whatever was done."""
        self._pass_on(self._echo.due(now))
        if self._feeder:
            self._feeder.heard(self._capturing.passed)
        if self._recognising.has_failed and not self._capturing.is_over:
            self._capturing.stop()
        waiting = self._recognising.waiting
        if waiting > _TOO_MUCH and self._capturing.waits and self._closing is None:
            self._room.clear()
        elif waiting < _TOO_MUCH / 2:
            self._room.set()
        if self._capturing.is_over and not self._was_over:
            self._was_over = True
            self._recognising.flush(now)
        ended_at = self._capturing.ended_at
        if ended_at is not None and not self._has_told_over and self._recognising.is_idle:
            self._has_told_over = True
            self._say(Over(ended_at))

    def _is_done(self, now: float) -> bool:
        if self._closing is None:
            return False
        is_finished = self._recognising.is_idle and not self._capturing.is_running
        return is_finished or now >= self._closing

    def _open(self) -> None:
        self._capturing.open(time.monotonic())
        if self._feeder and not self._feeder.is_alive():
            self._feeder.start()

    def _pause(self) -> None:
        self._capturing.pause()
        self._recognising.flush(time.monotonic())

    def _close(self) -> None:
        if self._closing is None:
            self._closing = time.monotonic() + _LAST_WORDS
            self._capturing.close()

    def _captured(self, number: int, report: capture.Report | Ended) -> None:
        """Take what the process reports that takes sound; called from a thread of it."""
        if isinstance(report, Block):
            self._room.wait()
        self._inbox.put(partial(self._take, number, report, time.monotonic()))

    def _take(self, number: int, report: capture.Report | Ended, came: float) -> None:
        if block := self._capturing.received(number, report, came):
            self._recognising.add(block, came)

    def _recognised(self, number: int, report: recognise.Report | Ended) -> None:
        """Take what the recogniser's process reports; called from a thread of it."""
        self._inbox.put(partial(self._hear, number, report))

    def _hear(self, number: int, report: recognise.Report | Ended) -> None:
        self._recognising.received(number, report, time.monotonic())

    def _say(self, sign: Sign) -> None:
        self._pass_on(self._echo.take(sign, time.monotonic()))

    def _pass_on(self, signs: Iterable[Sign]) -> None:
        if self._tell:
            for sign in signs:
                self._tell(sign)
