"""Sound that is made for the tests, and how it is taken apart again."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from callcoach.hearing.sound import RATE, Block

Sound = npt.NDArray[np.float64]
"""Shape (frames, channels)."""


def tones(seconds: float, rate: int, *hertz: float, loudness: float = 0.5) -> Sound:
    """Return a tone for each channel."""
    times = np.arange(round(seconds * rate)) / rate
    return np.stack([loudness * np.sin(2 * np.pi * pitch * times) for pitch in hertz], axis=1)


def write(file: Path, sound: Sound, rate: int, subtype: str = "PCM_16", format: str = "") -> Path:
    """Write a file, in the format of its suffix where none is given, and return it."""
    major = format or {".ogg": "OGG", ".au": "AU"}.get(file.suffix, file.suffix[1:].upper())
    soundfile.write(file, sound, rate, subtype, format=major)
    return file


def voice(blocks: Iterable[Block], channel: int = 0) -> bytes:
    """Return all samples of a channel."""
    return b"".join(it.pcm for it in blocks if it.channel == channel)


def samples(pcm: bytes) -> npt.NDArray[np.int16]:
    """Return samples of 16 bit as numbers."""
    return np.frombuffer(pcm, "<i2")


def pcm_of(sound: Sound) -> bytes:
    """Return the samples of 16 bit of a sound, interleaved."""
    return np.rint(sound * 32768).clip(-32768, 32767).astype("<i2").tobytes()


def pitch(pcm: bytes) -> float:
    """Return the frequency, in hertz, of which there is most."""
    values = samples(pcm).astype(float)
    loud = np.abs(np.fft.rfft(values * np.hanning(len(values))))
    return float(np.argmax(loud)) * RATE / len(values)


def joints(blocks: Iterable[Block], channel: int = 0) -> list[float]:
    """Return the seconds between the end of each block of a channel and the next."""
    mine = [it for it in blocks if it.channel == channel]
    return [after.at - before.end for before, after in pairwise(mine)]
