"""Finds words that two voices have at the same time, as a microphone beside a loudspeaker does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from callcoach.hearing.heard import Word
from callcoach.hearing.measuring.error_rate import units

FARTHEST = 1.0
"""Seconds between a word and its copy: sound servers and rooms delay less."""
_STEADY = 0.15
"""Seconds by which the words of a copy may be late more or less than the one in their middle:
two people who say the same at once are less even."""
_FEWEST = 5
"""Words or Chinese characters; fewer, such as a goodbye, are said by two people at once."""
_ENOUGH = 0.8
"""The share of the words between the first and the last of a copy that are in it."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Words of an utterance that another voice has too."""

    first: int
    """The place in the utterance of the first word, and the one past the last."""
    past: int
    lag: float
    """Seconds by which it is later than the other, or less than none."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, or a Chinese character of one."""

    text: str
    start: float
    end: float
    word: int
    """The place of its word."""


def find_copy(words: Sequence[Word], others: Sequence[Word]) -> Copy | None:
    """Return what of an utterance is a copy of `others`, in order, at one steady lag.

    Between its first and its last word, most are the same, and none is where the other voice said
    nothing. None where that cannot be said.
    """
    mine, theirs = list(_units(words)), list(_units(others))
    pairs = sorted(
        (one.start - other.start, place, number)
        for place, one in enumerate(mine)
        for number, other in enumerate(theirs)
        if one.text == other.text and abs(one.start - other.start) <= FARTHEST
    )
    best = max(_windows(pairs), key=_size, default=[])
    if _size(best) < _FEWEST:
        return None
    lag = median(late for late, _, _ in best)
    same = set(_matched(best, lag))
    if len(same) < _FEWEST:
        return None
    inner = range(min(same), max(same) + 1)
    odd = [mine[place] for place in inner if place not in same]
    if len(same) < _ENOUGH * len(inner) or not all(_was_said(it, lag, theirs) for it in odd):
        return None
    # A word of which only some characters are copied is said by this voice.
    partly = {it.word for place, it in enumerate(mine) if place not in inner}
    copied = [mine[place].word for place in inner if mine[place].word not in partly]
    return Copy(copied[0], copied[-1] + 1, lag) if copied else None


def _size(pairs: Sequence[tuple[float, int, int]]) -> int:
    """Return how many units there are on the side that has fewer."""
    return min(len({place for _, place, _ in pairs}), len({number for _, _, number in pairs}))


def _windows(
    pairs: Sequence[tuple[float, int, int]],
) -> Iterator[Sequence[tuple[float, int, int]]]:
    """Yield the pairs of every stretch of lags that are steady."""
    past = 0
    for first, (lag, _, _) in enumerate(pairs):
        while past < len(pairs) and pairs[past][0] <= lag + 2 * _STEADY:
            past += 1
        yield pairs[first:past]


def _matched(pairs: Sequence[tuple[float, int, int]], lag: float) -> Iterator[int]:
    """Yield the places of copied units: each is of one of the other voice, and no two of the same.

    Who says “please” once more after the other's “please” has said it.
    """
    taken = set[int]()
    used = set[int]()
    for late, place, number in sorted(pairs, key=lambda it: abs(it[0] - lag)):
        is_free = place not in used and number not in taken
        if is_free and abs(late - lag) <= _STEADY:
            used.add(place)
            taken.add(number)
            yield place


def _was_said(unit: _Unit, lag: float, theirs: Sequence[_Unit]) -> bool:
    """Tell whether the other voice said something where this unit would be a copy of it."""
    start, end = unit.start - lag, unit.end - lag
    return any(it.start < end and start < it.end for it in theirs)


def _units(words: Sequence[Word]) -> Iterator[_Unit]:
    """Yield the units of words, each with its share of the word's time."""
    for number, word in enumerate(words):
        texts = units(word.text)
        for place, text in enumerate(texts):
            length = (word.end - word.start) / len(texts)
            start = word.start + place * length
            yield _Unit(text, start, start + length, number)
