"""What this machine plays, and the inputs of a sound server; the home of soundcard.

Windows gives the sound of each of its outputs, PulseAudio and PipeWire that of their monitors, and
their microphones by the names that people know. Importing it raises what `load` knows of where
there is no sound server.
"""

import importlib
import sys
import threading
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

import soundcard

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import Listed, tell_apart
from callcoach.hearing.capture.host import SERVER, Input, Stream, Take
from callcoach.hearing.sound import BLOCK, RATE

_HOST = "Windows WASAPI" if sys.platform == "win32" else "PulseAudio"
_FRAMES = int(RATE * BLOCK)
_FULL = 32_767
_ODD = (RuntimeError, LookupError, AssertionError, TypeError)
"""What soundcard raises where there is no device, or none any more between two of its questions."""
_EVERY = 1.0
"""Seconds between two looks at whether the device is still there: a sound server moves those who
listen to one that was unplugged over to another, without a word."""
_PATIENCE = 2.0
"""Seconds that a recording may take to end."""


def inputs() -> Sequence[Input]:
    """Return the devices that there are now; on Windows only what is played."""
    try:
        devices = [it for it in _all() if it.isloopback or sys.platform != "win32"]
        usual = {False: _default(soundcard.default_microphone), True: _played()}
        listed = tell_apart(
            [_listed(it, usual[it.isloopback]) for it in devices], [it.id for it in devices]
        )
    except _ODD as error:
        raise AudioError(
            "the devices cannot be listed: {why}", "try again", why=type(error).__name__
        ) from error
    return [Input(it.id, one) for it, one in zip(devices, listed, strict=True)]


def _all() -> list[Any]:
    """Return the devices of soundcard; raises `AudioError` where its server is gone.

    To ask it then would end the process: libpulse asserts that it has an answer to wait for.
    """
    if sys.platform != "win32" and not _is_connected():
        raise AudioError("there is no sound server", SERVER)
    found: list[Any] = soundcard.all_microphones(include_loopback=True)
    return found


def _listed(device: Any, usual: Collection[str]) -> Listed:
    return Listed(
        name=device.name,
        host=_HOST,
        channels=device.channels,
        rate=RATE,
        is_default=device.id in usual,
        is_loopback=device.isloopback,
    )


def _played() -> Collection[str]:
    """Return what the usual output is heard by: its own name, or that of its monitor."""
    return [name for id in _default(soundcard.default_speaker) for name in (id, f"{id}.monitor")]


def _default(ask: Callable[[], Any]) -> Collection[str]:
    """Return the name of a usual device, or nothing where there is none."""
    try:
        return (ask().id,)
    except _ODD:
        return ()


def open_input(device: Input, channels: int, take: Take) -> Stream:
    """Open a device; the server brings it to `RATE`. One channel is all of them mixed."""
    try:
        (found,) = (it for it in _all() if it.id == device.id)
        recorder = found.recorder(RATE, channels=channels, blocksize=_FRAMES)
        recorder.__enter__()
    except (ValueError, *_ODD) as error:
        raise AudioError(
            "“{name}” cannot be opened: {why}",
            "plug it in, or choose another: callcoach doctor audio",
            name=device.listed.name,
            why=type(error).__name__,
        ) from error
    return _Recording(device.id, recorder, take)


class _Recording:
    """A recorder at work, in a thread of its own."""

    def __init__(self, id: int | str, recorder: Any, take: Take) -> None:
        self._id, self._recorder, self._take = id, recorder, take
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let the device go.

        A recorder that gives nothing cannot be ended, it would crash: it stays until it gives.
        """
        self._is_over.set()
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        looked = time.monotonic()
        try:
            while not self._is_over.is_set():
                frames = self._recorder.record(_FRAMES)
                if time.monotonic() - looked > _EVERY:
                    looked = time.monotonic()
                    if all(it.id != self._id for it in _all()):
                        break
                if not self._is_over.is_set():
                    self._take(_pcm(frames), False)
        except (AudioError, *_ODD):
            pass  # it is gone: nothing comes any more, which is noticed
        self._recorder.__exit__(None, None, None)


def _pcm(frames: Any) -> bytes:
    """Return samples of 16 bit, little-endian, of frames where full scale is 1."""
    scaled: bytes = (frames.clip(-1, 1) * _FULL).round().astype("<i2").tobytes()
    return scaled


def read_anew() -> None:
    """Go to the sound server anew: it may have been started again."""
    if sys.platform == "win32":
        return
    try:
        importlib.reload(sys.modules["soundcard.pulseaudio"])
        importlib.reload(soundcard)
    except _ODD as error:
        raise AudioError("there is no sound server", SERVER) from error


def _is_connected() -> bool:
    """Tell whether soundcard, which connects once for all, still is connected."""
    server = sys.modules["soundcard.pulseaudio"]
    pulse = server._pulse  # noqa: SLF001 (soundcard has nothing else that tells)
    state = pulse._pa_context_get_state(pulse.context)  # noqa: SLF001
    return bool(state == server._pa.PA_CONTEXT_READY)  # noqa: SLF001
