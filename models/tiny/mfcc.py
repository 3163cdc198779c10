"""Mel-frequency cepstra as Kaldi computes them, so that training hears what Vosk will hear.

Kaldi's `compute-mfcc-feats` with dither 0, no energy, Povey window, pre-emphasis 0.97 and cepstral
lifter 22 (kaldi: src/feat/feature-mfcc.cc, mel-computations.cc); whole windows only.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

RATE = 16000
"""Samples in a second."""
WINDOW = 400
HOP = 160
"""Both in samples: 25 ms and 10 ms."""
CEPSTRA = 40
"""As many as mel bands, so that nothing is lost: the net learns its own projection."""
LOW_HZ = 20.0
HIGH_HZ = 7600.0
_FFT = 512
_LIFTER = 22
_PRE_EMPHASIS = 0.97

Samples = npt.NDArray[np.float64]
Features = npt.NDArray[np.float32]


def configuration() -> str:
    """Return Kaldi's mfcc.conf that says the same as this module."""
    return (
        "--use-energy=false\n"
        f"--sample-frequency={RATE}\n"
        f"--num-mel-bins={CEPSTRA}\n"
        f"--num-ceps={CEPSTRA}\n"
        f"--low-freq={LOW_HZ:g}\n"
        f"--high-freq={HIGH_HZ:g}\n"
        "--dither=0\n"
        "--allow-downsample=true\n"
        "--allow-upsample=true\n"
    )


def mfcc(samples: npt.ArrayLike) -> Features:
    """Return [frames, 40] cepstra of samples at 16 kHz in the range of 16-bit integers."""
    sound = np.asarray(samples, np.float64)
    if len(sound) < WINDOW:
        return np.zeros((0, CEPSTRA), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP]
    cepstra: Features = (log_mel(frames, CEPSTRA) @ _cosines().T).astype(np.float32)
    return cepstra


def log_mel(frames: Samples, bands: int) -> Samples:
    """Return [frames, bands] log energies of [frames, WINDOW] samples."""
    frames = frames - frames.mean(axis=1, keepdims=True)
    emphasised = frames - _PRE_EMPHASIS * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft(emphasised * _window(), _FFT)) ** 2
    energies = power[:, : _FFT // 2] @ _mel_bands(bands).T
    return np.asarray(np.log(np.maximum(energies, np.finfo(np.float32).eps)))


@lru_cache(maxsize=1)
def _window() -> Samples:
    """Return Povey's window: a Hann window to the power 0.85."""
    window: Samples = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))) ** 0.85
    return window


def _mel(hertz: npt.ArrayLike) -> Samples:
    return np.asarray(1127.0 * np.log1p(np.asarray(hertz, np.float64) / 700.0))


@lru_cache(maxsize=2)
def _mel_bands(bands: int) -> Samples:
    """Return [bands, 256 bins] weights: triangles of equal width on the mel scale."""
    edges = np.linspace(_mel(LOW_HZ), _mel(HIGH_HZ), bands + 2)
    bins = _mel(np.arange(_FFT // 2) * (RATE / _FFT))
    low, centre, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising, falling = (bins - low) / (centre - low), (high - bins) / (high - centre)
    return np.maximum(0.0, np.minimum(rising, falling))


@lru_cache(maxsize=1)
def _cosines() -> Samples:
    """Return [40 cepstra, 40 bands]: the orthonormal cosine transform, then the lifter."""
    order = np.arange(CEPSTRA)[:, None]
    bands = np.arange(CEPSTRA)[None, :]
    cosines = np.sqrt(2.0 / CEPSTRA) * np.cos(np.pi / CEPSTRA * (bands + 0.5) * order)
    cosines[0] = np.sqrt(1.0 / CEPSTRA)
    lifter: Samples = 1 + 0.5 * _LIFTER * np.sin(np.pi * order / _LIFTER)
    return np.asarray(cosines * lifter)
