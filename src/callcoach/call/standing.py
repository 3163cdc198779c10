"""Which of the ways that were suggested still stand."""

from collections.abc import Iterable

from callcoach.call.flow import Position
from callcoach.call.state import Suggestion
from callcoach.script.model import Script, Severity, Step, StepId

MAX_SUGGESTIONS = 5
OBJECTION_STANDS = 4
"""How many utterances long an objection that was heard waits to be opened."""
GRAVE_STANDS = 10
"""The same where the customer may be vulnerable, or a critical cue leads to it."""


def is_objection(script: Script, found: Suggestion) -> bool:
    """Tell whether what is suggested is an objection."""
    step = script.steps.get(StepId(found.target))
    return step is not None and step.is_objection


def _lasts(script: Script, step: Step) -> int:
    """Return how many utterances long an objection stands."""
    cues = [script.cues[id] for id in step.heard.cues if id in script.cues]
    is_grave = step.is_vulnerable or any(cue.severity is Severity.CRITICAL for cue in cues)
    return GRAVE_STANDS if is_grave else OBJECTION_STANDS


def standing(
    script: Script, position: Position, utterances: int, found: Iterable[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return the suggestions that stand, the first of each target.

    An objection stands until it is open, whatever steps are entered meanwhile: what a customer
    has said is not over with a step. It is forgotten when they have gone on to something else,
    what is grave only when much has been said since.
    """
    is_open = {position.step, *[frame.step for frame in position.stack]}
    stand: dict[str, Suggestion] = {}
    for known in found:
        if known.target in stand:
            continue
        if is_objection(script, known):
            lasts = _lasts(script, script.steps[StepId(known.target)])
            if known.target in is_open or utterances - known.utterance >= lasts:
                continue
        stand[known.target] = known
        if len(stand) == MAX_SUGGESTIONS:
            break
    return tuple(stand.values())
