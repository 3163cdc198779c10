"""Sound from devices: channels, time, what is lost, and devices that come and go."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from callcoach.errors import AudioError
from callcoach.hearing.capture.devices import Devices, Patience
from callcoach.hearing.signs import Trouble, Troubled
from callcoach.hearing.sound import Block, Device
from callcoach.script.model import Speaker
from tests.hearing.capture.a_host import AHost, ListedAtOnce, listed, loader
from tests.hearing.capture.making import samples, voice
from tests.hearing.process.waiting import BOUND, wait_for

PATIENT = Patience(first=BOUND, next=BOUND, mute=BOUND, again=BOUND)
HASTY = Patience(first=0.3, next=0.3, mute=BOUND, again=0.1)
AGENT = Device(Speaker.AGENT, "Headset")
CUSTOMER = Device(Speaker.CUSTOMER, "Speakers", is_loopback=True)


@dataclass
class Heard:
    """What devices gave until now."""

    devices: Devices
    all: list[Block | Troubled] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """Return the sound."""
        return [it for it in self.all if isinstance(it, Block)]

    @property
    def troubles(self) -> list[tuple[Trouble, int | None]]:
        """Return what was amiss, and where."""
        return [(it.what, it.channel) for it in self.all if isinstance(it, Troubled)]

    def wait_for(self, claim: Callable[[], object]) -> None:
        """Wait until something is true."""
        wait_for(claim, str(self.all))


@contextmanager
def hearing(devices: Devices) -> Iterator[Heard]:
    """Listen to devices that are open, in a thread, as the process does."""
    heard = Heard(devices)

    def listen() -> None:
        for it in devices:
            heard.all.append(it)

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield heard
    finally:
        devices.close()
        thread.join(BOUND)
        assert not thread.is_alive()


def a_host() -> AHost:
    """Return a library with a microphone and what is played."""
    return AHost(
        [
            listed("Headset"),
            listed("Desk", rate=48_000, is_default=True),
            listed("Speakers", is_loopback=True, is_default=True),
        ]
    )


def devices_of(host: AHost, *wanted: Device, patience: Patience = PATIENT) -> Devices:
    """Return the source of some devices."""
    return Devices(
        wanted,
        patience,
        loader(portaudio=host),
        lambda _libraries: ListedAtOnce("portaudio", host),
    )


def test_two_devices_are_two_channels_in_step() -> None:
    host = a_host()
    devices = devices_of(host, AGENT, CUSTOMER)
    devices.open()
    assert devices.roles == (Speaker.AGENT, Speaker.CUSTOMER)
    assert devices.names == ("Headset", "Speakers")
    with hearing(devices) as heard:
        for value in range(1, 6):
            host.open_now("Headset").give(0.04, value)
            host.open_now("Speakers").give(0.04, -value)
        heard.wait_for(lambda: len(heard.blocks) == 10)
    for channel, sign in ((0, 1), (1, -1)):
        pcm = samples(voice(heard.blocks, channel))
        assert list(pcm[::640]) == [sign * value for value in range(1, 6)]
        assert pcm.size == 5 * 640
    assert not heard.troubles


def test_one_device_with_a_voice_on_each_channel_is_opened_once() -> None:
    host = a_host()
    both = (AGENT, Device(Speaker.CUSTOMER, "Headset", channel=1))
    devices = devices_of(host, *both)
    devices.open()
    with hearing(devices) as heard:
        host.open_now("Headset").give(0.1, 7, -8)
        heard.wait_for(lambda: len(heard.blocks) == 2)
    assert set(samples(voice(heard.blocks, 0))) == {7}
    assert set(samples(voice(heard.blocks, 1))) == {-8}


def test_the_usual_one_is_named_and_brought_to_the_rate_of_hearing() -> None:
    host = a_host()
    devices = devices_of(host, Device(Speaker.AGENT))
    devices.open()
    assert devices.names == ("Desk",)
    with hearing(devices) as heard:
        for _ in range(25):
            host.open_now("Desk").give(0.04, 1000, rate=48_000)
        heard.wait_for(lambda: len(voice(heard.blocks)) > 2 * 16_000 * 0.9)
    assert set(samples(voice(heard.blocks))[1000:-1000]) == {1000}


def test_time_is_of_the_ear_and_goes_on_in_a_pause() -> None:
    host = a_host()
    devices = devices_of(host, AGENT)
    devices.open(at=100.0)
    with hearing(devices) as heard:
        first = host.open_now("Headset")
        first.give(0.04, 1)
        devices.pause()
        assert first.is_closed
        first.give(0.04, 2)
        before = devices.at
        devices.resume()
        host.open_now("Headset").give(0.04, 3)
        heard.wait_for(lambda: len(heard.blocks) == 2)
    one, other = heard.blocks
    assert set(samples(one.pcm)) == {1}
    assert set(samples(other.pcm)) == {3}
    assert 99.9 < one.at < before
    assert other.at >= before - 0.04
    assert not heard.troubles


@dataclass
class AClock:
    """A time that stands still until it is put forward."""

    now: float = 1000.0

    def monotonic(self) -> float:
        """Return it."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> AClock:
    """Return the time of devices."""
    clock = AClock()
    for module in ("devices", "tap"):
        monkeypatch.setattr(f"callcoach.hearing.capture.{module}.time", clock)
    return clock


