"""The port to whatever gives sound, and what its kinds share: who speaks, what is let go."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Protocol, runtime_checkable

from callcoach.errors import AudioError
from callcoach.hearing.signs import Troubled
from callcoach.hearing.sound import BYTES, RATE, Block
from callcoach.script.model import Speaker

_USUAL: Mapping[int, tuple[Speaker, ...]] = {
    1: (Speaker.OTHER,),
    2: (Speaker.AGENT, Speaker.CUSTOMER),
}
"""Whose voices the channels are where nothing is said: of one channel nobody can tell."""


class Source(Protocol):
    """Gives the sound of one or more voices.

    It is iterated by one thread and told what to do by another. Times are the ear's, in seconds;
    they go on in a pause, unless it is that of a recording which is read as fast as it goes.
    """

    @property
    def roles(self) -> tuple[Speaker, ...]:
        """Return whose voice each channel is, once it is open."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Return the device or the file of each channel, for the eye, once it is open."""
        ...

    @property
    def at(self) -> float:
        """Return what time it is, once it is open."""
        ...

    def open(self, at: float = 0.0) -> None:
        """Begin, at a time of the ear; a recording goes there.

        Raises `AudioError` where there is no sound to be had.
        """
        ...

    def __iter__(self) -> Iterator[Block | Troubled]:
        """Yield what is taken, in order of time, until the end or `close`; wait in a pause.

        Raises `AudioError` where it cannot go on; what came before was heard.
        """
        ...

    def pause(self) -> None:
        """Take no more; what was taken until now is still given."""
        ...

    def resume(self) -> None:
        """Take sound again. Raises `AudioError` where there is none any more."""
        ...

    def close(self) -> None:
        """End the iteration, soon; everything is closed then."""
        ...


@runtime_checkable
class Fed(Protocol):
    """A source whose sound is handed to it, by the thread that tells it what to do."""

    def feed(self, pcm: bytes, at: float | None = None) -> None:
        """Take samples, taken at a time or just after those before; wait while nobody hears."""
        ...

    def end(self) -> None:
        """Let the iteration end after what was fed."""
        ...


class Holds:
    """The stretches of time of which no sound is let through."""

    def __init__(self) -> None:
        self._stretches: tuple[tuple[float, float], ...] = ()

    @property
    def is_on(self) -> bool:
        """Tell whether nothing is let through from here on."""
        return bool(self._stretches) and self._stretches[-1][1] == inf

    def begin(self, at: float) -> None:
        """Let nothing through from here on."""
        if not self.is_on:
            self._stretches = (*self._stretches, (at, inf))

    def end(self, at: float) -> None:
        """Let through what comes after."""
        if self.is_on:
            self._stretches = (*self._stretches[:-1], (self._stretches[-1][0], at))

    def let_through(self, block: Block) -> Iterator[Block]:
        """Yield what of a block is not held back, to the sample."""
        parts = [block]
        for since, until in self._stretches:
            parts = [piece for part in parts for piece in _outside(part, since, until)]
        yield from parts


def _outside(block: Block, since: float, until: float) -> Iterator[Block]:
    """Yield what of a block is not between two times."""
    if until <= block.at or since >= block.end:
        yield block
        return
    if since > block.at:
        yield Block(block.channel, block.at, block.pcm[: round((since - block.at) * RATE) * BYTES])
    if until < block.end:
        after = round((until - block.at) * RATE)
        yield Block(block.channel, block.at + after / RATE, block.pcm[after * BYTES :])


def roles_of(given: tuple[Speaker, ...], channels: int, name: str) -> tuple[Speaker, ...]:
    """Return whose voice each channel is of what has that name.

    Raises `AudioError` where that is not said, or said of channels that there are not.
    """
    roles = given or _USUAL.get(channels, ())
    if len(roles) < channels:
        raise AudioError(
            "nobody is named for channel {channel} of {file}",
            "name who speaks on each, such as --roles agent,customer,other",
            channel=", ".join(str(number + 1) for number in range(len(roles), channels)),
            file=name,
        )
    if len(roles) > channels:
        raise AudioError(
            "{file} has no channel for {roles}",
            "channels in it: {channels}; name who speaks on each, such as --roles agent,customer",
            file=name,
            roles=", ".join(roles[channels:]),
            channels=channels,
        )
    return roles


def missing(error: ImportError) -> AudioError:
    """Return what to say of a library that is not there."""
    return AudioError(
        "hearing needs {library}, which is not installed",
        "install callcoach[speech]",
        library=error.name,
    )
