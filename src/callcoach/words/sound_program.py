"""Phrases compiled to be found by sound, in a form that is kept from one start to the next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import msgspec

from callcoach.words.engine.compiled import Store, digest_of, read, write
from callcoach.words.engine.program import Lists
from callcoach.words.normalise import is_character
from callcoach.words.phrase import Sequence as Spelt
from callcoach.words.phrase import sequences
from callcoach.words.sound_cost import LEAST_WEIGHT, heaviness
from callcoach.words.sound_grid import Grid, grid_of
from callcoach.words.sound_index import Index, index_of
from callcoach.words.sound_rows import cut
from callcoach.words.sound_words import pairs_of

FORMAT = "sound 3"
"""Changed whenever the same phrases compile to something else, or mean something else."""


class SoundProgram(msgspec.Struct, frozen=True, array_like=True):
    """The sequences that phrases stand for, and the rows of words that these are made of.

    The rows of the index are counted first, those of the grid follow.
    """

    digest: str
    """That of the phrases and of the code that compiled them."""
    grid: Grid
    """The rows that are not of Chinese characters alone."""
    index: Index
    """Those that are."""
    pairs: dict[str, tuple[str, str]]
    """What two English words of a row are if they are written as one."""
    sequences: Lists
    """By sequence: each of its rows, and after it the gap that is before it, in words at most."""
    phrases: Lists
    """By sequence: the phrases that stand for it."""
    next_rows: Lists
    """By node of a tree of rows, the root first: the rows that sequences go on with."""
    next_nodes: Lists
    """By node: the nodes that these lead to."""
    ends: Lists
    """By node: the sequences that are complete there."""

    def row(self, number: int) -> tuple[str, ...]:
        """Return the words of a row."""
        rows = self.index.rows
        return tuple(rows[number]) if number < len(rows) else self.grid.row(number - len(rows))

    def node(self, number: int) -> "Node":
        """Return a node of the tree."""
        after = zip(self.next_rows[number], self.next_nodes[number], strict=True)
        return Node(tuple(self.ends[number]), dict(after))


@dataclass(frozen=True, slots=True)
class Node:
    """Where some rows, one after another, have led to."""

    ends: tuple[int, ...]
    """The sequences that are complete here."""
    after: Mapping[int, int]
    """The nodes to which more rows lead."""


def program_of(phrases: Sequence[str], store: Store | None) -> SoundProgram:
    """Return phrases compiled, from the store where it has them.

    Raises `PhraseError` for one that is not in the notation. Sequences of less than
    `LEAST_WEIGHT` are left out.
    """
    if store is None:
        return _compile(phrases, "")
    digest = digest_of((FORMAT, *phrases))
    data = store.get(digest)
    kept = None if data is None else read(data, SoundProgram)
    if kept is not None and kept.digest == digest:
        return kept
    program = _compile(phrases, digest)
    store.put(digest, write(program))
    return program


_Parts = tuple[tuple[int, tuple[str, ...]], ...]
"""The rows of a sequence, each after the gap before it."""


def _compile(phrases: Sequence[str], digest: str) -> SoundProgram:
    wanted = tuple(_wanted(phrases))
    rows = dict.fromkeys(row for parts, _ in wanted for _, row in parts)
    spoken = [row for row in rows if all(map(is_character, row))]
    others = [row for row in rows if not all(map(is_character, row))]
    numbers = {row: number for number, row in enumerate((*spoken, *others))}
    laid = [[(numbers[row], gap) for gap, row in parts] for parts, _ in wanted]
    nodes: list[dict[int, int]] = [{}]
    ends: list[list[int]] = [[]]
    for number, sequence in enumerate(laid):
        node = 0
        for row, _ in sequence:
            if row not in nodes[node]:
                nodes[node][row] = len(nodes)
                nodes.append({})
                ends.append([])
            node = nodes[node][row]
        ends[node].append(number)
    return SoundProgram(
        digest,
        grid_of(others),
        index_of(["".join(row) for row in spoken]),
        pairs_of(rows),
        Lists.of(list(chain.from_iterable(sequence)) for sequence in laid),
        Lists.of(owners for _, owners in wanted),
        Lists.of(tuple(node) for node in nodes),
        Lists.of(tuple(node.values()) for node in nodes),
        Lists.of(ends),
    )


def _wanted(phrases: Sequence[str]) -> Iterator[tuple[_Parts, list[int]]]:
    """Yield the sequences that are long enough, and the phrases that stand for each."""
    wanted: dict[Spelt, list[int]] = {}
    for number, phrase in enumerate(phrases):
        for spelt in sequences(phrase):
            wanted.setdefault(spelt, []).append(number)
    for spelt, numbers in wanted.items():
        parts = tuple(cut(spelt))
        heavy = sum(heaviness(row) for _, row in parts)
        if heavy >= LEAST_WEIGHT and any(len(row) > 1 for _, row in parts):
            yield parts, numbers
