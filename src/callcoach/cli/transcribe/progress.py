"""Shows how far a run is: lines for what is done and, on a terminal, a bar beneath them."""

from collections.abc import Callable
from typing import TextIO

from callcoach.cli.progress_bar import ProgressBar
from callcoach.locale import Messages
from callcoach.words.clock import clock
from callcoach.words.display import display

_EVERY = 0.1
"""Seconds between two looks of the bar."""
_SETTLED = 1.0
"""Seconds of work from which on the speed can be told."""


class Progress:
    """Lines, and a bar where the error output is a terminal."""

    def __init__(
        self,
        out: Callable[[str], None],
        bar: TextIO,
        messages: Messages,
        now: Callable[[], float],
    ) -> None:
        self._out, self._errors, self._messages, self._now = out, bar, messages, now
        self._bar = ProgressBar(bar)
        self._begun = now()
        self._drawn = self._begun - _EVERY

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self.clear()
        self._out(display(line))

    def warn(self, line: str) -> None:
        """Print a line on the error output."""
        self.clear()
        self._errors.write(f"{display(line)}\n")
        self._errors.flush()

    def clear(self) -> None:
        """Take the bar away."""
        self._bar.clear()

    def show(self, files: int, of: int, heard: float, seconds: float) -> None:
        """Draw how many recordings are done, and how much of their sound."""
        now = self._now()
        if now - self._drawn < _EVERY:
            return
        self._drawn = now
        share, after = heard / seconds if seconds else 0.0, ""
        passed = now - self._begun
        if heard and share and passed >= _SETTLED:
            speed = heard / passed
            left = clock((seconds - heard) / speed)
            after = f"{100 * share:3.0f}% {speed:.0f}x "
            after += self._messages.say("{time} left", time=left)
        self._bar.draw(f"{files}/{of}", share, after)
