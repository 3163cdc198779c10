"""Phrases compiled to be found by sound, in a form that is kept from one start to the next."""

from array import array
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import msgspec

from callcoach.words.engine.compiled import Store, digest_of, read, write
from callcoach.words.engine.program import Lists
from callcoach.words.sound_cost import BRIEF_WEIGHT, LEAST_WEIGHT, heaviness, is_han
from callcoach.words.sound_grid import Grid, grid_of
from callcoach.words.sound_index import Index, index_of
from callcoach.words.sound_rows import Numbering, Spelt, cut
from callcoach.words.sound_words import pairs_of

FORMAT = "sound 5"
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


def program_of(
    phrases: Sequence[str], store: Store | None, brief: Container[int] = ()
) -> SoundProgram:
    """Return phrases compiled, from the store where it has them.

    Raises `PhraseError` for one that is not in the notation. Sequences of less than
    `LEAST_WEIGHT` are left out; of phrases that may be `brief`, by their number, those of less
    than `BRIEF_WEIGHT` and those that are not of Chinese characters alone.
    """
    if store is None:
        return _compile(phrases, "", brief)
    marks = "".join("01"[at in brief] for at in range(len(phrases)))
    digest = digest_of((FORMAT, marks, *phrases))
    data = store.get(digest)
    kept = None if data is None else read(data, SoundProgram)
    if kept is not None and kept.digest == digest:
        return kept
    program = _compile(phrases, digest, brief)
    store.put(digest, write(program))
    return program


def _compile(phrases: Sequence[str], digest: str, brief: Container[int]) -> SoundProgram:
    met: dict[tuple[str, ...], int] = {}
    spelt = _spelt(phrases, lambda row: met.setdefault(row, len(met)))
    words = list(met)
    weights = list(map(heaviness, words))
    is_long = [len(row) > 1 for row in words]
    wanted: dict[Spelt, list[int]] = {}
    for sequence, owners in spelt.items():
        weight = sum(map(weights.__getitem__, sequence[::2]))
        if weight < LEAST_WEIGHT:
            is_brief = weight >= BRIEF_WEIGHT and all(map(is_han, words[sequence[0]]))
            owners = [at for at in owners if is_brief and at in brief]
        if owners and any(map(is_long.__getitem__, sequence[::2])):
            wanted[sequence] = owners
    rows = list(dict.fromkeys(row for sequence in wanted for row in sequence[::2]))
    spoken = [row for row in rows if all(map(is_han, words[row]))]
    chosen = frozenset(spoken)
    others = [row for row in rows if row not in chosen]
    numbers = {row: number for number, row in enumerate((*spoken, *others))}
    numbered = array("I", chain.from_iterable(wanted))
    numbered[::2] = laid = array("I", map(numbers.__getitem__, numbered[::2]))
    apart = [words[row] for row in others]
    return SoundProgram(
        digest,
        grid_of(apart),
        index_of(["".join(words[row]) for row in spoken]),
        pairs_of(apart),
        Lists.cut(numbered, map(len, wanted)),
        Lists.of(wanted.values()),
        *_tree(laid, [len(sequence) // 2 for sequence in wanted], len(rows)),
    )


def _tree(rows: Sequence[int], sizes: Sequence[int], count: int) -> tuple[Lists, Lists, Lists]:
    """Return the tree of sequences of `sizes` of `count` rows: see `SoundProgram.next_rows`."""
    after: dict[int, int] = {}
    """By node and row, which are one number: the node that this row leads to."""
    sources: list[int] = []
    steps: list[int] = []
    ended: list[int] = []
    at, nodes = 0, 1
    for size in sizes:
        node = 0
        for row in rows[at : at + size]:
            target = after.setdefault(node * count + row, nodes)
            if target == nodes:
                sources.append(node)
                steps.append(row)
                nodes += 1
            node = target
        ended.append(node)
        at += size
    return (
        Lists.grouped(steps, sources, nodes),
        Lists.grouped(range(1, nodes), sources, nodes),
        Lists.grouped(range(len(sizes)), ended, nodes),
    )


def _spelt(phrases: Sequence[str], number: Numbering) -> dict[Spelt, list[int]]:
    """Return the sequences that phrases stand for, with the phrases that stand for each."""
    found: dict[Spelt, list[int]] = {}
    for at, phrase in enumerate(phrases):
        for sequence in dict.fromkeys(cut(phrase, number)):
            found.setdefault(sequence, []).append(at)
    return found
