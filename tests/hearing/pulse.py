"""A sound server of the tests' own: outputs whose monitors are microphones, without any hardware.

It is a real PulseAudio; PortAudio reaches it through ALSA, soundcard speaks to it directly.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hearing.process.waiting import wait_for

PACKAGES = "pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"
_ALSA = """\
pcm.{title} {{ type pulse device "{name}.monitor" }}
"""
"""A device of ALSA that is a monitor of the server."""
_DEFAULT = """\
pcm.!default { type pulse }
"""


class SoundServer:
    """A running server, and what is plugged into it."""

    def __init__(self, folder: Path, devices: Mapping[str, str]) -> None:
        """Start it; `devices` are outputs by name, and what ALSA calls what is heard of each."""
        self._folder = folder
        alsa = "".join(_ALSA.format(name=name, title=title) for name, title in devices.items())
        (folder / "alsa.conf").write_text(alsa + _DEFAULT)
        self.environment = {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder / "pulse"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_COOKIE": str(folder / "cookie"),
            "ALSA_CONFIG_PATH": str(folder / "alsa.conf"),
        }
        self._plugged: dict[str, tuple[str, subprocess.Popen[bytes]]] = {}
        self.start()

    def start(self) -> None:
        """Start the server."""
        self._process = subprocess.Popen(
            [
                *(
                    _program("pulseaudio"),
                    "-n",
                    "--daemonize=no",
                    "--use-pid-file=no",
                    "--disable-shm",
                ),
                *("--exit-idle-time=-1", "-L", "module-native-protocol-unix"),
            ],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: self._control("info") is not None, "the sound server")

    def stop(self) -> None:
        """End the server; what is plugged in is gone."""
        self._process.terminate()
        self._process.wait()
        for _, keeper in self._plugged.values():
            keeper.wait()
        self._plugged.clear()

    def plug(self, name: str, title: str = "") -> None:
        """Plug an output in; what is played to it is heard on its monitor, `Monitor of TITLE`."""
        properties = f"sink_properties=device.description={title or name}"
        module = self._control("load-module", "module-null-sink", f"sink_name={name}", properties)
        assert module is not None
        # While nobody listens, such an output works in steps of two seconds.
        keeper = subprocess.Popen(
            [_program("parec"), "--latency-msec=20", f"--device={name}.monitor"],
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._plugged[name] = (module, keeper)
        wait_for(lambda: f"\t{self._source(name)}\t" in self.recorders(), "somebody who listens")

    def unplug(self, name: str) -> None:
        """Pull an output out."""
        module, keeper = self._plugged.pop(name)
        keeper.terminate()
        keeper.wait()
        assert self._control("unload-module", module) is not None

    def play(self, file: Path, name: str) -> "subprocess.Popen[bytes]":
        """Begin to play a file to an output; the process ends with it."""
        return subprocess.Popen(
            [_program("paplay"), f"--device={name}", str(file)], env=os.environ | self.environment
        )

    def recorders(self) -> str:
        """Return a line for each that records; a keeper of the rig is one for each output."""
        return self._control("list", "short", "source-outputs") or ""

    def recording(self) -> int:
        """Return how many record beside the rig."""
        return len(self.recorders().splitlines()) - len(self._plugged)

    def _source(self, name: str) -> str:
        """Return the number of the monitor of an output."""
        for line in (self._control("list", "short", "sources") or "").splitlines():
            number, source, *_ = line.split("\t")
            if source == f"{name}.monitor":
                return number
        return "?"

    def _control(self, *words: str) -> str | None:
        done = subprocess.run(
            [_program("pactl"), *words],
            env=os.environ | self.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout.strip() if done.returncode == 0 else None


def _program(name: str) -> str:
    """Return the path of a program; without it, the test fails with what to install."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed: sudo apt-get install {PACKAGES}")
    return found


@contextmanager
def sound_server(monkeypatch: pytest.MonkeyPatch, **devices: str) -> Iterator[SoundServer]:
    """Run a server for the programs that a test starts, with outputs by name and title in ALSA."""
    # Not a folder of pytest's: the path of a socket may have no more than 107 characters.
    with tempfile.TemporaryDirectory(prefix="pulse-") as folder:
        server = SoundServer(Path(folder), devices)
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        try:
            for name in devices:
                server.plug(name)
            yield server
        finally:
            server.stop()
