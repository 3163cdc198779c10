"""Loads the libraries that list this machine's devices and open them."""

import sys

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import PORTAUDIO
from callcoach.hearing.capture.host import SERVER, Host


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
        raise AudioError("sounddevice is not installed", _INSTALL) from error
    except OSError as error:
        raise AudioError("PortAudio, which reaches microphones, is missing", _PORTAUDIO) from error
    return portaudio


def _load_soundcard() -> Host:
    try:
        from callcoach.hearing.capture import loopback
    except ImportError as error:
        raise AudioError("soundcard is not installed", _INSTALL) from error
    except (OSError, AssertionError, LookupError, RuntimeError) as error:
        # Each was seen, on machines without a sound server.
        raise AudioError("there is no sound server", SERVER) from error
    return loopback


_INSTALL = "pip install 'callcoach[speech]'"
_PORTAUDIO = {
    "linux": "sudo apt install libportaudio2",
    "darwin": "brew install portaudio",
}.get(sys.platform, _INSTALL)
