"""Files of every kind are read as they were written; what is wrong with one is told."""

import re
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.errors import AudioError
from callcoach.hearing.capture.soundfiles import SoundReader, SoundWriter, describe
from tests.hearing.capture.making import Sound, pcm_of, tones, write

KINDS = [
    ("a.wav", "PCM_U8", 0.01),
    ("a.wav", "PCM_16", 0.0001),
    ("a.wav", "PCM_24", 0.0001),
    ("a.wav", "PCM_32", 0.0001),
    ("a.wav", "FLOAT", 0.0001),
    ("a.wav", "ULAW", 0.02),
    ("a.wav", "ALAW", 0.02),
    ("a.flac", "PCM_16", 0.0001),
    ("a.ogg", "VORBIS", 0.1),
    ("a.ogg", "OPUS", 0.1),
    ("a.mp3", "MPEG_LAYER_III", 0.1),
    ("a.aiff", "PCM_16", 0.0001),
    ("a.au", "ULAW", 0.02),
]
"""The name of a file, how its samples are written, and how far off they may be."""


def read(file: Path, piece: float = 0.05, rate: int = 0, channels: int = 1) -> Sound:
    """Return a whole file, read in pieces."""
    with SoundReader(file, rate, channels) as sound:
        return np.concatenate([np.empty((0, sound.channels)), *sound.pieces(piece)])


def heard(file: Path) -> tuple[float, str]:
    """Return how many seconds of a file are heard, and what is told of it then."""
    seconds = 0.0
    with SoundReader(file) as sound:
        try:
            for piece in sound.pieces(0.1):
                seconds += len(piece) / sound.rate
        except AudioError as error:
            return seconds, str(error)
    return seconds, ""


@pytest.mark.parametrize(("name", "subtype", "off"), KINDS)
def test_every_format_is_read(tmp_path: Path, name: str, subtype: str, off: float) -> None:
    sound = tones(3, 16_000, 440, 700)
    file = write(tmp_path / name, sound, 16_000, subtype)
    got = read(file)
    assert got.shape == sound.shape
    assert np.abs(got - sound)[2000:-2000].max() < off
    told = describe(file)
    assert (told.seconds, told.channels, told.rate) == (3.0, 2, 16_000)
    assert told.format.endswith(subtype)


@pytest.mark.parametrize(("name", "subtype"), [kind[:2] for kind in KINDS])
@pytest.mark.parametrize("piece", [0.02, 0.37])
def test_pieces_are_the_whole(tmp_path: Path, name: str, subtype: str, piece: float) -> None:
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, (24_000, 2))
    file = write(tmp_path / name, noise, 8_000, subtype)
    whole, _ = soundfile.read(file, dtype="float32", always_2d=True)
    assert np.abs(read(file, piece) - whole).max() < 1e-6


@pytest.mark.parametrize(
    ("suffix", "subtype", "rate", "off"),
    [
        (".ul", "ULAW", 0, 0.02),
        (".ALAW", "ALAW", 0, 0.02),
        (".ul", "ULAW", 16_000, 0.02),
        (".raw", "PCM_16", 11_025, 0.0001),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_files_without_a_header(
    tmp_path: Path, suffix: str, subtype: str, rate: int, off: float, channels: int
) -> None:
    sound = tones(1, rate or 8_000, *(440, 700)[:channels])
    file = tmp_path / f"a{suffix}"
    soundfile.write(file, sound, 8_000, subtype, "LITTLE", "RAW")
    assert describe(file, rate, channels).rate == (rate or 8_000)
    got = read(file, 0.05, rate, channels)
    assert got.shape == sound.shape
    assert np.abs(got - sound).max() < off


def test_raw_samples_need_a_rate(tmp_path: Path) -> None:
    (file := tmp_path / "a.raw").write_bytes(bytes(100))
    with pytest.raises(AudioError, match=r"a\.raw .* --rate"):
        SoundReader(file)


@pytest.mark.parametrize(("name", "subtype"), [kind[:2] for kind in KINDS])
def test_what_there_is_of_a_file_that_breaks_off_is_heard_and_then_told(
    tmp_path: Path, name: str, subtype: str
) -> None:
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, (60_000, 1))
    file = write(tmp_path / name, noise, 8_000, subtype)
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 6 // 10])
    seconds, told = heard(file)
    assert re.search(r"breaks off or is damaged after \d\.\d seconds", told)
    assert 7.5 * 0.3 < seconds < 7.5 * 0.65


def empty(file: Path) -> None:
    file.write_bytes(b"")


def folder(file: Path) -> None:
    file.mkdir()


def text(file: Path) -> None:
    file.write_text("hello, this is no sound at all " * 200)


def noise(file: Path) -> None:
    file.write_bytes(np.random.default_rng(3).bytes(10_000))


def header_alone(file: Path) -> None:
    write(file, tones(1, 8_000, 440), 8_000)
    file.write_bytes(file.read_bytes()[:30])


def no_channels(file: Path) -> None:
    write(file, tones(1, 8_000, 440), 8_000)
    data = bytearray(file.read_bytes())
    data[22:24] = b"\0\0"
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda _: None, "there is no file"),
        (empty, "is empty"),
        (folder, "is a folder"),
        (text, "is no sound"),
        (noise, "is no sound"),
        (header_alone, "is no sound"),
        (no_channels, "is no sound"),
    ],
    ids=["missing", "empty", "folder", "text", "noise", "header", "no channels"],
)
def test_what_is_no_sound_is_named(
    tmp_path: Path, make: Callable[[Path], None], wrong: str
) -> None:
    make(file := tmp_path / "call.wav")
    with pytest.raises(AudioError, match=wrong) as refused:
        SoundReader(file)
    assert str(file) in str(refused.value)
    assert refused.value.hint
    assert refused.value.exit_code == 6


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.wav", tones(1, 8_000, 440), 8_000)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(AudioError, match="Permission denied"):
        SoundReader(file)


