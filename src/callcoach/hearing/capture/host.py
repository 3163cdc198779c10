"""The port to the libraries that list this machine's devices and open them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from callcoach.errors import Told
from callcoach.hearing.capture.device_list import Listed

Take = Callable[[bytes, bool], None]
"""Takes whole frames of samples, 16 bit, little-endian, interleaved, and whether some before them
were lost. It is called from a thread of the library's own, and must return at once."""

SERVER = Told("start PulseAudio or PipeWire: systemctl --user start pipewire-pulse")
"""What helps where there is no sound server."""


@dataclass(frozen=True, slots=True)
class Input:
    """A device, as a library knows it."""

    id: int | str
    """Valid in this process, until the list is read anew."""
    listed: Listed


class Stream(Protocol):
    """An open device."""

    def close(self) -> None:
        """Give no more, and let the device go."""
        ...


class Host(Protocol):
    """A library."""

    def inputs(self) -> Sequence[Input]:
        """Return the devices that there are; raises `AudioError` where they cannot be read."""
        ...

    def open_input(self, device: Input, channels: int, take: Take) -> Stream:
        """Open a device's first `channels` at its rate; raises `AudioError` where it refuses."""
        ...

    def read_anew(self) -> None:
        """Forget the list of devices; none may be open."""
        ...
