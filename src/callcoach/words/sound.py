"""Finds phrases that a recogniser heard badly: by sound, and with one word wrong, more or less.

What is found is a guess and says so: what was heard, what it was taken for, in which way and with
what confidence. It comes beside the exact hits of `words.match`, never in place of one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcoach.words.match import Hit, Matcher, Pattern, Store
from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.sound_cost import JOINED, heaviness
from callcoach.words.sound_fit import Fit, fit
from callcoach.words.sound_grid import bits, number_of
from callcoach.words.sound_program import program_of
from callcoach.words.sound_rows import written
from callcoach.words.sound_scan import Scan, State
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
    text: str
    """Its words, `…` for a gap."""
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

    def __init__(
        self,
        patterns: Iterable[SoundPattern],
        vetoes: Iterable[Pattern] = (),
        store: Store | None = None,
    ) -> None:
        """Compile `patterns`; the exact `vetoes` take back hits of their keys as well.

        Raises `PhraseError` for one that is not in the notation. Sequences of less than
        `LEAST_WEIGHT` are left out. `store` keeps the compiled form for the next time.
        """
        self._patterns = tuple(patterns)
        phrases = tuple(pattern.phrase for pattern in self._patterns)
        self._program = program = program_of(phrases, store)
        self._joints = Joints(program.grid.words, program.pairs)
        self._scan = Scan(program.grid)
        self._short = tuple(map(number_of, program.short))
        """By place: the sequences that have no row there."""
        self._sequences: dict[int, _Sequence] = {}
        self._rows: dict[int, tuple[int, ...]] = {}
        self._vetoes = Matcher((Pattern(veto.key, veto.phrase) for veto in vetoes), store=store)

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
                        sequence.text,
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
        for last in _bits(wrong):
            for held in self._holding(last):
                chosen |= held
        if not chosen:
            return
        holders = [self._holding(last) for last in _bits(present)]
        for place, short in enumerate(self._short):
            here = short
            for holding in holders:
                here |= holding[place]
            chosen &= here
        for number in _bits(chosen):
            yield self._sequences.get(number) or self._sequence(number)

    def _holding(self, last: int) -> tuple[int, ...]:
        """Return the sequences, one bit each, that have a row first, second and so on.

        `last` is the place of its last word.
        """
        found = self._rows.get(last)
        if found is None:
            held, most = self._program.held, len(self._short)
            begin = self._program.grid.row_at(last) * most
            numbers = (held[at] for at in range(begin, begin + most))
            found = self._rows[last] = tuple(number_of(bits(few)) if few else 0 for few in numbers)
        return found

    def _sequence(self, number: int) -> _Sequence:
        """Return a sequence, which is remembered."""
        program = self._program
        numbers = tuple(program.sequences[number])
        rows, gaps = numbers[::2], numbers[1::2]
        words = [program.grid.row(row) for row in rows]
        found = self._sequences[number] = _Sequence(
            rows,
            gaps,
            tuple(self._patterns[at] for at in program.phrases[number]),
            written(words),
            sum(map(heaviness, words)),
        )
        return found

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
        grid = self._program.grid
        words = grid.row(row)
        bit = 1 << grid.place_of(row)
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
