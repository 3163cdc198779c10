"""Chooses between the wordings of a line, so that an agent does not sound like a record."""

import random
from collections.abc import Sequence

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
        variants = range(len(line.wording.in_language(state.language)) or 1)
        if len(variants) == 1:
            chosen.append(OfferedLine(id, 0))
            continue
        order = random.Random(f"{state.seed} {id}")  # noqa: S311 - a choice of words
        shuffled = order.sample(variants, len(variants))
        oldest = min(shuffled, key=lambda v: state.uses.get(OfferedLine(id, v), -1))
        chosen.append(OfferedLine(id, oldest))
    return tuple(chosen)
