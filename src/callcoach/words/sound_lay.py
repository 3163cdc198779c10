"""Lays the rows of phrases over an utterance: all the ways in which each of them fits."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from callcoach.words.sound_cost import JOINED
from callcoach.words.sound_fit import Fit, fit, fit_by_sound
from callcoach.words.sound_index import RowFinder
from callcoach.words.sound_program import SoundProgram
from callcoach.words.sound_scan import Scan
from callcoach.words.sound_words import Heard


class Way(StrEnum):
    """How a phrase was recognised in what was heard."""

    SAME_SOUND = "same_sound"
    NEAR_SOUND = "near_sound"
    WORD_ADDED = "word_added"
    WORD_LOST = "word_lost"
    WORDS_JOINED = "words_joined"
    """Two words were written as one, or one as two."""


class Laid(msgspec.Struct, frozen=True, gc=False):
    """A sequence, or its beginning, laid over an utterance."""

    first: int
    past: int
    paid: float
    errors: int
    way: Way
    changed: tuple[int, ...]


class Rows:
    """The rows that an utterance may hold; each is laid when it is asked for first."""

    def __init__(self, program: SoundProgram, scan: Scan, finder: RowFinder, heard: Heard) -> None:
        """Find rows of `program`: of its grid by `scan`, of its index by `finder`."""
        self._program, self._heard = program, heard
        self._size = len(program.index.rows)
        self._states = scan.scan(heard.words, heard.altered)
        self.found = finder.find(heard.words)
        """Those that may lie in the utterance."""
        for past, state in enumerate(self._states, 1):
            for last in _bits(state.ended) if state.ended else ():
                row = self._size + program.grid.row_at(last)
                self.found.note(row, past, is_clean=True)
        self._laid: dict[int, Sequence[Laid]] = {}

    def lay(self, row: int) -> Sequence[Laid]:
        """Return the ways in which a row lies over the utterance, by where they end."""
        found = self._laid.get(row)
        if found is None:
            words = self._program.row(row)
            fits = self._fits(row, words)
            found = self._laid[row] = [self._priced(it, len(words)) for it in fits if it]
        return found

    def _fits(self, row: int, words: tuple[str, ...]) -> Iterator[Fit | None]:
        heard = self._heard.words
        if row < self._size:
            for past in sorted(self.found.places[row]):
                yield fit_by_sound(words, heard, past)
            return
        bit = 1 << self._program.grid.place_of(row - self._size)
        for past in sorted(self.found.places[row]):
            yield fit(words, heard, past, is_clean=bool(self._states[past - 1].clean & bit))

    def _priced(self, found: Fit, size: int) -> Laid:
        """Return a fit with what words that were mended cost."""
        way, paid = _way(found, size), found.paid
        if not self._heard.altered.isdisjoint(range(found.first, found.past)):
            way = way if found.errors else Way.WORDS_JOINED
            paid += JOINED
        return Laid(found.first, found.past, paid, found.errors, way, found.changed)


def lay(rows: Sequence[int], gaps: Sequence[int], among: Rows) -> Sequence[Laid]:
    """Return the ways in which a sequence of rows lies over an utterance, with one error at most.

    `gaps` are how many words may be before each row, 0 for the first.
    """
    reached: Sequence[Laid] = ()
    for place, (row, gap) in enumerate(zip(rows, gaps, strict=True)):
        fits = among.lay(row)
        if place:
            pasts = [before.past for before in reached]
            fits = [
                _joined(before, after)
                for after in fits
                for before in reached[
                    bisect_left(pasts, after.first - gap) : bisect_right(pasts, after.first)
                ]
                if before.errors + after.errors <= 1
            ]
        if not fits:
            return []
        reached = fits
    return reached


def _joined(before: Laid, after: Laid) -> Laid:
    return Laid(
        before.first,
        after.past,
        before.paid + after.paid,
        before.errors + after.errors,
        after.way if before.way is Way.SAME_SOUND else before.way,
        before.changed + after.changed,
    )


def _bits(number: int) -> Iterator[int]:
    """Yield the places of the ones of a number."""
    while number:
        low = number & -number
        number ^= low
        yield low.bit_length() - 1


def _way(laid: Fit, size: int) -> Way:
    if not laid.errors:
        return Way.SAME_SOUND
    length = laid.past - laid.first
    if length == size:
        return Way.NEAR_SOUND
    return Way.WORD_ADDED if length > size else Way.WORD_LOST
