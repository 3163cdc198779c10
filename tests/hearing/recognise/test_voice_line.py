"""Times out are the ear's, whatever gaps there are; gaps are filled or end the utterance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.heard import Final
from callcoach.hearing.recognise.voice_line import VoiceLine
from callcoach.hearing.sound import BYTES, RATE, Block
from tests.hearing.recognise.scripted import Scripted


def block(at: float, seconds: float = 0.04) -> Block:
    return Block(0, at, b"\1\0" * round(seconds * RATE))


def test_the_first_block_may_be_at_any_time() -> None:
    line = VoiceLine(Scripted())
    partial, final = line.accept(block(100.0))
    assert partial.at == final.at == 100.04
    assert isinstance(final, Final)
    assert (final.start, final.end) == (100.0, 100.04)


@pytest.mark.parametrize("late", [-0.019, 0.0, 0.019])
def test_a_little_too_early_or_late_is_even(late: float) -> None:
    recogniser = Scripted()
    line = VoiceLine(recogniser)
    line.accept(block(1.0))
    *_, final = line.accept(block(1.04 + late))
    assert len(recogniser.pcm) == 2 * len(block(0).pcm)
    assert final.at == 1.08
    assert not recogniser.finished


@pytest.mark.parametrize("gap", [0.03, 0.5, 1.0])
def test_a_short_gap_is_filled_with_silence(gap: float) -> None:
    recogniser = Scripted()
    line = VoiceLine(recogniser)
    line.accept(block(1.0))
    *_, final = line.accept(block(1.04 + gap))
    assert final.at == pytest.approx(1.08 + gap, abs=0.001)
    assert len(recogniser.pcm) / BYTES / RATE == pytest.approx(0.08 + gap, abs=0.001)
    assert not recogniser.finished


@pytest.mark.parametrize("gap", [1.1, 3600.0, -0.5])
def test_a_long_gap_or_a_step_back_ends_the_utterance(gap: float) -> None:
    recogniser = Scripted()
    line = VoiceLine(recogniser)
    line.accept(block(1.0))
    end, _, final = line.accept(block(1.04 + gap))
    assert isinstance(end, Final)
    assert end.text == "end"
    assert end.at == 1.04
    assert final.at == pytest.approx(1.08 + gap, abs=0.001)
    assert len(recogniser.pcm) == 2 * len(block(0).pcm)


@given(st.lists(st.sampled_from([0.0, 0.01, 0.04, 0.7, 1.5, 30.0]), max_size=20))
def test_every_word_stands_where_its_block_does(gaps: list[float]) -> None:
    line, at = VoiceLine(Scripted()), 5.0
    for gap in gaps:
        at += gap
        results = line.accept(block(at))
        final = results[-1]
        assert isinstance(final, Final)
        assert final.start == pytest.approx(at, abs=0.021)
        at = final.at


def test_a_flush_tells_what_is_on_its_way() -> None:
    line = VoiceLine(Scripted())
    line.accept(block(7.0))
    (final,) = line.flush()
    assert final.at == 7.04
