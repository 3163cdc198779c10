"""Finds every match of a program's phrases in strings of codes, as they stand and thinned."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, count
from operator import add
from typing import Self

from callcoach.words.engine.choose import Match
from callcoach.words.engine.codes import SEPARATOR, STUMBLES
from callcoach.words.engine.join import Joiner
from callcoach.words.engine.program import NUMBER, Program
from callcoach.words.engine.scan import Ends, Scanner

Words = Callable[[], tuple[str, ...]]
"""The tokens of an utterance; asked for only where numbers matter."""
WordsAt = Callable[[int], tuple[str, ...]]
"""The tokens of one of some utterances."""
Found = dict[int, list[Match]]
"""The matches in each utterance that has any, by its place among the others."""


@dataclass(frozen=True, slots=True)
class Utterances:
    """Some utterances as codes."""

    codes: str
    """All of them, with `SEPARATOR` between."""
    parts: Sequence[str]
    begins: Sequence[int]
    """Where each begins among the codes, and one more would."""

    @classmethod
    def of(cls, codes: str) -> Self:
        """Return the utterances that `codes` holds."""
        parts = codes.split(SEPARATOR)
        lengths = accumulate(map(len, parts), initial=0)
        return cls(codes, parts, list(map(add, lengths, count())))


class Search:
    """What all searches of a program have in common; immutable, free to share."""

    def __init__(self, program: Program, numerals: re.Pattern[str]) -> None:
        """Take what matches the codes with which numbers may begin."""
        self._program = program
        self._numerals = numerals
        self._joiner = Joiner(program, numerals)
        self._numeric = frozenset(row.pattern for row in program.rows if NUMBER in row.elements)

    def ends(self, segments: tuple[int, ...]) -> Ends:
        """Return what it means that these segments end somewhere."""
        wholes = chain.from_iterable(map(self._program.wholes.__getitem__, segments))
        joiner = self._joiner
        return tuple(wholes), joiner.met_by(segments), joiner.parts(segments)

    def one(
        self, scanner: Scanner[Ends], codes: str, words: Words
    ) -> tuple[list[Match], list[Match]]:
        """Return the matches in an utterance as it stands, and those in it thinned."""
        plain, is_stumbled = self._plain(scanner, codes, words)
        if not (is_stumbled and self._is_thinned(codes)):
            return plain, []
        thin = STUMBLES.thin(codes)
        thinned, _ = self._plain(scanner, thin, partial(_kept, words, codes, thin))
        return plain, self._unthinned(thinned, codes, thin)

    def many(self, scanner: Scanner[Ends], some: Utterances, words: WordsAt) -> tuple[Found, Found]:
        """Return the matches in each of some utterances, and those in each of them thinned."""
        plain, all_stumbled = self._plain_many(scanner, some, words)
        stumbled = [at for at in all_stumbled if self._is_thinned(some.parts[at])]
        if not stumbled:
            return plain, {}

        some_thin = Utterances.of(
            STUMBLES.thin(SEPARATOR.join([some.parts[at] for at in stumbled]))
        )

        def kept(at: int) -> tuple[str, ...]:
            said = partial(words, stumbled[at])
            return _kept(said, some.parts[stumbled[at]], some_thin.parts[at])

        found, _ = self._plain_many(scanner, some_thin, kept)
        thinned: Found = {}
        for at, matches in found.items():
            whole = stumbled[at]
            if more := self._unthinned(matches, some.parts[whole], some_thin.parts[at]):
                thinned[whole] = more
        return plain, thinned

    def _is_thinned(self, codes: str) -> bool:
        """Tell whether a string may hold other matches thinned: numbers may for a mere filler."""
        return STUMBLES.are_within(codes) or self._numerals.search(codes) is not None

    def _unthinned(self, matches: Sequence[Match], codes: str, thin: str) -> list[Match]:
        """Return matches of a thinned utterance as tokens of the whole, but no plain ones.

        Where what matches begins with a stutter it begins with its last copy, and where it ends
        with one it ends with its first; what is but a copy is left to the utterance as it stands.
        What nothing was left out of matches in the utterance as it stands, too, unless the words
        beside it decide what is a number.
        """
        if not matches:
            return []
        firsts, lasts = STUMBLES.copies(codes, thin)
        found: list[Match] = []
        for thin_first, minus_past, pattern in matches:
            first, past = lasts[thin_first], firsts[-minus_past - 1] + 1
            is_plain = past - first == -minus_past - thin_first and pattern not in self._numeric
            if first < past and not is_plain:
                found.append((first, -past, pattern))
        return found

    def _plain(self, scanner: Scanner[Ends], codes: str, words: Words) -> tuple[list[Match], bool]:
        """Return the matches in an utterance as it stands, and whether it could be thinned."""
        found: list[Match] = []
        joiner = self._joiner
        met = joiner.given
        parts = 0
        places = scanner.scan(codes)
        for (patterns, mask, _), first, past in places:
            if patterns:
                found += [(first, -past, pattern) for pattern in patterns]
            if mask:
                met |= mask
                parts += 1
        is_partly = parts > 1 or met & joiner.alone or joiner.always
        if is_partly and (rows := joiner.possible(met, codes)):
            joiner.join(rows, places, 0, words, found)
        return found, met >= joiner.stumble

    def _plain_many(
        self, scanner: Scanner[Ends], some: Utterances, words: WordsAt
    ) -> tuple[Found, list[int]]:
        """Return the matches in utterances as they stand, and which could be thinned."""
        begins, joiner = some.begins, self._joiner
        given, alone = joiner.given, joiner.alone
        found: Found = {}
        partly: list[tuple[int, int, int, int]] = []
        """Utterances with enough parts of rows, what they meet, and which places are their own."""
        places = scanner.scan(some.codes)
        at, begin, end, met, parts, here = -1, 0, 0, given, 0, 0
        mine: list[Match] = []
        for now, ((patterns, mask, _), first, past) in enumerate(places):
            if first >= end:
                if parts > 1 or met & alone:
                    partly.append((at, met, here, now))
                at = bisect_right(begins, first, at + 1) - 1
                begin, end = begins[at], begins[at + 1]
                met, parts, here = given, 0, now
                if patterns:
                    found[at] = mine = []
            elif patterns and at not in found:
                found[at] = mine = []
            for pattern in patterns:
                mine.append((first - begin, begin - past, pattern))
            if mask:
                met |= mask
                parts += 1
        if parts > 1 or met & alone:
            partly.append((at, met, here, len(places)))
        if joiner.always:
            seen = {at for at, *_ in partly}
            partly += [(at, given, 0, 0) for at in self._numeric_ones(some) if at not in seen]
        for at, met, here, past in partly:
            if rows := joiner.possible(met, some.parts[at]):
                mine = found.setdefault(at, [])
                joiner.join(rows, places[here:past], begins[at], partial(words, at), mine)
        return found, [at for at, met, _, _ in partly if met >= joiner.stumble]

    def _numeric_ones(self, some: Utterances) -> Iterable[int]:
        """Return the utterances that may hold a number, each once."""
        numerals = self._numerals.finditer(some.codes)
        return dict.fromkeys(bisect_right(some.begins, one.start()) - 1 for one in numerals)


def _kept(words: Words, codes: str, thin: str) -> tuple[str, ...]:
    """Return the tokens of an utterance that thinning keeps."""
    whole = words()
    firsts, _ = STUMBLES.copies(codes, thin)
    return tuple([whole[first] for first in firsts])
