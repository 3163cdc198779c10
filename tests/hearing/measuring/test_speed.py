"""How quickly a model hears a recording."""

from collections.abc import Sequence
from itertools import count

import pytest

from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.measuring.speed import measure_speed
from callcoach.hearing.sound import BLOCK, BYTES, RATE
from tests.hearing.recordings import engine, sentence
from tests.hearing.sounds import spoken


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_words_and_how_soon_they_are_shown(language: str) -> None:
    speed = measure_speed(engine(language), spoken(language, 1))
    assert " ".join(final.text for final in speed.finals) == sentence(language, 1).text
    assert speed.factor > 0
    assert speed.delay is not None
    assert speed.delay > 0


class _Script:
    """A recogniser that says what it was told to, block by block."""

    def __init__(self, said: Sequence[Sequence[Result]]) -> None:
        self._said = list(said)

    def recogniser(self, rate: int, phrases: Sequence[str] = ()) -> "_Script":
        """Return itself."""
        assert rate == RATE
        assert not phrases
        return self

    def accept(self, pcm: bytes) -> Sequence[Result]:
        """Say what comes next."""
        assert len(pcm) == BYTES * RATE * BLOCK
        return self._said.pop(0)

    def finish(self) -> Sequence[Result]:
        """Say nothing more."""
        return ()


def test_a_word_is_shown_when_a_partial_has_it_first() -> None:
    words = (Word("a", 0, 1, 1), Word("b", 1, 2, 1), Word("c", 2, 3, 1))
    said: list[list[Result]] = [
        [Partial("a", 0, 1.5)],
        [Partial("a b", 0, 2.25)],
        [Partial("a d", 0, 2.5)],
        [Final(words, 4.0)],
    ]
    ticks = count()
    pcm = bytes(BYTES * round(RATE * BLOCK) * 4)
    speed = measure_speed(_Script(said), pcm, clock=lambda: next(ticks) / 100)
    assert speed.delay == pytest.approx(0.5 + 0.01)
    assert measure_speed(_Script([[]]), bytes(BYTES * round(RATE * BLOCK))).delay is None
