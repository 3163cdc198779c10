"""The time of a call under way."""

import time


class CallClock:
    """Seconds since a call began, by a clock that nobody can set back."""

    def __init__(self, already: float = 0.0, speed: float = 1.0) -> None:
        """Begin; a call that is a recording played faster has a time that is as fast."""
        self._already = already
        self._speed = speed
        self._began = time.monotonic()

    def now(self) -> float:
        """Return the seconds since the call began, to a millisecond."""
        return round(self._already + (time.monotonic() - self._began) * self._speed, 3)


class SoundClock:
    """Seconds since the sound began; before that, while a model is loaded, it stands still."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._clock: CallClock | None = None

    def start(self) -> None:
        """Let time pass, if it does not yet."""
        self._clock = self._clock or CallClock(speed=self._speed)

    @property
    def has_started(self) -> bool:
        """Tell whether there has been sound."""
        return self._clock is not None

    def now(self) -> float:
        """Return the time of the sound."""
        return self._clock.now() if self._clock else 0.0
