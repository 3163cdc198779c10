"""Log-mel energies as sherpa-onnx computes them, so that training hears what it will hear.

Kaldi's `compute-fbank-feats` on samples from -1 to 1 with dither 0, no energy, Povey window,
pre-emphasis 0.97 and frames that are mirrored at the ends (sherpa-onnx: csrc/features.cc;
kaldi-native-fbank: feature-window.cc, mel-computations.cc).
"""

import numpy as np
import numpy.typing as npt

from models.tiny.mfcc import HOP, WINDOW, Features, log_mel

BANDS = 80
"""What every published streaming model of icefall takes."""
SILENT = float(np.log(np.finfo(np.float32).eps))
"""The energy of digital silence."""
_FULL_SCALE = 32768
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
    return log_mel(frames, BANDS).astype(np.float32)
