"""Finds every match of a program's phrases in strings of codes, as they stand and thinned."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain

from callcoach.words.engine.choose import Match
from callcoach.words.engine.codes import SEPARATOR, STUMBLES
from callcoach.words.engine.join import Joiner
from callcoach.words.engine.program import Program
from callcoach.words.engine.scan import Place, Scanner
from callcoach.words.engine.scanners import Pair

WordsAt = Callable[[int], tuple[str, ...]]
"""The tokens of one of some utterances; asked for only where numbers matter."""
Found = dict[int, list[Match]]
"""The matches in each utterance that has any, by its place among the others."""


class Search:
    """What all searches of a program have in common; immutable, free to share."""

    def __init__(self, program: Program) -> None:
        self._joiner = Joiner(program)
        self._roles = _Roles(program)

    def matches(self, pair: Pair, parts: Sequence[str], words: WordsAt) -> Found:
        """Return the matches in each of some utterances, which are scanned as one string."""
        whole_scanner, part_scanner = pair
        codes, begins = _joined(parts)
        found: Found = {}
        anchored = dict.fromkeys(range(len(parts))) if self._joiner.always else {}
        at = begin = end = 0
        mine: list[Match] = []
        for segments, first, past in whole_scanner.scan(codes):
            if first >= end:
                at = bisect_right(begins, first) - 1
                begin, end = begins[at], begins[at + 1]
                mine = found[at] = []
            wholes, is_anchor = self._roles[segments]
            for pattern in wholes:
                mine.append((first - begin, begin - past, pattern))
            if is_anchor:
                anchored[at] = None
        if anchored:
            chosen = tuple(anchored)
            for at, places in _by_utterance(part_scanner, [parts[at] for at in chosen]):
                matches = self._joiner.join(places, partial(words, chosen[at]))
                found.setdefault(chosen[at], []).extend(matches)
        return found

    def thinned(
        self, pair: Pair, parts: Sequence[str], stumbled: Sequence[int], words: WordsAt
    ) -> Found:
        """Return the matches in `stumbled` utterances without hesitations, as tokens of the whole.

        Where what matches begins with a stutter it begins with its last copy, and where it ends
        with one it ends with its first; what is but a copy is left to the utterance as it stands.
        """

        def kept(at: int) -> tuple[str, ...]:
            whole = words(stumbled[at])
            return tuple(whole[first] for first, _ in STUMBLES.copies(parts[stumbled[at]]))

        found: Found = {}
        thin = STUMBLES.thin(SEPARATOR.join(parts[at] for at in stumbled)).split(SEPARATOR)
        for part, matches in self.matches(pair, thin, kept).items():
            at = stumbled[part]
            copies = STUMBLES.copies(parts[at]) if matches else []
            for thin_first, minus_past, pattern in matches:
                first, past = copies[thin_first][1], copies[-minus_past - 1][0] + 1
                if first < past:
                    found.setdefault(at, []).append((first, -past, pattern))
        return found


def stumbled(parts: Sequence[str]) -> list[int]:
    """Return which of some utterances hold hesitations or stutters."""
    codes, begins = _joined(parts)
    return list(dict.fromkeys(bisect_right(begins, at) - 1 for at in STUMBLES.find(codes)))


class _Roles(dict[Sequence[int], tuple[tuple[int, ...], bool]]):
    """By segments: the patterns they are whole matches of, and whether any anchors a row."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._anchors = frozenset(program.anchors)

    def __missing__(self, segments: Sequence[int]) -> tuple[tuple[int, ...], bool]:
        wholes = chain.from_iterable(self._program.wholes[segment] for segment in segments)
        self[segments] = tuple(wholes), not self._anchors.isdisjoint(segments)
        return self[segments]


def _joined(parts: Sequence[str]) -> tuple[str, Sequence[int]]:
    """Return utterances as one string, and where each begins and one more would."""
    if len(parts) == 1:
        return parts[0], (0, len(parts[0]) + 1)
    return SEPARATOR.join(parts), tuple(accumulate((len(part) + 1 for part in parts), initial=0))


def _by_utterance(scanner: Scanner, parts: Sequence[str]) -> Iterator[tuple[int, Iterable[Place]]]:
    """Yield every utterance with the places in it, counted from its begin."""
    codes, begins = _joined(parts)
    places = scanner.scan(codes)
    until = 0
    for at in range(len(parts)):
        begin, end = begins[at], begins[at + 1]
        since = until
        while until < len(places) and places[until][2] < end:
            until += 1
        yield (
            at,
            [
                (segments, first - begin, past - begin)
                for segments, first, past in places[since:until]
            ],
        )
