"""Keeps what is to be seen of each voice while a call is heard: how loud, what words, how late."""

from collections import deque
from dataclasses import replace
from statistics import median

from callcoach.hearing.live.status import Voice
from callcoach.hearing.signs import Opened
from callcoach.script.model import CueId, Speaker

_LATEST = 9
"""The lag is that of so many latest results, the one in the middle."""


class Panel:
    """The voices of a call as they are now."""

    def __init__(self) -> None:
        self.voices: list[Voice] = []
        self.missed = 0.0
        """Seconds of sound that were not heard, of those that give none up to now left out."""
        self.restarts = 0
        self.is_same = False
        """Two voices have the same sound."""
        self._lags: deque[float] = deque(maxlen=_LATEST)
        self._lost: dict[int, float] = {}
        """Since when a channel gives no sound that is to be heard: in a pause, since no time."""

    @property
    def lag(self) -> float | None:
        """Return how long words take now, in seconds; None before any came."""
        return median(self._lags) if self._lags else None

    @property
    def lost(self) -> tuple[int, ...]:
        """Return the channels that give no sound."""
        return tuple(self._lost)

    def missed_until(self, at: float) -> float:
        """Return how many seconds of sound were not heard up to a time of the call."""
        return self.missed + max(
            (at - since for since in self._lost.values() if since < at), default=0
        )

    def role(self, channel: int) -> Speaker:
        """Return whose voice a channel is."""
        return self.voices[channel].role if channel < len(self.voices) else Speaker.OTHER

    def open(self, opened: Opened, at: float) -> None:
        """Show the voices that are heard from a time of the call, and which give no sound yet."""
        pairs = zip(opened.roles, opened.names, strict=True)
        self._lost = dict.fromkeys(self._lost, at)
        self.voices = [
            Voice(role, name, is_lost=channel in self._lost)
            for channel, (role, name) in enumerate(pairs)
        ]

    def rise(self, channel: int, level: float) -> None:
        """Show how loud a voice is."""
        if channel < len(self.voices):
            self.voices[channel] = replace(self.voices[channel], level=level)

    def say(self, channel: int, words: str, hints: tuple[CueId, ...], lag: float) -> None:
        """Show what a voice is saying; nothing, once it is written down."""
        self._lags.append(lag)
        if channel < len(self.voices):
            self.voices[channel] = replace(self.voices[channel], saying=words, hints=hints)

    def lose(self, channel: int, at: float) -> None:
        """Show that a channel gives no sound since a time of the call."""
        self._lost.setdefault(channel, at)
        if channel < len(self.voices):
            self.voices[channel] = replace(self.voices[channel], is_lost=True)

    def find(self, channel: int) -> float | None:
        """Show that a channel gives sound again; return since when it did not, None if it did."""
        if channel < len(self.voices):
            self.voices[channel] = replace(self.voices[channel], is_lost=False)
        return self._lost.pop(channel, None)

    def hush(self) -> None:
        """Show no level and no words any more."""
        self.voices = [Voice(it.role, it.name, is_lost=it.is_lost) for it in self.voices]
