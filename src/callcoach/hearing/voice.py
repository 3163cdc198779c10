"""Tells when somebody spoke, so that a recogniser's words in silence are known to be invented."""

from bisect import bisect_left

import webrtcvad

from callcoach.hearing.cutter import Cutter

FRAME = 0.02
"""Seconds that are judged at a time."""
_STRICTNESS = 3
"""Of WebRTC's detector, 0 to 3: the higher, the less counts as a voice. At 2 the steady noise of a
line counts as one for seconds; at 3 the shortest words measured had 15 frames."""
_ENOUGH = 5
"""Frames with a voice near a word, without which nobody said it: fewer are a click."""
_NEAR = 0.2
"""Seconds around a word within which the voice may be: recognisers are not exact."""
_KEPT = 60.0
"""Seconds that are remembered: no utterance is longer."""


class Voice:
    """Where there was a voice in one stream."""

    def __init__(self, rate: int) -> None:
        self._detector = webrtcvad.Vad(_STRICTNESS)
        self._rate = rate
        self._cutter = Cutter(FRAME, rate)
        self._frames = 0
        self._voiced: list[int] = []
        """The numbers of the frames with a voice, in order."""

    @property
    def heard(self) -> float:
        """Return how much of the stream was judged, in seconds."""
        return self._frames * FRAME

    @property
    def silence(self) -> float:
        """Return for how many seconds nobody has spoken."""
        last = self._voiced[-1] + 1 if self._voiced else 0
        return (self._frames - last) * FRAME

    def accept(self, pcm: bytes) -> None:
        """Take the next samples, 16 bit, little-endian."""
        for frame in self._cutter.cut(pcm):
            if self._detector.is_speech(frame, self._rate):
                self._voiced.append(self._frames)
            self._frames += 1
        oldest = self._frames - _KEPT / FRAME
        if self._voiced and self._voiced[0] < oldest:
            del self._voiced[: bisect_left(self._voiced, oldest)]

    def was_there(self, start: float, end: float) -> bool:
        """Tell whether somebody spoke between two times, in seconds since the stream began.

        What is longer ago than a minute counts as spoken: nothing is remembered of it.
        """
        if start < self.heard - _KEPT:
            return True
        first, past = (start - _NEAR) / FRAME, (end + _NEAR) / FRAME
        return bisect_left(self._voiced, past) - bisect_left(self._voiced, first) >= _ENOUGH
