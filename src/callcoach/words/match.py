"""Finds which of many phrases occur in an utterance, and where, in one pass over its tokens."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.phrase import ANY_NUMBER, Gap, Sequence, sequences


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase to look for, and what it is looked for on behalf of."""

    key: str
    """The id of the cue, exit or objection; several patterns may share one."""
    phrase: str
    """The phrase in the notation of `words.phrase`."""
    veto: bool = False
    """A veto's hits remove the overlapping hits of its key instead of counting."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that occurred."""

    key: str
    phrase: str
    start: int
    """Where the words that matched begin in the utterance, in characters."""
    end: int
    """Where they end, exclusive."""


@dataclass(slots=True, eq=False)
class _Node:
    """A place in the trie of all sequences."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    gaps: dict[int, "_Node"] = field(default_factory=dict)
    """What follows after up to so many other tokens."""
    ends: list[Pattern] = field(default_factory=list)


class Matcher:
    """Many phrases compiled into one trie; immutable once built and free to share."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        """Compile `patterns`; raises `PhraseError` for one that is not in the notation."""
        self._root = _Node()
        self._vetoed: set[str] = set()
        for pattern in patterns:
            if pattern.veto:
                self._vetoed.add(pattern.key)
            for sequence in sequences(pattern.phrase):
                _insert(self._root, sequence, pattern)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in `text`, in order of place.

        Hits of one key do not overlap: the leftmost counts, of those the longest.
        """
        tokens = tokenise(text)
        spans: dict[str, list[tuple[int, int, Pattern]]] = {}
        vetoes: dict[str, list[tuple[int, int]]] = {}
        for start in range(len(tokens.words)):
            for end, pattern in _walk(self._root, tokens.words, start):
                if pattern.veto:
                    vetoes.setdefault(pattern.key, []).append((start, end))
                else:
                    spans.setdefault(pattern.key, []).append((start, -end, pattern))
        found = [
            hit
            for key, candidates in spans.items()
            for hit in _choose(tokens, candidates, vetoes.get(key, []))
        ]
        found.sort(key=lambda hit: (hit.start, hit.end, hit.key))
        return tuple(found)


def _insert(root: _Node, sequence: Sequence, pattern: Pattern) -> None:
    node = root
    for element in sequence:
        if isinstance(element, Gap):
            node = node.gaps.setdefault(element.most, _Node())
        else:
            node = node.words.setdefault(element, _Node())
    if pattern not in node.ends:
        node.ends.append(pattern)


def _walk(root: _Node, words: tuple[str, ...], start: int) -> list[tuple[int, Pattern]]:
    """Return (end, pattern) for every sequence that begins at token `start`."""
    found: list[tuple[int, Pattern]] = []
    pending = [(root, start)]
    landed: set[tuple[_Node, int]] = set()
    """Where gaps led to: several gaps come to one place in many ways, and one is enough."""
    while pending:
        node, at = pending.pop()
        while True:
            if node.ends:
                found += [(at, pattern) for pattern in node.ends]
            for most, beyond in node.gaps.items():
                for skipped in range(at, min(at + most, len(words) - 1) + 1):
                    is_fit = words[skipped] in beyond.words or ANY_NUMBER in beyond.words
                    if is_fit and (beyond, skipped) not in landed:
                        landed.add((beyond, skipped))
                        pending.append((beyond, skipped))
            if at == len(words):
                break
            word = words[at]
            if ANY_NUMBER in node.words and word[0].isdecimal():
                pending.append((node.words[ANY_NUMBER], at + 1))
            if word not in node.words:
                break
            node = node.words[word]
            at += 1
    return found


def _choose(
    tokens: Tokens, candidates: list[tuple[int, int, Pattern]], vetoes: list[tuple[int, int]]
) -> Iterator[Hit]:
    """Yield the hits of one key: no overlap, leftmost first, then longest; vetoed ones left out."""
    free = 0
    for start, minus_end, pattern in sorted(candidates, key=lambda found: found[:2]):
        end = -minus_end
        if start < free or any(start < past and begin < end for begin, past in vetoes):
            continue
        free = end
        yield Hit(pattern.key, pattern.phrase, tokens.starts[start], tokens.ends[end - 1])
