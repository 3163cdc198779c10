"""The inputs of this machine, listed by processes of their own: what crashes there, or hangs, ends.

PortAudio reads the list of devices once in a process; a new process reads it anew.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from callcoach.errors import AudioError
from callcoach.hearing.no_process import no_process
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.signs import Troubled

WAIT = 5.0
"""Seconds that a list may take."""
PORTAUDIO, SOUNDCARD = "portaudio", "soundcard"
"""The libraries that list devices, and open them."""
_PROGRAM = "callcoach.hearing.capture.lister"


class Listed(msgspec.Struct, frozen=True):
    """One input of this machine."""

    name: str
    """No other has the same, but a loopback and a microphone may share one."""
    host: str
    """The system of sound that it belongs to, such as `ALSA` or `Windows WASAPI`."""
    channels: int
    rate: int
    """Samples a second that it gives where nobody asks for another number."""
    is_default: bool
    """It is opened where no name is given: one microphone is, and one loopback."""
    is_loopback: bool
    """It gives what this machine plays, or what a virtual cable carries."""


class Look(msgspec.Struct, frozen=True, tag="look"):
    """Ask a library for its devices."""

    library: str


class Found(msgspec.Struct, frozen=True, tag="found"):
    """What a library has."""

    library: str
    devices: tuple[Listed, ...] = ()
    trouble: Troubled | None = None
    """Why there are none to be had."""


class Listing:
    """A list that is being made; it can be asked for while something else goes on."""

    def __init__(self, libraries: Sequence[str]) -> None:
        """Begin. Raises `AudioError` where no process can be started."""
        self._changed = threading.Condition()
        self._found: dict[str, Found] = {}
        self._owed = set(libraries)
        self._until = time.monotonic() + WAIT
        self._children = [self._start(library) for library in libraries]

    @property
    def is_done(self) -> bool:
        """Tell whether nothing more comes."""
        with self._changed:
            return not self._owed or time.monotonic() > self._until

    def wait(self) -> tuple[Found, ...]:
        """Return what was found; what takes too long counts as nothing."""
        with self._changed:
            self._changed.wait_for(lambda: not self._owed, self._until - time.monotonic())
            for child in self._children:
                child.kill()
            return tuple(self._found.values())

    def _start(self, library: str) -> Child[Found]:
        def receive(report: Found | Ended) -> None:
            with self._changed:
                if isinstance(report, Found):
                    self._found[library] = report
                self._owed.discard(library)
                self._changed.notify_all()

        try:
            child = Child(_PROGRAM, Found, receive)
        except OSError as error:
            raise no_process(error) from error
        child.send(Look(library))
        return child


def libraries() -> tuple[str, ...]:
    """Return the libraries that this system's devices are listed by.

    macOS lets no program hear what others play: PortAudio has all that there is.
    """
    return (PORTAUDIO,) if sys.platform == "darwin" else (PORTAUDIO, SOUNDCARD)


def list_devices(make: Callable[[Sequence[str]], Listing] = Listing) -> tuple[Listed, ...]:
    """Return the inputs of this machine, within `WAIT` seconds.

    Raises `AudioError` where none can be had for want of a library; there may be none all the same.
    """
    return merge(make(libraries()).wait())


def merge(found: Sequence[Found]) -> tuple[Listed, ...]:
    """Return what several libraries have, each once and what PortAudio has first.

    Raises `AudioError` where that is nothing for want of a library.
    """
    order = libraries()
    devices: dict[tuple[str, bool], Listed] = {}
    defaults: set[bool] = set()
    for one in sorted(found, key=lambda it: order.index(it.library)):
        for device in one.devices:
            is_first = device.is_default and device.is_loopback not in defaults
            devices.setdefault(
                (device.name, device.is_loopback),
                msgspec.structs.replace(device, is_default=is_first),
            )
            if is_first:
                defaults.add(device.is_loopback)
    if not devices:
        for one in found:
            if one.trouble is not None:
                raise AudioError(one.trouble.told.message, one.trouble.told.hint)
    return tuple(devices.values())


def tell_apart(devices: Sequence[Listed], marks: Sequence[str]) -> tuple[Listed, ...]:
    """Return devices of which no two have the same name; `marks` are what else each is known by."""
    names = Counter((device.name, device.is_loopback) for device in devices)
    return tuple(
        msgspec.structs.replace(device, name=f"{device.name} ({known_by})")
        if names[device.name, device.is_loopback] > 1
        else device
        for device, known_by in zip(devices, marks, strict=True)
    )
