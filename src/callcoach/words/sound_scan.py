"""Finds where short rows of words occur in an utterance, when one word may be wrong.

All rows stand in one number, a bit for each word, and a token of the utterance moves all of them
on at once by a shift and a few masks (Baeza-Yates and Gonnet 1992; errors as in Wu and Manber
1992, over words in place of letters). Two such numbers are kept: what matches up to here by
sound, and what does with one error: a near word in place of another, a word more, or one less.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from callcoach.words.normalise import is_character
from callcoach.words.phonetic import Neighbours, sounds
from callcoach.words.phrase import ANY_NUMBER
from callcoach.words.pinyin import near, syllables
from callcoach.words.sound_cost import (
    CLOSE,
    FIXED,
    FUNCTION_WORDS,
    LEAST_LIKE,
    LEAST_WEIGHT,
    LONG,
    PERSONS,
    heaviness,
    is_losable,
)

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


def ones(places: Sequence[int]) -> int:
    """Return the number that has its ones at `places`."""
    found = bytearray((max(places, default=0) >> 3) + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


class Scan:
    """Rows of words, compiled; immutable but for what it remembers, and free to share."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Compile `rows`, each of at least one word."""
        words: dict[str, list[int]] = {}
        groups: list[list[int]] = [[] for _ in range(9)]
        first, last, several, firm, long, four, some, inner, lost = groups
        at = 0
        for row in rows:
            past = at + len(row)
            whole = range(at, past)
            first.append(at)
            last.append(past - 1)
            for place, word in zip(whole, row, strict=True):
                words.setdefault(word, []).append(place)
                if at < place < past - 1 and is_losable(row, word):
                    lost.append(place)
            if len(row) > 1:
                several += whole
                if heaviness(row) >= LEAST_WEIGHT:
                    firm += whole
                    inner += whole[:-1]
                    if len(row) > 2:
                        long += whole
                    if len(row) >= LONG:
                        four += whole
                    if len(row) > LONG and is_character(row[0]) and is_character(row[-1]):
                        some += whole
            at = past
        self.places = tuple(last)
        """Which bit each row is known by: that of its last word."""
        self._bits = {word: ones(places) for word, places in words.items()}
        """Where each word is wanted."""
        self._first, self._last = ones(first), ones(last)
        self._several = ones(several)
        """The words of rows of several words: they may sound the same."""
        self._pair, self._long, self._four = ones(firm), ones(long), ones(four)
        """Those of rows that weigh enough to hold an error; of three words on; of four on."""
        self._any = ones(some)
        """Those that may be any other character."""
        self._inner, self._lost = ones(inner), ones(lost)
        """Those after which there may be one too many; those that may be lost."""
        self._by_syllable: dict[str, int] = {}
        self._by_sounds: dict[str, int] = {}
        self._grammar = 0
        latin: list[str] = []
        for word, bits in self._bits.items():
            for syllable in syllables(word):
                self._by_syllable[syllable] = self._by_syllable.get(syllable, 0) | bits
            if word in FUNCTION_WORDS:
                self._grammar |= bits
            if word in FIXED or not word.isalpha():
                continue
            if not is_character(word):
                self._by_sounds[sounds(word)] = self._by_sounds.get(sounds(word), 0) | bits
                latin.append(word)
        self._neighbours = Neighbours(latin)
        self._kept: dict[str, _Masks] = {}
        self._shared: dict[tuple[int, int, int, bool], _Masks] = {}
        self._states: dict[tuple[int, int, int], State] = {}
        self._steps = 0
        self._start = self._state(0, 0, 0)

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
        own = self._bits.get(word, 0)
        if word[0].isdecimal():
            own |= self._bits.get(ANY_NUMBER, 0)
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
                close |= self._bits[other]
            alike |= self._bits[other]
        person = PERSONS.get(word)
        for other in PERSONS if person is not None else ():
            if PERSONS[other] == person:
                close |= self._bits.get(other, 0)
        if word in FUNCTION_WORDS:
            alike |= self._grammar
        same = own | (self._by_sounds.get(sounds(word), 0) & self._several)
        alike = (close & self._pair) | (alike & self._long)
        return _Masks(own, same, same | alike, is_skipped=True)

    def _character(self, char: str, own: int) -> _Masks:
        same = alike = 0
        for syllable in syllables(char):
            same |= self._by_syllable.get(syllable, 0)
            for other in near(syllable):
                alike |= self._by_syllable.get(other, 0)
        same = own | (same & self._several)
        return _Masks(own, same, same | (alike & self._four) | self._any, is_skipped=True)
