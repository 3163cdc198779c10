"""The port to speech recognisers: an engine is a loaded model, a recogniser hears one voice."""

from collections.abc import Sequence
from typing import Protocol

from callcoach.hearing.heard import Result

RATES = (8000, 16000)
"""The rates that every engine takes, in samples per second."""


class Recogniser(Protocol):
    """Hears one voice. It belongs to one thread."""

    def accept(self, pcm: bytes) -> Sequence[Result]:
        """Take the next samples, 16 bit, little-endian, one channel; return what came of them."""
        ...

    def finish(self) -> Sequence[Result]:
        """Return what was still on its way, now that no more audio comes; it can go on after."""
        ...


class Engine(Protocol):
    """A model in memory; its recognisers share it."""

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> Recogniser:
        """Return a recogniser for audio of `rate` samples per second.

        `phrases` are words to expect, where the model can be told so. Raises `ModelError`.
        """
        ...
