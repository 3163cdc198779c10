"""What a diagram shows of a script: cards for its steps, and the arrows between them.

Only ways forward are arrows. What stays in a step, leads back to an earlier one, into an objection
or a long way down is a row in the card, so that the arrows stay few enough to be followed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from callcoach.locale import Messages
from callcoach.script.model import Exit, ExitId, Script, Step, StepId
from callcoach.script.wording import Language

LONGEST_ARROW = 3
"""An arrow that would pass more layers becomes a row, if its target has a nearer one."""


class Way(StrEnum):
    """What the row of a card says about an exit."""

    STAY = "stay"
    """It is done within the step."""
    BACK = "back"
    """It returns from an objection."""
    UP = "up"
    """It leads to an earlier step."""
    OBJECTION = "objection"
    TO = "to"


@dataclass(frozen=True, slots=True)
class CardRow:
    """An exit that is no arrow."""

    way: Way
    label: str
    target: str = ""
    """The title of where it leads."""
    code: str = ""
    """The outcome's code where that is an end."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A step or an objection."""

    id: StepId
    title: str
    code: str
    """Of the outcome of a call that ends here; empty where it goes on."""
    rows: tuple[CardRow, ...] = ()
    entered_from: tuple[str, ...] = ()
    """The objections that lead here, where no arrow does."""
    is_start: bool = False
    is_hub: bool = False
    is_vulnerable: bool = False
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from one step on to another."""

    source: StepId
    target: StepId
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is drawn."""

    title: str
    cards: tuple[Card, ...]
    arrows: tuple[Arrow, ...]
    layers: Mapping[StepId, int]
    """How far down each card stands, from 0; every arrow leads further down."""
    objections: tuple[Card, ...]


def outline(script: Script, language: Language) -> Outline:
    """Return what a diagram shows of a script in a language."""
    return _Outliner(script, language).outline()


class _Outliner:
    """Sorts the exits of one script into arrows and rows."""

    def __init__(self, script: Script, language: Language) -> None:
        self.script = script
        self.language = language
        self.messages = Messages(language)
        self.shown = tuple(self._shown())
        self.backward = frozenset(_backward(script, self.shown))

    def outline(self) -> Outline:
        """Return the outline."""
        ways = {(step.id, exit.id): step for step in self.shown for exit in step.exits}
        forward = [
            (self.script.steps[step], exit)
            for step, id in ways
            if (exit := self._exit(step, id)) and self._is_forward(step, exit)
        ]
        layers = _layers([step.id for step in self.shown], [_ends(*way) for way in forward])
        kept = [way for way in forward if not _is_too_long(way, forward, layers)]
        layers = _layers([step.id for step in self.shown], [_ends(*way) for way in kept])
        arrows = tuple(
            Arrow(step.id, exit.to, self._label(exit), self._note(step, exit))
            for step, exit in kept
            if exit.to is not None
        )
        drawn = {(step.id, exit.id) for step, exit in kept}
        entered = {arrow.target for arrow in arrows}
        return Outline(
            title=f"{self.script.title.plain(self.language)} {self.script.version}".strip(),
            cards=tuple(self._card(step, drawn, entered) for step in self.shown),
            arrows=arrows,
            layers=layers,
            objections=tuple(
                self._card(step, frozenset(), entered) for step in self.script.objections
            ),
        )

    def _shown(self) -> Iterator[Step]:
        """Yield the steps that get a card of their own.

        An end that only objections lead to is named by them; a step that is only there to be used
        by another is not shown.
        """
        every = self.script.steps.values()
        steps = [step for step in every if not step.is_objection]
        from_steps = {exit.to for step in steps for exit in step.exits}
        from_anywhere = {exit.to for step in every for exit in step.exits}
        bases = {step.uses for step in every}
        for step in steps:
            if step.id in from_anywhere:
                is_shown = step.id in from_steps or not step.is_end
            else:
                is_shown = step.id not in bases
            if is_shown or step.id == self.script.start:
                yield step

    def _exit(self, step: StepId, id: str) -> Exit | None:
        return next((exit for exit in self.script.steps[step].exits if exit.id == id), None)

    def _is_forward(self, step: StepId, exit: Exit) -> bool:
        to = self.script.steps.get(exit.to) if exit.to else None
        return to is not None and not to.is_objection and (step, exit.id) not in self.backward

    def _card(
        self,
        step: Step,
        drawn: AbstractSet[tuple[StepId, ExitId]],
        entered: AbstractSet[StepId],
    ) -> Card:
        is_start = step.id == self.script.start
        came_from: tuple[str, ...] = ()
        if step.id not in entered and not is_start and not step.is_objection:
            came_from = tuple(
                other.title.plain(self.language)
                for other in self.script.objections
                if any(exit.to == step.id for exit in other.exits)
            )
        return Card(
            id=step.id,
            title=step.title.plain(self.language),
            code=self._code(step),
            rows=tuple(
                self._row(step, exit) for exit in step.exits if (step.id, exit.id) not in drawn
            ),
            entered_from=came_from,
            is_start=is_start,
            is_hub=step.is_hub,
            is_vulnerable=step.is_vulnerable,
            is_sensitive=step.sensitive is not None,
        )

    def _code(self, step: Step) -> str:
        outcome = self.script.outcomes.get(step.outcome) if step.outcome else None
        return outcome.code if outcome else ""

    def _row(self, step: Step, exit: Exit) -> CardRow:
        label, note = self._label(exit), self._note(step, exit)
        to = self.script.steps.get(exit.to) if exit.to else None
        if to is None:
            return CardRow(Way.BACK if exit.back else Way.STAY, label, note=note)
        way = Way.OBJECTION if to.is_objection else Way.TO
        if (step.id, exit.id) in self.backward:
            way = Way.UP
        return CardRow(way, label, to.title.plain(self.language), self._code(to), note)

    def _label(self, exit: Exit) -> str:
        return exit.label.plain(self.language) or exit.id

    def _note(self, step: Step, exit: Exit) -> str:
        """Return what an exit waits for."""
        notes: list[str] = []
        if exit.after:
            spokes = [other.id for other in step.exits if other.stay and not other.optional]
            waits = [other for other in step.exits if other.id in exit.after]
            if [other.id for other in waits] == spokes:
                notes.append(self.messages.say("once all is done"))
            else:
                names = ", ".join(self._label(other) for other in waits)
                notes.append(self.messages.say("after {exits}", exits=names))
        if exit.when is not None:
            condition = " ".join(exit.when.text.value.split())
            notes.append(self.messages.say("when {condition}", condition=condition))
        if exit.optional:
            notes.append(self.messages.say("optional"))
        return "; ".join(notes)


