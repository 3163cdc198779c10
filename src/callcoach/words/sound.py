"""Finds phrases that a recogniser heard badly: by sound, and with one word wrong, more or less.

What is found is a guess and says so: what was heard, what it was taken for, in which way and with
what confidence. It comes beside the exact hits of `words.match`, never in place of one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcoach.words.match import Hit, Matcher, Pattern
from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.phrase import Sequence as Spelt
from callcoach.words.phrase import sequences
from callcoach.words.sound_cost import JOINED, LEAST_WEIGHT, heaviness
from callcoach.words.sound_fit import Fit, fit
from callcoach.words.sound_rows import cut, written
from callcoach.words.sound_scan import Scan, State, ones
from callcoach.words.sound_words import Heard, Joints

LEAST_CONFIDENCE = 0.8
"""What a guess must reach: what was changed is a fifth of the phrase at most, by weight."""
_SENTENCE_END = re.compile(r"[。？！?!]|\.(?!\d)")


class Tolerance(StrEnum):
    """How far what was heard may be from a phrase."""

    SAME_SOUND = "same_sound"
    """The same syllables; what forbidden phrases are given at most."""
    NEAR = "near"
    """Also one near word in place of another, one word more, or one less."""


class Way(StrEnum):
    """How a phrase was recognised in what was heard."""

    SAME_SOUND = "same_sound"
    NEAR_SOUND = "near_sound"
    WORD_ADDED = "word_added"
    WORD_LOST = "word_lost"
    WORDS_JOINED = "words_joined"
    """Two words were written as one, or one as two."""


@dataclass(frozen=True, slots=True)
class SoundPattern:
    """A phrase that may be found by its sound."""

    key: str
    phrase: str
    tolerance: Tolerance = Tolerance.NEAR
    veto: bool = False
    """A veto takes back the overlapping hits of its key."""


@dataclass(frozen=True, slots=True)
class SoundHit:
    """A phrase that was probably said."""

    key: str
    phrase: str
    start: int
    """Where it begins in the utterance, in characters."""
    end: int
    first: int
    """The first token of it."""
    past: int
    """Past the last token of it."""
    heard: str
    """The part of the utterance."""
    taken_for: str
    """The words of the phrase, `…` for a gap."""
    confidence: float
    """`LEAST_CONFIDENCE` to 1, that excluded; an exact hit would be 1."""
    way: Way


@dataclass(frozen=True, slots=True)
class _Sequence:
    """What phrases stand for: rows of words, with gaps between."""

    rows: tuple[int, ...]
    gaps: tuple[int, ...]
    """How many words at most before each row; 0 for the first."""
    patterns: tuple[SoundPattern, ...]
    spelt: Spelt
    weight: float


@dataclass(frozen=True, slots=True)
class _Laid:
    """A sequence, or its beginning, laid over an utterance."""

    first: int
    past: int
    paid: float
    errors: int
    way: Way
    changed: tuple[int, ...]


class SoundMatcher:
    """Phrases compiled to be found by sound; immutable once built and free to share."""

    def __init__(self, patterns: Iterable[SoundPattern], vetoes: Iterable[Pattern] = ()) -> None:
        """Compile `patterns`; the exact `vetoes` take back hits of their keys as well.

        Raises `PhraseError` for one that is not in the notation. Sequences of less than
        `LEAST_WEIGHT` are left out.
        """
        wanted: dict[Spelt, list[SoundPattern]] = {}
        for pattern in patterns:
            for spelt in sequences(pattern.phrase):
                wanted.setdefault(spelt, []).append(pattern)
        rows: dict[tuple[str, ...], int] = {}
        self._sequences = tuple(_compile(wanted, rows))
        self._rows = tuple(rows)
        self._joints = Joints(self._rows)
        self._scan = Scan(self._rows)
        self._holding: dict[int, list[int]] = {}
        """Bit of a row to the sequences, one bit each, that have it first, second and so on."""
        most = max((len(sequence.rows) for sequence in self._sequences), default=0)
        self._short = [0] * most
        """The sequences that have no row at this place."""
        held: dict[tuple[int, int], list[int]] = {}
        for number, sequence in enumerate(self._sequences):
            for place in range(most):
                row = self._scan.places[sequence.rows[place]] if place < len(sequence.rows) else -1
                held.setdefault((row, place), []).append(number)
        for (bit, place), numbers in held.items():
            if bit < 0:
                self._short[place] = ones(numbers)
            else:
                self._holding.setdefault(bit, [0] * most)[place] = ones(numbers)
        self._vetoes = Matcher(Pattern(veto.key, veto.phrase) for veto in vetoes)

    def hits(self, text: str, exact: Sequence[Hit] = ()) -> tuple[SoundHit, ...]:
        """Return what was probably said in `text` beside the `exact` hits, in order of place."""
        return self.find(text, tokenise(text), exact)

    def find(self, text: str, tokens: Tokens, exact: Sequence[Hit]) -> tuple[SoundHit, ...]:
        """Return the hits in an utterance that is tokenised already."""
        heard = self._joints.prepare(tokens)
        states = self._scan.scan(heard.words, heard.altered)
        rows: dict[int, list[_Laid]] = {}
        guesses = [
            (pattern, sequence, laid, confidence)
            for sequence in self._possible(states)
            for laid in self._lay(sequence, heard, states, rows)
            if (confidence := round(1 - laid.paid / sequence.weight, 4)) >= LEAST_CONFIDENCE
            for pattern in sequence.patterns
            if (laid.paid or pattern.veto)
            and (pattern.tolerance is Tolerance.NEAR or not laid.errors)
        ]
        if all(pattern.veto for pattern, _, _, _ in guesses):
            return ()
        certain = {at for hit in exact for at in range(hit.first, hit.past)}
        taken: dict[str, list[tuple[int, int]]] = {}
        for hit in (*exact, *self._vetoes.find(tokens)):
            taken.setdefault(hit.key, []).append((hit.start, hit.end))
        guesses.sort(key=lambda guess: (not guess[0].veto, -guess[3], -guess[1].weight))
        found: list[SoundHit] = []
        for pattern, sequence, laid, confidence in guesses:
            first, past = heard.firsts[laid.first], heard.pasts[laid.past - 1]
            start, end = tokens.starts[first], tokens.ends[past - 1]
            spans = taken.setdefault(pattern.key, [])
            if not pattern.veto:
                if any(start < beyond and begin < end for begin, beyond in spans):
                    continue
                if any(heard.firsts[at] in certain for at in laid.changed):
                    continue
                if _SENTENCE_END.search(text, start, end):
                    continue
                found.append(
                    SoundHit(
                        pattern.key,
                        pattern.phrase,
                        start,
                        end,
                        first,
                        past,
                        text[start:end],
                        written(sequence.spelt),
                        confidence,
                        laid.way,
                    )
                )
            spans.append((start, end))
        found.sort(key=lambda hit: (hit.start, hit.end, hit.key))
        return tuple(found)

    def _possible(self, states: list[State]) -> Iterator[_Sequence]:
        """Yield the sequences all rows of which occur, and not all of them exactly."""
        present = wrong = 0
        for state in states:
            if state.ended:
                present |= state.ended
                wrong |= state.wrong
        chosen = 0
        for bit in _bits(wrong):
            for held in self._holding[bit]:
                chosen |= held
        if not chosen:
            return
        holders = [self._holding[bit] for bit in _bits(present)]
        for place, short in enumerate(self._short):
            here = short
            for holding in holders:
                here |= holding[place]
            chosen &= here
        for number in _bits(chosen):
            yield self._sequences[number]

    def _lay(
        self, sequence: _Sequence, heard: Heard, states: list[State], known: dict[int, list[_Laid]]
    ) -> list[_Laid]:
        """Return the ways in which a sequence lies over an utterance, with one error at most.

        `known` keeps the ways of single rows for the next sequence.
        """
        reached: list[_Laid] = []
        for place, (row, gap) in enumerate(zip(sequence.rows, sequence.gaps, strict=True)):
            if row not in known:
                known[row] = list(self._lay_row(row, heard, states))
            fits = known[row]
            if place:
                fits = [
                    _joined(before, after)
                    for after in fits
                    for before in reached
                    if 0 <= after.first - before.past <= gap and before.errors + after.errors <= 1
                ]
            if not fits:
                return []
            reached = fits
        return reached

    def _lay_row(self, row: int, heard: Heard, states: list[State]) -> Iterator[_Laid]:
        """Yield the ways in which a row lies over an utterance."""
        words = self._rows[row]
        bit = 1 << self._scan.places[row]
        for past, state in enumerate(states, 1):
            if not state.ended & bit:
                continue
            found = fit(words, heard.words, past, is_clean=bool(state.clean & bit))
            if found:
                way, paid = _way(found, len(words)), found.paid
                if not heard.altered.isdisjoint(range(found.first, found.past)):
                    way = way if found.errors else Way.WORDS_JOINED
                    paid += JOINED
                yield _Laid(found.first, found.past, paid, found.errors, way, found.changed)


def _compile(
    wanted: Mapping[Spelt, Sequence[SoundPattern]], rows: dict[tuple[str, ...], int]
) -> Iterator[_Sequence]:
    """Yield what of `wanted` is long enough; its rows are numbered in `rows`."""
    for spelt, patterns in wanted.items():
        parts = tuple(cut(spelt))
        heavy = sum(heaviness(row) for _, row in parts)
        if heavy >= LEAST_WEIGHT and any(len(row) > 1 for _, row in parts):
            yield _Sequence(
                tuple(rows.setdefault(row, len(rows)) for _, row in parts),
                tuple(gap for gap, _ in parts),
                tuple(patterns),
                spelt,
                heavy,
            )


def _joined(before: _Laid, after: _Laid) -> _Laid:
    return _Laid(
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
