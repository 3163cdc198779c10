"""The scanner in pure Python: an automaton that makes its states when text first leads to them.

Aho and Corasick's machine (Communications of the ACM 18(6), 1975) over the tree of all literals,
except that the tree is never written out: a state stands for a string of codes with which some
segment begins, and knows the program's nodes that this string leads to. So alternatives cost
nothing before they are said, and a step is one dictionary lookup, however many phrases there are.
"""

from collections.abc import Sequence
from typing import Final, Generic

from callcoach.words.engine.program import ROOT, Program
from callcoach.words.engine.scan import Meaning, Means, Place

MOST_STEPS: Final = 400_000
"""How many steps are remembered before all are forgotten; each takes about 100 bytes."""


class _Memory(Generic[Meaning]):
    """What all states of one machine have in common."""

    __slots__ = ("means", "program", "steps")

    def __init__(self, program: Program, means: Means[Meaning]) -> None:
        self.program = program
        self.means = means
        self.steps = 0


class _State(dict[str, "_State[Meaning]"], Generic[Meaning]):
    """The longest string of codes just read with which a segment begins, and the steps from it."""

    __slots__ = ("depth", "ends", "fallback", "memory", "moves")

    def __init__(
        self,
        memory: _Memory[Meaning],
        nodes: Sequence[int],
        depth: int,
        fallback: "_State[Meaning] | None",
    ) -> None:
        self.memory = memory
        self.depth = depth
        self.fallback = fallback
        self.moves = memory.program.moves(nodes)
        own = memory.program.ended(nodes)
        self.ends: tuple[tuple[Meaning, int], ...] = ((memory.means(own), depth),) if own else ()
        """What ends here, with how many tokens; the longest matches first."""
        if fallback is not None:
            self.ends += fallback.ends

    def __missing__(self, code: str) -> "_State[Meaning]":
        """Return where `code` leads to, from here or from what this falls back to; remember it.

        Two threads may do the same at once: either result is right, and one of them stays.
        """
        path = [self]
        target: _State[Meaning] | None = None
        while target is None and (shorter := path[-1].fallback) is not None:
            target = shorter.get(code)
            if target is None:
                path.append(shorter)
        for state in reversed(path):
            nodes = state.moves.get(code)
            shorter = state if target is None else target
            if nodes is None:
                target = shorter
            else:
                target = _State(self.memory, nodes, state.depth + 1, shorter)
            state[code] = target
            self.memory.steps += 1
        return self[code]


class Automaton(Generic[Meaning]):
    """Scans with states that it makes as they are needed; immutable to those who share it."""

    def __init__(self, program: Program, means: Means[Meaning]) -> None:
        self._program = program
        self._means = means
        self._begin()

    def scan(self, codes: str) -> list[Place[Meaning]]:
        """Return every place where a segment matches, in order of `past`."""
        if self._memory.steps > MOST_STEPS:
            self._begin()
        found: list[Place[Meaning]] = []
        state = self._root
        for past, code in enumerate(codes, 1):
            state = state[code]
            ends = state.ends
            if ends:
                for meaning, length in ends:
                    found.append((meaning, past - length, past))
        return found

    def _begin(self) -> None:
        """Forget all states. Scans that run in other threads go on with the old ones."""
        memory = _Memory(self._program, self._means)
        self._root = _State(memory, (ROOT,), 0, None)
        self._memory = memory
