"""A recogniser that writes down what it is given."""

from collections.abc import Sequence

from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.sound import BYTES, RATE


class Scripted:
    """Hears one word in every block, which lasts as long as the block."""

    def __init__(self) -> None:
        self.pcm = b""
        self.finished = 0

    def accept(self, pcm: bytes) -> Sequence[Result]:
        start = self._now
        self.pcm += pcm
        return [
            Partial("word", start, self._now),
            Final((Word("word", start, self._now, 1.0),), self._now),
        ]

    def finish(self) -> Sequence[Result]:
        self.finished += 1
        return [Final((Word("end", self._now, self._now, 1.0),), self._now)]

    @property
    def _now(self) -> float:
        return len(self.pcm) / BYTES / RATE
