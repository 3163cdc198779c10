"""Hears the kept sound of a call while it is read: from a line on, back, on, faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcoach.errors import AudioError, CallcoachError

if TYPE_CHECKING:
    from textual.timer import Timer

    from callcoach.tui.reviews import Take
    from callcoach.tui.screens.review_view import ReviewView

SKIP = 5.0
"""Seconds that one key goes back or on."""
SPEEDS = (1.0, 1.25, 1.5)
TICK = 0.2
"""How often it is asked what is heard, in seconds."""


class Hearer:
    """What is heard on a review screen, and where in it one is."""

    def __init__(self, screen: ReviewView) -> None:
        self._screen = screen
        self._take: Take | None = None
        self._timer: Timer | None = None
        self._speed = SPEEDS[0]
        self._at: float | None = None
        """The second that is heard; None while it is silent."""

    def toggle(self, at: float) -> None:
        """Play from a second on, or be silent."""
        if self._at is not None:
            self._hush()
        else:
            self._play(at)

    def skip(self, seconds: float) -> None:
        """Go back or on, in silence too."""
        if self._at is not None:
            self._play(max(self._at + seconds, 0.0))
        else:
            at, _ = self._screen.place_read()
            self._screen.show_heard(max(at + seconds, 0.0))

    def change_speed(self) -> float:
        """Take the next speed, from here on, and return it."""
        self._speed = SPEEDS[(SPEEDS.index(self._speed) + 1) % len(SPEEDS)]
        if self._at is not None:
            self._play(self._at)
        return self._speed

    def close(self) -> None:
        """Be silent for good, when the screen is gone."""
        self._stop()
        if self._take is not None:
            self._take.close()

    def _play(self, at: float) -> None:
        """Play from a second on; tell why not."""
        judging = self._screen.judging
        try:
            if self._take is None:
                self._take = judging.journal.sound(judging.past.summary.id)
            if self._take is None:
                raise AudioError(
                    "no audio of this call is kept",
                    "callcoach review import … --recordings FOLDER tells where it is; a live call's"
                    " is kept with callcoach call --audio mic --keep-audio flac",
                )
            self._take.play(at, self._speed)
        except CallcoachError as error:
            self._screen.tell(error)
            return
        self._at = at
        self._screen.show_playing(self._speed)
        if self._timer is None:
            self._timer = self._screen.set_interval(TICK, self._follow)

    def _hush(self) -> None:
        self._stop()
        self._screen.show_playing(None)

    def _stop(self) -> None:
        self._at = None
        if self._take is not None:
            self._take.stop()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _follow(self) -> None:
        """Go along with what is heard."""
        if self._take is None:
            return
        try:
            at = self._take.at()
        except CallcoachError as error:
            self._hush()
            self._screen.tell(error)
            return
        if at is None:
            self._hush()
        else:
            self._at = at
            self._screen.show_heard(at)
