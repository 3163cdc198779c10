"""Where words lead from where a call is: to an exit of its step, another step, an objection."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from callcoach.call.state import CallState
from callcoach.script.model import ExitId, Heard, Script, Speaker, Step, StepId

Name = TypeVar("Name", bound=str)
# A member that is asked for at every utterance: looking it up in its enum costs a call.
_AGENT = Speaker.AGENT


class Hint(Struct, frozen=True):
    """A way that was suggested: an exit of the current step, or another step or objection."""

    target: str
    """An exit's id, or the namespaced id of a step or objection."""
    start: int
    """Of the words, in characters of the utterance."""
    end: int

    @property
    def is_exit(self) -> bool:
        """Tell whether it is an exit of the current step."""
        return "." not in self.target


class Leads(Struct, frozen=True):
    """What a phrase, a cue or a rule suggests, wherever the call is."""

    exits: Mapping[StepId, tuple[ExitId, ...]]
    """By the step that they lead out of."""
    steps: tuple[Step, ...] = ()
    """Objections, too."""

    def hints(self, state: CallState, speaker: Speaker | None, start: int, end: int) -> list[Hint]:
        """Return the ways that words of `speaker` suggest now; None: whoever has said them.

        Answers that suggest an exit, and objections, are the other side's words; that the call
        has come to a step, and has not been there, shows in the agent's. A cue suggests what it
        does whoever says it.
        """
        position, is_agent = state.position, speaker is _AGENT
        here = position.step
        exits = () if is_agent else self.exits.get(here, ())
        found = [Hint(exit, start, end) for exit in exits]
        for step in self.steps:
            is_theirs = speaker is None or step.is_objection is not is_agent
            is_new = step.id != here and (step.is_objection or step.id not in state.entered)
            if is_theirs and is_new and not any(it.step == step.id for it in position.stack):
                found.append(Hint(step.id, start, end))
        return found


def leads_of(script: Script, named: Callable[[Heard], Iterable[Name]]) -> Mapping[Name, Leads]:
    """Return what each thing suggests that is `named` by what steps and exits listen for."""
    exits: dict[Name, dict[StepId, tuple[ExitId, ...]]] = {}
    steps: dict[Name, tuple[Step, ...]] = {}
    for step in script.steps.values():
        for name in named(step.heard):
            steps[name] = (*steps.get(name, ()), step)
        for exit in step.exits:
            for name in named(exit.heard):
                here = exits.setdefault(name, {})
                here[step.id] = (*here.get(step.id, ()), exit.id)
    names = exits.keys() | steps.keys()
    return {name: Leads(exits.get(name, {}), steps.get(name, ())) for name in names}


def outermost(hints: list[Hint]) -> tuple[Hint, ...]:
    """Return hints in order of place, one of each target.

    Those are left out that are part of another: 对 in 不对.
    """
    if len(hints) < 2:
        return tuple(hints)
    found: dict[str, Hint] = {}
    for hint in in_order(hints):
        is_part = any(
            other.start <= hint.start
            and hint.end <= other.end
            and other.end - other.start > hint.end - hint.start
            for other in hints
            if other.target != hint.target
        )
        if not is_part:
            found.setdefault(hint.target, hint)
    return tuple(found.values())


def in_order(hints: list[Hint]) -> list[Hint]:
    """Return hints in order of place; those of the same words with steps before exits."""
    return sorted(hints, key=lambda hint: (hint.start, hint.end, hint.is_exit))