def test_what_nobody_took_in_time_is_let_go_and_told(clock: AClock) -> None:
    host = a_host()
    devices = devices_of(host, AGENT, patience=Patience())
    devices.open()
    listening = iter(devices)
    for value in range(300):
        clock.now += 0.04
        host.open_now("Headset").give(0.04, value)
        if not value:
            assert isinstance(next(listening), Block)
    hole, first = next(listening), next(listening)
    assert isinstance(hole, Troubled)
    assert isinstance(first, Block)
    lost = 299 - 256
    assert (hole.what, hole.channel) == (Trouble.DROPPED, 0)
    assert (hole.start, hole.end) == pytest.approx((0.04, 0.04 * (lost + 1)))
    assert (first.at, samples(first.pcm)[0]) == pytest.approx((hole.end, lost + 1))
    devices.close()


def test_sound_that_the_driver_lost_is_told_with_its_time(clock: AClock) -> None:
    host = a_host()
    devices = devices_of(host, AGENT, patience=Patience())
    devices.open()
    listening = iter(devices)
    for pause in (0.04, 0.54):
        clock.now += pause
        host.open_now("Headset").give(0.04, 5, is_broken=pause > 0.04)
    assert isinstance(next(listening), Block)
    hole, after = next(listening), next(listening)
    assert isinstance(hole, Troubled)
    assert isinstance(after, Block)
    assert (hole.what, hole.channel) == (Trouble.DROPPED, 0)
    assert (hole.start, hole.end, after.at) == pytest.approx((0.04, 0.54, 0.54))
    devices.close()


def test_a_device_that_falls_silent_is_lost_and_the_other_goes_on() -> None:
    host = a_host()
    devices = devices_of(host, AGENT, CUSTOMER, patience=HASTY)
    devices.open()
    with hearing(devices) as heard:
        old = host.open_now("Headset")
        old.give(0.04, 1)
        host.plugged = [it for it in host.plugged if it.name != "Headset"]

        def is_lost() -> bool:
            host.give_all("Speakers", 0.04, 2)
            return (Trouble.LOST, 0) in heard.troubles

        heard.wait_for(is_lost)
        assert old.is_closed
        # It is back in the list of the system, and PortAudio does not know until it reads it anew.
        host.plugged.insert(0, listed("Headset"))

        def is_open_again() -> bool:
            host.give_all("Speakers", 0.04, 2)
            return any(one.name == "Headset" and not one.is_closed for one in host.opened)

        heard.wait_for(is_open_again)
        host.open_now("Headset").give(0.04, 3)
        heard.wait_for(lambda: (Trouble.BACK, 0) in heard.troubles)
        heard.wait_for(lambda: voice(heard.blocks, 0).endswith(b"\3\0"))
    told = [it for it in heard.troubles if it[1] == 0]
    assert told == [(Trouble.LOST, 0), (Trouble.BACK, 0)]
    assert (Trouble.LOST, 1) not in heard.troubles


