"""Joins the segments of phrases with gaps and numbers, by token position."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from callcoach.words.engine.choose import Match
from callcoach.words.engine.program import NO_ANCHOR, NUMBER, Program, Row
from callcoach.words.engine.scan import Place
from callcoach.words.numbers import find_numbers

Span = tuple[int, int]
"""First token, and past the last."""
_Places = Mapping[int, int]
"""By first token: a bit for every `past`."""


class Joiner:
    """The rows of a program."""

    def __init__(self, program: Program) -> None:
        self._rows: dict[int, dict[Row, frozenset[int]]] = {}
        """By anchor: rows with the segments that they need."""
        for row, anchor in zip(program.rows, program.anchors, strict=True):
            needs = frozenset(element for element in row.elements if element >= 0)
            self._rows.setdefault(anchor, {})[row] = needs
        self.always = NO_ANCHOR in self._rows
        """There are rows of nothing but numbers and gaps."""

    def join(
        self, places: Iterable[Place], words: Callable[[], tuple[str, ...]]
    ) -> Iterator[Match]:
        """Yield every match of the rows in one utterance.

        `places` are those of all parts of rows; the utterance's `words` are asked for only where
        numbers matter.
        """
        bits: dict[int, dict[int, int]] = {}
        for segments, first, past in places:
            for segment in segments:
                pasts = bits.setdefault(segment, {})
                pasts[first] = pasts.get(first, 0) | 1 << past
        said = frozenset(bits)
        for anchor in (*said, NO_ANCHOR):
            for row, needs in self._rows.get(anchor, {}).items():
                if needs <= said:
                    if NUMBER in row.elements and NUMBER not in bits:
                        bits[NUMBER] = _bits(number_spans(words()))
                    for first, pasts_of in _reach(row.elements, bits).items():
                        for past in _positions(pasts_of):
                            yield first, -past, row.pattern


def number_spans(words: tuple[str, ...]) -> Iterable[Span]:
    """Return where numbers stand: whole ones as they were said, and every token in digits."""
    found = {(span.first, span.past) for span in find_numbers(words)}
    return found.union((at, at + 1) for at, word in enumerate(words) if word[0].isdecimal())


def _reach(elements: Sequence[int], bits: Mapping[int, _Places]) -> dict[int, int]:
    """Return, by first token, a bit for every token at which a row may end."""
    reached = dict(bits[elements[0]])
    for element in elements[1:]:
        if element < NUMBER:
            for first, at in reached.items():
                reached[first] = _spread(at, NUMBER - element)
            continue
        pasts = bits[element]
        begins = sum(1 << begin for begin in pasts)
        for first, at in reached.items():
            after = 0
            for begin in _positions(at & begins):
                after |= pasts[begin]
            reached[first] = after
    return reached


def _spread(at: int, most: int) -> int:
    """Return the positions `at` and up to `most` tokens on."""
    done = 0
    while done < most:
        step = min(done + 1, most - done)
        at |= at << step
        done += step
    return at


def _bits(spans: Iterable[Span]) -> dict[int, int]:
    found: dict[int, int] = {}
    for first, past in spans:
        found[first] = found.get(first, 0) | 1 << past
    return found


def _positions(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
