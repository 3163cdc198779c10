"""The list of devices: what several libraries have, names, defaults, and what cannot be had."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest
import sounddevice

from callcoach.errors import AudioError
from callcoach.hearing.capture import device_list, portaudio
from callcoach.hearing.capture.device_list import (
    PORTAUDIO,
    SOUNDCARD,
    Found,
    Listed,
    Listing,
    list_devices,
    merge,
    tell_apart,
)
from callcoach.hearing.capture.seek import matches
from callcoach.hearing.signs import troubled_by
from callcoach.hearing.sound import Device
from callcoach.script.model import Speaker
from tests.hearing.capture.a_host import listed

MIC = listed("Mic", is_default=True)
PLAYED = listed("Speakers", is_loopback=True, is_default=True)


def test_each_is_listed_once_and_one_of_each_kind_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    also = msgspec.structs.replace(MIC, host="Other")
    more = listed("Built-in", is_default=True)
    # Whatever comes first, PortAudio's are first.
    merged = merge([Found(SOUNDCARD, (also, more, PLAYED)), Found(PORTAUDIO, (MIC,))])
    assert merged == (MIC, msgspec.structs.replace(more, is_default=False), PLAYED)


def test_without_a_library_it_is_said_what_to_install() -> None:
    missing = Found(PORTAUDIO, (), troubled_by(AudioError("it is missing: {why}", "mend", why=7)))
    with pytest.raises(AudioError) as raised:
        merge([missing, Found(SOUNDCARD)])
    assert str(raised.value) == "it is missing: 7. mend"
    assert merge([missing, Found(SOUNDCARD, (PLAYED,))]) == (PLAYED,)
    assert merge([Found(PORTAUDIO)]) == ()


def test_names_are_told_apart_and_only_where_they_must() -> None:
    devices = [listed("A"), listed("A"), listed("A", is_loopback=True), listed("B")]
    names = [it.name for it in tell_apart(devices, ["1", "2", "3", "4"])]
    assert names == ["A (1)", "A (2)", "A", "B"]


@pytest.mark.parametrize(
    ("device", "found"),
    [
        (Device(Speaker.AGENT), ["Usual"]),
        (Device(Speaker.AGENT, "Other"), ["Other"]),
        (Device(Speaker.AGENT, "Played"), []),
        (Device(Speaker.AGENT, "Othe"), []),
        (Device(Speaker.CUSTOMER, is_loopback=True), ["Played", "Cable"]),
        (Device(Speaker.CUSTOMER, "Cable", is_loopback=True), ["Cable"]),
    ],
)
def test_which_one_is_meant(device: Device, found: list[str]) -> None:
    devices = [
        listed("Other"),
        listed("Cable", is_loopback=True),
        listed("Usual", is_default=True),
        listed("Played", is_loopback=True, is_default=True),
    ]
    assert [devices[it].name for it in matches(device, devices)] == found


def test_a_library_that_hangs_or_crashes_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(device_list, "_PROGRAM", "tests.hearing.capture.a_lister")
    monkeypatch.setattr(device_list, "WAIT", 30.0)
    found = Listing(("good", "crashes")).wait()
    assert [it.library for it in found] == ["good"]
    monkeypatch.setattr(device_list, "WAIT", 0.5)
    monkeypatch.setattr(device_list, "libraries", lambda: ("hangs",))
    assert list_devices() == ()


def test_who_asks_for_the_list_loads_no_library_of_sound() -> None:
    program = "import sys, callcoach.hearing.capture.device_list; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert not {"sounddevice", "soundcard", "soxr", "numpy", "cffi"} & set(done.stdout.split())


def _windows() -> tuple[Any, Any]:
    """Return what PortAudio tells on Windows, where it lists every device by several systems."""
    hosts = ("MME", "Windows DirectSound", "Windows WASAPI", "Windows WDM-KS")
    names = (("Microphone (USB Headset wit", 2), ("Speakers", 0), ("Microphone (USB Headset)", 1))
    devices = [
        {
            "name": name,
            "index": 3 * number + place,
            "hostapi": number,
            "max_input_channels": channels,
            "default_samplerate": 48_000.0,
        }
        for number in range(len(hosts))
        for place, (name, channels) in enumerate(names)
    ]
    return [
        {"name": name, "default_input_device": 3 * number + 2} for number, name in enumerate(hosts)
    ], devices


def test_windows_lists_every_device_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts, devices = _windows()
    monkeypatch.setattr(sounddevice, "query_hostapis", lambda: hosts)
    monkeypatch.setattr(sounddevice, "query_devices", lambda: devices)
    inputs = portaudio.inputs()
    assert [it.id for it in inputs] == [6, 8]
    assert [it.listed.is_default for it in inputs] == [False, True]
    assert {it.listed.host for it in inputs} == {"Windows WASAPI"}


@pytest.mark.parametrize(
    ("name", "is_loopback"),
    [
        ("MacBook Pro Microphone", False),
        ("BlackHole 2ch", True),
        ("Speakers (Realtek) [Loopback]", True),
        ("Monitor of Built-in Audio", True),
        ("Stereo Mix (Realtek)", True),
        ("CABLE Output (VB-Audio Virtual Cable)", True),
        ("Jabra Evolve", False),
        ("外置麦克风", False),
    ],
)
def test_what_carries_what_is_played(
    name: str, is_loopback: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = {
        "name": name,
        "index": 0,
        "hostapi": 0,
        "max_input_channels": 1,
        "default_samplerate": 44_100.0,
    }
    host = {"name": "Core Audio", "default_input_device": 0}
    monkeypatch.setattr(sounddevice, "query_hostapis", lambda: [host])
    monkeypatch.setattr(sounddevice, "query_devices", lambda: [device])
    (found,) = portaudio.inputs()
    assert found.listed == Listed(name, "Core Audio", 1, 44_100, True, is_loopback)
