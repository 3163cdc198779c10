"""Joins the segments of phrases with gaps and numbers, by token position."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from callcoach.words.engine.choose import Match
from callcoach.words.engine.program import NO_ANCHOR, NUMBER, Program, Row
from callcoach.words.engine.scan import Place
from callcoach.words.numbers import find_numbers

Span = tuple[int, int]
"""First token, and past the last."""
_Places = Mapping[int, int]
"""By first token: a bit for every `past`."""
_FEW: Final = 4


class Joiner:
    """The rows of a program."""

    def __init__(self, program: Program) -> None:
        self._alone: dict[int, list[Row]] = {}
        """By anchor: rows that need no other segment."""
        self._pairs: dict[int, dict[int, list[tuple[Row, frozenset[int]]]]] = {}
        """By anchor, and by another segment: rows with all segments that they need."""
        for row, anchor in zip(program.rows, program.anchors, strict=True):
            needs = frozenset(element for element in row.elements if element >= 0)
            if len(needs) < 2:
                self._alone.setdefault(anchor, []).append(row)
            else:
                others = self._pairs.setdefault(anchor, {})
                others.setdefault(min(needs - {anchor}), []).append((row, needs))
        self._paired = frozenset(self._pairs)
        self.always = NO_ANCHOR in self._alone
        """There are rows of nothing but numbers and gaps."""

    def join(
        self, places: Sequence[Place], begin: int, words: Callable[[], tuple[str, ...]] | None
    ) -> list[Match]:
        """Return every match of the rows in one utterance, which begins at code `begin`.

        `places` are those of all parts of rows; the utterance's `words` are asked for only where
        numbers matter, and are None where there can be no number.
        """
        said = {segment for segments, _, _ in places for segment in segments}
        rows = self._possible(said, words is not None)
        if not rows:
            return []
        bits = _placed(places, {one for row in rows for one in row.elements}, begin)
        found: list[Match] = []
        for row in rows:
            if NUMBER in row.elements:
                if words is None or not _in_order(row.elements, bits):
                    continue
                if NUMBER not in bits:
                    bits[NUMBER] = _bits(number_spans(words()))
                if not bits[NUMBER]:
                    continue
            for first, pasts in _reach(row.elements, bits).items():
                found += [(first, -past, row.pattern) for past in _positions(pasts)]
        return found

    def _possible(self, said: set[int], has_numbers: bool) -> list[Row]:
        """Return the rows of whose segments none is missing."""
        rows = [*self._alone.get(NO_ANCHOR, ())] if self.always and has_numbers else []
        if not self._alone.keys().isdisjoint(said):
            for anchor in self._alone.keys() & said:
                rows += self._alone[anchor]
        if len(said) > 1:
            for anchor in self._paired & said:
                others = self._pairs[anchor]
                if not others.keys().isdisjoint(said):
                    for other in others.keys() & said:
                        rows += [row for row, needs in others[other] if needs <= said]
        return rows


def _placed(places: Iterable[Place], wanted: set[int], begin: int) -> dict[int, dict[int, int]]:
    """Return, by segment that is wanted and first token, a bit for every `past`."""
    bits: dict[int, dict[int, int]] = {}
    for segments, first, past in places:
        if not wanted.isdisjoint(segments):
            for segment in segments:
                if segment in wanted:
                    pasts = bits.setdefault(segment, {})
                    pasts[first - begin] = pasts.get(first - begin, 0) | 1 << past - begin
    return bits


def number_spans(words: tuple[str, ...]) -> Iterable[Span]:
    """Return where numbers stand: whole ones as they were said, and every token in digits."""
    found = {(span.first, span.past) for span in find_numbers(words)}
    return found.union((at, at + 1) for at, word in enumerate(words) if word[0].isdecimal())


def _in_order(elements: Sequence[int], bits: Mapping[int, _Places]) -> bool:
    """Tell whether the segments of a row may follow one another, before numbers are looked for.

    Reading numbers takes longer than all the rest.
    """
    at = -1
    for element in elements:
        if element > NUMBER:
            firsts = bits[element]
            if max(firsts) <= at:
                return False
            at = max(at + 1, min(firsts))
        elif element == NUMBER:
            at += 1
    return True


def _reach(elements: Sequence[int], bits: Mapping[int, _Places]) -> _Places:
    """Return, by first token, a bit for every token at which a row may end."""
    reached = bits[elements[0]]
    for element in elements[1:]:
        if element < NUMBER:
            most = NUMBER - element
            reached = {first: _spread(at, most) for first, at in reached.items()}
        else:
            pasts = bits[element]
            reached = {
                first: after for first, at in reached.items() if (after := _after(at, pasts))
            }
    return reached


def _after(at: int, pasts: _Places) -> int:
    """Return the bits of `pasts` from all positions `at` together."""
    after = 0
    if len(pasts) <= _FEW:
        for begin, bits in pasts.items():
            if at >> begin & 1:
                after |= bits
    else:
        for begin in _positions(at):
            after |= pasts.get(begin, 0)
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
        found[first] = found.get(first, 0) | 1 << past
    return found


def _positions(bits: int) -> Iterator[int]:
    while bits:
        yield _lowest(bits)
        bits &= bits - 1


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
