"""Chooses the scanners of a matcher, and makes them when they are first needed."""

from typing import Literal

from callcoach.words.engine.automaton import Automaton
from callcoach.words.engine.compiled import Compiled, Store
from callcoach.words.engine.program import PARTS, WHOLES
from callcoach.words.engine.scan import Scanner
from callcoach.words.engine.wheel import Wheel, is_installed, spellings

Engine = Literal["auto", "python", "wheel"]
"""Which scanners: "auto" takes the wheel for many utterances at once where it is installed and
the phrases are few enough for it, and Python for one; the others take one kind for everything."""
Pair = tuple[Scanner, Scanner]
"""For what begins at `WHOLES`, and for what begins at `PARTS`."""


class Scanners:
    """Scanners of one program; two threads may both make them, and then one pair stays."""

    def __init__(self, compiled: Compiled, engine: Engine, store: Store | None) -> None:
        """Keep in `store`, too, what the wheel needs, once it is written out."""
        self._compiled = compiled
        self._store = store
        self._engine = engine
        self._one: Pair | None = None
        self._many: Pair | None = None

    def for_one(self) -> Pair:
        """Return those for an utterance at a time."""
        if self._one is None:
            self._one = (self._engine == "wheel" and self._wheels()) or self._automata()
        return self._one

    def for_many(self) -> Pair:
        """Return those for many utterances in one string."""
        if self._many is None:
            is_wheel = self._engine == "auto" and is_installed()
            self._many = (is_wheel and self._wheels()) or self.for_one()
        return self._many

    def _automata(self) -> Pair:
        program = self._compiled.program
        return Automaton(program, WHOLES), Automaton(program, PARTS)

    def _wheels(self) -> Pair | None:
        """Return scanners on the wheel; None where the phrases are too many for it."""
        compiled = self._compiled
        wholes, parts = compiled.wholes, compiled.parts
        if wholes is None or parts is None:
            wholes, parts = (spellings(compiled.program, root) for root in (WHOLES, PARTS))
            if wholes is None or parts is None:
                return None
            if self._store is not None:
                written = Compiled(compiled.digest, compiled.program, wholes, parts)
                self._store.put(compiled.digest, written.to_bytes())
        return Wheel(wholes), Wheel(parts)
