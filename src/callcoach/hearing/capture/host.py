"""The port to the libraries that list this machine's devices and open them."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from callcoach.errors import AudioError, Told
from callcoach.hearing.capture.device_list import PORTAUDIO, Listed

Take = Callable[[bytes, bool], None]
"""Takes whole frames of samples, 16 bit, little-endian, interleaved, and whether some before them
were lost. It is called from a thread of the library's own, and must return at once."""


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


def load_host(library: str) -> Host:
    """Return a library, loaded. Raises `AudioError`, with what to install, where it is missing."""
    if library == PORTAUDIO:
        return _load_portaudio()
    return _load_soundcard()


def _load_portaudio() -> Host:
    try:
        # It is loaded only where a device is wanted, and may be missing.
        from callcoach.hearing.capture import portaudio
    except ImportError as error:
        raise AudioError("sounddevice is not installed", INSTALL) from error
    except OSError as error:
        raise AudioError("PortAudio, which reaches microphones, is missing", _PORTAUDIO) from error
    return portaudio


def _load_soundcard() -> Host:
    try:
        from callcoach.hearing.capture import loopback
    except ImportError as error:
        raise AudioError("soundcard is not installed", INSTALL) from error
    except (OSError, AssertionError, LookupError, RuntimeError) as error:
        # Each was seen, on machines without a sound server.
        raise AudioError("there is no sound server", SERVER) from error
    return loopback


INSTALL = "pip install 'callcoach[speech]'"
_PORTAUDIO = {
    "linux": "sudo apt install libportaudio2",
    "darwin": "brew install portaudio",
}.get(sys.platform, INSTALL)
SERVER = Told("start PulseAudio or PipeWire: systemctl --user start pipewire-pulse")
