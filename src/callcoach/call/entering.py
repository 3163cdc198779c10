"""Enters a step: offers its lines, and flags what was left undone before it."""

from callcoach.call.coach import Coach
from callcoach.call.draft import Draft
from callcoach.call.events import OfferedLine, StepEntered
from callcoach.call.flow import By, Move
from callcoach.call.state import CallState
from callcoach.call.variants import choose_variants
from callcoach.script.model import Script, StepId


def enter(coach: Coach, draft: Draft, move: Move, *, is_following: bool = False) -> None:
    """Add what follows from a move.

    Where the words of a transcript are followed, nothing is flagged for a step that was left.
    """
    left = draft.state.position
    if move.by is By.BACK:
        offered = _return(coach.script, draft.state, move.step)
    else:
        lines = coach.script.steps[move.step].lines
        offered = choose_variants(coach.script, draft.state, lines)
    draft.add(StepEntered(seq=draft.seq, at=draft.at, step=move.step, by=move.by, offered=offered))
    if move.by in (By.EXIT, By.BACK) and not is_following:
        coach.flags.leave(draft, left, move.step)
    coach.flags.enter(draft, move.step)


def _return(script: Script, state: CallState, to: StepId) -> tuple[OfferedLine, ...]:
    """Return what to say back from an objection: its bridge, and what was offered before."""
    bridge = script.steps[state.position.step].bridge
    step = script.steps[to]
    own = {*step.lines, *(line for exit in step.exits for line in exit.lines)}
    return (
        *choose_variants(script, state, () if bridge is None else (bridge,)),
        *(line for line in state.interrupted[-1].offered if line.line in own),
    )
