"""What is said of a test recording."""

import random
from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.checking.sound_check import Verdict, check_sound
from callcoach.hearing.sound import RATE
from tests.hearing.sounds import spoken

VOICE = spoken("en", 1)


def louder(pcm: bytes, decibels: float, noise: float = 0.0) -> bytes:
    """Return sound made louder, with noise of so much of full scale under it."""
    chance = random.Random(1)
    factor = 10 ** (decibels / 20)
    samples = (
        round(it * factor + chance.gauss(0, noise * 32_768))
        for it in memoryview(pcm).cast("h").tolist()
    )
    return array("h", [max(-32_768, min(32_767, it)) for it in samples]).tobytes()


SILENCE = bytes(len(VOICE))


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (lambda: VOICE, Verdict.GOOD),
        (lambda: louder(VOICE, -10), Verdict.GOOD),
        (lambda: louder(VOICE, -30), Verdict.QUIET),
        (lambda: louder(VOICE, 30), Verdict.CLIPPED),
        (lambda: louder(VOICE, 0, 0.02), Verdict.NOISY),
        (lambda: louder(SILENCE, 0, 0.02), Verdict.NOISE),
        (lambda: louder(SILENCE, 0, 0.0003), Verdict.NO_VOICE),
        (lambda: SILENCE, Verdict.SILENT),
        (lambda: b"", Verdict.SILENT),
    ],
)
def test_the_verdict(made: Callable[[], bytes], verdict: Verdict) -> None:
    assert check_sound(made()).verdict is verdict


def test_levels_are_of_full_scale() -> None:
    checked = check_sound(array("h", [16_384] * RATE).tobytes())
    assert (checked.level, checked.noise, checked.peak) == (-6.0, -6.0, -6.0)
    assert check_sound(SILENCE).peak == -90.0


@given(st.binary(max_size=4000))
def test_any_samples_have_a_verdict(pcm: bytes) -> None:
    checked = check_sound(pcm)
    assert -90 <= checked.noise <= checked.level <= 0
    assert 0 <= checked.clipped <= 1
