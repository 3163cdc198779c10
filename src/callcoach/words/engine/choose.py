"""Decides which of the matches in an utterance count."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from callcoach.words.engine.program import Pattern

Match = tuple[int, int, int]
"""First token, minus past, pattern: of overlapping ones of a key, what sorts first counts."""


Chosen = tuple[int, int, int]
"""First token, past the last, and the pattern: a match that counts."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A phrase that occurred."""

    key: str
    phrase: str
    start: int
    """Where the words that matched begin in the utterance, in characters."""
    end: int
    """Where they end, exclusive."""
    first: int
    """The first token that matched."""
    past: int
    """Past the last token that matched."""


class Chooser:
    """Knows the patterns that matches are of."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._keys = [pattern.key for pattern in patterns]
        self._is_veto = [pattern.veto for pattern in patterns]
        self._has_vetoes = any(self._is_veto)

    def choose(self, plain: Sequence[Match], thinned: Sequence[Match] = ()) -> list[Chosen]:
        """Return the matches in an utterance, as it stands and thinned, that count.

        Hits of one key do not overlap: the leftmost counts, of those the longest, and a match of
        the words as they stand before one that leaves out hesitations. What overlaps a match of
        a veto of its key does not count.
        """
        if len(plain) == 1 and not thinned:
            ((first, minus_past, at),) = plain
            return [] if self._is_veto[at] else [(first, -minus_past, at)]
        vetoes = self._vetoes((*plain, *thinned)) if self._has_vetoes else {}
        found: list[Chosen] = []
        free: dict[str, int] = {}
        for first, minus_past, at in sorted(plain):
            key = self._keys[at]
            if self._is_veto[at] or first < free.get(key, 0):
                continue
            if not (vetoes and _is_touched(vetoes.get(key, ()), first, -minus_past)):
                free[key] = -minus_past
                found.append((first, -minus_past, at))
        if thinned:
            found += list(self._besides(found, thinned, vetoes))
        return found

    def _besides(
        self,
        plain: Sequence[Chosen],
        thinned: Sequence[Match],
        vetoes: Mapping[str, Sequence[tuple[int, int]]],
    ) -> Iterator[Chosen]:
        """Yield the matches of the thinned utterance that overlap none of the plain ones."""
        taken: dict[str, list[tuple[int, int]]] = {}
        for first, past, at in plain:
            taken.setdefault(self._keys[at], []).append((first, past))
        for first, minus_past, at in sorted(thinned):
            key, past = self._keys[at], -minus_past
            mine = taken.setdefault(key, [])
            is_vetoed = self._is_veto[at] or _is_touched(vetoes.get(key, ()), first, past)
            if not (is_vetoed or _is_touched(mine, first, past)):
                mine.append((first, past))
                yield first, past, at

    def _vetoes(self, matches: Sequence[Match]) -> dict[str, list[tuple[int, int]]]:
        """Return where the vetoes of each key stand."""
        found: dict[str, list[tuple[int, int]]] = {}
        for first, minus_past, at in matches:
            if self._is_veto[at]:
                found.setdefault(self._keys[at], []).append((first, -minus_past))
        return found


def _is_touched(spans: Sequence[tuple[int, int]], first: int, past: int) -> bool:
    return any(first < end and begin < past for begin, end in spans)


def place(hit: Hit) -> tuple[int, int, str]:
    """Return what hits are sorted by."""
    return hit.start, hit.end, hit.key
