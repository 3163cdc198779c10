"""Recordings of which the words are known are given to a recogniser, voice by voice."""

import json
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path

import pytest

from callcoach.errors import ModelError
from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.measuring.error_rate import Errors
from callcoach.hearing.measuring.trial import Spoken, read_files, read_set, try_out


class Echo:
    """A recogniser that writes down the first sample of each second."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.pcm = b""

    def accept(self, pcm: bytes) -> Sequence[Result]:
        self.pcm += pcm
        return [Partial("never counted", 0.0, 0.0)]

    def finish(self) -> Sequence[Result]:
        seconds = array("h", self.pcm)[:: self.rate]
        return [Final((Word(f"w{value}", 0.0, 1.0, 1.0),)) for value in seconds if value]


class EchoEngine:
    """Makes such recognisers."""

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> Echo:
        return Echo(rate)


def write_wav(file: Path, *channels: list[int], rate: int = 8000, width: int = 2) -> Path:
    """Write a recording in which each value stands for a second of a channel."""
    with wave.open(str(file), "wb") as recording:
        recording.setnchannels(len(channels))
        recording.setsampwidth(width)
        recording.setframerate(rate)
        for values in zip(*channels, strict=True):
            recording.writeframes(array("h", values * rate).tobytes()[: len(values) * rate * width])
    return file


def write_set(folder: Path) -> Path:
    """Write recordings with a manifest; return the folder."""
    folder.mkdir()
    write_wav(folder / "a.wav", [1, 2], rate=16_000)
    write_wav(folder / "call.wav", [1, 0, 3], [0, 5, 6])
    write_wav(folder / "silent.wav", [0, 9])
    turns = [{"speaker": "agent", "text": "w1"}, {"speaker": "customer", "text": "w5", "end": 1}]
    manifest = {
        "language": "en",
        "sentences": [{"file": "a.wav", "condition": "clean", "text": "w1 w2", "voice": "x"}],
        "calls": [{"file": "call.wav", "turns": [*turns, {"speaker": "agent", "text": "w3"}]}],
        "silent": ["silent.wav"],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_set_is_read_and_heard_voice_by_voice(tmp_path: Path) -> None:
    language, spoken = read_set(write_set(tmp_path / "set"))
    assert language == "en"
    tried = [try_out(EchoEngine(), it) for it in spoken]
    assert [(it.spoken.condition, it.heard, it.errors) for it in tried] == [
        ("clean", "w1 w2", Errors(2)),
        ("call, agent", "w1 w3", Errors(2)),
        ("call, customer", "w5 w6", Errors(1, added=1)),
        ("silence", "w9", Errors(0, added=1)),
    ]
    assert [it.seconds for it in tried] == [2.0, 3.0, 3.0, 2.0]
    assert all(it.work >= 0 for it in tried)


def test_the_text_may_stand_beside_a_recording(tmp_path: Path) -> None:
    file = write_wav(tmp_path / "a.wav", [7])
    file.with_suffix(".txt").write_text("w7\n", encoding="utf-8")
    (spoken,) = read_files([file])
    assert try_out(EchoEngine(), spoken).errors == Errors(1)
    with pytest.raises(ModelError, match=r"b\.txt cannot be read"):
        read_files([tmp_path / "b.wav"])


@pytest.mark.parametrize("content", ["", "{}", '{"language": "en", "sentences": [{}]}'])
def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelError, match=r"manifest\.json cannot be read"):
        read_set(tmp_path)
    with pytest.raises(ModelError, match=r"manifest\.json cannot be read"):
        read_set(tmp_path / "nowhere")


@pytest.mark.parametrize(("rate", "width", "channel"), [(44_100, 2, 0), (8000, 1, 0), (8000, 2, 1)])
def test_a_recording_that_would_be_heard_wrongly_is_refused(
    tmp_path: Path, rate: int, width: int, channel: int
) -> None:
    file = write_wav(tmp_path / "a.wav", [1], rate=rate, width=width)
    with pytest.raises(ModelError, match="channels of"):
        try_out(EchoEngine(), Spoken(file, channel, "all", "w1"))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"ID3"])
def test_what_is_no_recording_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(ModelError, match=r"a\.wav cannot be read"):
        try_out(EchoEngine(), Spoken(tmp_path / "a.wav", 0, "all", "x"))
