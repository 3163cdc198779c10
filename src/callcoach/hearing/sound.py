"""Where the sound of a call comes from, as it is asked for, and the sound itself.

Plain values that pass from process to process. Time is in seconds since the sound was opened.
"""

import msgspec

from callcoach.script.model import Speaker

RATE = 16_000
"""Samples a second of everything behind a source: each brings its sound to this."""
BYTES = 2
"""Of a sample: 16 bit, little-endian."""
BLOCK = 0.04
"""Seconds of one block, where the source can choose."""


class Device(msgspec.Struct, frozen=True, tag="device"):
    """One input of this machine, for one voice."""

    role: Speaker
    name: str = ""
    """As the list of devices has it; empty for the machine's usual one."""
    is_loopback: bool = False
    """What this machine plays, such as the far side of a softphone."""
    channel: int = 0
    """Of the device, for one that has several."""


class Recording(msgspec.Struct, frozen=True, tag="recording"):
    """A file."""

    path: str
    roles: tuple[Speaker, ...] = ()
    """Of its channels, in order; empty: one is the agent or unknown, two are agent and customer."""
    speed: float = 1.0
    """Times real speed; 0: as fast as it can be read."""
    rate: int = 0
    """Of a file without a header (`.raw`, `.ul`, `.al`), samples a second; 0 where it says."""


class Piped(msgspec.Struct, frozen=True, tag="piped"):
    """Samples without a header that another program writes, 16 bit, little-endian."""

    rate: int = RATE
    channels: int = 1
    """Interleaved."""
    roles: tuple[Speaker, ...] = ()


Wanted = tuple[Device, ...] | Recording | Piped
"""What is to be listened to; the devices are the channels, in order."""


class Block(msgspec.Struct, frozen=True, tag="block", gc=False):
    """A piece of one voice."""

    channel: int
    at: float
    """When its first sample was taken."""
    pcm: bytes
    """`RATE` samples a second, 16 bit, little-endian."""

    @property
    def end(self) -> float:
        """Return when its last sample was over."""
        return self.at + len(self.pcm) / BYTES / RATE
