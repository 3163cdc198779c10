"""Tells when the sound of a device was taken: by its samples, and held to the time of day."""

_TRUE = 0.1
"""Seconds that sound may seem late or early before the count of samples is put right."""
_WINDOW = 2.0
"""Seconds within which one piece is bound to arrive in time, however busy the machine is."""


class SampleClock:
    """The time of one stream. A device's clock drifts, and drivers lose sound without a word.

    A piece may arrive late because the machine is busy, and never before it was taken: so the
    least late of the last seconds tells where the count of samples stands.
    """

    def __init__(self) -> None:
        self._end: float | None = None
        """When the last sample that came was taken."""
        self._late = 0.0
        """How late the least late piece of this window was."""
        self._window = 0.0
        """Seconds of sound in it."""

    def take(
        self, seconds: float, arrived: float, lost: float = 0.0, is_broken: bool = False
    ) -> float:
        """Return when a piece of `seconds` begins that `arrived`, a time of the same clock.

        `lost` seconds before it are gone; more are where it `is_broken`, nobody knows how many.
        """
        start = arrived - seconds if self._end is None else self._end + lost
        late = arrived - start - seconds
        self._late = late if self._window == 0 else min(self._late, late)
        self._window += seconds
        shift = 0.0
        if late < -_TRUE or is_broken:
            shift, self._window = late, 0.0
        elif self._window >= _WINDOW:
            shift, self._window = self._late, 0.0
        if abs(shift) > _TRUE:
            start += shift
        self._end = start + seconds
        return start
