"""How loud a voice is."""

import numpy as np
import pytest

from callcoach.hearing.capture.levels import EVERY, SILENCE, Meter, measure
from callcoach.hearing.sound import BLOCK, RATE, Block
from tests.hearing.capture.making import pcm_of, tones


@pytest.mark.parametrize(
    ("pcm", "rms", "peak"),
    [
        (pcm_of(tones(1, RATE, 1000, loudness=1.0)), -3.0, 0.0),
        (pcm_of(tones(1, RATE, 1000, loudness=0.1)), -23.0, -20.0),
        (np.full(100, -32768, "<i2").tobytes(), 0.0, 0.0),
        (bytes(3200), SILENCE, SILENCE),
        (np.ones(100, "<i2").tobytes(), SILENCE, SILENCE),
    ],
    ids=["full", "quiet", "loudest", "silence", "least"],
)
def test_loudness_in_decibels_of_full_scale(pcm: bytes, rms: float, peak: float) -> None:
    level = measure(3, pcm, 1.5)
    assert (level.channel, level.at) == (3, 1.5)
    assert level.rms == pytest.approx(rms, abs=0.2)
    assert level.peak == pytest.approx(peak, abs=0.2)


def test_levels_are_told_ten_times_a_second() -> None:
    meter = Meter(0)
    pcm = bytes(2 * int(RATE * BLOCK))
    told = [meter.take(Block(0, number * BLOCK, pcm)) for number in range(250)]
    times = [it.at for it in told if it]
    assert 8 <= len(times) / 10 <= 10
    assert max(np.diff(times)) < EVERY + 2 * BLOCK


def test_what_came_before_a_gap_does_not_count() -> None:
    meter = Meter(0)
    loud, quiet = np.full(1000, 32767, "<i2").tobytes(), bytes(3200)
    assert meter.take(Block(0, 0.0, loud)) is None
    level = meter.take(Block(0, 60.0, quiet))
    assert level is not None
    assert (level.peak, level.at) == (SILENCE, 60.1)
