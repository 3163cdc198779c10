"""A bar on one line that is drawn over itself, on a terminal; elsewhere nothing."""

import shutil
from typing import TextIO

from callcoach.words.wrap import clip, pad

_CELLS = 24


class ProgressBar:
    """A line on a stream that comes and goes."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self.is_shown = out.isatty()
        """Whether it can be seen at all."""
        self._is_drawn = False

    def draw(self, before: str, share: float, after: str) -> None:
        """Draw how far something is, 0 to 1, between two texts."""
        if not self.is_shown:
            return
        filled = int(_CELLS * share)
        line = f"{before} [{'#' * filled}{'.' * (_CELLS - filled)}]{after and f' {after}'}"
        self._is_drawn = True
        self._write(f"\r{pad(clip(line, self._room), self._room)}")

    def clear(self) -> None:
        """Leave nothing drawn."""
        if self._is_drawn:
            self._is_drawn = False
            self._write(f"\r{' ' * self._room}\r")

    def leave(self) -> None:
        """Let what is drawn stand, and go on in the next line."""
        if self._is_drawn:
            self._is_drawn = False
            self._write("\n")

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    @property
    def _room(self) -> int:
        return shutil.get_terminal_size().columns - 1
