"""Plans: rehearsed calls with expectations; a regression test, a demo and a practice partner."""

from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.script.facts import FactId
from callcoach.script.model import (
    CueId,
    ExitId,
    FlagKind,
    LineId,
    OutcomeId,
    PlanId,
    Speaker,
    StepId,
)
from callcoach.script.place import Place
from callcoach.script.wording import Language, Wording


@dataclass(frozen=True, slots=True)
class SayLines:
    """The agent says lines as written; none named: every line that is offered now."""

    lines: tuple[LineId, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class SayWords:
    """Somebody says free words: the customer, a third party, or the agent off the script."""

    speaker: Speaker
    words: Wording
    place: Place


@dataclass(frozen=True, slots=True)
class TakeExit:
    """The agent takes an exit of the current step."""

    exit: ExitId
    place: Place


@dataclass(frozen=True, slots=True)
class OpenObjection:
    """The agent opens an objection."""

    objection: StepId
    place: Place


@dataclass(frozen=True, slots=True)
class TellFact:
    """The agent captures a fact."""

    fact: FactId
    value: Wording
    place: Place


@dataclass(frozen=True, slots=True)
class Wait:
    """Time passes, in seconds."""

    seconds: float
    place: Place


@dataclass(frozen=True, slots=True)
class HoldFor:
    """The customer is on hold, for so many seconds."""

    seconds: float
    place: Place


@dataclass(frozen=True, slots=True)
class Tick:
    """The agent ticks a cue by hand, or takes the tick back."""

    cue: CueId
    is_met: bool
    place: Place


@dataclass(frozen=True, slots=True)
class End:
    """The call ends; without an outcome, with that of the end step it is in."""

    outcome: OutcomeId | None
    place: Place


@dataclass(frozen=True, slots=True)
class Undo:
    """The agent takes the last choice back."""

    place: Place


@dataclass(frozen=True, slots=True, order=True)
class ExpectedFlag:
    """A flag that is open."""

    kind: FlagKind
    cue: CueId

    def __str__(self) -> str:
        return f"{self.kind} {self.cue}"


@dataclass(frozen=True, slots=True)
class Expect:
    """What must be true at this point; empty fields are not looked at."""

    place: Place
    step: StepId | None = None
    met: tuple[CueId, ...] = ()
    unmet: tuple[CueId, ...] = ()
    flags: tuple[ExpectedFlag, ...] | None = None
    """The open flags: exactly these; None: not looked at."""
    suggests: str | None = None
    """The exit, step or objection that was suggested last."""


Turn = (
    SayLines
    | SayWords
    | TakeExit
    | OpenObjection
    | TellFact
    | Wait
    | HoldFor
    | Tick
    | Undo
    | End
    | Expect
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A rehearsed call."""

    id: PlanId
    title: Wording
    place: Place
    facts: Mapping[FactId, Wording]
    """What is known before the call; a name may differ between the languages."""
    turns: tuple[Turn, ...]
    outcome: OutcomeId | None
    """How the call ends; None: not looked at."""
    flags: tuple[ExpectedFlag, ...]
    """Every flag that is raised in the call, in any order; none: a call without a flag."""
    languages: tuple[Language, ...]
    is_demo: bool = False
    """Shown by `callcoach demo` when no plan is named."""
