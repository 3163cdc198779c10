"""Decides which of the matches in an utterance count."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from callcoach.words.engine.program import Pattern

Match = tuple[int, int, int]
"""First token, minus past, pattern: of overlapping ones of a key, what sorts first counts."""


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

    def choose(self, plain: Sequence[Match], thinned: Sequence[Match] = ()) -> list[Match]:
        """Return the matches in an utterance, as it stands and thinned, that count.

        Hits of one key do not overlap: the leftmost counts, of those the longest, and a match of
        the words as they stand before one that leaves out hesitations. What overlaps a match of
        a veto of its key does not count.
        """
        keys, is_veto = self._keys, self._is_veto
        if len(plain) == 1 and not thinned:
            return [] if is_veto[plain[0][2]] else [*plain]
        vetoes: dict[str, list[Match]] = {}
        for matches in (plain, thinned):
            for match in [match for match in matches if is_veto[match[2]]]:
                vetoes.setdefault(keys[match[2]], []).append(match)
        found: list[Match] = []
        free: dict[str, int] = {}
        for match in sorted(plain):
            first, minus_past, pattern = match
            key = keys[pattern]
            if first < free.get(key, 0) or is_veto[pattern]:
                continue
            if not (vetoes and key in vetoes and _touches(vetoes[key], match)):
                free[key] = -minus_past
                found.append(match)
        if thinned:
            self._add(thinned, vetoes, found)
        return found

    def _add(
        self, thinned: Iterable[Match], vetoes: Mapping[str, Sequence[Match]], found: list[Match]
    ) -> None:
        """Add the matches of a thinned utterance that touch none of the plain one."""
        taken: dict[str, list[Match]] = {}
        for match in found:
            taken.setdefault(self._keys[match[2]], []).append(match)
        for match in sorted(thinned):
            key = self._keys[match[2]]
            mine = taken.setdefault(key, [])
            is_vetoed = self._is_veto[match[2]] or _touches(vetoes.get(key, ()), match)
            if not (is_vetoed or _touches(mine, match)):
                mine.append(match)
                found.append(match)


def _touches(matches: Iterable[Match], one: Match) -> bool:
    """Tell whether a match overlaps any of some others."""
    first, minus_past, _ = one
    return any(first < -end and begin < -minus_past for begin, end, _ in matches)
