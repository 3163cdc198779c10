"""The scanner on the wheel `ahocorasick_rs`: every literal written out, matched in native code.

It is built from the same program over the same codes, so it finds the same places. Phrases that
stand for more literals than are worth their memory stay with `automaton`.
"""

from array import array
from importlib.util import find_spec
from typing import Final, Generic

from callcoach.words.engine.automaton import spell
from callcoach.words.engine.codes import SEPARATOR
from callcoach.words.engine.program import ROOT, Lists, Program, Spellings
from callcoach.words.engine.scan import Meaning, Means, Place

MOST_LITERALS: Final = 100_000
"""About 50 MB of automaton."""


def is_installed() -> bool:
    """Tell whether the wheel is there."""
    return find_spec("ahocorasick_rs") is not None


def spellings(program: Program) -> Spellings | None:
    """Return all literals; None where there are about `MOST_LITERALS` or more."""
    if _ways(program) > MOST_LITERALS:
        return None
    found = tuple(spell(program))
    kinds = {segments: at for at, segments in enumerate(dict.fromkeys(one for _, one in found))}
    return Spellings(
        SEPARATOR.join(literal for literal, _ in found),
        array("I", (kinds[segments] for _, segments in found)).tobytes(),
        Lists.of(kinds),
    )


def _ways(program: Program) -> int:
    """Return how many ways lead to an end; no literal has fewer than one, some have several."""
    ways = [0] * len(program.targets)
    for node in reversed(range(len(ways))):
        own = len(program.ends[node]) > 0
        ways[node] = own + sum(ways[target] for target in program.targets[node])
    return ways[ROOT]


class Wheel(Generic[Meaning]):
    """Scans with an Aho-Corasick automaton of all literals; immutable, free to share."""

    def __init__(self, written: Spellings, means: Means[Meaning]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation  # an extra; 1 ms where it is there

        kinds = [means(tuple(written.segments[at])) for at in range(len(written.segments))]
        self._meanings = [kinds[kind] for kind in memoryview(written.kinds).cast("I")]
        self._automaton = AhoCorasick(
            written.joined.split(SEPARATOR) if self._meanings else (),
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def scan(self, codes: str) -> list[Place[Meaning]]:
        """Return every place of every literal, in order of `past`."""
        meanings = self._meanings
        return [
            (meanings[literal], first, past)
            for literal, first, past in self._automaton.find_matches_as_indexes(
                codes, overlapping=True
            )
        ]
