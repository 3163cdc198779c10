"""Recordings of which the words are known, and how well a recogniser hears them."""

import time
import wave
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from callcoach.errors import ModelError
from callcoach.hearing.heard import Final
from callcoach.hearing.measuring.error_rate import Errors, count_errors
from callcoach.hearing.recogniser import RATES, Engine
from callcoach.hearing.sound import BYTES

MANIFEST = "manifest.json"
_BLOCK = 0.1
"""Seconds of audio that a recogniser is given at a time, as in a call."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One voice in a recording, and what it says."""

    file: Path
    channel: int
    condition: str
    """How it was recorded, such as `clean` or `telephone`."""
    text: str


@dataclass(frozen=True, slots=True)
class Tried:
    """How well one voice was heard."""

    spoken: Spoken
    heard: str
    errors: Errors
    seconds: float
    """Of audio."""
    work: float
    """Seconds of processor time that hearing it took."""


class _Sentence(msgspec.Struct, frozen=True):
    file: str
    condition: str
    text: str


class _Turn(msgspec.Struct, frozen=True):
    speaker: str
    text: str


class _Call(msgspec.Struct, frozen=True):
    file: str
    turns: tuple[_Turn, ...]


class _Manifest(msgspec.Struct, frozen=True):
    """A test set, as `models/build_tiny.py` writes one."""

    language: str
    sentences: tuple[_Sentence, ...] = ()
    calls: tuple[_Call, ...] = ()
    """The agent on the first channel, the customer on the second."""
    silent: tuple[str, ...] = ()
    """Recordings in which nobody speaks."""


def read_set(folder: Path) -> tuple[str, Sequence[Spoken]]:
    """Return the language of a folder's recordings, and what is said in them.

    Raises `ModelError` where there is no manifest that can be read.
    """
    file = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(
            "{file} cannot be read: {why}",
            "docs/models.md tells what stands in it",
            file=file,
            why=error,
        ) from error
    return manifest.language, tuple(_spoken(folder, manifest))


def _spoken(folder: Path, manifest: _Manifest) -> Iterator[Spoken]:
    for it in manifest.sentences:
        yield Spoken(folder / it.file, 0, it.condition, it.text)
    for call in manifest.calls:
        for channel, role in enumerate(("agent", "customer")):
            text = " ".join(turn.text for turn in call.turns if turn.speaker == role)
            yield Spoken(folder / call.file, channel, f"call, {role}", text)
    for name in manifest.silent:
        yield Spoken(folder / name, 0, "silence", "")


def read_files(files: Iterable[Path]) -> Sequence[Spoken]:
    """Return what is said in recordings that have their text beside them, `a.txt` by `a.wav`.

    Raises `ModelError` where a text cannot be read.
    """
    spoken = []
    for file in files:
        text = file.with_suffix(".txt")
        try:
            spoken.append(Spoken(file, 0, "all", text.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(
                "{file} cannot be read: {why}",
                "write there what is said in {recording}",
                file=text,
                why=error,
                recording=file.name,
            ) from error
    return tuple(spoken)


def try_out(engine: Engine, spoken: Spoken) -> Tried:
    """Let a recogniser hear one voice. Raises `ModelError` for a recording that it cannot hear."""
    rate, pcm = read_voice(spoken.file, spoken.channel)
    recogniser = engine.recogniser(rate)
    begun = time.process_time()
    size = BYTES * int(rate * _BLOCK)
    results = [
        result
        for at in range(0, len(pcm), size)
        for result in recogniser.accept(pcm[at : at + size])
    ]
    results += recogniser.finish()
    work = time.process_time() - begun
    heard = " ".join(result.text for result in results if isinstance(result, Final))
    errors = count_errors(spoken.text, heard)
    return Tried(spoken, heard, errors, len(pcm) / BYTES / rate, work)


def read_voice(file: Path, channel: int = 0) -> tuple[int, bytes]:
    """Return the rate of a WAV file and the samples of one channel, 16 bit, little-endian.

    Raises `ModelError` for a recording that no recogniser can hear.
    """
    try:
        with wave.open(str(file), "rb") as recording:
            channels, width = recording.getnchannels(), recording.getsampwidth()
            rate, frames = recording.getframerate(), recording.readframes(recording.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise ModelError(
            "{file} cannot be read: {why}", "a WAV file is needed", file=file, why=error
        ) from error
    if width != BYTES or rate not in RATES or channel >= channels:
        raise ModelError(
            "{file} has {channels} channels of {bits} bit at {rate} Hz",
            "16 bit at 8000 or 16000 Hz are needed, and two channels for a call",
            file=file,
            channels=channels,
            bits=8 * width,
            rate=rate,
        )
    samples = memoryview(frames[: len(frames) // (BYTES * channels) * BYTES * channels]).cast("h")
    return rate, samples[channel::channels].tobytes()
