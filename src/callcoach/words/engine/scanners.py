"""Chooses the scanners of a matcher, and makes them when they are first needed."""

from typing import Literal

from callcoach.words.engine.automaton import Automaton
from callcoach.words.engine.compiled import Compiled, Store, write
from callcoach.words.engine.scan import Ends, Means, Scanner
from callcoach.words.engine.wheel import Wheel, is_installed, spellings

Engine = Literal["auto", "python", "wheel"]
"""Which scanners: "auto" takes the wheel for many utterances at once where it is installed and
the phrases are few enough for it, and Python for one; the others take one kind for everything."""


class Scanners:
    """Scanners of one program; two threads may both make them, and then one stays."""

    def __init__(
        self, compiled: Compiled, engine: Engine, store: Store | None, means: Means[Ends]
    ) -> None:
        """Keep in `store`, too, what the wheel needs, once it is written out."""
        self._compiled = compiled
        self._store = store
        self._engine = engine
        self._means = means
        self._one: Scanner[Ends] | None = None
        self._many: Scanner[Ends] | None = None

    def for_one(self) -> Scanner[Ends]:
        """Return the one for an utterance at a time."""
        if self._one is None:
            self._one = (self._engine == "wheel" and self._wheel()) or self._automaton()
        return self._one

    def for_many(self) -> Scanner[Ends]:
        """Return the one for many utterances in one string."""
        if self._many is None:
            is_wheel = self._engine == "auto" and is_installed()
            self._many = (is_wheel and self._wheel()) or self.for_one()
        return self._many

    def _automaton(self) -> Scanner[Ends]:
        return Automaton(self._compiled.program, self._means)

    def _wheel(self) -> Scanner[Ends] | None:
        """Return a scanner on the wheel; None where the phrases are too many for it."""
        compiled = self._compiled
        written = compiled.written
        if written is None:
            written = spellings(compiled.program)
            if written is None:
                return None
            if self._store is not None:
                full = Compiled(compiled.digest, compiled.program, written)
                self._store.put(compiled.digest, write(full))
        return Wheel(written, self._means)
