"""Measures how loud each voice is, ten times a second."""

from math import log10

import numpy as np

from callcoach.hearing.signs import Level
from callcoach.hearing.sound import BYTES, RATE, Block

EVERY = 0.1
"""Seconds that one level is of."""
SILENCE = -90.0
"""In dB of full scale: what digital silence, and all that a sample of 16 bit cannot hold, is."""
_SIZE = BYTES * int(RATE * EVERY)
_FULL = 32_768


class Meter:
    """How loud one voice is."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._pcm = bytearray()
        self._end = 0.0

    def take(self, block: Block) -> Level | None:
        """Return the level of what has come since the last, if that is a tenth of a second.

        Where sound is missing before a block, what came before it counts no more.
        """
        if abs(block.at - self._end) > EVERY:
            self._pcm.clear()
        self._pcm += block.pcm
        self._end = block.end
        if len(self._pcm) < _SIZE:
            return None
        level = measure(self._channel, bytes(self._pcm), self._end)
        self._pcm.clear()
        return level


def measure(channel: int, pcm: bytes, at: float = 0.0) -> Level:
    """Return how loud some samples are; there must be one."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    rms = float(np.sqrt(np.dot(samples, samples) / len(samples)))
    return Level(channel, _decibels(rms), _decibels(float(np.abs(samples).max())), at)


def _decibels(amplitude: float) -> float:
    """Return an amplitude in dB of full scale."""
    return max(SILENCE, round(20 * log10(amplitude / _FULL), 1)) if amplitude else SILENCE
