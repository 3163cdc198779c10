"""Shows how far a run is: lines for what is done and, on a terminal, a bar beneath them."""

import shutil
from collections.abc import Callable
from typing import TextIO

from callcoach.locale import Messages
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad

_BAR = 24
"""Cells."""
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
        self._out, self._bar, self._messages, self._now = out, bar, messages, now
        self._is_bar = bar.isatty()
        self._begun = now()
        self._drawn = self._begun - _EVERY
        self._is_drawn = False

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self.clear()
        self._out(display(line))

    def warn(self, line: str) -> None:
        """Print a line on the error output."""
        self.clear()
        self._bar.write(f"{display(line)}\n")
        self._bar.flush()

    def clear(self) -> None:
        """Take the bar away."""
        if self._is_drawn:
            self._bar.write(f"\r{' ' * self._room}\r")
            self._bar.flush()
            self._is_drawn = False

    def show(self, files: int, of: int, heard: float, seconds: float) -> None:
        """Draw how many recordings are done, and how much of their sound."""
        now = self._now()
        if not self._is_bar or now - self._drawn < _EVERY:
            return
        self._drawn, self._is_drawn = now, True
        filled = int(_BAR * heard / seconds) if seconds else 0
        line = f"{files}/{of} [{'#' * filled}{'.' * (_BAR - filled)}]"
        passed = now - self._begun
        if seconds and heard and passed >= _SETTLED:
            speed = heard / passed
            left = clock((seconds - heard) / speed)
            line += f" {100 * heard / seconds:3.0f}% {speed:.0f}x "
            line += self._messages.say("{time} left", time=left)
        self._bar.write(f"\r{pad(clip(line, self._room), self._room)}")
        self._bar.flush()

    @property
    def _room(self) -> int:
        return shutil.get_terminal_size().columns - 1
