"""One voice: blocks with the ear's times in, results with the ear's times out.

A recogniser counts its samples from 0 and knows of no gaps. A short one is filled with silence;
a longer one ends the utterance, and time goes on after it.
"""

from collections.abc import Sequence

import msgspec

from callcoach.hearing.heard import Final, Partial, Result
from callcoach.hearing.recogniser import Recogniser
from callcoach.hearing.sound import BYTES, RATE, Block

_EVEN = 0.02
"""Seconds by which a block may be early or late and still follows on the one before."""
_FILLED = 1.0
"""Seconds of the longest gap that is filled."""


class VoiceLine:
    """Hears one voice. It belongs to one thread."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._samples = 0
        """That the recogniser has been given."""
        self._base: float | None = None
        """The ear's time of the first sample, if all had followed on one another; None before."""

    def accept(self, block: Block) -> Sequence[Result]:
        """Take the next block; return what came of it."""
        if self._base is None:
            self._base = block.at - self._samples / RATE
        gap = block.at - (self._base + self._samples / RATE)
        results: list[Result] = []
        if _EVEN < gap <= _FILLED:
            results += self._hear(bytes(BYTES * round(gap * RATE)))
        elif abs(gap) > _EVEN:
            results += self.flush()
            self._base = block.at - self._samples / RATE
        return [*results, *self._hear(block.pcm)]

    def flush(self) -> Sequence[Result]:
        """Return what was still on its way."""
        return self._timed(self._recogniser.finish())

    def _hear(self, pcm: bytes) -> Sequence[Result]:
        self._samples += len(pcm) // BYTES
        return self._timed(self._recogniser.accept(pcm))

    def _timed(self, results: Sequence[Result]) -> Sequence[Result]:
        base = self._base or 0.0
        return [_later(result, base) for result in results] if base else results


def _later(result: Result, seconds: float) -> Result:
    """Return a result as it is by another clock."""
    at = round(result.at + seconds, 3)
    if isinstance(result, Partial):
        return msgspec.structs.replace(result, start=round(result.start + seconds, 3), at=at)
    words = tuple(
        msgspec.structs.replace(
            word, start=round(word.start + seconds, 3), end=round(word.end + seconds, 3)
        )
        for word in result.words
    )
    return Final(words, at)
