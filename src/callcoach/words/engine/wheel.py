"""The scanner on the wheel `ahocorasick_rs`: every literal written out, matched in native code.

It is built from the same program over the same codes, so it finds the same places. Phrases that
stand for more literals than are worth their memory stay with `automaton`.
"""

from array import array
from importlib.util import find_spec
from itertools import islice
from typing import Final

from callcoach.words.engine.automaton import spell
from callcoach.words.engine.codes import SEPARATOR
from callcoach.words.engine.program import Lists, Program, Spellings
from callcoach.words.engine.scan import Place

MOST_LITERALS: Final = 100_000
"""About 50 MB of automaton."""


def is_installed() -> bool:
    """Tell whether the wheel is there."""
    return find_spec("ahocorasick_rs") is not None


def spellings(program: Program, root: int) -> Spellings | None:
    """Return the literals from a root on; None where there are more than `MOST_LITERALS`."""
    found = tuple(islice(spell(program, root), MOST_LITERALS + 1))
    if len(found) > MOST_LITERALS:
        return None
    kinds = {segments: at for at, segments in enumerate(dict.fromkeys(one for _, one in found))}
    return Spellings(
        SEPARATOR.join(literal for literal, _ in found),
        array("I", (kinds[segments] for _, segments in found)).tobytes(),
        Lists.of(kinds),
    )


class Wheel:
    """Scans with an Aho-Corasick automaton of all literals; immutable, free to share."""

    def __init__(self, written: Spellings) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation  # an extra; 1 ms where it is there

        kinds = [tuple(written.segments[at]) for at in range(len(written.segments))]
        self._segments = [kinds[kind] for kind in memoryview(written.kinds).cast("I")]
        self._automaton = AhoCorasick(
            written.joined.split(SEPARATOR) if self._segments else (),
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def scan(self, codes: str) -> list[Place]:
        """Return every place of every literal, in order of `past`."""
        segments = self._segments
        return [
            (segments[literal], first, past)
            for literal, first, past in self._automaton.find_matches_as_indexes(
                codes, overlapping=True
            )
        ]