def test_the_list_is_not_read_anew_over_one_that_works_without_need() -> None:
    host = a_host()
    host.busy = {"Headset"}
    devices = devices_of(host, AGENT, CUSTOMER, patience=HASTY)
    devices.open()
    with hearing(devices) as heard:

        def is_lost() -> bool:
            host.give_all("Speakers", 0.04, 2)
            return (Trouble.LOST, 0) in heard.troubles

        heard.wait_for(is_lost)
        host.busy = set()

        def is_open() -> bool:
            host.give_all("Speakers", 0.04, 2)
            return len(host.opened) == 2

        heard.wait_for(is_open)
    assert host.read == 0
    lost = next(it for it in heard.all if isinstance(it, Troubled))
    assert str(lost.told.message) == "“Headset” cannot be opened: test"


def test_a_microphone_with_nothing_but_digital_silence_is_lost_until_it_is_not() -> None:
    host = a_host()
    devices = devices_of(host, AGENT, CUSTOMER, patience=Patience(BOUND, BOUND, 1.0, BOUND))
    devices.open()
    with hearing(devices) as heard:
        for _ in range(30):
            host.open_now("Headset").give(0.04, 0)
            host.open_now("Speakers").give(0.04, 0)
        heard.wait_for(lambda: (Trouble.LOST, 0) in heard.troubles)
        host.open_now("Headset").give(0.04, 1)
        heard.wait_for(lambda: len(heard.blocks) == 61)
    assert heard.troubles == [(Trouble.LOST, 0), (Trouble.BACK, 0)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Device(Speaker.AGENT, "Fax"), "there is no input “Fax”"),
        (Device(Speaker.CUSTOMER, "Headset", is_loopback=True), "soundcard is missing"),
    ],
)
def test_what_is_not_there_is_told(wanted: Device, said: str) -> None:
    devices = devices_of(a_host(), wanted)
    with pytest.raises(AudioError) as raised:
        devices.open()
    assert str(raised.value.message) == said
    assert raised.value.hint


def test_within_a_call_it_is_waited_for() -> None:
    host = a_host()
    host.plugged.pop(0)
    host.read_anew()
    devices = devices_of(host, AGENT, patience=HASTY)
    devices.open(at=7.0)
    with hearing(devices) as heard:
        heard.wait_for(lambda: heard.troubles == [(Trouble.LOST, 0)])
        host.plugged.insert(0, listed("Headset"))
        heard.wait_for(lambda: host.opened)
        host.open_now("Headset").give(0.04, 3)
        heard.wait_for(lambda: heard.troubles == [(Trouble.LOST, 0), (Trouble.BACK, 0)])


def test_without_portaudio_the_other_library_gives_the_usual_one() -> None:
    host = AHost([listed("Built-in", is_default=True)])
    devices = Devices([Device(Speaker.AGENT)], PATIENT, loader(soundcard=host))
    devices.open()
    assert devices.names == ("Built-in",)
    devices.close()


def test_a_library_that_hangs_ends_the_process() -> None:
    """The ear starts another one; a thread that hangs in a library cannot be ended."""
    program = """
import time
from callcoach.hearing.capture import devices
from callcoach.hearing.sound import Device
from callcoach.script.model import Speaker

def load(library):
    time.sleep(600)

patience = devices.Patience(answer=0.2)
devices.Devices([Device(Speaker.AGENT)], patience, load).open()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert b"Timeout" in done.stderr


def test_a_library_that_is_slow_but_answers_every_time_may_take_longer() -> None:
    """Four calls of a second each take longer than 3.5 s, which is what one of them may take."""
    program = """
import time
from callcoach.hearing.capture import devices
from callcoach.hearing.sound import Device
from callcoach.script.model import Speaker
from tests.hearing.capture.a_host import AHost, listed

class Slow(AHost):
    def inputs(self):
        time.sleep(1)
        return super().inputs()

    def open_input(self, device, channels, take):
        time.sleep(1)
        return super().open_input(device, channels, take)

def load(library):
    time.sleep(1)
    return Slow([listed("Desk", is_default=True)])

patience = devices.Patience(answer=3.5)
source = devices.Devices([Device(Speaker.AGENT), Device(Speaker.CUSTOMER, "Desk")], patience, load)
source.open()
print(source.names)
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    words = [sys.executable, "-c", program]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=60, check=False, env=environment
    )
    assert (done.returncode, done.stdout) == (0, "('Desk', 'Desk')\n")
