"""The compiled form of many phrases: what a scanner and the joining of rows need."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, repeat
from typing import Final

import msgspec

FORMAT: Final = 8
"""Raised whenever the same phrases compile to something else, or mean something else."""

NUMBER: Final = -1
"""The element of a row that stands for any number; a gap of n tokens is -1 - n."""

STUMBLE: Final = 0
"""The segment that matches hesitations and stutters, in every program."""
_MANY: Final = 1_000
"""Moves of one node; of the root of a large pack they are tens of thousands."""
ROOT: Final = 0
"""The node at which segments begin."""


class Pattern(msgspec.Struct, frozen=True, array_like=True):
    """A phrase to look for, and what it is looked for on behalf of."""

    key: str
    """The id of the cue, exit or objection; several patterns may share one."""
    phrase: str
    """The phrase in the notation of `words.phrase`."""
    veto: bool = False
    """A veto's hits remove the overlapping hits of its key instead of counting."""


class Row(msgspec.Struct, frozen=True, array_like=True):
    """Segments of a phrase with gaps or numbers between, before or behind them."""

    pattern: int
    elements: tuple[int, ...]
    """Segments (from 0), `NUMBER`, and gaps; a gap neither begins nor ends a row."""


def sorted_by(keys: Sequence[int] | Sequence[str]) -> list[int]:
    """Return the places of `keys` in order of the keys, of equal ones the first first."""
    return sorted(range(len(keys)), key=keys.__getitem__)


class Lists(msgspec.Struct, frozen=True, array_like=True):
    """Many short lists of numbers in a form that is read in no time."""

    begins: bytes
    """Where each list begins among the values and, at last, how many values there are."""
    values: bytes

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> "Lists":
        """Return `lists` packed; numbers are at least 0."""
        kept = tuple(lists)
        return cls.cut(array("I", chain.from_iterable(kept)), map(len, kept))

    @classmethod
    def cut(cls, values: "array[int]", sizes: Iterable[int]) -> "Lists":
        """Return `values`, of the type `I`, as lists of these sizes, one after another."""
        return cls(array("I", accumulate(sizes, initial=0)).tobytes(), values.tobytes())

    @classmethod
    def grouped(cls, values: Sequence[int], keys: Sequence[int], count: int) -> "Lists":
        """Return one list of `values` for each key below `count`, values in their order."""
        sizes = Counter(keys)
        grouped = array("I", [values[at] for at in sorted_by(keys)])
        return cls.cut(grouped, map(sizes.get, range(count), repeat(0)))

    def __len__(self) -> int:
        return len(self.begins) // array("I").itemsize - 1

    def __getitem__(self, at: int) -> Sequence[int]:
        begins, values = self.views()
        return values[begins[at] : begins[at + 1]]

    def views(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return where the lists begin among the values, and the values; cheap to slice."""
        return memoryview(self.begins).cast("I"), memoryview(self.values).cast("I")

    def span(self, at: int) -> tuple[int, int]:
        """Return where a list begins among the values, and where it ends."""
        begins = memoryview(self.begins).cast("I")
        return begins[at], begins[at + 1]


class Needs(msgspec.Struct, frozen=True, array_like=True):
    """Which needs of rows there are; see `engine.needs`. Sets of bits, the lowest first."""

    meets: Lists
    """By segment: the bits that it brings."""
    parts: bytes
    """The segments that are parts of rows."""
    given: bytes
    """What is met without any part."""
    alone: bytes
    """What is enough where only one part is found."""
    numeric: bytes
    """The rows that hold a number."""
    always: bool
    """There are rows of nothing but numbers and gaps."""


class Program(msgspec.Struct, frozen=True, array_like=True):
    """All phrases as one automaton whose alternatives are not written out, and rows of segments."""

    patterns: tuple[Pattern, ...]
    words: Sequence[str]
    """The alphabet, in its order."""
    codes: str
    """What leads from node to node, in the order of `targets`; those of a node in their order."""
    targets: Lists
    """By node: where its moves lead to, nodes with higher numbers; two moves may have one code."""
    ends: Lists
    """By node: the segments that end there."""
    wholes: Lists
    """By segment: the patterns that it is a whole match of."""
    rows: tuple[Row, ...]
    needs: Needs
    """Those of the rows."""

    def moves(self, nodes: Sequence[int]) -> Mapping[str, Sequence[int]]:
        """Return where codes lead to from any of `nodes`."""
        begins, targets = self.targets.views()
        if len(nodes) == 1 and begins[nodes[0] + 1] - begins[nodes[0]] > _MANY:
            begin, end = begins[nodes[0]], begins[nodes[0] + 1]
            return _Many(self.codes[begin:end], targets[begin:end])
        found: dict[str, list[int]] = {}
        for node in nodes:
            begin, end = begins[node], begins[node + 1]
            for code, target in zip(self.codes[begin:end], targets[begin:end], strict=True):
                found.setdefault(code, []).append(target)
        return found

    def ended(self, nodes: Iterable[int]) -> tuple[int, ...]:
        """Return the segments that end at any of `nodes`."""
        begins, segments = self.ends.views()
        ended = (segments[begins[node] : begins[node + 1]] for node in nodes)
        return tuple(dict.fromkeys(chain.from_iterable(ended)))


class _Many(Mapping[str, Sequence[int]]):
    """Many moves of one node, by their codes, in whose order they stand; few are ever made."""

    def __init__(self, codes: str, targets: Sequence[int]) -> None:
        self._codes = codes
        self._targets = targets

    def __getitem__(self, code: str) -> Sequence[int]:
        begin = self._codes.find(code)
        if begin < 0:
            raise KeyError(code)
        return self._targets[begin : self._codes.rfind(code) + 1]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self._codes))

    def __len__(self) -> int:
        return len(set(self._codes))
