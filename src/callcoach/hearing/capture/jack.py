"""A device that is wanted, whether it is open or not, and the voices on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from callcoach.errors import AudioError
from callcoach.hearing.capture.tap import Given, Tap
from callcoach.hearing.signs import Trouble, Troubled, troubled_by
from callcoach.hearing.sound import BYTES, RATE, Block, Device

_HOLE = 0.15
"""Seconds that are missing before it is told; less is a clock that was put right."""


@dataclass(slots=True)
class Voice:
    """One channel of the call."""

    channel: int
    mute_after: float
    """Seconds of digital silence that are believed, from a microphone."""
    is_lost: bool = False
    """And that was told."""
    mute: float = 0.0
    """Seconds of digital silence."""
    tap: Tap | None = None
    """What its last block came of."""
    end: float = 0.0
    """When that ended."""

    def hear(self, given: Given, tap: Tap, name: str) -> Iterator[Block | Troubled]:
        """Yield what a device of that name gave, after what is to be said of it."""
        follows = self.tap is tap or (self.tap is not None and tap.joins)
        if follows and not self.is_lost and given.at - self.end > _HOLE:
            yield Troubled(Trouble.DROPPED, self.channel, self.end, given.at)
        self.mute = self.mute + given.seconds if given.is_mute else 0.0
        if self.mute > self.mute_after:
            yield from self.lose(_mute(name), given.at)
        elif self.is_lost:
            self.is_lost = False
            yield Troubled(Trouble.BACK, self.channel, self.end, given.at)
        self.tap = tap
        self.end = given.at + len(given.pcm) / BYTES / RATE
        if given.pcm:
            yield Block(self.channel, given.at, given.pcm)

    def lose(self, why: AudioError, at: float) -> Iterator[Troubled]:
        """Yield, once, that nothing is heard of it any more."""
        if not self.is_lost:
            self.is_lost = True
            told = troubled_by(why, Trouble.LOST, self.channel)
            yield msgspec.structs.replace(told, start=self.end, end=at)


@dataclass(slots=True)
class Jack:
    """One device."""

    device: Device
    name: str
    """As it was listed when it was opened last."""
    voices: list[Voice] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Their channels of the device."""
    library: str = ""
    """By which it was opened last."""
    tap: Tap | None = None
    """It is open."""
    trouble: AudioError | None = None
    """Why it is not."""

    def close(self) -> None:
        """Close the device, if it is open."""
        if self.tap is not None:
            self.tap.close()
            self.tap = None

    def lose(self, at: float) -> Iterator[Troubled]:
        """Yield, once, that nothing is heard any more of the voices on a device that is closed."""
        for voice in self.voices:
            if self.trouble is not None:
                voice.mute = 0.0
                yield from voice.lose(self.trouble, at)


def jacks_of(wanted: Sequence[Device], mute_after: float) -> Sequence[Jack]:
    """Return the devices that are wanted, one a channel of the call, each device once."""
    jacks: dict[tuple[str, bool], Jack] = {}
    for channel, device in enumerate(wanted):
        jack = jacks.setdefault((device.name, device.is_loopback), Jack(device, device.name))
        # What is played may well be silence.
        patience = float("inf") if device.is_loopback else mute_after
        jack.voices.append(Voice(channel, patience))
        jack.places.append(device.channel)
    return tuple(jacks.values())


def _mute(name: str) -> AudioError:
    return AudioError(
        "“{name}” gives nothing but digital silence",
        "it may be muted, or this program may not be allowed to use it",
        name=name,
    )
