"""What is true when a choice is taken back: what was before it, with what was said since."""

from collections.abc import Mapping

from msgspec.structs import replace

from callcoach.call.capturing import keep_quiet, refusal_taken_back
from callcoach.call.events import Undone
from callcoach.call.standing import is_objection, standing
from callcoach.call.state import CallState, Choice, CueState
from callcoach.script.facts import FactId, FactValue
from callcoach.script.model import CueId, ExitId, Script


def undo(script: Script, state: CallState, event: Undone) -> CallState:
    """Return the state without a choice; what it led to is taken back by other events."""
    choice = next((known for known in state.choices if known.seq == event.of), None)
    if choice is None:
        return state
    before = choice.before
    since = tuple(known for known in state.suggestions if known.span.heard > event.of)
    state = replace(state, choices=tuple(known for known in state.choices if known.seq < event.of))
    match choice.kind:
        case "exit_taken" | "objection_opened" | "jumped":
            state = replace(
                state,
                position=before.position,
                offered=before.offered,
                offered_at=before.offered_at,
                said=before.said,
                spoke=before.spoke,
                interrupted=before.interrupted,
                entered=before.entered,
                reached=before.reached,
                waived=before.waived,
                facts=_without(script, state, choice),
                refusal=refusal_taken_back(script, state, choice),
            )
            state = keep_quiet(script, state, before.sensitive_since)
            objections = [known for known in since if is_objection(script, known)]
            found = (*objections, *before.suggestions)
            stand = standing(script, state.position, state.utterances, found)
            return replace(state, suggestions=stand)
        case "fact_told":
            return replace(state, facts=_restored(state, before, FactId(choice.what)))
        case "cue_ticked" | "cue_unticked":
            cue = CueId(choice.what)
            others = {id: known for id, known in state.cues.items() if id != cue}
            mine = _cue_restored(script, state, choice, event.at)
            state = replace(state, refusal=refusal_taken_back(script, state, choice))
            return replace(state, cues=others if mine == CueState() else {**others, cue: mine})
        case _:
            return replace(
                state,
                ended=before.ended,
                suggestions=before.suggestions,
                sensitive_since=before.sensitive_since,
            )


def _cue_restored(script: Script, state: CallState, choice: Choice, at: float) -> CueState:
    """Return how far a cue has come without a choice by hand, with what was said since."""
    id = CueId(choice.what)
    before, now = choice.before.cue(id), state.cue(id)
    since = now.count - before.count if choice.kind == "cue_ticked" else now.count
    if not since:
        return before
    count, cue = before.count + since, script.cues.get(id)
    heard_at = now.heard_at if before.heard_at is None else before.heard_at
    if heard_at is None and (cue is None or count >= cue.least):
        heard_at = at
    visits, unsure = before.visits | now.visits, before.unsure + now.unsure
    return CueState(count, before.ticked_at, heard_at, now.span, visits, unsure, before.is_unkept)


def _restored(state: CallState, before: CallState, *facts: FactId) -> Mapping[FactId, FactValue]:
    """Return the facts with some of them as they were before."""
    others = {id: value for id, value in state.facts.items() if id not in facts}
    return others | {id: value for id, value in before.facts.items() if id in facts}


def _without(script: Script, state: CallState, choice: Choice) -> Mapping[FactId, FactValue]:
    """Return the facts without those that the exit of a choice settled."""
    step = script.steps[choice.before.position.step]
    exit = step.exit(ExitId(choice.what)) if choice.kind == "exit_taken" else None
    settled = [fact for fact, _ in exit.sets] if exit else []
    return _restored(state, choice.before, *settled)
