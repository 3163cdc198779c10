"""Finds where short rows of words occur in an utterance, when one word may be wrong.

All rows stand in one number, a bit for each word, and a token of the utterance moves all of them
on at once by a shift and a few masks (Baeza-Yates and Gonnet 1992; errors as in Wu and Manber
1992, over words in place of letters). Two such numbers are kept: what matches up to here by
sound, and what does with one error: a near word in place of another, a word more, or one less.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from callcoach.words.normalise import is_character
from callcoach.words.phonetic import Neighbours, sounds
from callcoach.words.phrase import ANY_NUMBER
from callcoach.words.pinyin import near, syllables
from callcoach.words.sound_cost import CLOSE, FIXED, FUNCTION_WORDS, LEAST_LIKE, PERSONS
from callcoach.words.sound_grid import Grid, bits, number_of

_MOST_KEPT = 8_192
"""How many different words of utterances are remembered."""
_MOST_BITS = 30_000_000
"""Words of rows times states: five numbers each, about 20 MB; then the states are forgotten."""
_MOST_STEPS = 200_000
"""Steps from state to state that are remembered: about as much again."""
_ALTERED = "+"
"""Stands before a word that was not written so."""


@dataclass(frozen=True, slots=True, eq=False)
class _Masks:
    """Where in the rows a heard word fits."""

    own: int
    """Where it is wanted."""
    same: int
    """Where it, or what sounds the same, is wanted."""
    fit: int
    """There, and where it may stand for what is wanted."""
    is_skipped: bool
    """It may be left out within a row."""


class State:
    """How far all rows have come after some words, and which of them end here.

    A row is known by the bit of its last word.
    """

    __slots__ = ("after", "clean", "ended", "exact", "other", "wrong")

    def __init__(self, exact: int, clean: int, other: int, last: int) -> None:
        self.exact = exact
        """The rows up to words that were said as they are."""
        self.clean = clean
        """Those up to words that sound the same."""
        self.other = other
        """Those up to words that do, or with one error."""
        self.ended = other & last
        self.wrong = self.ended & ~exact
        """The rows that end here and were not said exactly."""
        self.after: dict[_Masks, State] = {}
        """What follows on a word, as far as it was needed."""


class Scan:
    """Rows of words, compiled; immutable but for what it remembers, and free to share."""

    def __init__(self, grid: Grid) -> None:
        """Take compiled rows."""
        self._grid = grid
        self._numbers = {word: number for number, word in enumerate(grid.words)}
        self._bits: dict[str, int] = {}
        """Where words are wanted, as far as it was asked for."""
        self._first, self._last = number_of(grid.first), number_of(grid.last)
        self._several, self._pair = number_of(grid.several), number_of(grid.pair)
        self._long, self._four = number_of(grid.long), number_of(grid.four)
        self._any = number_of(grid.any)
        self._inner, self._lost = number_of(grid.inner), number_of(grid.lost)
        self._kept: dict[str, _Masks] = {}
        self._shared: dict[tuple[int, int, int, bool], _Masks] = {}
        self._states: dict[tuple[int, int, int], State] = {}
        self._steps = 0
        self._start = self._state(0, 0, 0)

    @cached_property
    def _by_syllable(self) -> Mapping[str, Sequence[str]]:
        """Return the characters of the rows by syllable."""
        return _grouped((syllable, word) for word in self._numbers for syllable in syllables(word))

    @cached_property
    def _latin(self) -> Sequence[str]:
        """Return the words of letters that may be taken for others."""
        return [
            word
            for word in self._numbers
            if word not in FIXED and word.isalpha() and not is_character(word)
        ]

    @cached_property
    def _by_sounds(self) -> Mapping[str, Sequence[str]]:
        return _grouped((sounds(word), word) for word in self._latin)

    @cached_property
    def _neighbours(self) -> Neighbours:
        return Neighbours(self._latin)

    @cached_property
    def _grammar(self) -> int:
        return self._wanted_all(FUNCTION_WORDS)

    def _wanted(self, word: str) -> int:
        """Return where a word is wanted."""
        number = self._numbers.get(word)
        if number is None:
            return 0
        found = self._bits.get(word)
        if found is None:
            found = self._bits[word] = number_of(bits(self._grid.wanted[number]))
        return found

    def _wanted_all(self, words: Iterable[str]) -> int:
        """Return where any of several words is wanted."""
        return reduce(or_, map(self._wanted, words), 0)

    def scan(self, words: Sequence[str], altered: Container[int] = ()) -> list[State]:
        """Return the state after each word; words that are `altered` were not said so."""
        if len(self._states) * self._last.bit_length() > _MOST_BITS or self._steps > _MOST_STEPS:
            self._states.clear()
            self._steps = 0
            self._start = self._state(0, 0, 0)
        kept = self._kept
        state = self._start
        states: list[State] = []
        for at, word in enumerate(words):
            if altered and at in altered:
                word = _ALTERED + word
            masks = kept.get(word) or self._remember(word)
            state = state.after.get(masks) or self._step(state, masks)
            states.append(state)
        return states

    def _step(self, state: State, masks: _Masks) -> State:
        begun = (state.clean << 1) | self._first
        clean = begun & masks.same
        skipped = state.clean & self._inner if masks.is_skipped else 0
        other = (
            ((state.other << 1) & masks.same)
            | (begun & masks.fit)
            | skipped
            | ((clean << 1) & self._lost)
        )
        exact = ((state.exact << 1) | self._first) & masks.own
        self._steps += 1
        state.after[masks] = found = self._state(exact, clean, other)
        return found

    def _state(self, exact: int, clean: int, other: int) -> State:
        key = (exact, clean, other)
        found = self._states.get(key)
        if found is None:
            found = self._states[key] = State(exact, clean, other, self._last)
        return found

    def _remember(self, word: str) -> _Masks:
        """Return the masks of a word; words that fit alike share theirs."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        found = self._masks(word.removeprefix(_ALTERED))
        if word.startswith(_ALTERED):
            found = _Masks(0, found.same, found.fit, found.is_skipped)
        key = (found.own, found.same, found.fit, found.is_skipped)
        masks = self._kept[word] = self._shared.setdefault(key, found)
        return masks

    def _masks(self, word: str) -> _Masks:
        own = self._wanted(word)
        if word[0].isdecimal():
            own |= self._wanted(ANY_NUMBER)
            return _Masks(own, own, own, is_skipped=False)
        if word in FIXED:
            return _Masks(own, own, own, is_skipped=False)
        if is_character(word):
            return self._character(word, own)
        if not (word.isascii() and word.isalpha()):
            return _Masks(own, own, own, is_skipped=True)
        close = alike = 0
        for other, like in self._neighbours.near(word, LEAST_LIKE):
            if like >= CLOSE:
                close |= self._wanted(other)
            alike |= self._wanted(other)
        person = PERSONS.get(word)
        for other in PERSONS if person is not None else ():
            if PERSONS[other] == person:
                close |= self._wanted(other)
        if word in FUNCTION_WORDS:
            alike |= self._grammar
        homophones = self._wanted_all(self._by_sounds.get(sounds(word), ()))
        same = own | (homophones & self._several)
        alike = (close & self._pair) | (alike & self._long)
        return _Masks(own, same, same | alike, is_skipped=True)

    def _character(self, char: str, own: int) -> _Masks:
        same = alike = 0
        for syllable in syllables(char):
            same |= self._wanted_all(self._by_syllable.get(syllable, ()))
            for other in near(syllable):
                alike |= self._wanted_all(self._by_syllable.get(other, ()))
        same = own | (same & self._several)
        return _Masks(own, same, same | (alike & self._four) | self._any, is_skipped=True)


def _grouped(named: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Return the words of each name."""
    found: dict[str, list[str]] = {}
    for name, word in named:
        found.setdefault(name, []).append(word)
    return found
