"""Phrases compiled to be found by sound, in a form that is kept from one start to the next."""

from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from callcoach.words.engine.compiled import Store, digest_of, read, write
from callcoach.words.engine.program import Lists
from callcoach.words.phrase import Sequence as Spelt
from callcoach.words.phrase import sequences
from callcoach.words.sound_cost import LEAST_WEIGHT, heaviness
from callcoach.words.sound_grid import Grid, bits, grid_of
from callcoach.words.sound_rows import cut
from callcoach.words.sound_words import pairs_of

FORMAT = "sound 1"
"""Changed whenever the same phrases compile to something else, or mean something else."""


class SoundProgram(msgspec.Struct, frozen=True, array_like=True):
    """The sequences that phrases stand for, and the rows of words that these are made of."""

    digest: str
    """That of the phrases and of the code that compiled them."""
    grid: Grid
    pairs: dict[str, tuple[str, str]]
    """What two English words of a row are if they are written as one."""
    sequences: Lists
    """By sequence: each of its rows, and after it the gap that is before it, in words at most."""
    phrases: Lists
    """By sequence: the phrases that stand for it."""
    held: Lists
    """By row and place in a sequence (`row * len(short) + place`): the sequences that have it
    there."""
    short: tuple[bytes, ...]
    """By place: the sequences that have no row there, a bit for each."""


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
    rows: dict[tuple[str, ...], int] = {}
    laid: list[list[tuple[int, int]]] = []
    owners: list[list[int]] = []
    for parts, numbers in _wanted(phrases):
        laid.append([(rows.setdefault(row, len(rows)), gap) for gap, row in parts])
        owners.append(numbers)
    most = max(map(len, laid), default=0)
    held: list[list[int]] = [[] for _ in range(len(rows) * most)]
    short: list[list[int]] = [[] for _ in range(most)]
    for number, sequence in enumerate(laid):
        for place, (row, _) in enumerate(sequence):
            held[row * most + place].append(number)
        for place in range(len(sequence), most):
            short[place].append(number)
    return SoundProgram(
        digest,
        grid_of(tuple(rows)),
        pairs_of(rows),
        Lists.of(list(chain.from_iterable(sequence)) for sequence in laid),
        Lists.of(owners),
        Lists.of(held),
        tuple(map(bits, short)),
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
