"""Cuts one stream of sound into blocks of each voice, with the times at which they were taken."""

from collections.abc import Iterator

from callcoach.hearing.capture.resample import Frames, Resampler
from callcoach.hearing.sound import BYTES, RATE, Block


class Stream:
    """Sound without a break; its times are counted by samples, so that they never drift."""

    def __init__(self, rate: int, channels: int, at: float = 0.0) -> None:
        """Begin at a time; raises `AudioError` for a rate that no speech has."""
        self._resampler = Resampler(rate, channels)
        self._begun = at
        self._samples = 0
        """Of each channel, given so far."""

    @property
    def at(self) -> float:
        """Return when the next block begins."""
        return self._begun + self._samples / RATE

    def take(self, frames: Frames) -> Iterator[Block]:
        """Yield what comes of the next frames, one block for each channel, or none yet."""
        return self._blocks(self._resampler.take(frames))

    def finish(self) -> Iterator[Block]:
        """Yield what was still on its way; nothing can be taken after."""
        return self._blocks(self._resampler.finish())

    def _blocks(self, voices: tuple[bytes, ...]) -> Iterator[Block]:
        at = self.at
        self._samples += len(voices[0]) // BYTES
        return (Block(channel, at, pcm) for channel, pcm in enumerate(voices) if pcm)
