"""The sound and the models that the benchmarks of hearing use, made of those of the tests."""

import shutil
import wave
from itertools import cycle
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soxr

RATE = 16_000
_MODELS = Path(__file__).resolve().parents[2] / "models"
_CALLS = _MODELS / "testset" / "en"
_WIDE = {"--beam=12.0": "--beam=24.0", "--max-active=3000": "--max-active=16000"}


def write_calls(file: Path, seconds: float, channels: int = 2) -> Path:
    """Write calls one after another, up to a length: an agent and a customer, side by side."""
    calls = cycle([_read(call) for call in sorted(_CALLS.glob("call-*.wav"))])
    left = round(seconds * RATE)
    with wave.open(str(file), "wb") as made:
        made.setnchannels(channels)
        made.setsampwidth(2)
        made.setframerate(RATE)
        while left > 0:
            call = np.tile(next(calls), (1, (channels + 1) // 2))[:left, :channels]
            made.writeframes(np.ascontiguousarray(call).tobytes())
            left -= len(call)
    return file


def _read(file: Path) -> npt.NDArray[np.int16]:
    with wave.open(str(file), "rb") as call:
        frames = np.frombuffer(call.readframes(call.getnframes()), "<i2").reshape(-1, 2)
        found: npt.NDArray[np.int16] = soxr.resample(frames, call.getframerate(), RATE)
    return found


def copy_model(folder: Path, *, is_wide: bool) -> Path:
    """Copy the tiny model; with a beam so wide, where wanted, that it works as a large one does."""
    shutil.copytree(_MODELS / "tiny-en", folder)
    settings = folder / "conf" / "model.conf"
    text = settings.read_text(encoding="utf-8")
    for narrow, wide in _WIDE.items() if is_wide else ():
        if narrow not in text:
            raise RuntimeError(f"{settings} has no {narrow}")
        text = text.replace(narrow, wide)
    settings.write_text(text, encoding="utf-8")
    return folder
