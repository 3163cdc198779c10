"""Finds the main way through a script: the steps through which every call to its end must come."""

from collections.abc import Iterable, Mapping, Sequence

from callcoach.script.model import Script, StepId


def main_way(script: Script) -> tuple[StepId, ...]:
    """Return the stages of a script in order: from its start to the end that is farthest away.

    A stage is a step without which that end cannot be reached (a dominator of it, Lengauer and
    Tarjan 1979); objections, which may come at any time, are no stages.
    """
    if script.start is None:
        return ()
    ways = {
        id: tuple(exit.to for exit in step.exits if exit.to is not None)
        for id, step in script.steps.items()
        if not step.is_objection
    }
    reached = _reached(ways, script.start)
    ends = [id for id, step in script.steps.items() if step.is_end and id in reached]
    found = [_stages(ways, script.start, end, reached) for end in ends]
    return max(found, key=len, default=())


def _stages(
    ways: Mapping[StepId, Sequence[StepId]], start: StepId, end: StepId, reached: Iterable[StepId]
) -> tuple[StepId, ...]:
    """Return the steps without which `end` cannot be reached, nearest to the start first."""
    stages = [id for id in reached if id == end or end not in _reached(ways, start, id)]
    return tuple(sorted(stages, key=lambda stage: len(_reached(ways, start, stage))))


def _reached(
    ways: Mapping[StepId, Sequence[StepId]], start: StepId, without: StepId | None = None
) -> dict[StepId, None]:
    """Return the steps that can be reached, `without` one of them."""
    seen: dict[StepId, None] = {}
    waiting = [start]
    while waiting:
        step = waiting.pop()
        if step != without and step in ways and step not in seen:
            seen[step] = None
            waiting += ways[step]
    return seen
