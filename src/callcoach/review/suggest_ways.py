"""Whether a call went past the step in which something is due, without ever being in it."""

from collections.abc import Collection, Iterable

from callcoach.script.model import Cue, Script, StepId


def is_passed_by(cue: Cue, entered: Iterable[StepId], script: Script) -> bool:
    """Tell whether a call came to a step to which no way leads but through where a cue is due.

    An objection can be opened anywhere, so all that follows from one can be come to without.
    """
    places = frozenset(step for step, cues in script.due.items() if cue.id in cues)
    if script.start is None or not places:
        return False
    around = _reachable(script, places)
    return any(step not in around and step not in places for step in entered)


def _reachable(script: Script, avoiding: Collection[StepId]) -> frozenset[StepId]:
    pending = [step.id for step in script.objections]
    pending += [script.start] if script.start else []
    seen: set[StepId] = set()
    while pending:
        id = pending.pop()
        if id in seen or id in avoiding:
            continue
        seen.add(id)
        ways = (exit.to for exit in script.steps[id].exits)
        pending.extend(to for to in ways if to is not None and to in script.steps)
    return frozenset(seen)
