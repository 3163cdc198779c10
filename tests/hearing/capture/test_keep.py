"""What is kept is what was captured, to the sample; a disk that refuses ends no call."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from callcoach.errors import AudioError
from callcoach.hearing.capture.keep import Keeper
from callcoach.hearing.keeping.kept import read_record
from callcoach.hearing.sound import RATE, Block
from callcoach.script.model import Speaker

ROLES = (Speaker.AGENT, Speaker.CUSTOMER)
NOISE = np.random.default_rng(5).integers(-9_000, 9_000, (2, 4 * RATE)).astype("<i2")
"""Four seconds of two voices."""


def blocks(start: float, end: float, size: float = 0.04) -> list[Block]:
    """Return both voices between two times, in turns."""
    step = round(size * RATE)
    return [
        Block(channel, at / RATE, NOISE[channel, at : min(at + step, round(end * RATE))].tobytes())
        for at in range(round(start * RATE), round(end * RATE), step)
        for channel in (0, 1)
    ]


def keep(folder: Path, format: str, *pieces: list[Block]) -> None:
    keeper = Keeper(folder, format, ROLES)
    for piece in pieces:
        for block in piece:
            keeper.take(block)
    keeper.close()


@pytest.mark.parametrize("size", [0.02, 0.0375, 0.5])
def test_flac_is_exact_to_the_sample(tmp_path: Path, size: float) -> None:
    folder = tmp_path / "deep" / "call"
    keep(folder, "flac", blocks(0, 1.2, size), blocks(2.5, 4, size))
    stretches = read_record(folder).stretches
    assert [(it.channel, it.role, it.start) for it in stretches] == [
        (channel, ROLES[channel], start) for start in (0, 2.5) for channel in (0, 1)
    ]
    for it in stretches:
        heard, rate = soundfile.read(folder / it.file, dtype="int16")
        begin = round(it.start * RATE)
        assert rate == it.rate == RATE
        assert len(heard) == it.samples
        assert np.array_equal(heard, NOISE[it.channel, begin : begin + it.samples])
    assert [it.samples for it in stretches] == [1.2 * RATE] * 2 + [1.5 * RATE] * 2


def test_opus_is_as_long_and_far_smaller(tmp_path: Path) -> None:
    keep(tmp_path, "opus", blocks(0, 4))
    for it in read_record(tmp_path).stretches:
        assert it.samples == 4 * RATE
        assert soundfile.info(tmp_path / it.file).duration == 4
        assert soundfile.info(tmp_path / it.file).subtype == "OPUS"
        assert (tmp_path / it.file).stat().st_size < 4 * RATE * 2 / 4


def test_the_files_say_whose_voice_and_when(tmp_path: Path) -> None:
    keep(tmp_path, "flac", blocks(1.25, 2))
    files = sorted(file.name for file in tmp_path.iterdir())
    assert files == ["agent-1-000001.250.flac", "customer-2-000001.250.flac", "recording.json"]


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "call"
    keep(folder, "flac", blocks(0, 1))
    assert {place.stat().st_mode & 0o077 for place in (folder, *folder.iterdir())} == {0}


def test_small_differences_of_time_make_no_new_file(tmp_path: Path) -> None:
    late = [Block(it.channel, it.at + 0.01, it.pcm) for it in blocks(1, 2)]
    keep(tmp_path, "flac", blocks(0, 1), late)
    assert [it.samples for it in read_record(tmp_path).stretches] == [2 * RATE] * 2


def test_another_process_goes_on_with_it(tmp_path: Path) -> None:
    keep(tmp_path, "flac", blocks(0, 1))
    first = read_record(tmp_path).stretches
    keep(tmp_path, "flac", blocks(2, 3))
    assert read_record(tmp_path).stretches[:2] == first
    assert [it.start for it in read_record(tmp_path).stretches] == [0, 0, 2, 2]


def test_a_stretch_that_goes_on_is_in_the_record(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path, "flac", ROLES)
    for block in blocks(0, 1):
        keeper.take(block)
    assert [it.samples for it in read_record(tmp_path).stretches] == [0, 0]
    keeper.close()
    assert [it.samples for it in read_record(tmp_path).stretches] == [RATE, RATE]


def test_a_folder_that_cannot_be_had(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AudioError, match="not kept") as refused:
        Keeper(tmp_path / "file" / "call", "flac", ROLES)
    assert str(tmp_path) in str(refused.value)


def test_a_record_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "recording.json").write_text("{")
    with pytest.raises(AudioError, match="not kept"):
        Keeper(tmp_path, "flac", ROLES)
    assert (tmp_path / "recording.json").read_text() == "{"


def test_a_folder_that_goes_away(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "call", "flac", ROLES)
    for block in blocks(0, 1):
        keeper.take(block)
    shutil.rmtree(tmp_path / "call")
    (later, *_) = blocks(3, 4)
    with pytest.raises(AudioError, match="not kept"):
        keeper.take(later)


FULL = """
import os, resource, signal, sys
from pathlib import Path
from callcoach.errors import AudioError
from callcoach.hearing.capture.keep import Keeper
from callcoach.hearing.sound import Block
from callcoach.script.model import Speaker
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
keeper = Keeper(Path(sys.argv[1]), sys.argv[2], [Speaker.AGENT])
noise = os.urandom(1280)
try:
    for number in range(1000):
        keeper.take(Block(0, number * 0.04, noise))
except AudioError as error:
    print(error)
"""


@pytest.mark.parametrize("format", ["flac", "opus"])
def test_a_disk_that_is_full(tmp_path: Path, format: str) -> None:
    words = [sys.executable, "-c", FULL, str(tmp_path), format]
    answer = subprocess.run(words, capture_output=True, check=True, text=True)
    assert answer.stdout.startswith("the sound of the call is not kept")
    (stretch,) = read_record(tmp_path).stretches
    assert (tmp_path / stretch.file).stat().st_size == 20_000
