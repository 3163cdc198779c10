"""Which of the ways that were suggested still stand."""

from collections.abc import Iterable

from callcoach.call.flow import Position
from callcoach.call.state import Suggestion
from callcoach.script.model import Script, StepId

MAX_SUGGESTIONS = 5
OBJECTION_STANDS = 10
"""How many utterances long an objection that was heard waits to be opened."""


def is_objection(script: Script, found: Suggestion) -> bool:
    """Tell whether what is suggested is an objection."""
    step = script.steps.get(StepId(found.target))
    return step is not None and step.is_objection


def standing(
    script: Script, position: Position, utterances: int, found: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return the suggestions that stand, the first of each target.

    An objection stands until it is open, whatever steps are entered meanwhile: what a customer
    has said is not over with a step. It is forgotten when much has been said since.
    """
    is_open = {position.step, *[frame.step for frame in position.stack]}
    stand: dict[str, Suggestion] = {}
    for known in found:
        if known.target in stand:
            continue
        is_old = utterances - known.utterance >= OBJECTION_STANDS
        if (is_old or known.target in is_open) and is_objection(script, known):
            continue
        stand[known.target] = known
        if len(stand) == MAX_SUGGESTIONS:
            break
    return tuple(stand.values())
