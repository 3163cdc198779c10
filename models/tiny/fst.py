"""Weighted finite-state transducers, and the OpenFst file that Vosk reads them from.

Format: openfst, src/include/fst/fst.h (FstHeader), vector-fst.h; properties in properties.h.
"""

import struct
from dataclasses import dataclass, field
from enum import Enum
from math import inf
from typing import NamedTuple

EPSILON = 0
_MAGIC = 2125659606
_VERSION = 2
_EXPANDED_AND_MUTABLE = 0x3
_ACCEPTOR = 0x10000
_INPUT_SORTED = 0x10000000
_OUTPUT_SORTED = 0x40000000


class Arc(NamedTuple):
    """A way from one state to the next."""

    input: int
    output: int
    cost: float
    """The negative logarithm of its probability."""
    to: int


class Order(Enum):
    """By which of their labels the arcs of a state are sorted."""

    INPUT = "input"
    OUTPUT = "output"
    BOTH = "both"
    """An acceptor: its two labels are the same."""


_PROPERTIES = {
    Order.INPUT: _INPUT_SORTED,
    Order.OUTPUT: _OUTPUT_SORTED,
    Order.BOTH: _ACCEPTOR | _INPUT_SORTED | _OUTPUT_SORTED,
}


@dataclass(slots=True)
class Fst:
    """A transducer under construction; state 0 is its start."""

    arcs: list[list[Arc]] = field(default_factory=list)
    """For each state, the arcs that leave it."""
    final: dict[int, float] = field(default_factory=dict)
    """The states where it may end, and the cost of ending there."""

    def state(self) -> int:
        """Add a state; return its number."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, start: int, input: int, output: int, cost: float, to: int) -> None:
        """Add an arc."""
        self.arcs[start].append(Arc(input, output, cost, to))

    def written(self, order: Order) -> bytes:
        """Return the transducer as OpenFst's `vector` file of `standard` arcs."""
        count = sum(map(len, self.arcs))
        parts = [
            struct.pack("<i", _MAGIC),
            _text("vector"),
            _text("standard"),
            struct.pack("<iiQ", _VERSION, 0, _EXPANDED_AND_MUTABLE | _PROPERTIES[order]),
            struct.pack("<qqq", 0, len(self.arcs), count),
        ]
        by_output = order is Order.OUTPUT
        for state, arcs in enumerate(self.arcs):
            parts.append(struct.pack("<fq", self.final.get(state, inf), len(arcs)))
            sort = sorted(arcs, key=lambda arc: (arc.output, arc.input) if by_output else arc)
            parts += [struct.pack("<iifi", *arc) for arc in sort]
        return b"".join(parts)


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<i", len(raw)) + raw
