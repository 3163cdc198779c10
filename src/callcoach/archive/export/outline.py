"""Makes up a script as far as a call's events tell of it, so that any call can be folded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from callcoach.call.events import CallEnded, Event, ExitTaken, FactTold, StepEntered
from callcoach.script.facts import FactId
from callcoach.script.model import Exit, ExitId, PackId, Script, Step, StepId
from callcoach.script.place import Place, Text
from callcoach.script.wording import Wording

_NOWHERE = Place("")
_NAMELESS = Wording({}, _NOWHERE)
_EMPTY = Script(
    id=PackId(""),
    title=_NAMELESS,
    version="",
    digest="",
    languages=(),
    start=None,
    steps={},
    lineages={},
    lines={},
    cues={},
    facts={},
    outcomes={},
    due={},
    names={},
    packs=(),
)


def outline(events: Sequence[Event], script: Script | None) -> Script:
    """Return `script`, or an empty one, with the steps that `events` name and it does not have.

    Such a step has no title, and of exits those that were taken, with the facts they settled.
    """
    known = script or _EMPTY
    seen = dict.fromkeys(_steps(events))
    exits = _exits(events)
    made = {
        id: Step(id, _NAMELESS, _NOWHERE, exits=tuple(exits.get(id, ())))
        for id in seen
        if id not in known.steps
    }
    lineages = {id: (id,) for id in seen if id not in known.lineages}
    return replace(
        known,
        start=known.start or next(iter(seen), StepId("")),
        steps={**known.steps, **made},
        lineages={**known.lineages, **lineages},
    )


def _steps(events: Iterable[Event]) -> Iterable[StepId]:
    for event in events:
        if isinstance(event, (StepEntered, ExitTaken, CallEnded)):
            yield event.step


def _exits(events: Iterable[Event]) -> dict[StepId, list[Exit]]:
    """Return the exits that were taken at each step; their facts are told right after them."""
    taken: list[tuple[StepId, ExitId, list[tuple[FactId, Text]]]] = []
    is_after_exit = False
    for event in events:
        match event:
            case ExitTaken(step=step, exit=exit):
                taken.append((step, exit, []))
                is_after_exit = True
            case FactTold(by="exit", fact=fact, value=value) if is_after_exit:
                taken[-1][2].append((fact, Text(value, _NOWHERE)))
            case _:
                is_after_exit = False
    exits: dict[StepId, list[Exit]] = {}
    for step, id, facts in taken:
        made = Exit(id, _NAMELESS, None, _NOWHERE, sets=tuple(facts))
        exits.setdefault(step, []).append(made)
    return exits
