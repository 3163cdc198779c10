"""Whether a call may be listened to now: what script, customer, agent and settings say together."""

from dataclasses import dataclass
from enum import StrEnum

from callcoach.call.captured import Closed
from callcoach.call.state import CallState
from callcoach.script.model import Script


class Policy(StrEnum):
    """What the settings say about listening."""

    SCRIPT = "script"
    """From where the script says so; where it says nothing, from the agent's own key on."""
    ALWAYS = "always"
    """From the beginning of every call."""
    ASK = "ask"
    """From the agent's own key on, in every call anew."""
    NEVER = "never"
    """Not at all, whatever anybody says."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Whether a call may be listened to."""

    reason: Closed | None = None
    """Why not; None where it may."""
    since: float = 0.0
    """Since when it may not, in seconds since the call began; 0 where that is not known."""
    until: float | None = None
    """By when what closes it is usually over. It opens by what the agent does, never by itself."""

    @property
    def is_open(self) -> bool:
        """Tell whether it may be listened to."""
        return self.reason is None


def may_listen(script: Script, state: CallState, policy: Policy) -> Listening:
    """Return whether a call may be listened to now, and if not, why and since when.

    The customer's word counts most, the agent's own key after it: a refusal closes the ears under
    every policy until the agent opens them by hand, and nothing opens them on hold, or where the
    script has a card number read out.
    """
    if state.ended is not None:
        return Listening(Closed.ENDED, state.ended.at)
    if policy is Policy.NEVER:
        return Listening(Closed.NEVER)
    if state.refusal is not None:
        return Listening(Closed.REFUSED, state.refusal.at)
    if state.is_turned_on is False:
        return Listening(Closed.HAND)
    if state.held_since is not None:
        return Listening(Closed.HOLD, state.held_since)
    if state.sensitive_since is not None:
        since = state.sensitive_since
        return Listening(Closed.SENSITIVE, since, since + usual_seconds(script, state))
    is_open = policy is Policy.ALWAYS or state.is_turned_on is True
    if is_open or (policy is Policy.SCRIPT and has_consent(script, state)):
        return Listening()
    return Listening(Closed.NOT_YET)


def has_consent(script: Script, state: CallState) -> bool:
    """Tell whether the call has come to where its script lets it be listened to."""
    consent = script.consent
    if consent is None:
        return False
    has_met = any(state.cue(id).met_at is not None for id in consent.after.cues)
    return has_met or not state.reached.isdisjoint(consent.after.steps)


def usual_seconds(script: Script, state: CallState) -> float:
    """Return how long the sensitive steps that the call is in usually take, all together."""
    frames = (frame.step for frame in state.position.stack)
    steps = (script.steps.get(id) for id in (state.position.step, *frames))
    return sum(step.sensitive or 0.0 for step in steps if step is not None)
