"""Finds phrases that a recogniser heard badly: by sound, and with one word wrong, more or less.

What is found is a guess and says so: what was heard, what it was taken for, in which way and with
what confidence. It comes beside the exact hits of `words.match`, never in place of one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcoach.words.match import Hit, Matcher, Pattern, Store
from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.sound_cost import LEAST_WEIGHT, heaviness
from callcoach.words.sound_index import RowFinder
from callcoach.words.sound_lay import Rows, Way, lay
from callcoach.words.sound_program import Node, program_of
from callcoach.words.sound_rows import written
from callcoach.words.sound_scan import Scan
from callcoach.words.sound_words import Joints

__all__ = ["LEAST_CONFIDENCE", "SoundHit", "SoundMatcher", "SoundPattern", "Tolerance", "Way"]

LEAST_CONFIDENCE = 0.8
"""What a guess must reach: what was changed is a fifth of the phrase at most, by weight."""
_SENTENCE_END = re.compile(r"[。？！?!]|\.(?!\d)")


class Tolerance(StrEnum):
    """How far what was heard may be from a phrase."""

    SAME_SOUND = "same_sound"
    """The same syllables; what forbidden phrases are given at most."""
    NEAR = "near"
    """Also one near word in place of another, one word more, or one less."""


@dataclass(frozen=True, slots=True)
class SoundPattern:
    """A phrase that may be found by its sound."""

    key: str
    phrase: str
    tolerance: Tolerance = Tolerance.NEAR
    veto: bool = False
    """A veto takes back the overlapping hits of its key."""
    is_brief: bool = False
    """It may be of two Chinese characters, one of them another of the same sound: for what has to
    stand at the start or the end of an utterance."""


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


class SoundMatcher:
    """Phrases compiled to be found by sound; immutable once built and free to share."""

    def __init__(
        self,
        patterns: Iterable[SoundPattern],
        vetoes: Iterable[Pattern] = (),
        store: Store | None = None,
    ) -> None:
        """Compile `patterns`; the exact `vetoes` take back hits of their keys as well.

        Raises `PhraseError` for one that is not in the notation. Sequences that are too short are
        left out; see `program_of`. `store` keeps the compiled form for the next time.
        """
        self._patterns = tuple(patterns)
        phrases = tuple(pattern.phrase for pattern in self._patterns)
        brief = frozenset(at for at, it in enumerate(self._patterns) if it.is_brief)
        self._program = program = program_of(phrases, store, brief)
        self._joints = Joints(program.grid.words, program.pairs)
        self._scan = Scan(program.grid)
        self._finder = RowFinder(program.index)
        self._sequences: dict[int, _Sequence] = {}
        self._nodes: dict[int, Node] = {}
        self._vetoes = Matcher((Pattern(veto.key, veto.phrase) for veto in vetoes), store=store)

    def hits(self, text: str, exact: Sequence[Hit] = ()) -> tuple[SoundHit, ...]:
        """Return what was probably said in `text` beside the `exact` hits, in order of place."""
        return self.find(text, tokenise(text), lambda: exact)

    def find(
        self, text: str, tokens: Tokens, exact_hits: Callable[[], Iterable[Hit]]
    ) -> tuple[SoundHit, ...]:
        """Return the hits in an utterance that is tokenised already.

        The exact hits are asked for only where anything is like a phrase.
        """
        heard = self._joints.prepare(tokens)
        rows = Rows(self._program, self._scan, self._finder, heard)
        guesses = [
            (pattern, sequence, laid, confidence)
            for sequence in self._possible(rows)
            for laid in lay(sequence.rows, sequence.gaps, rows)
            if (confidence := round(1 - laid.paid / sequence.weight, 4)) >= LEAST_CONFIDENCE
            for pattern in sequence.patterns
            if (laid.paid or pattern.veto)
            and (pattern.tolerance is Tolerance.NEAR or not laid.errors)
            and (sequence.weight >= LEAST_WEIGHT or len(laid.changed) == 1)
        ]
        if all(pattern.veto for pattern, _, _, _ in guesses):
            return ()
        exact = tuple(exact_hits())
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

    def _possible(self, rows: Rows) -> Iterator[_Sequence]:
        """Yield the sequences all rows of which may occur in turn, in their order."""
        places, clean = rows.found.places, rows.found.clean
        present = places.keys()
        found: list[int] = []
        pending = [(0, 0, True)]
        while pending:
            number, past, may_err = pending.pop()
            node = self._nodes.get(number)
            if node is None:
                node = self._nodes[number] = self._program.node(number)
            found += node.ends
            for row in node.after.keys() & present if node.after else ():
                is_clean = row in clean
                if is_clean or may_err:
                    beyond = [at for at in places[row] if at > past]
                    if beyond:
                        pending.append((node.after[row], min(beyond), may_err and is_clean))
        for number in sorted(found):
            yield self._sequences.get(number) or self._sequence(number)

    def _sequence(self, number: int) -> _Sequence:
        """Return a sequence, which is remembered."""
        program = self._program
        numbers = tuple(program.sequences[number])
        rows, gaps = numbers[::2], numbers[1::2]
        words = [program.row(row) for row in rows]
        found = self._sequences[number] = _Sequence(
            rows,
            gaps,
            tuple(self._patterns[at] for at in program.phrases[number]),
            written(words),
            sum(map(heaviness, words)),
        )
        return found
