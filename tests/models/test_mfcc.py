"""The cepstra are those of Kaldi's definition, written down naively."""

import numpy as np
import pytest

from models.tiny.mfcc import CEPSTRA, HIGH_HZ, HOP, LOW_HZ, RATE, WINDOW, configuration, mfcc

_FFT = 512


def _mel(hertz: float) -> float:
    return 1127.0 * float(np.log(1 + hertz / 700.0))


def naive(frame: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    """Return the cepstra of one window, step by step as in Kaldi's feature-mfcc.cc."""
    samples = [float(value) for value in frame - frame.mean()]
    for number in range(WINDOW - 1, 0, -1):
        samples[number] -= 0.97 * samples[number - 1]
    samples[0] -= 0.97 * samples[0]
    turn = 2 * np.pi / (WINDOW - 1)
    samples = [
        value * (0.5 - 0.5 * np.cos(turn * number)) ** 0.85 for number, value in enumerate(samples)
    ]
    power = [
        abs(sum(v * np.exp(-2j * np.pi * k * n / _FFT) for n, v in enumerate(samples))) ** 2
        for k in range(_FFT // 2)
    ]
    width = (_mel(HIGH_HZ) - _mel(LOW_HZ)) / (CEPSTRA + 1)
    logs = []
    for band in range(CEPSTRA):
        left, centre = (_mel(LOW_HZ) + (band + step) * width for step in (0, 1))
        energy = 0.0
        for k, value in enumerate(power):
            mel = _mel(k * RATE / _FFT)
            if left < mel < centre + width:
                energy += value * (1 - abs(mel - centre) / width)
        logs.append(np.log(max(energy, float(np.finfo(np.float32).eps))))
    cepstra = []
    for order in range(CEPSTRA):
        total = sum(
            log * np.cos(np.pi * order * (band + 0.5) / CEPSTRA) for band, log in enumerate(logs)
        )
        norm = np.sqrt((1 if order == 0 else 2) / CEPSTRA)
        cepstra.append(total * norm * (1 + 11 * np.sin(np.pi * order / 22)))
    return cepstra


@pytest.mark.parametrize("seed", range(3))
def test_a_window_has_the_cepstra_of_the_definition(seed: int) -> None:
    sound = np.random.default_rng(seed).normal(40, 900, WINDOW)
    assert mfcc(sound)[0] == pytest.approx(naive(sound), abs=1e-3)


@pytest.mark.parametrize(
    ("samples", "frames"),
    [(0, 0), (WINDOW - 1, 0), (WINDOW, 1), (WINDOW + HOP - 1, 1), (WINDOW + HOP, 2)],
)
def test_only_whole_windows_count(samples: int, frames: int) -> None:
    assert mfcc(np.ones(samples)).shape == (frames, CEPSTRA)


def test_a_frame_depends_on_its_own_window_alone() -> None:
    sound = np.random.default_rng(1).normal(0, 900, WINDOW + 9 * HOP)
    frames = mfcc(sound)
    for number, frame in enumerate(frames):
        alone = mfcc(sound[number * HOP : number * HOP + WINDOW])
        assert frame == pytest.approx(alone[0], abs=1e-4)


def test_kaldi_is_told_the_same() -> None:
    told = dict(line.removeprefix("--").split("=") for line in configuration().splitlines())
    assert (told["num-mel-bins"], told["num-ceps"]) == (str(CEPSTRA), str(CEPSTRA))
    assert (float(told["low-freq"]), float(told["high-freq"])) == (LOW_HZ, HIGH_HZ)
    assert told["sample-frequency"] == str(RATE)
