"""The process that takes sound as the ear sees it: opened, paused, watched and replaced."""

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import assert_never

from callcoach.errors import AudioError
from callcoach.hearing.capture import messages
from callcoach.hearing.ear import Tell
from callcoach.hearing.process.child import Ended
from callcoach.hearing.process.upheld import Upheld
from callcoach.hearing.signs import Level, Opened, Over, Trouble, Troubled, troubled_by
from callcoach.hearing.sound import Block, Piped, Recording, Wanted

_MOST_PATIENT = 12.0
"""Seconds that a library may take at most for a call. One that hung gets twice the time of before:
what is slow but alive is opened in the end, and what hangs is soon left."""
_GIVE_UP = 5
"""Processes in a row that died before they gave any sound."""


class Capturing:
    """Takes sound with one process after another. It belongs to the ear's thread.

    `now` is by `time.monotonic`.
    """

    def __init__(
        self,
        wanted: Wanted,
        keep: messages.Keep | None,
        tell: Tell,
        receive: Callable[[int, messages.Report | Ended], None],
        *,
        program: str,
        log: Path | None,
        patience: float,
    ) -> None:
        """Start nothing yet."""
        self._wanted = wanted
        self._keep = keep
        self._tell = tell
        self._child = Upheld[messages.Report](program, messages.Report, receive, log, patience)
        self._is_wanted = False
        self._begun: float | None = None
        """When a process was first told to open, from when time counts."""
        self._heard: dict[int, float] = {}
        """Until when there was sound, by channel."""
        self._is_paused = False
        self._is_opened = False
        """The process that runs now was told to open."""
        self._expected = 0
        """How often it is still to say that there is sound: what comes before is of the past."""
        self._is_lost = False
        self._owes_opened = False
        """Whoever opened or resumed waits to be told that there is sound."""
        self._unfed: deque[messages.Feed] = deque()
        self._is_fed = False
        """No more samples come to be passed on."""
        self._fed = 0.0
        """Until when samples were passed on."""
        self.passed = 0.0
        """Until when sound was heard, let go or lost."""
        self.is_over = False
        """There is no more sound, or never will be."""
        self.ended_at: float | None = None
        """Where a file or a pipe ended."""

    @property
    def id(self) -> int | None:
        """Return the number of the process; None where none runs."""
        return self._child.id

    @property
    def is_running(self) -> bool:
        """Tell whether there is a process."""
        return self._child.is_running

    @property
    def waits(self) -> bool:
        """Tell whether the sound waits until it is heard: nothing needs to be dropped."""
        match self._wanted:
            case Recording(speed=speed):
                return speed == 0
            case Piped():
                return True
            case _:
                return False

    def time(self, now: float) -> float:
        """Return the ear's time: seconds since it was opened, or how far a file was heard."""
        if self.waits or self._begun is None:
            return max(self._heard.values(), default=0.0)
        speed = self._wanted.speed if isinstance(self._wanted, Recording) else 1.0
        return (now - self._begun) * speed

    def start(self, now: float) -> None:
        """Start a process that does nothing yet."""
        self._is_opened, self._expected = False, 0
        self._child.start(now)

    def open(self, now: float) -> None:
        """Let the process open what is wanted, as soon as it runs."""
        self._owes_opened = self._owes_opened or not self._is_wanted
        self._is_wanted = True
        self._open(now)

    def pause(self) -> None:
        """Let nothing more through."""
        if not self._is_paused:
            self._is_paused = True
            if not self._unfed:
                self.passed = max(self.passed, self._fed)
            self._child.send(messages.Pause())

    def resume(self, now: float) -> None:
        """Let sound through again once the process says that there is any."""
        if self._is_paused:
            self._is_paused, self._owes_opened = False, True
            if self._is_opened:
                self._expected += 1
                self._child.send(messages.Resume())
            else:
                self._open(now)

    def feed(self, feed: messages.Feed, end: float) -> None:
        """Pass samples on, as soon as there is a process for them; in a pause, let them go."""
        self._fed = end
        if self._is_paused or self.is_over:
            self.passed = self._fed
            return
        self._unfed.append(feed)
        self._pass_on()

    def end_feed(self) -> None:
        """Note that no more samples come."""
        self._is_fed = True
        self._pass_on()

    def received(self, number: int, report: messages.Report | Ended, now: float) -> Block | None:
        """Take what a process reports, by its number; return a block that is to be heard."""
        if number != self._child.number or not self._child.is_running:
            return None
        match report:
            case Block() as block:
                return self._take(block)
            case Opened():
                self._expected = max(0, self._expected - 1)
                self._found(report)
            case Over(at):
                self.is_over, self.ended_at = True, at
            case Ended():
                self._lose(now)
            case Troubled():
                self.is_over = self.is_over or report.what is Trouble.FAILED
                self._tell(report)
            case Level() if not (self._is_paused or self._expected):
                self._tell(report)
            case Level():
                pass
            case _:
                assert_never(report)
        return None

    def tick(self, now: float, *, may_judge: bool) -> None:
        """Do what is due; called some ten times a second."""
        if self._child.is_due(now):
            self.start(now)
        if may_judge and self._child.hangs():
            self._lose(now)
        self._open(now)

    def close(self) -> None:
        """Let the process close everything and end."""
        self.is_over = True
        self._child.close()

    def stop(self) -> None:
        """End the process now."""
        self.is_over = True
        self._child.stop()

    def _open(self, now: float) -> None:
        is_wanted = self._is_wanted and not self._is_paused and not self.is_over
        if self._is_opened or not is_wanted or not self._child.has_begun:
            return
        self._is_opened, self._expected = True, 1
        if self._begun is None:
            self._begun = now
        if self._keep:
            self._child.send(self._keep)
        answer = min(messages.ANSWER * 2**self._child.failures, _MOST_PATIENT)
        self._child.send(messages.Open(self._wanted, self._resumes_at(now), answer))
        self._pass_on()

    def _resumes_at(self, now: float) -> float:
        """Return from when a process is to go on; a file that waits is read on, losing nothing."""
        if isinstance(self._wanted, Recording) and self.waits:
            return min(self._heard.values(), default=0.0)
        return self.time(now)

    def _pass_on(self) -> None:
        if not self._is_opened:
            return
        while self._unfed:
            self._child.send(self._unfed.popleft())
        if self._is_fed:
            self._child.send(messages.EndFeed())

    def _take(self, block: Block) -> Block | None:
        if self._is_paused or self._expected or self.is_over:
            return None
        before = self._heard.get(block.channel, 0.0)
        if self.waits and block.at < before - 1e-3:
            return None  # read again, for the sake of another channel
        self._heard[block.channel] = self.passed = block.end
        self._child.serves()
        return block

    def _found(self, opened: Opened) -> None:
        if self._is_lost:
            self._is_lost = False
            self._tell(Troubled(Trouble.BACK))
        if self._owes_opened and not self._is_paused:
            self._owes_opened = False
            self._tell(opened)

    def _lose(self, now: float) -> None:
        """Replace a process that died or hangs."""
        if self.is_over:
            self._child.stop()
            return
        self._child.lose(now)
        self._is_opened = False
        self._tell_unheard()
        if self._child.failures >= _GIVE_UP:
            self.is_over = True
            error = AudioError(
                "the program that takes sound dies again and again",
                "look at what this machine has: callcoach doctor audio",
            )
            self._tell(troubled_by(error))
        elif not self._is_lost:
            self._is_lost = True
            self._tell(Troubled(Trouble.LOST))

    def _tell_unheard(self) -> None:
        """Tell what a process had been fed and did not give back: nobody has it any more."""
        fed = self._unfed[0].at if self._unfed else self._fed
        if fed > self.passed:
            self._tell(Troubled(Trouble.GAP, None, self.passed, fed))
            self.passed = fed
