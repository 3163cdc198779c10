"""Which sound a recogniser cannot bear: it died or hung over it, and again when it was replaced."""

from callcoach.hearing.supervise.ring import Stretch

_NEAR = 0.5
"""Seconds within which two deaths are at the same place."""
_AROUND = 0.3
"""Seconds on either side of the block at which it died: engines look back and ahead."""


class Suspect:
    """One voice, and what deaths say about its sound."""

    def __init__(self) -> None:
        self._settled = -1.0
        self._deaths = 0
        self._place = 0.0

    def died(self, place: float, settled: float) -> Stretch | None:
        """Note that the recogniser died over the block at `place`; return what is to be left out.

        `settled` is until when everything is told. Nothing is left out the first time; at the same
        place again, only what is around it; the third time within an utterance, all of that.
        """
        self._deaths = 1 if settled > self._settled else self._deaths + 1
        is_near = abs(place - self._place) <= _NEAR
        self._settled, self._place = settled, place
        if self._deaths > 2:
            self._deaths = 0
            return Stretch(settled, place + _AROUND)
        if self._deaths > 1 and is_near:
            return Stretch(max(settled, place - _AROUND), place + _AROUND)
        return None
