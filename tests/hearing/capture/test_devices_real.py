"""The real sounddevice and soundcard, on a real sound server: words, unplugging, its restart."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import list_devices
from callcoach.hearing.capture.messages import Open, Pause, Report, Resume
from callcoach.hearing.checking.probe import Probe, Shown
from callcoach.hearing.heard import Final
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.signs import Level, Opened, Trouble, Troubled
from callcoach.hearing.sound import Block, Device
from callcoach.script.model import Speaker
from tests.hearing.capture.making import voice
from tests.hearing.listening import listening
from tests.hearing.process.waiting import wait_for
from tests.hearing.pulse import SoundServer, sound_server
from tests.hearing.recordings import engine, sentence
from tests.hearing.sounds import bare_results, spoken, write_wave

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="PulseAudio is of Linux")
AGENT = Device(Speaker.AGENT, "Headset")
CUSTOMER = Device(Speaker.CUSTOMER, "Monitor of far", is_loopback=True)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Return a server with the agent's headset and an output that the customer is heard on."""
    with sound_server(monkeypatch, near="Headset", far="Deskphone") as server:
        yield server


class Capture:
    """The process that takes sound, and what it told until now."""

    def __init__(self, log: Path, *devices: Device) -> None:
        self.reports: list[Report | Ended] = []
        self.child = Child[Report](
            "callcoach.hearing.capture.worker", Report, self.reports.append, log
        )
        self.child.send(Open(devices))

    @property
    def blocks(self) -> list[Block]:
        """Return the sound."""
        return [it for it in self.reports if isinstance(it, Block)]

    def troubles(self, what: Trouble) -> set[int | None]:
        """Return the channels with which something was amiss, or well again."""
        return {it.channel for it in self.reports if isinstance(it, Troubled) and it.what is what}

    def seconds(self, channel: int) -> float:
        """Return until when there is sound."""
        return max((it.end for it in self.blocks if it.channel == channel), default=0.0)

    def has_more(self) -> None:
        """Wait for more sound of both channels."""
        before = [self.seconds(channel) for channel in (0, 1)]
        wait_for(lambda: all(self.seconds(it) > before[it] for it in (0, 1)), "more sound")


@pytest.fixture
def capture(server: SoundServer, tmp_path: Path) -> Iterator[Capture]:
    """Return a process that takes the sound of both; the server runs until it has ended."""
    assert server
    log = tmp_path / "log"
    capture = Capture(log, AGENT, CUSTOMER)
    yield capture
    capture.child.close()
    wait_for(lambda: isinstance(capture.reports[-1], Ended), "the end of the process")
    assert capture.reports[-1] == Ended(0), log.read_text()


def test_both_voices_are_heard_at_once_word_by_word(
    server: SoundServer, capture: Capture, tmp_path: Path
) -> None:
    capture.has_more()
    playing = []
    for number, output in enumerate(("near", "far")):
        file = write_wave(tmp_path / f"{output}.wav", spoken("en", number, pause=0.2))
        playing.append(server.play(file, output))
    assert [it.wait() for it in playing] == [0, 0]
    end = max(map(capture.seconds, (0, 1))) + 1.0
    wait_for(lambda: min(map(capture.seconds, (0, 1))) > end, "a second of silence")
    for channel in (0, 1):
        results = bare_results(engine("en"), voice(capture.blocks, channel))
        heard = " ".join(it.text for it in results if isinstance(it, Final))
        assert heard == sentence("en", channel).text
    (opened,) = (it for it in capture.reports if isinstance(it, Opened))
    assert opened.names == ("Headset", "Monitor of far")
    assert max(it.rms for it in capture.reports if isinstance(it, Level)) > -40


def test_a_pause_closes_the_devices(server: SoundServer, capture: Capture) -> None:
    capture.has_more()
    assert server.recording() == 2
    capture.child.send(Pause())
    wait_for(lambda: server.recording() == 0, "that nobody records")
    capture.child.send(Resume())
    capture.has_more()
    assert server.recording() == 2
    assert not capture.troubles(Trouble.DROPPED)


