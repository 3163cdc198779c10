"""Devices that the tests plug in, unplug and speak into."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import Found, Listed, Listing
from callcoach.hearing.capture.host import Host, Input, Stream, Take


def listed(
    name: str, *, rate: int = 16_000, is_default: bool = False, is_loopback: bool = False
) -> Listed:
    """Return a device with two channels."""
    return Listed(name, "Test", 2, rate, is_default, is_loopback)


@dataclass
class OpenDevice:
    """A device that somebody records from."""

    name: str
    channels: int
    take: Take
    is_closed: bool = False

    def close(self) -> None:
        """Let it go."""
        self.is_closed = True

    def give(
        self, seconds: float, *values: int, is_broken: bool = False, rate: int = 16_000
    ) -> None:
        """Give so many seconds of one value on each channel."""
        assert len(values) == self.channels
        self.take(array("h", values * round(seconds * rate)).tobytes(), is_broken)


@dataclass
class AHost:
    """A library and its devices; like PortAudio, it reads their list only when it is told to."""

    plugged: list[Listed]
    opened: list[OpenDevice] = field(default_factory=list)
    busy: set[str] = field(default_factory=set)
    """Names of devices that cannot be opened."""
    read: int = 0
    """How often the list was read anew."""

    def __post_init__(self) -> None:
        self._known = list(self.plugged)

    def inputs(self) -> Sequence[Input]:
        """Return what was there when the list was read."""
        return [Input(number, it) for number, it in enumerate(self._known)]

    def open_input(self, device: Input, channels: int, take: Take) -> Stream:
        """Open a device that is there."""
        name = device.listed.name
        if device.listed not in self.plugged or name in self.busy:
            raise AudioError("“{name}” cannot be opened: {why}", "", name=name, why="test")
        self.opened.append(OpenDevice(name, channels, take))
        return self.opened[-1]

    def read_anew(self) -> None:
        """Read the list."""
        assert all(it.is_closed for it in self.opened)
        self.read += 1
        self._known = list(self.plugged)

    def give_all(self, name: str, seconds: float, value: int) -> None:
        """Give sound by a device as often as it is open now, which may be not at all."""
        for it in list(self.opened):
            if it.name == name and not it.is_closed:
                it.give(seconds, *[value] * it.channels)

    def open_now(self, name: str) -> OpenDevice:
        """Return the device of a name that is open."""
        (found,) = (it for it in self.opened if it.name == name and not it.is_closed)
        return found


class ListedAtOnce(Listing):
    """A list of what is plugged in now."""

    is_done = True

    def __init__(self, library: str, host: AHost) -> None:
        self._given = (Found(library, tuple(host.plugged)),)

    def wait(self) -> tuple[Found, ...]:
        """Return it."""
        return self._given


def loader(**hosts: Host) -> "Loader":
    """Return what loads libraries by their names; the others are missing."""
    return Loader(hosts)


@dataclass(frozen=True)
class Loader:
    """Loads libraries."""

    hosts: dict[str, Host]

    def __call__(self, library: str) -> Host:
        """Return one of them."""
        if library not in self.hosts:
            raise AudioError("{library} is missing", "install it", library=library)
        return self.hosts[library]
