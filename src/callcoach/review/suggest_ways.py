"""Which ways of a script lead around the steps in which something is due."""

from collections.abc import Iterable, Mapping

from callcoach.script.model import CueId, Script, StepId

_NOWHERE: frozenset[StepId] = frozenset()


class Ways:
    """The ways of a script, each walked once, however many calls are asked about."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._due = _places(script)
        self._around: dict[frozenset[StepId], frozenset[StepId]] = {}

    def due(self, cue: CueId) -> frozenset[StepId]:
        """Return the steps in which a cue is due; one of the whole call is due in none."""
        return self._due.get(cue, _NOWHERE)

    def has_passed(self, cue: CueId, entered: Iterable[StepId]) -> bool:
        """Tell whether a call came to a step to which no way leads but through where a cue is due.

        An objection can be opened anywhere, so all that follows from one can be come to without.
        """
        places = self.due(cue)
        if self._script.start is None or not places:
            return False
        around = self._around.get(places)
        if around is None:
            around = self._around[places] = _reachable(self._script, places)
        return not (around | places).issuperset(entered)


def _places(script: Script) -> Mapping[CueId, frozenset[StepId]]:
    found: dict[CueId, set[StepId]] = {}
    for step, cues in script.due.items():
        for cue in cues:
            found.setdefault(cue, set()).add(step)
    return {cue: frozenset(steps) for cue, steps in found.items()}


def _reachable(script: Script, avoiding: frozenset[StepId]) -> frozenset[StepId]:
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
