"""The script as a state machine: which ways are open, and where a move leads.

A position is data and can be stored, compared and gone back to; the machine only decides. A flat
`transitions.Machine` is enough: objections return by a stack of our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct
from transitions import EventData, Machine, MachineError

from callcoach.errors import IllegalMove, Told, suggest
from callcoach.script.facts import FactId, FactValue
from callcoach.script.model import Exit, ExitId, Script, StepId
from callcoach.script.wording import Language


class Frame(Struct, frozen=True):
    """Where an open objection returns to."""

    step: StepId
    done: frozenset[ExitId]
    entered_at: float
    visit: int
    since: float = 0.0


class Position(Struct, frozen=True):
    """Where a call is in its script."""

    step: StepId
    done: frozenset[ExitId] = frozenset()
    """The spokes of this hub that are done in this visit."""
    stack: tuple[Frame, ...] = ()
    """Where the open objections return to, innermost last."""
    entered_at: float = 0.0
    """On the active clock: seconds since the call began, holds left out."""
    visit: int = 0
    """Which of the call's entries of a step this is, from 1."""
    since: float = 0.0
    """When it was entered, in seconds since the call began, holds among them."""


class By(StrEnum):
    """How the call comes to a step."""

    START = "start"
    EXIT = "exit"
    OBJECTION = "objection"
    BACK = "back"
    JUMP = "jump"


@dataclass(frozen=True, slots=True)
class Move:
    """Where a way leads."""

    step: StepId
    by: By


@dataclass(frozen=True, slots=True)
class Way:
    """An exit as it stands now."""

    exit: Exit
    is_open: bool
    is_done: bool
    """A spoke that was done in this visit; it may be done again."""
    waits_for: tuple[ExitId, ...] = ()
    """What must be done first."""


class _Cursor:
    """The model that the machine moves."""

    state: str = ""


class Flow:
    """The moves of one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._machine = Machine(
            model=None,
            states=list(script.steps),
            initial=None,
            auto_transitions=False,
            send_event=True,
        )
        for step in script.steps.values():
            for exit in step.exits:
                if exit.to is None or exit.to in script.steps:
                    self._machine.add_transition(
                        _name(step.id, exit.id),
                        source=step.id,
                        dest=None if exit.to is None else exit.to,
                        conditions=[_is_open],
                    )
            if step.is_objection:
                self._machine.add_transition(_opening(step.id), source="*", dest=step.id)
        self._cursor = _Cursor()
        if script.steps:
            first = next(iter(script.steps))
            self._machine.add_model(self._cursor, initial=first)

        self.order = _order_of(script)

    def ways(self, position: Position, facts: Mapping[FactId, FactValue]) -> tuple[Way, ...]:
        """Return the exits of the current step, open or not, in the script's order."""
        step = self.script.steps[position.step]
        return tuple(_way(exit, position, facts) for exit in step.exits)

    def take(
        self,
        position: Position,
        id: ExitId,
        facts: Mapping[FactId, FactValue],
        language: Language,
    ) -> Move | None:
        """Return where taking an exit leads; None for a spoke, which stays.

        Raises `IllegalMove`, which names what is open by its labels in `language`, for an exit
        that does not exist here or is not open.
        """
        step = self.script.steps[position.step]
        exit = step.exit(id)
        if exit is None:
            raise IllegalMove(
                "the step {step} has no exit “{exit}”",
                self._name_open(position, facts, language),
                step=step.title.plain(language),
                exit=id,
            )
        if not self._fire(position, _name(step.id, id), exit, facts):
            raise IllegalMove(
                "the exit “{exit}” of {step} is not open",
                self._name_open(position, facts, language),
                exit=exit.label.plain(language),
                step=step.title.plain(language),
            )
        if exit.stay:
            return None
        if exit.back:
            return Move(position.stack[-1].step, By.BACK)
        target = self.script.steps[StepId(self._cursor.state)]
        return Move(target.id, By.OBJECTION if target.is_objection else By.EXIT)

    def open_objection(self, position: Position, id: StepId) -> Move:
        """Return the move into an objection.

        Raises `IllegalMove` for one that does not exist or is open already.
        """
        objection = self.script.steps.get(id)
        if objection is None or not objection.is_objection:
            known = ", ".join(step.id for step in self.script.objections)
            hint = Told("there are {known}", known=known) if known else Told("there are none")
            raise IllegalMove("there is no objection “{id}”", hint, id=id)
        if id == position.step or any(frame.step == id for frame in position.stack):
            raise IllegalMove("the objection {id} is open already", "go back to it", id=id)
        self._fire(position, _opening(id), None, {})
        return Move(StepId(self._cursor.state), By.OBJECTION)

    def jump(self, position: Position, id: StepId) -> Move:
        """Return the move to a step that no exit leads to; every open objection is left.

        Raises `IllegalMove` for a step that does not exist or is the current one.
        """
        if id not in self.script.steps or self.script.steps[id].is_objection:
            raise IllegalMove("there is no step “{id}”", suggest(id, self.script.steps), id=id)
        if id == position.step:
            raise IllegalMove("the call is in {id} already", "choose another step", id=id)
        return Move(id, By.JUMP)

    def _fire(
        self,
        position: Position,
        trigger: str,
        exit: Exit | None,
        facts: Mapping[FactId, FactValue],
    ) -> bool:
        """Move the cursor from `position`; False where a guard refuses."""
        self._cursor.state = position.step
        event = self._machine.events.get(trigger)
        if event is None:
            return False
        try:
            return event.trigger(self._cursor, position=position, exit=exit, facts=facts)
        except MachineError:
            return False

    def _name_open(
        self, position: Position, facts: Mapping[FactId, FactValue], language: Language
    ) -> Told:
        ways = self.ways(position, facts)
        found = [way.exit.label.plain(language) for way in ways if way.is_open]
        if not found:
            return Told("open here: nothing; end the call")
        return Told("open here: {known}", known=" / ".join(found))


def _order_of(script: Script) -> Mapping[StepId, int]:
    """Return each step's place in the order in which exits lead to them from the start."""
    order: dict[StepId, int] = {}
    pending = [script.start] if script.start else []
    while pending:
        following: list[StepId] = []
        for id in pending:
            if id not in order:
                order[id] = len(order)
                following += [exit.to for exit in script.steps[id].exits if exit.to]
        pending = [id for id in following if id in script.steps]
    return order


def _name(step: StepId, exit: ExitId) -> str:
    return f"{step}/{exit}"


def _opening(objection: StepId) -> str:
    return f"open {objection}"


def _is_open(event: EventData) -> bool:
    """Tell whether the exit in a trigger's data is open."""
    data = event.kwargs
    return _way(data["exit"], data["position"], data["facts"]).is_open


def _way(exit: Exit, position: Position, facts: Mapping[FactId, FactValue]) -> Way:
    waits = tuple(id for id in exit.after if id not in position.done)
    allowed = exit.when is None or exit.when.holds(facts)
    returns = not exit.back or bool(position.stack)
    return Way(exit, not waits and allowed and returns, exit.id in position.done, waits)
