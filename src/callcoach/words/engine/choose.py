"""Decides which of the matches in an utterance count."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from callcoach.words.engine.program import Pattern
from callcoach.words.engine.scan import Match
from callcoach.words.engine.search import Found

_Groups = dict[str, Sequence[Match]]
_NONE: Final[Sequence[Match]] = ()
_FEW: Final = 16
"""Up to so many are kept in a tuple, which the collector forgets; it looks at a list every time."""


class Chosen:
    """The matches of one utterance by key; which of a key's count is decided key by key.

    Hits of one key do not overlap: the leftmost counts, of those the longest, and a match of the
    words as they stand before one that leaves out hesitations. What overlaps a match of a veto of
    its key does not count.
    """

    __slots__ = ("_plain", "_thinned", "_vetoes")

    def __init__(self, plain: _Groups, thinned: _Groups, vetoes: _Groups) -> None:
        self._plain = plain
        self._thinned = thinned
        self._vetoes = vetoes

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of which matches count."""
        vetoes = self._vetoes
        for key in self._plain | self._thinned if self._thinned else self._plain:
            if key not in vetoes or self.of(key):
                yield key

    def of(self, key: str) -> Sequence[Match]:
        """Return the matches of a key that count, in order of place."""
        plain, vetoes = self._plain.get(key, _NONE), self._vetoes.get(key, _NONE)
        if not (vetoes or self._thinned):
            return plain if len(plain) == 1 else _apart(plain)
        found: list[Match] = []
        taken = _tokens(vetoes)
        for matches in (plain, self._thinned.get(key, _NONE)):
            for match in sorted(matches):
                tokens = _tokens((match,))
                if not taken & tokens:
                    taken |= tokens
                    found.append(match)
        return sorted(found) if self._thinned else found


class Chooser:
    """Knows the patterns that matches are of."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._keys = [pattern.key for pattern in patterns]
        self._is_veto = [pattern.veto for pattern in patterns]

    def choose(self, found: Found) -> Chosen:
        """Return the matches in an utterance by key."""
        vetoes: _Groups = {}
        plain = self._by_key(found.plain, vetoes)
        return Chosen(plain, self._by_key(found.thinned, vetoes), vetoes)

    def _by_key(self, matches: Iterable[Match], vetoes: _Groups) -> _Groups:
        """Return matches by key; those of vetoes are added to `vetoes`."""
        keys, is_veto = self._keys, self._is_veto
        found: _Groups = {}
        for match in matches:
            pattern = match[2]
            group = vetoes if is_veto[pattern] else found
            key = keys[pattern]
            known = group.get(key, _NONE)
            if isinstance(known, list):
                known.append(match)
            elif len(known) < _FEW:
                group[key] = (*known, match)
            else:
                group[key] = [*known, match]
        return found


def _apart(matches: Sequence[Match]) -> Sequence[Match]:
    """Return the matches that do not overlap one before them, in order of place."""
    found: list[Match] = []
    free = 0
    for match in sorted(matches):
        if match[0] >= free:
            free = -match[1]
            found.append(match)
    return found


def _tokens(matches: Iterable[Match]) -> int:
    """Return which tokens some matches lie on, a bit for each."""
    tokens = 0
    for first, minus_past, _ in matches:
        tokens |= (1 << -minus_past) - (1 << first)
    return tokens
