"""Inputs and flags in short, for tables of small calls; local ids are those of the example."""

from collections.abc import Iterable

from callcoach.call.events import Event, FlagCleared, FlagRaised, StepEntered
from callcoach.call.fold import apply, begin
from callcoach.call.inputs import (
    EndCall,
    Hear,
    JumpTo,
    OpenObjection,
    SayLine,
    TakeExit,
    TellFact,
    TickCue,
    UntickCue,
)
from callcoach.call.state import CallState
from callcoach.script.facts import FactId
from callcoach.script.model import (
    CueId,
    ExitId,
    LineId,
    OutcomeId,
    Script,
    Speaker,
    StepId,
    local,
)
from tests.support import Tree


def full(id: str) -> str:
    """Return an id with its pack, by default the example."""
    return id if "." in id else f"example.{id}"


def agent(text: str, start: float | None = None, end: float | None = None) -> Hear:
    """Return words of the agent."""
    return Hear(Speaker.AGENT, text, start, end)


def customer(text: str, start: float | None = None, end: float | None = None) -> Hear:
    """Return words of the customer."""
    return Hear(Speaker.CUSTOMER, text, start, end)


def other(text: str) -> Hear:
    """Return words of somebody else."""
    return Hear(Speaker.OTHER, text)


def line(id: str, seconds: float = 0.0) -> SayLine:
    """Return a line that is said as it stands."""
    return SayLine(LineId(full(id)), seconds)


def take(exit: str, by: str = "hand") -> TakeExit:
    """Return the taking of an exit."""
    return TakeExit(ExitId(exit), by)


def objection(id: str, by: str = "hand") -> OpenObjection:
    """Return the opening of an objection."""
    return OpenObjection(StepId(full(id)), by)


def jump(id: str, by: str = "hand") -> JumpTo:
    """Return a jump to a step."""
    return JumpTo(StepId(full(id)), by)


def tick(id: str) -> TickCue:
    """Return a tick by hand."""
    return TickCue(CueId(full(id)))


def untick(id: str) -> UntickCue:
    """Return the taking back of a tick, or of what was heard."""
    return UntickCue(CueId(full(id)))


def tell(id: str, text: str, by: str = "hand") -> TellFact:
    """Return a fact that is told."""
    return TellFact(FactId(full(id)), text, by)


def end_call(outcome: str | None = None, by: str = "hand") -> EndCall:
    """Return the end of a call."""
    return EndCall(OutcomeId(full(outcome)) if outcome else None, by)


def cue(words: str, **keys: object) -> Tree:
    """Return a cue that is met by some words; `in_` stands for the key `in`."""
    keys = {key.rstrip("_"): value for key, value in keys.items()}
    return {"title": words.capitalize(), "heard": words, **keys}


def flag_log(events: Iterable[Event]) -> list[str]:
    """Return what became of flags: `30 + missing name: deadline`, `33 - missing name: said`."""
    told: list[str] = []
    names: dict[int, str] = {}
    for event in events:
        if isinstance(event, FlagRaised):
            names[event.flag] = f"{event.what} {local(event.cue)}"
            told.append(f"{event.at:g} + {names[event.flag]}: {event.reason}")
        elif isinstance(event, FlagCleared):
            told.append(f"{event.at:g} - {names[event.flag]}: {event.by}")
    return told


def path(events: Iterable[Event]) -> list[str]:
    """Return the steps that a call came to, in order, by their local ids."""
    return [local(event.step) for event in events if isinstance(event, StepEntered)]


def fold(script: Script, events: Iterable[Event]) -> CallState:
    """Return the state after events, the first of which starts the call."""
    events = iter(events)
    state = begin(script, next(events, None))
    for event in events:
        state = apply(script, state, event)
    return state
