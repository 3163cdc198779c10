"""Whether what plans name is there: they are read before their pack is joined with others."""

from collections.abc import Iterable, Iterator

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.fields import nearest
from callcoach.script.model import Script, local, pack_of
from callcoach.script.place import Place
from callcoach.script.plan import Expect, Plan, TakeExit


def check_plans(script: Script, plans: Iterable[Plan]) -> Iterator[Diagnostic]:
    """Yield the exits that plans take or expect to be suggested and that no step has."""
    if script.start is None:
        return
    exits = {exit.id for step in script.steps.values() for exit in step.exits}
    steps = {*script.steps, *(local(id) for id in script.steps if pack_of(id) == script.id)}
    for plan in plans:
        for turn in plan.turns:
            match turn:
                case TakeExit(id, place) if id not in exits:
                    yield _unknown(id, exits, place)
                case Expect(place=place, suggests=str(id)) if id not in exits | steps:
                    yield _unknown(id, exits | steps, place)
                case _:
                    pass


def _unknown(id: str, known: Iterable[str], place: Place) -> Diagnostic:
    arguments = {"kind": Told("exit"), "id": id}
    return Diagnostic("CC020", place, arguments, nearest=nearest(id, known))
