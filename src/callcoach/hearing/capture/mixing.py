"""Brings the voices of a call together again, from the files that they were kept in."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from callcoach.errors import AudioError
from callcoach.hearing.capture.faster import Samples
from callcoach.hearing.capture.resample import Resampler, frames_of
from callcoach.hearing.capture.soundfiles import SoundReader
from callcoach.hearing.playing.messages import Part
from callcoach.hearing.sound import RATE

PIECE = 0.1
"""Seconds of one piece."""
_SIZE = int(PIECE * RATE)


def mixed(parts: Sequence[Part], at: float) -> Iterator[tuple[float, Samples]]:
    """Yield the sound of a call from a second on, in pieces, each with the second it begins at.

    Where nothing was kept of anybody it goes on with what was kept next. Raises `AudioError` for
    a file that cannot be read, when its time has come.
    """
    waiting = sorted(
        (it for it in parts if not it.seconds or it.start + it.seconds > at),
        key=lambda it: it.start,
    )
    voices: list[_Voice] = []
    while waiting or voices:
        if not voices and waiting[0].start > at:
            at = waiting[0].start
        while waiting and waiting[0].start < at + PIECE:
            voices.append(_Voice(waiting.pop(0), at))
        together = np.zeros(_SIZE, np.float32)
        for voice in voices:
            samples = voice.take()
            together[: len(samples)] += samples
        yield at, np.clip(together, -1.0, 1.0)
        at += PIECE
        voices = [voice for voice in voices if not voice.is_over]


class _Voice:
    """One file that is read piece by piece; silent before it begins."""

    def __init__(self, part: Part, at: float) -> None:
        self._sound = SoundReader(Path(part.path))
        self._resampler = Resampler(self._sound.rate, self._sound.channels)
        self._sound.skip(max(at - part.start, 0.0))
        self._pieces = self._sound.pieces(PIECE)
        silence = max(round((part.start - at) * RATE), 0)
        self._rest: Samples = np.zeros(silence, np.float32)
        self.is_over = False

    def take(self) -> Samples:
        """Return the next piece, a shorter one at the end."""
        while len(self._rest) < _SIZE and not self.is_over:
            try:
                pcm = self._resampler.take(next(self._pieces))
            except (StopIteration, AudioError):  # one that broke off is played as far as it goes
                pcm = self._resampler.finish()
                self._sound.close()
                self.is_over = True
            fresh = np.sum([frames_of(it, 1)[:, 0] for it in pcm], axis=0, dtype=np.float32)
            self._rest = np.concatenate([self._rest, fresh])
        taken, self._rest = self._rest[:_SIZE], self._rest[_SIZE:]
        return taken
