"""Makes clean speech sound as it comes out of rooms, microphones and telephone lines."""

import numpy as np
from scipy.signal import butter, fftconvolve, lfilter, resample_poly

from models.tiny.mfcc import RATE, Samples

TELEPHONE_RATE = 8000
_MU = 255
_SILENT = 1e-6


def degrade(sound: Samples, babble: Samples, chance: np.random.Generator) -> Samples:
    """Return speech after a room, a microphone, noise, other voices and a line, each by chance.

    `babble` is another utterance, of any length; everything is at 16 kHz.
    """
    if chance.random() < 0.35:
        sound = _room(sound, chance)
    if chance.random() < 0.5:
        sound = lfilter([1, -chance.uniform(-0.5, 0.5)], [1], sound)
    if chance.random() < 0.85:
        sound = add_noise(sound, chance.uniform(0, 40), chance)
    if chance.random() < 0.15:
        sound = _add(sound, np.resize(babble, len(sound)), chance.uniform(12, 25))
    if chance.random() < 0.5:
        line = telephone(sound)
        if chance.random() < 0.6:
            line = mu_law(line, chance.uniform(0.3, 1.0))
        sound = resample_poly(line, RATE, TELEPHONE_RATE)[: len(sound)]
    return amplify(sound, chance.uniform(-25, 3))


def add_noise(sound: Samples, ratio_db: float, chance: np.random.Generator) -> Samples:
    """Return speech with noise of some kind at a signal-to-noise ratio in decibels."""
    return _add(sound, noise(len(sound), chance), ratio_db)


def noise(length: int, chance: np.random.Generator) -> Samples:
    """Return [length] noise of unit power: white, hissing, rumbling, or rumbling with mains hum."""
    white = chance.standard_normal(length + 64)
    kind = chance.integers(4)
    if kind == 0:
        sound = white[:length]
    elif kind == 1:
        sound = lfilter([1, -0.6], [1], white)[:length]
    elif kind == 2:
        sound = lfilter([0.05], [1, -0.95], white)[:length]
    else:
        hertz = chance.choice((50, 60, 100, 120))
        hum = np.sin(2 * np.pi * hertz * np.arange(length) / RATE)
        sound = lfilter([0.05], [1, -0.98], white)[:length] + 0.2 * hum
    unit: Samples = sound / (_power(sound) + _SILENT)
    return unit


def telephone(sound: Samples) -> Samples:
    """Return sound at 8 kHz without what is below 300 Hz, as a telephone line carries it."""
    line: Samples = lfilter(
        *butter(2, 300 / (TELEPHONE_RATE / 2), "high"), resample_poly(sound, 1, 2)
    )
    return line


def mu_law(sound: Samples, share: float = 1.0) -> Samples:
    """Return sound as 8 bits of mu-law leave it; its peak takes a share of the line's range."""
    peak = float(np.abs(sound).max(initial=0.0)) + _SILENT
    level = sound / peak * share
    code = np.round(np.sign(level) * np.log1p(_MU * np.abs(level)) / np.log1p(_MU) * 127) / 127
    heard: Samples = np.sign(code) * np.expm1(np.abs(code) * np.log1p(_MU)) / _MU * peak
    return heard


def amplify(sound: Samples, decibels: float) -> Samples:
    """Return sound made louder."""
    louder: Samples = sound * 10.0 ** (decibels / 20)
    return louder


def pad(sound: Samples, before: float, after: float) -> Samples:
    """Return 16 kHz sound with silence around it, in seconds."""
    return np.concatenate([np.zeros(int(before * RATE)), sound, np.zeros(int(after * RATE))])


def _room(sound: Samples, chance: np.random.Generator) -> Samples:
    """Return sound in a small room: one echo tail that decays by 60 dB within 0.08 to 0.35 s."""
    length = int(chance.uniform(0.08, 0.35) * RATE)
    decay = np.exp(-6.9 * np.arange(length) / length)
    echo = chance.standard_normal(length) * decay * chance.uniform(0.02, 0.12)
    echo[0] = 1
    heard: Samples = fftconvolve(sound, echo)[: len(sound)]
    return heard


def _add(sound: Samples, other: Samples, ratio_db: float) -> Samples:
    ratio = 10.0 ** (-ratio_db / 20)
    mixed: Samples = sound + other * ((_power(sound) + _SILENT) / (_power(other) + _SILENT) * ratio)
    return mixed


def _power(sound: Samples) -> float:
    return float(np.sqrt(np.mean(sound**2)))
