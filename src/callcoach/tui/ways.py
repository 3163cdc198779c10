"""Where what was heard leads, as far as a screen shows it: the exits and the steps that are lit."""

from itertools import takewhile

from callcoach.call.flow import Way
from callcoach.call.session import Session
from callcoach.script.model import Speaker, StepId


def lit(session: Session) -> tuple[Way, ...]:
    """Return the open exits that were heard and are not done.

    An exit's own hints light it; that the step behind it was heard counts only in the words of
    another than the agent, whose own lines are full of what comes later.
    """
    own = {found.target for found in session.state.suggestions}
    theirs = _heard_from_others(session)
    return tuple(
        way
        for way in session.ways()
        if way.is_open and not way.is_done and (way.exit.id in own or way.exit.to in theirs)
    )


def heard_objections(session: Session) -> tuple[StepId, ...]:
    """Return the objections that were heard, the newest first."""
    return tuple(step for step in _heard_steps(session) if _is_objection(session, step))


def far(session: Session) -> StepId | None:
    """Return the newest objection that no exit leads to, or a step; None without one.

    A step further on gives way to an exit that is lit: the way there is the script's.
    """
    here = session.coach.script.steps[session.state.position.step]
    near = {exit.to for exit in here.exits}
    found = [step for step in _heard_steps(session) if step not in near]
    objection = next((step for step in found if _is_objection(session, step)), None)
    if objection is not None or lit(session):
        return objection
    return next(iter(found), None)


def _heard_steps(session: Session) -> tuple[StepId, ...]:
    steps = session.coach.script.steps
    return tuple(StepId(id) for id in _heard_from_others(session) if id in steps)


def _heard_from_others(session: Session) -> tuple[str, ...]:
    """Return what was suggested by the words of another than the agent, the newest first."""
    found = session.state.suggestions
    oldest = min((known.span.heard for known in found), default=session.state.seq)
    since = takewhile(lambda said: said.seq >= oldest, reversed(session.transcript))
    theirs = {said.seq for said in since if said.speaker is not Speaker.AGENT}
    return tuple(known.target for known in found if known.span.heard in theirs)


def _is_objection(session: Session, step: StepId) -> bool:
    return session.coach.script.steps[step].is_objection