def test_what_is_unplugged_is_lost_and_comes_back(server: SoundServer, capture: Capture) -> None:
    capture.has_more()
    # The server moves who listens to an output that is gone over to another: that is noticed.
    server.unplug("far")
    wait_for(lambda: capture.troubles(Trouble.LOST) == {1}, "that the far side is lost")
    server.unplug("near")
    wait_for(lambda: capture.troubles(Trouble.LOST) == {0, 1}, "that both are lost")
    server.plug("near")
    server.plug("far")
    wait_for(lambda: capture.troubles(Trouble.BACK) == {0, 1}, "that both are back")
    capture.has_more()


def test_a_server_that_is_started_again_is_found_again(
    server: SoundServer, capture: Capture
) -> None:
    capture.has_more()
    server.stop()
    wait_for(lambda: capture.troubles(Trouble.LOST) == {0, 1}, "that both are lost")
    server.start()
    server.plug("near")
    server.plug("far")
    wait_for(lambda: capture.troubles(Trouble.BACK) == {0, 1}, "that both are back")
    capture.has_more()


@pytest.mark.usefixtures("server")
def test_the_list_names_what_there_is() -> None:
    devices = {it.name: it for it in list_devices()}
    assert {"Headset", "Deskphone", "default", "Monitor of near", "Monitor of far"} <= set(devices)
    assert devices["default"].is_default
    assert not devices["Headset"].is_loopback
    assert devices["Monitor of far"].is_loopback
    assert sum(it.is_default for it in devices.values() if it.is_loopback) == 1


def test_two_of_the_same_name_are_told_apart(server: SoundServer) -> None:
    server.plug("more", title="far")
    names = [it.name for it in list_devices()]
    assert {"Monitor of far (far.monitor)", "Monitor of far (more.monitor)"} <= set(names)


def test_a_user_who_chooses_sees_how_loud_it_is(server: SoundServer, tmp_path: Path) -> None:
    shown: list[Shown] = []
    probe = Probe(CUSTOMER, shown.append)
    playing = server.play(write_wave(tmp_path / "far.wav", spoken("en") * 3), "far")
    wait_for(lambda: any(isinstance(it, Level) and it.rms > -40 for it in shown), "a level")
    probe.close()
    playing.terminate()
    playing.wait()
    wait_for(lambda: server.recording() == 0, "that nobody records")


def test_without_a_server_it_is_said_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    (tmp_path / "alsa.conf").write_text("")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "alsa.conf"))
    with pytest.raises(AudioError) as raised:
        list_devices()
    assert raised.value.message == "there is no sound server"
    assert raised.value.hint


def test_the_ear_hears_both_and_goes_on_when_the_process_of_the_devices_is_killed(
    server: SoundServer, tmp_path: Path
) -> None:
    files = [write_wave(tmp_path / f"{it}.wav", spoken("en", it)) for it in (0, 1)]
    with listening((AGENT, CUSTOMER)) as heard:

        def speak(times: int) -> None:
            """Let both speak as soon as they are heard, and wait until each spoke so often."""
            begun = len(heard.signs)

            def are_heard() -> bool:
                levels = [it for it in heard.signs[begun:] if isinstance(it, Level)]
                return {it.channel for it in levels} == {0, 1}

            wait_for(are_heard, "the levels of both")
            playing = [server.play(files[0], "near"), server.play(files[1], "far")]
            assert [it.wait() for it in playing] == [0, 0]
            wanted = [[sentence("en", channel).text] * times for channel in (0, 1)]
            wait_for(lambda: [heard.texts(0), heard.texts(1)] == wanted, f"{wanted}")

        speak(1)
        capture, _ = heard.ear.processes
        assert capture is not None
        os.kill(capture, signal.SIGKILL)
        wait_for(lambda: heard.troubles(Trouble.BACK), "that the devices are open again")
        speak(2)
