"""An open device: the pieces of sound that it gives become blocks of each voice on it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from callcoach.hearing.capture.host import Stream
from callcoach.hearing.capture.resample import Resampler, frames_of
from callcoach.hearing.capture.sample_clock import SampleClock
from callcoach.hearing.sound import BYTES, RATE


@dataclass(frozen=True, slots=True)
class Piece:
    """What a device gave at once."""

    tap: "Tap"
    first: int
    """How many frames the device gave before it."""
    arrived: float
    """By `time.monotonic`."""
    pcm: bytes
    """As the device gives it."""
    is_broken: bool
    """The driver lost some before it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A piece of one voice."""

    at: float
    pcm: bytes
    """`RATE` samples a second; may be empty."""
    seconds: float
    """Of the piece that it came of."""
    is_mute: bool
    """There is nothing but digital silence in it, which no open microphone gives."""


class Tap:
    """What comes of one opening of a device; the device's own thread calls `take`."""

    def __init__(
        self,
        rate: int,
        places: Sequence[int],
        began: float,
        put: Callable[[Piece], None],
        joins: bool,
    ) -> None:
        """Take `rate` frames a second; raises `AudioError` where that is no rate of speech."""
        self._rate = rate
        self._resampler = Resampler(rate, len(places))
        self._places = list(places)
        """The channels of the device that are wanted."""
        self.channels = max(places) + 1
        """How many are opened."""
        self._began = began
        """Time zero of the blocks, by `time.monotonic`."""
        self._put = put
        self.joins = joins
        """What is missing since the tap before is lost, not held back."""
        self._taken = 0
        """Frames that the device gave."""
        self.arrived: float | None = None
        """When it last gave some, by `time.monotonic`."""
        self.opened = time.monotonic()
        self._expected = 0
        """The number of the frame that comes next."""
        self._behind = 0.0
        """Seconds that are still on their way through the resampler."""
        self._clock = SampleClock()
        self._stream: Stream | None = None
        self._is_over = False

    def connect(self, stream: Stream) -> None:
        """Know the stream that gives to it."""
        self._stream = stream

    def take(self, pcm: bytes, is_broken: bool) -> None:
        """Let a piece be heard, unless the tap is closed."""
        if self._is_over:
            return
        self.arrived = time.monotonic()
        self._put(Piece(self, self._taken, self.arrived, pcm, is_broken))
        self._taken += len(pcm) // BYTES // self.channels

    def close(self) -> None:
        """Give no more from this moment, and let the device go."""
        self._is_over = True
        if self._stream is not None:
            self._stream.close()

    def blocks(self, piece: Piece) -> Sequence[Given]:
        """Return what a piece of this tap is, voice by voice; pieces come in order."""
        frames = frames_of(piece.pcm, self.channels)[:, self._places]
        seconds = len(frames) / self._rate
        lost = (piece.first - self._expected) / self._rate
        self._expected = piece.first + len(frames)
        arrived = piece.arrived - self._began
        at = self._clock.take(seconds, arrived, lost, piece.is_broken) - self._behind
        given = self._resampler.take(frames)
        self._behind += seconds - len(given[0]) / BYTES / RATE
        return [
            Given(max(at, 0.0), pcm, seconds, not frames[:, number].any())
            for number, pcm in enumerate(given)
        ]
