"""Chooses between the wordings of a line, so that an agent does not sound like a record."""

import random
from collections.abc import Sequence
from functools import lru_cache

from callcoach.call.events import OfferedLine
from callcoach.call.state import CallState
from callcoach.script.model import LineId, Script


def choose_variants(
    script: Script, state: CallState, lines: Sequence[LineId]
) -> tuple[OfferedLine, ...]:
    """Return a variant of each line: the least recently offered, ties broken by the seed."""
    chosen: list[OfferedLine] = []
    for id in lines:
        line = script.lines[id]
        variants = len(line.wording.in_language(state.language))
        if variants < 2:
            chosen.append(OfferedLine(id, 0))
            continue
        offered = [OfferedLine(id, variant) for variant in _shuffled(state.seed, id, variants)]
        chosen.append(min(offered, key=lambda it: state.uses.get(it, -1)))
    return tuple(chosen)


@lru_cache(maxsize=1024)
def _shuffled(seed: int, id: LineId, variants: int) -> tuple[int, ...]:
    """Return the order in which the variants of a line are preferred."""
    order = random.Random(f"{seed} {id}")  # noqa: S311 - a choice of words
    return tuple(order.sample(range(variants), variants))
