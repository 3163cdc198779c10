"""What rooms, noise and lines do to speech is what the numbers say."""

import numpy as np
import pytest

from models.tiny.channel import TELEPHONE_RATE, add_noise, degrade, mu_law, noise, telephone
from models.tiny.mfcc import RATE


def tone(hertz: float, seconds: float = 1.0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return a tone of unit amplitude at 16 kHz."""
    return np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)


def power(sound: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(np.mean(sound[len(sound) // 4 :] ** 2))


@pytest.mark.parametrize("ratio_db", [0.0, 10.0, 30.0])
def test_noise_has_the_power_asked_for(ratio_db: float) -> None:
    sound = tone(500)
    added = add_noise(sound, ratio_db, np.random.default_rng(4)) - sound
    found = 10 * np.log10(np.mean(sound**2) / np.mean(added**2))
    assert found == pytest.approx(ratio_db, abs=0.1)


def test_every_kind_of_noise_has_unit_power() -> None:
    chance = np.random.default_rng(0)
    powers = [float(np.mean(noise(RATE, chance) ** 2)) for _ in range(20)]
    assert powers == pytest.approx([1.0] * 20, abs=1e-3)


@pytest.mark.parametrize(
    ("hertz", "least", "most"), [(60, 0.0, 0.01), (1000, 0.4, 0.6), (5000, 0.0, 0.01)]
)
def test_a_telephone_carries_300_to_4000_hertz(hertz: float, least: float, most: float) -> None:
    line = telephone(tone(hertz))
    assert len(line) == TELEPHONE_RATE
    assert least <= power(line) <= most


def test_mu_law_keeps_speech_and_leaves_fewer_levels() -> None:
    sound = tone(300) * 8000
    heard = mu_law(sound)
    assert len(np.unique(heard)) <= 255
    assert 10 * np.log10(power(sound) / power(sound - heard)) > 30


def test_degraded_speech_is_as_long_as_before_and_follows_the_seed() -> None:
    sound = tone(700, 0.8) * 3000
    once, again = (degrade(sound, tone(200), np.random.default_rng(9)) for _ in range(2))
    assert len(once) == len(sound)
    assert np.array_equal(once, again)
