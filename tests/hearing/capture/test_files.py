"""A file is heard whole, by channel, at its own speed or as fast as it goes."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from callcoach.errors import AudioError
from callcoach.hearing.capture.files import FileSource, read_recording
from callcoach.hearing.sound import BLOCK, RATE, Block, Recording
from callcoach.script.model import Speaker
from tests.hearing.capture.making import joints, pcm_of, pitch, samples, tones, voice, write

AGENT, CUSTOMER, OTHER = Speaker.AGENT, Speaker.CUSTOMER, Speaker.OTHER


class Clock:
    """Time that passes where somebody waits, and does what is due then."""

    def __init__(self) -> None:
        self.time = 100.0
        self.due: list[tuple[float, Callable[[], object]]] = []

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        until = self.time + seconds
        while self.due and self.due[0][0] <= until:
            self.time, act = self.due.pop(0)
            act()
        self.time = until


def noise(
    seconds: float, rate: int = RATE, channels: int = 1
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return sound of which no stretch is like another."""
    return np.random.default_rng(7).uniform(-0.5, 0.5, (round(seconds * rate), channels))


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT", "ULAW"])
def test_each_channel_is_a_voice(tmp_path: Path, rate: int, subtype: str) -> None:
    file = write(tmp_path / "call.wav", tones(2.5, rate, 440, 1300), rate, subtype)
    blocks = list(read_recording(Recording(str(file))))
    for channel, hertz in enumerate((440, 1300)):
        pcm = voice(blocks, channel)
        assert len(samples(pcm)) == 2.5 * RATE
        assert pitch(pcm) == pytest.approx(hertz, abs=1)
        assert joints(blocks, channel) == pytest.approx([0] * (len(blocks) // 2 - 1), abs=1e-9)
    assert blocks[0].at == 0
    assert blocks[-1].end == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("channels", "given", "roles"),
    [
        (1, (), (OTHER,)),
        (1, (AGENT,), (AGENT,)),
        (2, (), (AGENT, CUSTOMER)),
        (2, (CUSTOMER, AGENT), (CUSTOMER, AGENT)),
        (3, (AGENT, CUSTOMER, OTHER), (AGENT, CUSTOMER, OTHER)),
    ],
)
def test_roles_are_given_or_usual(
    tmp_path: Path, channels: int, given: tuple[Speaker, ...], roles: tuple[Speaker, ...]
) -> None:
    file = write(tmp_path / "call.wav", noise(0.1, channels=channels), RATE)
    source = FileSource(Recording(str(file), given))
    source.open()
    assert source.roles == roles
    assert source.names == ("call.wav",) * channels


@pytest.mark.parametrize(
    ("channels", "given", "wrong"),
    [
        (3, (), "nobody is named for channel 1, 2, 3 of"),
        (4, (AGENT, CUSTOMER), "nobody is named for channel 3, 4 of"),
        (1, (AGENT, CUSTOMER), "has no channel for customer"),
    ],
)
def test_roles_that_do_not_fit_are_told(
    tmp_path: Path, channels: int, given: tuple[Speaker, ...], wrong: str
) -> None:
    recording = Recording(
        str(write(tmp_path / "call.wav", noise(0.1, channels=channels), RATE)), given
    )
    with pytest.raises(AudioError, match=wrong) as refused:
        FileSource(recording).open()
    assert "call.wav" in str(refused.value)
    with pytest.raises(AudioError, match=wrong):
        list(read_recording(recording))


def test_a_file_without_a_header_has_as_many_channels_as_roles(tmp_path: Path) -> None:
    file = tmp_path / "call.raw"
    file.write_bytes(pcm_of(tones(1, 8_000, 440, 1300)))
    blocks = list(read_recording(Recording(str(file), (AGENT, CUSTOMER), rate=8_000)))
    assert [round(pitch(voice(blocks, channel)), -1) for channel in (0, 1)] == [440, 1300]


def test_a_file_that_breaks_off_is_heard_to_there(tmp_path: Path) -> None:
    file = write(tmp_path / "call.wav", noise(2, 8_000), 8_000)
    file.write_bytes(file.read_bytes()[: 44 + 16_000])
    source = FileSource(Recording(str(file), speed=0))
    source.open()
    blocks: list[Block] = []
    with pytest.raises(AudioError, match=r"call\.wav breaks off .* after 1\.0 seconds"):
        blocks.extend(source)
    whole: list[Block] = []
    with pytest.raises(AudioError, match="breaks off"):
        whole.extend(read_recording(Recording(str(file))))
    assert voice(blocks) == voice(whole)
    assert len(samples(voice(whole))) == RATE


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_it_plays_at_its_speed(tmp_path: Path, speed: float) -> None:
    file = write(tmp_path / "call.flac", noise(3), RATE)
    clock = Clock()
    source = FileSource(Recording(str(file), speed=speed), clock.now, clock.wait)
    source.open()
    blocks = []
    for block in source:
        blocks.append(block)
        assert (clock.time - 100) * speed == pytest.approx(block.end)
        assert source.at == pytest.approx(block.end)
    assert max(len(it.pcm) for it in blocks) == 2 * RATE * BLOCK
    assert voice(blocks) == voice(read_recording(Recording(str(file))))


@pytest.mark.parametrize("rate", [8_000, 16_000])
@pytest.mark.parametrize("speed", [1.0, 4.0])
def test_what_passes_in_a_pause_is_let_go(tmp_path: Path, rate: int, speed: float) -> None:
    file = write(tmp_path / "call.flac", noise(4, rate, 2), rate)
    clock = Clock()
    source = FileSource(Recording(str(file), speed=speed), clock.now, clock.wait)
    source.open()
    clock.due = [(100 + 1.234 / speed, source.pause), (100 + 2.345 / speed, source.resume)]
    blocks = list(source)
    whole = [samples(voice(read_recording(Recording(str(file))), channel)) for channel in (0, 1)]
    for block in blocks:
        assert block.end <= 1.234 + 1e-9 or block.at >= 2.345 - 1e-9
        begin = round(block.at * RATE)
        part = whole[block.channel][begin : begin + len(block.pcm) // 2]
        assert samples(block.pcm).tolist() == part.tolist()
    missing = [gap for gap in joints(blocks) if gap > 0.001]
    assert missing == [pytest.approx(1.111, abs=3 / RATE)]
    assert blocks[-1].end == pytest.approx(4)


def test_where_time_does_not_pass_a_pause_stops_it(tmp_path: Path) -> None:
    recording = Recording(str(write(tmp_path / "call.flac", noise(4), RATE)), speed=0)
    source = FileSource(recording)
    source.open()
    sound = iter(source)
    first = next(sound)
    source.pause()
    rest: list[Block] = []
    thread = threading.Thread(target=rest.extend, args=(sound,))
    thread.start()
    thread.join(0.2)
    assert thread.is_alive()
    assert source.at == first.end
    source.resume()
    thread.join(30)
    assert voice([first, *rest]) == voice(read_recording(recording))


@pytest.mark.parametrize("speed", [0.0, 1.0])
def test_closing_ends_it(tmp_path: Path, speed: float) -> None:
    source = FileSource(
        Recording(str(write(tmp_path / "call.flac", noise(60, 8_000), 8_000)), speed=speed)
    )
    source.open()
    sound = iter(source)
    next(sound)
    source.pause()
    thread = threading.Thread(target=list, args=(sound,))
    thread.start()
    source.close()
    thread.join(30)
    assert not thread.is_alive()


@pytest.mark.parametrize("speed", [0.0, 2.0])
def test_it_can_begin_in_the_middle(tmp_path: Path, speed: float) -> None:
    file = write(tmp_path / "call.flac", noise(3), RATE)
    clock = Clock()
    source = FileSource(Recording(str(file), speed=speed), clock.now, clock.wait)
    source.open(1.5)
    blocks = list(source)
    assert blocks[0].at == 1.5
    assert blocks[-1].end == pytest.approx(3)
    assert voice(blocks) == voice(read_recording(Recording(str(file))))[3 * RATE :]


PEAK = """
import resource, sys
from callcoach.hearing.capture.files import read_recording
from callcoach.hearing.sound import Recording
size = sum(len(block.pcm) for block in read_recording(Recording(sys.argv[1])))
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    minute = np.concatenate([np.zeros((8_000 * 59, 1)), tones(1, 8_000, 440)])

    def peak(minutes: int) -> int:
        """Return the kilobytes that it takes to hear so much."""
        with soundfile.SoundFile(tmp_path / "long.flac", "w", 8_000, 1) as stream:
            for _ in range(minutes):
                stream.write(minute)
        words = [sys.executable, "-c", PEAK, str(tmp_path / "long.flac")]
        answer = subprocess.run(words, capture_output=True, check=True, text=True).stdout
        size, kilobytes = map(int, answer.split())
        assert size == 2 * RATE * 60 * minutes
        return kilobytes

    assert peak(60) - peak(1) < 2_000
