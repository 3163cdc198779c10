"""Finds every match of a program's phrases in strings of codes, as they stand and thinned."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from callcoach.words.engine.codes import STUMBLES
from callcoach.words.engine.join import Joiner
from callcoach.words.engine.program import NUMBER, Program
from callcoach.words.engine.scan import Ends, Match, Scanner

Words = Callable[[], tuple[str, ...]]
"""The tokens of an utterance; asked for only where numbers matter."""


class Found(NamedTuple):
    """All matches in an utterance."""

    plain: Sequence[Match]
    """Those in it as it stands."""
    thinned: Sequence[Match] = ()
    """Those in it thinned."""


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

    def one(self, scanner: Scanner[Ends], codes: str, words: Words) -> Found:
        """Return the matches in an utterance."""
        plain, is_stumbled = self._plain(scanner, codes, words)
        if not (is_stumbled and self._is_thinned(codes)):
            return Found(plain)
        thin = STUMBLES.thin(codes)
        thinned, _ = self._plain(scanner, thin, partial(_kept, words, codes, thin))
        return Found(plain, self._unthinned(thinned, codes, thin))

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
            joiner.join(rows, places, words, found)
        return found, met >= joiner.stumble


def _kept(words: Words, codes: str, thin: str) -> tuple[str, ...]:
    """Return the tokens of an utterance that thinning keeps."""
    whole = words()
    firsts, _ = STUMBLES.copies(codes, thin)
    return tuple([whole[first] for first in firsts])
