"""Makes speech faster without making it higher.

By WSOLA: W. Verhelst and M. Roelands, “An overlap-add technique based on waveform similarity”,
ICASSP 1993.
"""

import numpy as np
import numpy.typing as npt

from callcoach.hearing.sound import RATE

Samples = npt.NDArray[np.float32]
"""One voice at `RATE`; full scale is 1."""

_HOP = int(0.015 * RATE)
"""Samples by which the windows of what is played follow one another: half a window."""
_SEARCH = int(0.008 * RATE)
"""Samples by which a window may be moved to fit the one before it: a period of a low voice."""


class Faster:
    """One stream made faster; its pieces join without a seam, whatever their lengths."""

    def __init__(self, speed: float) -> None:
        """Take how many times as fast; 1 changes nothing."""
        self._speed = speed
        self._waiting: Samples = np.zeros(0, np.float32)
        self._target = 0.0
        """Where in what waits the next window is to be taken from."""
        self._natural: int | None = None
        """Where the window before would go on; None before the first."""
        self._window = np.hanning(2 * _HOP + 1)[:-1].astype(np.float32)
        self._tail: Samples = np.zeros(_HOP, np.float32)

    def take(self, samples: Samples) -> Samples:
        """Return what comes of the next samples, maybe none."""
        if self._speed == 1:
            return samples
        self._waiting = np.concatenate([self._waiting, samples])
        made: list[Samples] = []
        while int(self._target) + _SEARCH + 2 * _HOP <= len(self._waiting):
            start = self._best(int(self._target))
            frame = self._waiting[start : start + 2 * _HOP] * self._window
            made.append(self._tail + frame[:_HOP])
            self._tail = frame[_HOP:]
            self._natural = start + _HOP
            self._target += _HOP * self._speed
        self._forget()
        return np.concatenate(made) if made else np.zeros(0, np.float32)

    def _best(self, target: int) -> int:
        """Return where to take the window: near the target, as like as can be what came before."""
        if self._natural is None:
            return target
        first = max(target - _SEARCH, 0)
        near = self._waiting[first : target + _SEARCH + _HOP]
        like = self._waiting[self._natural : self._natural + _HOP]
        return first + int(np.argmax(np.correlate(near, like, "valid")))

    def _forget(self) -> None:
        """Let go of what no window needs any more."""
        keep = int(self._target) - _SEARCH
        if self._natural is not None:
            keep = min(keep, self._natural)
        if keep > 0:
            self._waiting = self._waiting[keep:]
            self._target -= keep
            self._natural = None if self._natural is None else self._natural - keep
