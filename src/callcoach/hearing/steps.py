"""Finds out when a recogniser gets on: to ask it after every piece of sound would cost more.

Vosk decodes some frames at once, at even times which begin at one that it does not tell: that is
seen by its words, which change at no other time.
"""

import re
from pathlib import Path

FRAME = 0.01
"""Seconds."""
_USUAL = 20
"""Frames at once where a model says nothing (Kaldi, `nnet3/decodable-simple-looped.h`)."""
_SETTINGS = "conf/model.conf"


class Steps:
    """When one recogniser may have got on since it was last asked; time is counted in frames."""

    def __init__(self, every: int, frames: int) -> None:
        """Take after how many frames it gets on, and how many a piece has."""
        self._every, self._frames = every, frames
        self._pieces = tuple(
            frozenset((first + frame) % every for frame in range(frames)) for first in range(every)
        )
        """The times in a piece, by the time at which it begins."""
        self._now = 0
        self._since: frozenset[int] = frozenset()
        """The times since it was asked before."""
        self.forget()

    def forget(self) -> None:
        """Believe nothing: it may begin to count anew."""
        self._possible = frozenset(range(self._every))

    def pass_by(self) -> bool:
        """Let a piece pass; tells whether the recogniser may have got on since it was asked."""
        piece = self._pieces[self._now]
        self._now = (self._now + self._frames) % self._every
        self._since = self._since | piece if self._since else piece
        return not self._possible.isdisjoint(self._since)

    def saw(self, *, change: bool) -> None:
        """Know what came of asking it: a change tells that it has got on since it was asked."""
        if change:
            self._possible = self._possible & self._since or frozenset(range(self._every))
        self._since = frozenset()


def read_step(folder: Path) -> int:
    """Return how many frames a model of Vosk decodes at once."""
    file = folder / _SETTINGS
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""

    def option(name: str, usual: int) -> int:
        found = re.search(rf"^\s*--{name}=(\d+)\s*$", text, re.MULTILINE)
        return max(1, int(found[1])) if found else usual

    every = option("frame-subsampling-factor", 1)
    # Kaldi rounds it up to whole steps of the net.
    return -(-option("frames-per-chunk", _USUAL) // every) * every
