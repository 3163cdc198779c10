"""callcoach doctor audio: devices, a test recording, what is heard of it."""

import os
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator

import pytest

from callcoach.cli.doctor import audio as doctor_audio
from callcoach.hearing.capture.device_list import Listed
from callcoach.hearing.checking.sample import Sample
from callcoach.hearing.signs import Level
from callcoach.hearing.sound import RATE, Device
from tests.cli.home import SOURCE, Home
from tests.hearing.capture.a_host import listed
from tests.hearing.pulse import SoundServer, sound_server
from tests.hearing.recordings import sentence
from tests.hearing.sounds import spoken, write_wave

DEVICES = (
    listed("Headset (USB)", is_default=True),
    listed("Built-in Mic"),
    listed("Speakers", is_loopback=True, is_default=True),
)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="PulseAudio is of Linux")


WITHOUT_SPEECH = """
import sys
for name in ("numpy", "sounddevice", "soundcard", "soundfile", "soxr", "vosk", "webrtcvad"):
    sys.modules[name] = None
from callcoach.cli.doctor.audio import audio
"""


def test_the_command_is_there_where_nothing_for_speech_is_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SPEECH],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def own(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a home with models, and three devices into which somebody speaks."""
    home.environment["CALLCOACH_SPEECH"] = "en=tiny-en;zh=tiny-zh"
    monkeypatch.setattr(doctor_audio, "list_devices", lambda: DEVICES)
    return home


Say = Callable[[bytes], None]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Return what sets the sound of the devices."""

    def give(pcm: bytes) -> None:
        def take(device: Device, seconds: float, show: Callable[[Level], None] | None) -> Sample:
            assert seconds == 3.0
            if show is not None:
                show(Level(0, -30.0, -20.0))
            return Sample(device.name, pcm, 0.25, 0.0)

        monkeypatch.setattr(doctor_audio, "take_sample", take)

    return give


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            (
                "Microphones",
                "Speak now: 3 seconds",
                "[the usual one] [tried here]",
                "good",
                "two voices easily",
            ),
        ),
        ("zh", ("麦克风", "请说话：录音 3 秒", "[默认] [本次测试]", "良好", "轻松跟上双方")),
    ],
)
def test_everything_is_told_in_words(
    own: Home, say: Say, language: str, told: tuple[str, ...]
) -> None:
    say(spoken(language, 1))
    made = own.run("doctor", "audio", language=language)
    assert made.code == 0, made.err
    for text in (*told, "Headset (USB)", f"tiny-{language}"):
        assert text in made.out
    text = sentence(language, 1).text
    assert (text if language == "en" else text.replace(" ", "")) in made.out


@pytest.mark.parametrize(
    ("pcm", "words", "told"),
    [
        (bytes(2 * RATE), (), "only digital silence"),
        (bytes(2 * RATE), ("--loopback",), "nothing was played"),
        (array("h", [20, -20] * RATE).tobytes(), (), "no voice"),
    ],
)
def test_a_bad_sound_fails(
    own: Home, say: Say, pcm: bytes, words: tuple[str, ...], told: str
) -> None:
    say(pcm)
    made = own.run("doctor", "audio", *words)
    assert (made.code, told in made.out) == (1, True), made.out
    assert "Heard: nothing" in made.out


def test_the_same_as_json(own: Home, say: Say) -> None:
    say(spoken("en", 1))
    told = own.run("doctor", "audio", "--json").json
    assert [it["name"] for it in told["devices"]] == [it.name for it in DEVICES]
    assert (told["device"], told["verdict"]) == ("Headset (USB)", "good")
    assert told["heard"] == [sentence("en", 1).text]
    assert told["real_time_factor"] > 0
    assert told["words_after"] > 0


@pytest.mark.parametrize(
    ("words", "settings", "device"),
    [
        ((), {}, "Headset (USB)"),
        (("--device", "Built-in Mic"), {}, "Built-in Mic"),
        (("--device", "built"), {}, "Built-in Mic"),
        (("--loopback",), {}, "Speakers"),
        ((), {"CALLCOACH_MICROPHONE": "Built-in Mic"}, "Built-in Mic"),
        (("--device", "usb"), {"CALLCOACH_MICROPHONE": "Built-in Mic"}, "Headset (USB)"),
    ],
)
def test_which_device_is_tried(
    own: Home, say: Say, words: tuple[str, ...], settings: dict[str, str], device: str
) -> None:
    own.environment.update(settings)
    say(spoken("en", 1))
    assert own.run("doctor", "audio", *words, "--json").json["device"] == device


@pytest.mark.parametrize(
    ("devices", "words", "told"),
    [
        (DEVICES, ("--device", "Hedset (USB)"), "did you mean Headset (USB)"),
        (DEVICES, ("--device", "e"), "there is no sound device"),
        (DEVICES[2:], (), "this machine has no microphone"),
        (DEVICES[:2], ("--loopback",), "callcoach: "),
    ],
)
def test_without_a_device_it_ends_with_6(
    own: Home,
    monkeypatch: pytest.MonkeyPatch,
    devices: tuple[Listed, ...],
    words: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.setattr(doctor_audio, "list_devices", lambda: devices)
    made = own.run("doctor", "audio", *words)
    assert (made.code, told in made.err) == (6, True), made.err


def test_without_a_model_the_sound_is_told_and_it_ends_with_6(own: Home, say: Say) -> None:
    own.environment.clear()
    say(spoken("en", 1))
    made = own.run("doctor", "audio")
    assert made.code == 6
    assert "good" in made.out
    assert "callcoach model install" in made.err


@pytest.fixture
def server(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Return a server with a headset and an output; the home comes first, it forgets variables."""
    home.environment["CALLCOACH_SPEECH"] = "en=tiny-en;zh=tiny-zh"
    with sound_server(monkeypatch, near="Headset", far="Deskphone") as server:
        yield server


@LINUX
@pytest.mark.parametrize(
    ("language", "words", "output"),
    [("en", ("--device", "Headset"), "near"), ("zh", ("--device", "far", "--loopback"), "far")],
)
def test_a_real_device_is_heard(
    home: Home, server: SoundServer, language: str, words: tuple[str, ...], output: str
) -> None:
    file = write_wave(home.path / "said.wav", spoken(language, 1, pause=0.5) * 6)
    playing = server.play(file, output)
    made = home.run("doctor", "audio", *words, "--seconds", "4", "--json", language=language)
    playing.terminate()
    playing.wait()
    assert made.code == 0, made.err
    told = made.json
    assert (told["verdict"], told["dropped"]) == ("good", 0.0)
    text = sentence(language, 1).text
    whole = text if language == "en" else text.replace(" ", "")
    assert any(it in whole or whole in it for it in told["heard"]), told
