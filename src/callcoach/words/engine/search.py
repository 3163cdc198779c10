"""Finds every match of a program's phrases in strings of codes, as they stand and thinned."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, count
from operator import add
from typing import Self

from callcoach.words.engine.choose import Match
from callcoach.words.engine.codes import SEPARATOR, STUMBLES
from callcoach.words.engine.join import Joiner
from callcoach.words.engine.program import NUMBER, STUMBLE, Program
from callcoach.words.engine.scan import Place, Scanner
from callcoach.words.engine.scanners import Pair

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
        self._numerals = numerals
        self._joiner = Joiner(program)
        self._roles = _Roles(program)
        self._numeric = frozenset(row.pattern for row in program.rows if NUMBER in row.elements)

    def one(self, pair: Pair, codes: str, words: Words) -> tuple[list[Match], list[Match]]:
        """Return the matches in an utterance as it stands, and those in it thinned."""
        plain, is_stumbled = self._plain(pair, codes, words)
        if not is_stumbled:
            return plain, []
        thinned, _ = self._plain(pair, STUMBLES.thin(codes), partial(_kept, words, codes))
        return plain, self._unthinned(thinned, codes)

    def many(self, pair: Pair, some: Utterances, words: WordsAt) -> tuple[Found, Found]:
        """Return the matches in each of some utterances, and those in each of them thinned."""
        plain, stumbled = self._plain_many(pair, some, words)
        if not stumbled:
            return plain, {}

        def kept(at: int) -> tuple[str, ...]:
            return _kept(partial(words, stumbled[at]), some.parts[stumbled[at]])

        thin = STUMBLES.thin(SEPARATOR.join(some.parts[at] for at in stumbled))
        found, _ = self._plain_many(pair, Utterances.of(thin), kept)
        thinned = {
            stumbled[at]: self._unthinned(matches, some.parts[stumbled[at]])
            for at, matches in found.items()
        }
        return plain, {at: matches for at, matches in thinned.items() if matches}

    def _unthinned(self, matches: Sequence[Match], codes: str) -> list[Match]:
        """Return matches of a thinned utterance as tokens of the whole, but no plain ones.

        Where what matches begins with a stutter it begins with its last copy, and where it ends
        with one it ends with its first; what is but a copy is left to the utterance as it stands.
        What nothing was left out of matches in the utterance as it stands, too, unless the words
        beside it decide what is a number.
        """
        copies = STUMBLES.copies(codes) if matches else ()
        found: list[Match] = []
        for thin_first, minus_past, pattern in matches:
            first, past = copies[thin_first][1], copies[-minus_past - 1][0] + 1
            is_plain = past - first == -minus_past - thin_first and pattern not in self._numeric
            if first < past and not is_plain:
                found.append((first, -past, pattern))
        return found

    def _plain(self, pair: Pair, codes: str, words: Words) -> tuple[list[Match], bool]:
        """Return the matches in an utterance as it stands, and whether it could be thinned."""
        whole_scanner, part_scanner = pair
        found: list[Match] = []
        is_anchored = is_stumbled = False
        for segments, first, past in whole_scanner.scan(codes):
            wholes, has_anchor, has_stumble = self._roles[segments]
            if wholes:
                found += [(first, -past, pattern) for pattern in wholes]
            is_anchored = is_anchored or has_anchor
            is_stumbled = is_stumbled or has_stumble
        if is_anchored or self._joiner.always:
            may_count = self._numerals.search(codes) is not None
            if is_anchored or may_count:
                places = part_scanner.scan(codes)
                found += self._joiner.join(places, 0, words if may_count else None)
        return found, is_stumbled

    def _plain_many(
        self, pair: Pair, some: Utterances, words: WordsAt
    ) -> tuple[Found, Sequence[int]]:
        """Return the matches in utterances as they stand, and which could be thinned."""
        whole_scanner, part_scanner = pair
        found: Found = {}
        anchors: list[int] = []
        stumbles: list[int] = []
        begin = end = 0
        mine: list[Match] = []
        for segments, first, past in whole_scanner.scan(some.codes):
            wholes, has_anchor, has_stumble = self._roles[segments]
            if wholes:
                if first >= end:
                    at = bisect_right(some.begins, first) - 1
                    begin, end = some.begins[at], some.begins[at + 1]
                    found[at] = mine = []
                for pattern in wholes:
                    mine.append((first - begin, begin - past, pattern))
            if has_anchor:
                anchors.append(first)
            if has_stumble:
                stumbles.append(first)
        if self._joiner.always:
            anchors += [numeral.start() for numeral in self._numerals.finditer(some.codes)]
        if anchored := _holders(some, anchors):
            for at, matches in self._joined(part_scanner, some, anchored, words):
                found.setdefault(at, []).extend(matches)
        return found, _holders(some, stumbles)

    def _joined(
        self, scanner: Scanner, some: Utterances, anchored: Sequence[int], words: WordsAt
    ) -> Iterator[tuple[int, list[Match]]]:
        """Yield the utterances in which rows match, of those in which some may, and the matches."""
        again = Utterances.of(SEPARATOR.join([some.parts[at] for at in anchored]))
        places = dict(_by_utterance(scanner.scan(again.codes), again.begins))
        for part, codes in enumerate(again.parts):
            at = anchored[part]
            counted = partial(words, at) if self._numerals.search(codes) else None
            mine = places.get(part, ())
            if matches := self._joiner.join(mine, again.begins[part], counted):
                yield at, matches


class _Roles(dict[Sequence[int], tuple[tuple[int, ...], bool, bool]]):
    """By segments: the patterns they are whole matches of; do any anchor a row; is it a stumble."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._anchors = frozenset(program.anchors)

    def __missing__(self, segments: Sequence[int]) -> tuple[tuple[int, ...], bool, bool]:
        wholes = chain.from_iterable(self._program.wholes[segment] for segment in segments)
        is_anchor = not self._anchors.isdisjoint(segments)
        self[segments] = tuple(wholes), is_anchor, STUMBLE in segments
        return self[segments]


def _kept(words: Words, codes: str) -> tuple[str, ...]:
    """Return the tokens of an utterance that thinning keeps."""
    whole = words()
    return tuple(whole[first] for first, _ in STUMBLES.copies(codes))


def _holders(some: Utterances, places: Iterable[int]) -> Sequence[int]:
    """Return which utterances hold the codes at `places`, each once."""
    return [past - 1 for past in dict.fromkeys(map(partial(bisect_right, some.begins), places))]


def _by_utterance(
    places: Iterable[Place], begins: Sequence[int]
) -> Iterator[tuple[int, Sequence[Place]]]:
    """Yield every utterance that has places, and these."""
    at = end = 0
    mine: list[Place] = []
    for place in places:
        if place[1] >= end:
            if mine:
                yield at, mine
            at = bisect_right(begins, place[1]) - 1
            end = begins[at + 1]
            mine = []
        mine.append(place)
    if mine:
        yield at, mine
