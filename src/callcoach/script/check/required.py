"""Proves over the graph that no call ends well without the cues that its outcome needs.

The proof walks every state that matters: the step, and the facts that only exits settle (`sets`),
so that a guard such as `when: identity_verified` counts. Objections can be opened anywhere. A
guard over other facts may hold or not: both are walked. Where exits settle so many facts that
their combinations cannot all be walked, every guard may hold or not: the proof then tells of a
way around too many rather than of one too few.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from callcoach.errors import FactError
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import FactId, FactValue, parse
from callcoach.script.guard import Both, Compare, Condition, Either, Known, Not, compare, facts_in
from callcoach.script.model import Cue, CueKind, Exit, Script, Step, StepId, local, pack_of

MAX_STATES = 20_000
"""More states than this are not walked one by one."""
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Node:
    """A state of a call, as far as the proof needs it."""

    step: StepId
    settled: frozenset[tuple[FactId, str]]
    origin: StepId | None = None
    """Where an open objection goes back to."""


def check_required(script: Script) -> Iterator[Diagnostic]:
    """Yield one finding for every cue and end that can be reached without it, with the path."""
    if script.start is None:
        return
    walk = _Walk(script)
    due_in: dict[str, set[StepId]] = {}
    for step, cues in script.due.items():
        for id in cues:
            due_in.setdefault(id, set()).add(step)
    for cue in script.cues.values():
        places = due_in.get(cue.id)
        if cue.kind is not CueKind.SAY or cue.is_call_wide or places is None:
            continue
        if not cue.is_always_required and not cue.required_for:
            continue
        for end, path in walk.ends_avoiding(places):
            if _is_required(script, cue, end):
                arguments = {"cue": local(cue.id), "end": local(end.id)}
                place = cue.place if pack_of(cue.id) == script.id else end.place
                yield Diagnostic("CC055", place, arguments, path=path)


def _is_required(script: Script, cue: Cue, end: Step) -> bool:
    outcome = script.outcomes.get(end.outcome) if end.outcome else None
    if outcome is None or outcome.is_early:
        return False
    return cue.is_always_required or outcome.id in cue.required_for


class _Walk:
    """Walks the states of one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        asked = {fact for step in script.steps.values() for fact in _asked(step)}
        given = {fact.id for fact in script.given_facts}
        exits = [exit for step in script.steps.values() for exit in step.exits]
        guarding = {fact for it in exits if it.when for fact in facts_in(it.when.condition)}
        settled = {fact for exit in exits for fact, _ in exit.sets}
        self.controlled = (settled & guarding) - asked - given
        """The facts of guards that nothing but exits can settle."""

    def ends_avoiding(self, avoided: Iterable[StepId]) -> Iterator[tuple[Step, tuple[str, ...]]]:
        """Yield every end that a call can reach without any of the steps, by a shortest path."""
        came = self._explore(frozenset(avoided))
        found: set[StepId] = set()
        for node in came:
            step = self.script.steps[node.step]
            if step.is_end and step.id not in found:
                found.add(step.id)
                yield step, _path(came, node)

    def steps_avoiding(self, avoided: Iterable[StepId]) -> frozenset[StepId]:
        """Return the steps that a call can come to without any of the avoided ones."""
        return frozenset(node.step for node in self._explore(frozenset(avoided)))

    def _explore(self, avoided: frozenset[StepId]) -> dict[_Node, tuple[_Node, str] | None]:
        """Return every state that can be reached, nearest first, and how a call came to it."""
        start = self.script.start
        if start is None or start in avoided:
            return {}
        first = _Node(start, frozenset())
        came: dict[_Node, tuple[_Node, str] | None] = {first: None}
        interrupted: set[tuple[StepId, frozenset[tuple[FactId, str]]]] = set()
        queue = deque([first])
        while queue:
            node = queue.popleft()
            ways = list(self._following(node, self.script.steps[node.step]))
            if (place := (node.origin or node.step, node.settled)) not in interrupted:
                interrupted.add(place)
                ways += self._interruptions(node)
            for label, following in ways:
                if following.step not in avoided and following not in came:
                    came[following] = (node, label)
                    queue.append(following)
            if len(came) > MAX_STATES and self.controlled:
                self.controlled = set()
                return self._explore(avoided)
        return came

    def _following(self, node: _Node, step: Step) -> Iterator[tuple[str, _Node]]:
        """Yield where the exits of a state lead, and their names."""
        facts = self._facts(node)
        for exit in step.exits:
            if exit.when is not None and self._holds(exit.when.condition, facts) is False:
                continue
            settled = self._settle(node, exit)
            if exit.stay:
                yield exit.id, _Node(node.step, settled, node.origin)
            elif exit.back and node.origin is not None:
                yield exit.id, _Node(node.origin, settled)
            elif exit.to is not None and exit.to in self.script.steps:
                target = self.script.steps[exit.to]
                origin = (node.origin or node.step) if target.is_objection else None
                yield exit.id, _Node(target.id, settled, origin)

    def _interruptions(self, node: _Node) -> Iterator[tuple[str, _Node]]:
        """Yield the objections that can be opened in a state, from within another one too."""
        for objection in self.script.objections:
            if objection.id != node.step:
                yield "!", _Node(objection.id, node.settled, node.origin or node.step)

    def _settle(self, node: _Node, exit: Exit) -> frozenset[tuple[FactId, str]]:
        values = {fact: value.value for fact, value in exit.sets if fact in self.controlled}
        kept = {pair for pair in node.settled if pair[0] not in values}
        return frozenset(kept | set(values.items()))

    def _facts(self, node: _Node) -> Mapping[FactId, FactValue]:
        facts: dict[FactId, FactValue] = {}
        for id, text in node.settled:
            try:
                facts[id] = parse(self.script.facts[id], text, _ANY_DAY)
            except FactError:
                facts[id] = text
        return facts

    def _holds(self, condition: Condition, facts: Mapping[FactId, FactValue]) -> bool | None:
        """Tell whether a condition holds; None where facts decide that anybody may tell."""
        match condition:
            case Known(fact):
                return facts.get(fact, False) is not False if fact in self.controlled else None
            case Compare(fact, op, constant):
                if fact not in self.controlled:
                    return None
                return fact in facts and compare(facts[fact], op, constant)
            case Not(part):
                inner = self._holds(part, facts)
                return None if inner is None else not inner
            case Both(parts):
                results = [self._holds(part, facts) for part in parts]
                return False if False in results else None if None in results else True
            case Either(parts):
                results = [self._holds(part, facts) for part in parts]
                return True if True in results else None if None in results else False


def reached_without(script: Script, anchors: Iterable[StepId]) -> frozenset[StepId]:
    """Return the steps that a call can come to before an anchor, or a step that uses one."""
    anchors = frozenset(anchors)
    avoided = {id for id, lineage in script.lineages.items() if not anchors.isdisjoint(lineage)}
    return _Walk(script).steps_avoiding(avoided)


def _asked(step: Step) -> Iterator[FactId]:
    yield from step.asks
    for exit in step.exits:
        yield from exit.asks


def _path(came: Mapping[_Node, tuple[_Node, str] | None], node: _Node) -> tuple[str, ...]:
    """Return the steps and exits that lead to a state, the start first."""
    path = [local(node.step)]
    previous = came[node]
    while previous is not None:
        node, label = previous
        path += [label, local(node.step)]
        previous = came[node]
    return tuple(reversed(path))
