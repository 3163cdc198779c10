"""The inputs that PortAudio has, and their sound; the home of sounddevice.

Importing it raises `OSError` where PortAudio is missing.
"""

import re
import sys
from collections.abc import Sequence
from typing import Any

import sounddevice

from callcoach.errors import AudioError, Told
from callcoach.hearing.capture.device_list import Listed, tell_apart
from callcoach.hearing.capture.host import Input, Stream, Take
from callcoach.hearing.sound import BLOCK

_WASAPI = "Windows WASAPI"
_LATENCY = 0.1
"""Seconds that a device may hold for us. It delays nothing, as blocks come when they are full, and
a busy machine loses less; with the least that PulseAudio offers, 9 ms, nothing came for 2 s."""
_LOOPBACK = re.compile(
    r"\[loopback\]|^monitor of |\.monitor$|stereo mix|blackhole|soundflower|loopback audio"
    r"|cable output|立体声混音",
    re.IGNORECASE,
)
"""What inputs are called that give what is played: monitors, and virtual cables."""
_REFUSED = {
    "darwin": Told(
        "allow the terminal to use the microphone: System Settings, Privacy & Security, Microphone"
    ),
    "win32": Told("let desktop apps use the microphone: Settings, Privacy, Microphone"),
}.get(sys.platform, Told("close what else records, or choose another: callcoach doctor audio"))


def inputs() -> Sequence[Input]:
    """Return the devices that there were when the list was read."""
    try:
        hosts: Any = sounddevice.query_hostapis()
        devices: Any = sounddevice.query_devices()
    except sounddevice.PortAudioError as error:
        raise _error("the devices cannot be listed: {why}", error) from error
    names = [host["name"] for host in hosts]
    wanted = {_WASAPI} if _WASAPI in names else set(names)
    usual = _default(hosts, wanted)
    chosen = [
        it
        for it in devices
        if it["max_input_channels"] > 0 and hosts[it["hostapi"]]["name"] in wanted
    ]
    listed = tell_apart(
        [_listed(it, hosts, usual) for it in chosen], [str(it["index"]) for it in chosen]
    )
    return [Input(it["index"], one) for it, one in zip(chosen, listed, strict=True)]


def _default(hosts: Any, wanted: set[str]) -> int:
    """Return the index of the usual input; -1 where there is none.

    On Windows every device is listed by four systems, and PortAudio's own choice is the oldest.
    """
    usual = [it["default_input_device"] for it in hosts if it["name"] in wanted]
    return next((index for index in usual if index >= 0), -1)


def _listed(device: Any, hosts: Any, usual: int) -> Listed:
    return Listed(
        name=device["name"],
        host=hosts[device["hostapi"]]["name"],
        channels=device["max_input_channels"],
        rate=int(device["default_samplerate"]),
        is_default=device["index"] == usual,
        is_loopback=_LOOPBACK.search(device["name"]) is not None,
    )


def open_input(device: Input, channels: int, take: Take) -> Stream:
    """Open a device's first `channels` at its own rate."""
    listed = device.listed

    def copy(data: Any, _frames: int, _when: Any, status: Any) -> None:
        take(bytes(data), bool(status.input_overflow))

    try:
        stream = sounddevice.RawInputStream(
            device=device.id,
            channels=channels,
            samplerate=listed.rate,
            dtype="int16",
            blocksize=int(listed.rate * BLOCK),
            latency=_LATENCY,
            callback=copy,
            # Shared devices of Windows take only their own number of channels otherwise.
            extra_settings=sounddevice.WasapiSettings(auto_convert=True)
            if listed.host == _WASAPI
            else None,
        )
    except sounddevice.PortAudioError as error:
        raise _error("“{name}” cannot be opened: {why}", error, name=listed.name) from error
    try:
        stream.start()
    except sounddevice.PortAudioError as error:
        stream.close(ignore_errors=True)
        raise _error("“{name}” cannot be opened: {why}", error, name=listed.name) from error
    return _Open(stream)


class _Open:
    """A stream at work."""

    def __init__(self, stream: sounddevice.RawInputStream) -> None:
        self._stream = stream

    def close(self) -> None:
        """Let the device go, even one that is there no more."""
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def read_anew() -> None:
    """Let PortAudio look for devices again; that is only possible by ending and beginning it."""
    try:
        sounddevice._terminate()  # noqa: SLF001 (sounddevice has no other way)
        sounddevice._initialize()  # noqa: SLF001
    except sounddevice.PortAudioError as error:
        raise _error("the devices cannot be listed: {why}", error) from error


def _error(message: str, error: sounddevice.PortAudioError, **values: object) -> AudioError:
    return AudioError(message, _REFUSED, why=error.args[0], **values)
