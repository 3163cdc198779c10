"""Writes 16-bit WAV files."""

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.tiny.corpus import as_heard
from models.tiny.mfcc import Samples


def write_wav(path: Path, channels: Sequence[Samples], rate: int) -> None:
    """Write channels of equal length, in the range of 16-bit integers."""
    frames = np.stack([as_heard(channel) for channel in channels], axis=1).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(frames.tobytes())