def _ends(step: Step, exit: Exit) -> tuple[StepId, StepId]:
    return step.id, exit.to or step.id


def _is_too_long(
    way: tuple[Step, Exit], ways: list[tuple[Step, Exit]], layers: Mapping[StepId, int]
) -> bool:
    """Tell whether an arrow passes so many layers that it is better read than followed."""
    source, target = _ends(*way)
    length = layers[target] - layers[source]
    ends = [_ends(*other) for other in ways]
    shortest = min(layers[to] - layers[at] for at, to in ends if to == target)
    return length > LONGEST_ARROW and shortest < length


def _backward(script: Script, shown: tuple[Step, ...]) -> Iterator[tuple[StepId, ExitId]]:
    """Yield the exits that lead back to a step on the way to their own, found depth first."""
    known = {step.id: step for step in shown}
    done: set[StepId] = set()
    first = [script.start] if script.start in known else []
    for root in [*first, *known]:
        if root is None or root in done:
            continue
        open_: list[tuple[StepId, Iterator[Exit]]] = [(root, iter(known[root].exits))]
        on_path = {root}
        while open_:
            id, exits = open_[-1]
            exit = next(exits, None)
            if exit is None:
                open_.pop()
                on_path.discard(id)
                done.add(id)
            elif exit.to in on_path:
                yield id, exit.id
            elif exit.to in known and exit.to not in done and exit.to is not None:
                on_path.add(exit.to)
                open_.append((exit.to, iter(known[exit.to].exits)))


def _layers(ids: Sequence[StepId], ways: Sequence[tuple[StepId, StepId]]) -> Mapping[StepId, int]:
    """Return the layer of each step: below everything that leads to it; the ways have no circle.

    What nothing leads to stands just above the first step that it shares with another.
    """
    layers = _push_down(dict.fromkeys(ids, 0), ways)
    came = Counter(target for _, target in ways)
    for id in ids:
        shared = [layers[to] for at, to in ways if at == id and came[to] > 1]
        if not came[id] and shared:
            layers[id] = max(0, min(shared) - 1)
    return _push_down(layers, ways)


def _push_down(
    layers: dict[StepId, int], ways: Sequence[tuple[StepId, StepId]]
) -> dict[StepId, int]:
    """Return layers in which every way leads further down."""
    for _ in layers:
        moved = False
        for source, target in ways:
            if layers[target] <= layers[source]:
                layers[target] = layers[source] + 1
                moved = True
        if not moved:
            break
    return layers