def test_a_file_without_any_sound_is_no_error(tmp_path: Path) -> None:
    file = write(tmp_path / "a.wav", np.empty((0, 1)), 8_000)
    assert describe(file).seconds == 0
    assert len(read(file)) == 0


@pytest.mark.parametrize("length", [0, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_length_that_was_never_filled_in_is_no_damage(tmp_path: Path, length: int) -> None:
    sound = tones(1, 8_000, 440)
    file = tmp_path / "a.wav"
    data = pcm_of(sound)
    form = struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 16_000, 2, 16)
    head = b"RIFF" + struct.pack("<I", length) + b"WAVEfmt " + form
    file.write_bytes(head + b"data" + struct.pack("<I", length) + data)
    assert len(read(file)) == (len(sound) if length else 0)


def test_what_is_no_number_is_silence(tmp_path: Path) -> None:
    sound = tones(1, 8_000, 440)
    sound[::100] = np.nan
    sound[1::100] = np.inf
    got = read(write(tmp_path / "a.wav", sound, 8_000, "FLOAT"))
    assert np.isfinite(got).all()
    assert np.abs(got).max() == 1


def test_an_mp3_that_does_not_tell_its_length_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "a.mp3"
    sound = np.concatenate(
        [np.zeros((64_000, 1)), np.random.default_rng(1).normal(0, 0.2, (64_000, 1))]
    )
    with soundfile.SoundFile(
        file, "w", 16_000, 1, format="MP3", bitrate_mode="VARIABLE", compression_level=0.3
    ) as stream:
        stream.write(sound)
    data = file.read_bytes()
    file.write_bytes(data[data.index(b"\xff\xf3", 10) :])
    assert describe(file).seconds == pytest.approx(8, abs=0.2)
    assert len(read(file)) / 16_000 == pytest.approx(8, abs=0.2)


def test_skipping_goes_to_the_frame(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).uniform(-0.3, 0.3, (40_000, 1))
    with SoundReader(write(tmp_path / "a.flac", sound, 8_000)) as reader:
        reader.skip(1.2345)
        got = np.concatenate(list(reader.pieces(0.1)))
    assert np.abs(got - sound[9876:]).max() < 0.0001


def test_skipping_past_the_end_leaves_nothing(tmp_path: Path) -> None:
    with SoundReader(write(tmp_path / "a.flac", tones(1, 8_000, 440), 8_000)) as reader:
        reader.skip(5)
        assert list(reader.pieces(0.1)) == []


DAMAGE = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6)
"""Bytes that are put in the place of others."""


@pytest.mark.parametrize(("name", "subtype"), [kind[:2] for kind in KINDS])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    tmp_path: Path, name: str, subtype: str
) -> None:
    whole = write(tmp_path / name, tones(0.1, 8_000, 440), 8_000, subtype).read_bytes()

    @settings(parent=settings(), max_examples=settings().max_examples // 5)
    @given(DAMAGE, st.integers(1, len(whole)))
    def damage(places: list[tuple[int, int]], length: int) -> None:
        content = bytearray(whole)
        for place, byte in places:
            content[place % len(content)] = byte
        (tmp_path / name).write_bytes(content[:length])
        with suppress(AudioError):
            describe(tmp_path / name)
            assert np.isfinite(read(tmp_path / name)).all()

    damage()


def test_names_may_be_chinese(tmp_path: Path) -> None:
    file = tmp_path / "通话 1.flac"
    writer = SoundWriter(file, "flac")
    writer.write(bytes(3_200))
    writer.close()
    assert describe(file).seconds == 0.1


KILLED = """
import os, signal, sys
from pathlib import Path
from callcoach.hearing.capture.soundfiles import SoundWriter
writer = SoundWriter(Path(sys.argv[1]), sys.argv[2])
noise = os.urandom(1280)
for _ in range(250):
    writer.write(noise)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("format", ["flac", "opus"])
def test_a_kill_costs_the_last_second_at_most(tmp_path: Path, format: str) -> None:
    file = tmp_path / f"a.{format}"
    subprocess.run([sys.executable, "-c", KILLED, file, format], check=False)
    seconds, _ = heard(file)
    assert 8.9 < seconds <= 10
    assert describe(file).seconds == pytest.approx(seconds)
    assert file.stat().st_mode & 0o077 == 0
