"""Log-mel energies as sherpa-onnx computes them, so that training hears what it will hear.

Kaldi's `compute-fbank-feats` on samples from -1 to 1 with dither 0, no energy, Povey window,
pre-emphasis 0.97 and frames that are mirrored at the ends (sherpa-onnx: csrc/features.cc;
kaldi-native-fbank: feature-window.cc, mel-computations.cc).
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from models.tiny.mfcc import HIGH_HZ, HOP, LOW_HZ, RATE, WINDOW, Features, Samples

BANDS = 80
"""What every published streaming model of icefall takes."""
SILENT = float(np.log(np.finfo(np.float32).eps))
"""The energy of digital silence."""
_FULL_SCALE = 32768
_FFT = 512
_PRE_EMPHASIS = 0.97
_LEAD = (WINDOW - HOP) // 2
"""Samples that the first frame begins before the first sample."""


def fbank(samples: npt.ArrayLike) -> Features:
    """Return [frames, 80] log energies of samples at 16 kHz in the range of 16-bit integers."""
    sound = np.asarray(samples, np.float64) / _FULL_SCALE
    if len(sound) < WINDOW:
        return np.zeros((0, BANDS), np.float32)
    count = (len(sound) + HOP // 2) // HOP
    mirrored = np.pad(sound, (_LEAD, WINDOW), "symmetric")
    frames = np.lib.stride_tricks.sliding_window_view(mirrored, WINDOW)[::HOP][:count]
    frames = frames - frames.mean(axis=1, keepdims=True)
    emphasised = frames - _PRE_EMPHASIS * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft(emphasised * _window(), _FFT)) ** 2
    energies = power[:, : _FFT // 2] @ _mel_bands().T
    bands: Features = np.log(np.maximum(energies, np.finfo(np.float32).eps)).astype(np.float32)
    return bands


@lru_cache(maxsize=1)
def _window() -> Samples:
    """Return Povey's window: a Hann window to the power 0.85."""
    window: Samples = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))) ** 0.85
    return window


def _mel(hertz: npt.ArrayLike) -> Samples:
    return np.asarray(1127.0 * np.log1p(np.asarray(hertz, np.float64) / 700.0))


@lru_cache(maxsize=1)
def _mel_bands() -> Samples:
    """Return [80 bands, 256 bins] weights: triangles of equal width on the mel scale."""
    edges = np.linspace(_mel(LOW_HZ), _mel(HIGH_HZ), BANDS + 2)
    bins = _mel(np.arange(_FFT // 2) * (RATE / _FFT))
    low, centre, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising, falling = (bins - low) / (centre - low), (high - bins) / (high - centre)
    return np.maximum(0.0, np.minimum(rising, falling))
