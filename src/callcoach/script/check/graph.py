"""The shape of a script: what can be reached, what leads nowhere, what can never be left."""

from collections.abc import Iterator

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.fields import nearest
from callcoach.script.model import Exit, Script, Step, StepId, local, pack_of


def ways_on(script: Script, step: Step) -> Iterator[tuple[Exit, StepId]]:
    """Yield the exits of a step that lead to another step, and where they lead."""
    for exit in step.exits:
        if exit.to is not None and exit.to in script.steps:
            yield exit, exit.to


def reachable(script: Script) -> frozenset[StepId]:
    """Return the steps that a call can come to: from the start, and from any objection."""
    pending = [step.id for step in script.objections if script.start is not None]
    pending += [script.start] if script.start else []
    seen: set[StepId] = set()
    while pending:
        id = pending.pop()
        if id not in seen:
            seen.add(id)
            pending.extend(to for _, to in ways_on(script, script.steps[id]))
    return frozenset(seen)


def check_graph(script: Script) -> Iterator[Diagnostic]:
    """Yield what is wrong with the shape of a script."""
    if script.start is None:
        if any(not step.is_objection for step in script.steps.values()):
            yield Diagnostic("CC058", script.place, {"pack": script.id})
        return
    seen = reachable(script)
    lent = {base for id in seen for base in script.lineages[id]}
    leads_to_end = _leading_to_end(script)
    for step in script.steps.values():
        if pack_of(step.id) != script.id:
            continue
        if step.id not in seen:
            if step.id not in lent:
                yield Diagnostic("CC050", step.place, {"step": local(step.id)})
            continue
        if not step.exits and not step.is_end:
            yield Diagnostic("CC051", step.place, {"step": local(step.id)})
        elif step.id not in leads_to_end and not _is_endless_hub(step):
            yield Diagnostic("CC052", step.place, {"step": local(step.id)})
        yield from _check_exits(step)
    ends = {script.steps[id].outcome for id in seen}
    for outcome in script.outcomes.values():
        if pack_of(outcome.id) == script.id and outcome.id not in ends and not outcome.is_early:
            yield Diagnostic("CC065", outcome.place, {"outcome": local(outcome.id)})


def check_codes(script: Script) -> Iterator[Diagnostic]:
    """Yield the outcomes of the script's own pack that reports could not tell apart."""
    owners: dict[str, str] = {}
    for outcome in script.outcomes.values():
        if pack_of(outcome.id) == script.id:
            first = owners.setdefault(outcome.code, local(outcome.id))
            if first != local(outcome.id):
                arguments = {"outcome": local(outcome.id), "code": outcome.code, "first": first}
                yield Diagnostic("CC066", outcome.place, arguments)


def _leading_to_end(script: Script) -> frozenset[StepId]:
    """Return the steps from which an end can be reached; going back from an objection counts."""
    before: dict[StepId, set[StepId]] = {}
    for step in script.steps.values():
        for _, to in ways_on(script, step):
            before.setdefault(to, set()).add(step.id)
    pending = [step.id for step in script.steps.values() if step.is_end]
    pending += [step.id for step in script.objections if any(exit.back for exit in step.exits)]
    seen: set[StepId] = set()
    while pending:
        id = pending.pop()
        if id not in seen:
            seen.add(id)
            pending.extend(before.get(id, ()))
    return frozenset(seen)


def _is_endless_hub(step: Step) -> bool:
    return bool(step.exits) and all(exit.stay for exit in step.exits) and not step.is_end


def _check_exits(step: Step) -> Iterator[Diagnostic]:
    """Yield what is wrong with the exits of one step, taken together."""
    ids = {exit.id for exit in step.exits}
    spokes = {exit.id for exit in step.exits if exit.stay}
    for exit in step.exits:
        arguments = {"exit": exit.id, "step": local(step.id)}
        for id in exit.after:
            if id not in ids:
                guess = nearest(id, spokes)
                unknown = {"kind": Told("exit"), "id": id}
                yield Diagnostic("CC020", exit.place, unknown, nearest=guess)
            elif id not in spokes:
                yield Diagnostic("CC057", exit.place, {**arguments, "other": id})
        if exit.back and not step.is_objection:
            yield Diagnostic("CC056", exit.place, arguments)
    if step.is_end and step.exits:
        yield Diagnostic("CC054", step.place, {"step": local(step.id)})
    if _is_endless_hub(step):
        yield Diagnostic("CC053", step.place, {"step": local(step.id)})
