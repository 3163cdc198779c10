"""Joins the segments of phrases with gaps and numbers, by token position."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from callcoach.words.engine.needs import SLOTS, bits, number_of, segments_among
from callcoach.words.engine.program import NUMBER, Program
from callcoach.words.engine.program import Row as Written
from callcoach.words.engine.scan import Ends, Match, Place
from callcoach.words.numbers import find_numbers

Span = tuple[int, int]
"""First token, and past the last."""
Steps = tuple[tuple[int, int], ...]
_Spans = dict[int, list[Span]]
"""By segment, or `NUMBER`: where it is."""
_Sizes = Mapping[int, int]
"""By first token: a bit for every number of tokens."""
_MANY: Final = 64
"""Pairs of places; more are joined by bits, whose cost does not grow with their product."""
_NOWHERE: Final[Sequence[Span]] = ()


class Row(NamedTuple):
    """A row of a program as it is joined."""

    pattern: int
    head: int
    """The first element."""
    steps: Steps
    """The other elements, each with how many tokens may stand before it."""
    needs: frozenset[int]
    """The segments among its elements."""
    has_number: bool


class Joiner:
    """The rows of a program; see `engine.needs` for how it knows which are possible."""

    def __init__(self, program: Program, numerals: re.Pattern[str]) -> None:
        """Take what matches the codes with which numbers may begin."""
        self._numerals = numerals
        self._written = program.rows
        self._rows: dict[int, Row] = {}
        """Those that were possible somewhere."""
        needs = program.needs
        self._begins, self._meets = needs.meets.views()
        """By segment, where the bits that it brings begin; and these."""
        self._parts = number_of(needs.parts)
        width = self._width = len(program.rows)
        self._every = (1 << width) - 1
        self._numeric = number_of(needs.numeric)
        self.given = number_of(needs.given)
        """What is met without any part."""
        self.stumble = 1 << SLOTS * width
        """What is met at least where there is a hesitation or a stutter."""
        self.alone = number_of(needs.alone)
        """What is enough where only one part is found."""
        self.always = needs.always
        """There are rows of nothing but numbers and gaps."""

    def met_by(self, segments: Iterable[int]) -> int:
        """Return which needs segments meet, and whether one is a hesitation or a stutter."""
        begins, meets = self._begins, self._meets
        met = [bit for one in segments for bit in meets[begins[one] : begins[one + 1]]]
        return number_of(bits(met)) if met else 0

    def parts(self, segments: Iterable[int]) -> frozenset[int]:
        """Return those of some segments that are parts of rows."""
        return frozenset([one for one in segments if self._parts >> one & 1])

    def possible(self, met: int, codes: str) -> list[Row]:
        """Return the rows whose first three needs are met in an utterance."""
        possible = met & met >> self._width & met >> 2 * self._width & self._every
        if possible & self._numeric and not self._numerals.search(codes):
            possible &= ~self._numeric
        rows: list[Row] = []
        while possible:
            at = possible.bit_length() - 1
            row = self._rows.get(at)
            if row is None:
                row = self._rows[at] = _row(self._written[at])
            rows.append(row)
            possible ^= 1 << at
        return rows

    def join(
        self,
        rows: Sequence[Row],
        places: Iterable[Place[Ends]],
        words: Callable[[], tuple[str, ...]],
        found: list[Match],
    ) -> None:
        """Add every match of `rows` in one utterance to `found`, a few of them twice.

        `places` are those of the utterance; its `words` are asked for only where numbers matter.
        """
        spans = _spans(places, frozenset().union(*[row.needs for row in rows]))
        for pattern, head, steps, _, has_number in rows:
            if has_number and NUMBER not in spans:
                spans[NUMBER] = [*number_spans(words())]
            reached = spans.get(head, _NOWHERE)
            for element, most in steps:
                others = spans.get(element, _NOWHERE)
                if len(reached) * len(others) > _MANY:
                    reached = list(_far(head, steps, spans))
                    break
                after: list[Span] = []
                for first, past in reached:
                    for start, end in others:
                        if past <= start <= past + most:
                            after.append((first, end))
                reached = after
            for first, past in reached:
                found.append((first, -past, pattern))


def _row(written: Written) -> Row:
    elements = written.elements
    steps: list[tuple[int, int]] = []
    most = 0
    for element in elements[1:]:
        if element < NUMBER:
            most += NUMBER - element
        else:
            steps.append((element, most))
            most = 0
    return Row(
        written.pattern, elements[0], tuple(steps), segments_among(elements), NUMBER in elements
    )


def _spans(places: Iterable[Place[Ends]], wanted: frozenset[int]) -> _Spans:
    """Return where the segments that are wanted are."""
    spans: _Spans = {}
    for (*_, parts), first, past in places:
        for segment in parts & wanted:
            if segment in spans:
                spans[segment].append((first, past))
            else:
                spans[segment] = [(first, past)]
    return spans


def number_spans(words: tuple[str, ...]) -> Iterable[Span]:
    """Return where numbers stand: whole ones as they were said, and every token in digits."""
    found = {(span.first, span.past) for span in find_numbers(words)}
    return found.union((at, at + 1) for at, word in enumerate(words) if word[0].isdecimal())


def _far(head: int, steps: Steps, spans: _Spans) -> Iterator[Span]:
    """Yield where a row matches, each match once."""
    reached = _bits(spans.get(head, ()))
    for element, most in steps:
        sizes = _bits(spans.get(element, ()))
        reached = {
            first: after
            for first, at in reached.items()
            if (after := _after(first, _spread(at, most), sizes))
        }
    for first, ends in reached.items():
        for size in _positions(ends):
            yield first, first + size


def _after(first: int, at: int, sizes: _Sizes) -> int:
    """Return the bits of `sizes` from all positions `at` together; both count from `first`."""
    after = 0
    for begin in _positions(at):
        after |= sizes.get(first + begin, 0) << begin
    return after


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
        found[first] = found.get(first, 0) | 1 << past - first
    return found


def _positions(bits: int) -> Iterator[int]:
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1
