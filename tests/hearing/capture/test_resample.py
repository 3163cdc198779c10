"""Sound of every rate comes out as it went in, at one rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import AudioError
from callcoach.hearing.capture.resample import Resampler, frames_of
from callcoach.hearing.sound import RATE
from tests.hearing.capture.making import pcm_of, pitch, samples, tones

RATES = (8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000)


def resampled(pcm: bytes, rate: int, channels: int, cuts: list[int]) -> tuple[bytes, ...]:
    """Return each voice of a sound that comes in pieces, cut at some frames."""
    resampler = Resampler(rate, channels)
    frames = frames_of(pcm, channels)
    voices = [b""] * channels
    for piece in np.split(frames, cuts):
        voices = [one + more for one, more in zip(voices, resampler.take(piece), strict=True)]
    return tuple(one + more for one, more in zip(voices, resampler.finish(), strict=True))


@pytest.mark.parametrize("rate", RATES)
def test_length_and_pitch_stay(rate: int) -> None:
    left, right = resampled(pcm_of(tones(2, rate, 440, 1300)), rate, 2, [])
    assert len(samples(left)) == len(samples(right)) == 2 * RATE
    assert pitch(left) == pytest.approx(440, abs=1)
    assert pitch(right) == pytest.approx(1300, abs=1)


@pytest.mark.parametrize("rate", RATES)
def test_a_tone_stays_as_loud_and_alone(rate: int) -> None:
    (voice,) = resampled(pcm_of(tones(1, rate, 1000)), rate, 1, [])
    middle = samples(voice)[2000:-2000].astype(float) / 32768
    times = np.arange(2000, RATE - 2000) / RATE
    assert np.abs(middle - 0.5 * np.sin(2 * np.pi * 1000 * times)).max() < 0.001


@given(st.sampled_from(RATES), st.lists(st.integers(0, 3000), max_size=20))
def test_pieces_join_without_a_seam(rate: int, cuts: list[int]) -> None:
    pcm = pcm_of(np.random.default_rng(rate).uniform(-0.5, 0.5, (3000, 2)))
    assert resampled(pcm, rate, 2, sorted(cuts)) == resampled(pcm, rate, 2, [])


@given(st.sampled_from(RATES), st.integers(0, 5000))
def test_nothing_is_added_or_lost(rate: int, frames: int) -> None:
    (voice,) = resampled(bytes(2 * frames), rate, 1, [])
    assert abs(len(samples(voice)) - frames * RATE / rate) <= 1


@given(st.binary(max_size=400))
def test_sound_of_the_right_rate_is_not_touched(noise: bytes) -> None:
    pcm = noise[: len(noise) // 2 * 2]
    assert resampled(pcm, RATE, 1, []) == (pcm,)


@pytest.mark.parametrize(("given", "wanted"), [(2.0, 32767), (-2.0, -32768), (1e9, 32767)])
def test_what_is_too_loud_is_clipped(given: float, wanted: int) -> None:
    (pcm,) = Resampler(RATE, 1).take(np.full((3, 1), given, np.float32))
    assert samples(pcm).tolist() == [wanted] * 3


@pytest.mark.parametrize("rate", [0, -8000, 100, 10_000_000])
def test_a_rate_that_no_speech_has_is_refused(rate: int) -> None:
    with pytest.raises(AudioError, match=str(rate)):
        Resampler(rate, 1)
