"""Tells whether the agent still has something to say before the customer answers."""

from collections.abc import Sequence

from callcoach.call.asking import asks
from callcoach.call.events import Event, Heard, StepEntered
from callcoach.call.session import Session
from callcoach.script.model import Speaker


def left_to_say(session: Session, events: Sequence[Event]) -> tuple[str, ...]:
    """Return the lines that the customer waits for after something happened; none: they answer.

    Who has said one of a step's lines, and has asked nothing yet, is let finish with the others.
    An answer is due to words of the agent's own, and where the call has moved on.
    """
    spoken = [it for it in events if isinstance(it, Heard) and it.speaker is Speaker.AGENT]
    has_moved = any(isinstance(it, StepEntered) for it in events)
    if not spoken or has_moved or spoken[-1].source == "typed" or asks(spoken[-1].text):
        return ()
    lines, said = session.lines(), session.state.said
    if not any(id in said for id, _ in lines):
        return ()
    return tuple(it.text for id, it in lines if id not in said)
