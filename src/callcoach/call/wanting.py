"""Says which facts a closed exit waits for."""

from collections.abc import Collection

from callcoach.script.facts import FactId
from callcoach.script.guard import facts_in, known_where
from callcoach.script.model import Exit


def wanted_facts(exit: Exit, known: Collection[FactId]) -> tuple[FactId, ...]:
    """Return the facts without which an exit cannot open, as its guard names them."""
    if exit.when is None:
        return ()
    needed = known_where(exit.when.condition)
    asked = dict.fromkeys(facts_in(exit.when.condition))
    return tuple(fact for fact in asked if fact in needed and fact not in known)
