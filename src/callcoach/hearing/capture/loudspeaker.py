"""The machine's usual output, by sounddevice; importing it raises `OSError` without PortAudio."""

from types import TracebackType
from typing import Self

import sounddevice

from callcoach.errors import AudioError
from callcoach.hearing.capture.faster import Samples
from callcoach.hearing.sound import RATE
from callcoach.locale import mark

_LATENCY = 0.1
"""Seconds that the output may hold: less breaks off on a busy machine."""
_WASAPI = "Windows WASAPI"
_PLUG_IN = mark("plug in a headset or loudspeaker, and choose it in the system's settings")


class Loudspeaker:
    """Plays one voice at `RATE`."""

    def __init__(self) -> None:
        """Open the output; raises `AudioError` where there is none."""
        try:
            device = sounddevice.query_devices(kind="output")
            host = sounddevice.query_hostapis(device["hostapi"])["name"]
            self._stream = sounddevice.RawOutputStream(
                channels=1,
                samplerate=RATE,
                dtype="int16",
                latency=_LATENCY,
                # Shared devices of Windows take only their own rate otherwise.
                extra_settings=sounddevice.WasapiSettings(auto_convert=True)
                if host == _WASAPI
                else None,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise _no_output(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.abort(ignore_errors=True)
        self._stream.close(ignore_errors=True)

    @property
    def late(self) -> float:
        """Return how many seconds after it was given sound is heard."""
        return float(self._stream.latency)

    def play(self, samples: Samples) -> None:
        """Play; wait while enough is on its way. Raises `AudioError`."""
        pcm = (samples * 32_767).astype("<i2").tobytes()
        try:
            self._stream.write(pcm)
        except sounddevice.PortAudioError as error:
            raise _no_output(error) from error

    def finish(self) -> None:
        """Wait until everything was heard."""
        self._stream.stop(ignore_errors=True)


def _no_output(error: Exception) -> AudioError:
    why = str(error.args[0] if error.args else error)
    if "device -1" in why:  # PortAudio's way of saying that the system names none
        return AudioError("this computer has no sound output", _PLUG_IN)
    return AudioError("nothing can be heard here: {why}", _PLUG_IN, why=why)
