"""Finds the device that is meant among those that there are."""

import sys
from collections.abc import Callable, Iterator, Sequence

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import Listed, libraries
from callcoach.hearing.capture.host import Host, Input
from callcoach.hearing.sound import Device


def matches(device: Device, listed: Sequence[Listed]) -> Iterator[int]:
    """Yield the places in a list of those that may be meant, the best first.

    Without a name it is the usual one; where no loopback is, any.
    """
    kind = [n for n, it in enumerate(listed) if it.is_loopback == device.is_loopback]
    if device.name:
        yield from (n for n in kind if listed[n].name == device.name)
        return
    yield from (n for n in kind if listed[n].is_default)
    if device.is_loopback:
        yield from (n for n in kind if not listed[n].is_default)


def find_inputs(device: Device, load: Callable[[str], Host]) -> Iterator[tuple[str, Host, Input]]:
    """Yield the inputs that may be meant, the best first, each with its library.

    Raises `AudioError`, with a remedy, where there is none.
    """
    missing: list[AudioError] = []
    is_found = False
    for library in libraries():
        try:
            host = load(library)
            inputs = host.inputs()
        except AudioError as error:
            missing.append(error)
            continue
        for place in matches(device, [it.listed for it in inputs]):
            is_found = True
            yield library, host, inputs[place]
    if not is_found:
        raise _missing(device, missing)


def _missing(device: Device, missing: Sequence[AudioError]) -> AudioError:
    """Return what to tell where no input is the one that is meant, and libraries are missing."""
    if missing and (device.is_loopback or len(missing) == len(libraries())):
        return missing[-1 if device.is_loopback else 0]
    return no_input(device)


def no_input(device: Device) -> AudioError:
    """Return what to tell where no input is the one that is meant."""
    if device.name:
        return AudioError(
            "there is no input “{name}”",
            "plug it in, or choose another: callcoach doctor audio",
            name=device.name,
        )
    if not device.is_loopback:
        return AudioError(
            "this machine has no microphone", "plug one in, or look with: callcoach doctor audio"
        )
    if sys.platform == "darwin":
        return AudioError(
            "macOS lets no program hear what others play",
            "install a virtual device, such as BlackHole, let the softphone play into it, and"
            " choose it as the far side",
        )
    return AudioError(
        "this machine plays to nothing that could be heard",
        "switch its loudspeaker or headset on",
    )
