"""Kept sound is heard again: both voices at their time, faster and no higher, or told why not."""

import sys
from pathlib import Path

import numpy as np
import pytest

from callcoach.errors import AudioError
from callcoach.hearing.capture.faster import Faster, Samples
from callcoach.hearing.capture.mixing import mixed
from callcoach.hearing.capture.soundfiles import SoundWriter
from callcoach.hearing.playing.kept_sound import KeptSound
from callcoach.hearing.playing.messages import Part
from callcoach.hearing.sound import RATE
from tests.hearing.process.waiting import wait_for
from tests.hearing.pulse import sound_server


def tone(hertz: float, seconds: float) -> Samples:
    times = np.arange(round(seconds * RATE)) / RATE
    return (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def pitch(samples: Samples) -> float:
    """Return the frequency of which there is most."""
    found = np.abs(np.fft.rfft(samples))
    return float(np.argmax(found) * RATE / len(samples))


def keep(file: Path, samples: Samples, start: float, format: str = "flac") -> Part:
    writer = SoundWriter(file, format)
    writer.write((samples * 32_767).astype("<i2").tobytes())
    writer.close()
    return Part(str(file), start, len(samples) / RATE)


@pytest.mark.parametrize("speed", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("hertz", [110.0, 220.0, 700.0])
def test_faster_speech_is_shorter_and_no_higher(speed: float, hertz: float) -> None:
    faster = Faster(speed)
    pieces = np.array_split(tone(hertz, 3.0), 31)
    made = np.concatenate([faster.take(piece) for piece in pieces])
    assert len(made) / RATE == pytest.approx(3.0 / speed, abs=0.1)
    assert pitch(made) == pytest.approx(hertz, rel=0.02)
    loudness = np.sqrt(np.mean(made[RATE // 10 : -RATE // 10] ** 2))
    assert loudness == pytest.approx(0.3 / np.sqrt(2), rel=0.1), "its windows do not cancel"


@pytest.mark.parametrize("format", ["flac", "opus"])
def test_voices_come_together_at_their_times(tmp_path: Path, format: str) -> None:
    parts = (
        keep(tmp_path / "agent", tone(200, 2.0), 10.0, format),
        keep(tmp_path / "customer", tone(900, 1.0), 11.5, format),
        keep(tmp_path / "later", tone(500, 0.5), 60.0, format),
    )
    found = list(mixed(parts, 10.0))
    times = [at for at, _ in found]
    assert times[0] == pytest.approx(10.0)
    assert times[-1] == pytest.approx(60.45, abs=0.06), "where nothing is kept it goes on"
    by_second = {round(at, 1): samples for at, samples in found}
    assert pitch(by_second[10.5]) == pytest.approx(200, abs=15)
    assert pitch(by_second[12.2]) == pytest.approx(900, abs=15)
    assert pitch(by_second[60.2]) == pytest.approx(500, abs=15)
    both = np.abs(np.fft.rfft(by_second[11.7]))
    assert set(np.argsort(both)[-2:] * 10) == {200, 900}


def test_it_begins_in_the_middle(tmp_path: Path) -> None:
    rising = np.concatenate([tone(200, 1.0), tone(400, 1.0), tone(800, 1.0)])
    part = keep(tmp_path / "agent", rising, 5.0)
    at, samples = next(mixed((part,), 7.2))
    assert at == pytest.approx(7.2)
    assert pitch(samples) == pytest.approx(800, abs=15)
    assert list(mixed((part,), 9.0)) == []


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        list(mixed((Part(str(tmp_path / "gone.flac"), 0.0, 1.0),), 0.0))


@pytest.mark.skipif(sys.platform != "linux", reason="PulseAudio is of Linux")
def test_it_is_heard_on_a_real_output_and_says_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = keep(tmp_path / "agent", tone(440, 3.0), 20.0)
    with sound_server(monkeypatch, far="Deskphone"):
        sound = KeptSound((part,))
        assert sound.seconds == pytest.approx(23.0)
        sound.play(21.0, 1.5)
        seen: list[float] = []

        def is_over() -> bool:
            at = sound.at()
            if at is not None:
                seen.append(at)
            return at is None

        wait_for(is_over, "the end of the sound")
        assert seen == sorted(seen)
        assert 21.0 <= seen[0] < seen[-1] <= 23.0
        sound.play(20.0, 1.0)
        sound.stop()
        assert sound.at() is None
        sound.close()


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA is of Linux")
def test_without_an_output_it_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alsa.conf").write_text("pcm.!default { type pulse }\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "alsa.conf"))
    for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    part = keep(tmp_path / "agent", tone(440, 0.5), 0.0)
    sound = KeptSound((part,))
    sound.play(0.0, 1.0)
    told: list[AudioError] = []

    def is_told() -> bool:
        try:
            sound.at()
        except AudioError as error:
            told.append(error)
        return bool(told)

    wait_for(is_told, "word of what is amiss")
    assert told[0].message == "this computer has no sound output"
    assert told[0].hint
    assert sound.at() is None
    sound.close()


def test_a_crash_of_what_plays_is_told_and_it_can_be_tried_again(tmp_path: Path) -> None:
    part = keep(tmp_path / "agent", tone(440, 0.5), 0.0)
    sound = KeptSound((part,), "tests.hearing.capture.a_crasher")
    for _ in range(2):
        sound.play(0.0, 1.0)
        told: list[AudioError] = []

        def is_told(told: list[AudioError] = told) -> bool:
            try:
                sound.at()
            except AudioError as error:
                told.append(error)
            return bool(told)

        wait_for(is_told, "word of the crash")
        assert "broke down" in told[0].message
    sound.close()
