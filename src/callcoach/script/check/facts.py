"""What is wrong with facts: never used, never told, told too late, given values that do not fit."""

from collections.abc import Iterator, Mapping
from datetime import date

from callcoach.errors import FactError
from callcoach.script.check.guards import check_guard
from callcoach.script.check.limits import named_in_limits
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import FactId, parse
from callcoach.script.guard import Guard, facts_in, known_where
from callcoach.script.model import (
    Exit,
    LineId,
    PackId,
    PlanId,
    Script,
    Step,
    StepId,
    local,
    pack_of,
)
from callcoach.script.place import Text
from callcoach.script.plan import Plan, TellFact
from callcoach.script.rules import Attribute
from callcoach.script.template import TemplateSyntax, UnsafeTemplate, Use, read_template
from callcoach.script.walk import walk

_ANY_DAY = date(2000, 1, 1)


def check_facts(script: Script, plans: Mapping[PlanId, Plan]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the facts and guards of the script's own pack."""
    uses = {line: tuple(_uses(script, line)) for line in script.lines}
    told = _told(script)
    yield from _check_values(script, plans)
    yield from _check_used(script, uses, told)
    for pack, guard in _guards(script):
        if pack == script.id:
            yield from check_guard(script, guard, told)
    if script.start is not None:
        yield from _check_known(script, uses)


def _uses(script: Script, line: LineId) -> Iterator[tuple[FactId, Use, Text]]:
    names = script.names[pack_of(line)]
    for texts in script.lines[line].wording.variants.values():
        for text in texts:
            try:
                used = read_template(text.value)
            except (TemplateSyntax, UnsafeTemplate):
                continue
            for use in used:
                if use.name in names:
                    yield names[use.name], use, text


def _told(script: Script) -> frozenset[FactId]:
    """Return the facts that somebody or something tells."""
    told = {fact.id for fact in script.given_facts}
    for step in script.steps.values():
        told.update(step.asks)
        for exit in step.exits:
            told.update(exit.asks)
            told.update(fact for fact, _ in exit.sets)
    return frozenset(told)


def _guards(script: Script) -> Iterator[tuple[PackId, Guard]]:
    """Yield every guard, and the pack that it stands in."""
    for line in script.lines.values():
        if line.when is not None:
            yield pack_of(line.id), line.when
    for step in script.steps.values():
        for exit in step.exits:
            if exit.when is not None:
                yield pack_of(step.id), exit.when


def _check_values(script: Script, plans: Mapping[PlanId, Plan]) -> Iterator[Diagnostic]:
    """Yield the values written in the pack that do not fit their facts."""
    spoken = [
        (fact.id, fact.example)
        for fact in script.facts.values()
        if fact.example is not None and pack_of(fact.id) == script.id
    ]
    for plan in plans.values():
        spoken += plan.facts.items()
        spoken += [(turn.fact, turn.value) for turn in plan.turns if isinstance(turn, TellFact)]
    written: list[tuple[FactId, Text]] = []
    for id, wording in spoken:
        written += dict.fromkeys((id, texts[0]) for texts in wording.variants.values() if texts)
    for step in script.steps.values():
        if pack_of(step.id) == script.id:
            written += [pair for exit in step.exits for pair in exit.sets]
    for id, text in written:
        known = script.facts.get(id)
        if known is None:
            continue
        try:
            parse(known, text.value, _ANY_DAY)
        except FactError as error:
            problem = {"problem": error.message, "remedy": error.hint}
            arguments = {"fact": local(id), "value": text.value, **problem}
            yield Diagnostic("CC047", text.place, arguments)


def _check_used(
    script: Script,
    uses: Mapping[LineId, tuple[tuple[FactId, Use, Text], ...]],
    told: frozenset[FactId],
) -> Iterator[Diagnostic]:
    in_lines = {fact for found in uses.values() for fact, _, _ in found}
    in_guards = {fact for _, guard in _guards(script) for fact in facts_in(guard.condition)}
    for fact in script.facts.values():
        in_guards |= named_in_limits(fact)
    in_guards |= {
        FactId(part.name)
        for rule in script.rules.values()
        for part in walk(rule.condition)
        if isinstance(part, Attribute)
    }
    asked = {fact for step in script.steps.values() for fact in _asked(step)}
    for fact in script.facts.values():
        if pack_of(fact.id) != script.id:
            continue
        if fact.id not in in_lines | in_guards | asked and script.start is not None:
            yield Diagnostic("CC041", fact.place, {"fact": local(fact.id)})
        elif fact.id in in_lines | in_guards and fact.id not in told:
            yield Diagnostic("CC048", fact.place, {"fact": local(fact.id)})


def _asked(step: Step) -> Iterator[FactId]:
    yield from step.asks
    for exit in step.exits:
        yield from exit.asks


def _check_known(
    script: Script, uses: Mapping[LineId, tuple[tuple[FactId, Use, Text], ...]]
) -> Iterator[Diagnostic]:
    """Yield the facts that a line needs and that some way to it leaves unasked."""
    known = _known_at(script)
    for step in script.steps.values():
        if step.id not in known or pack_of(step.id) != script.id:
            continue
        here = known[step.id] | set(step.asks)
        for line in step.lines:
            yield from _unknown(script, line, here, uses[line], step.id)
        for exit in step.exits:
            there = here | set(exit.asks) | _needed(exit.when)
            for line in exit.lines:
                yield from _unknown(script, line, there, uses[line], step.id)


def _unknown(
    script: Script,
    line: LineId,
    known: frozenset[FactId] | set[FactId],
    used: tuple[tuple[FactId, Use, Text], ...],
    step: StepId,
) -> Iterator[Diagnostic]:
    guarded = _needed(script.lines[line].when)
    for fact, use, text in used:
        if fact not in known and fact not in guarded and not use.is_guarded:
            arguments = {"fact": use.name, "line": local(line), "step": local(step)}
            yield Diagnostic("CC044", text.place, arguments)


def _known_at(script: Script) -> Mapping[StepId, frozenset[FactId]]:
    """Return the facts that are known at each step by whichever way a call comes to it."""
    given = frozenset(fact.id for fact in script.given_facts)
    known: dict[StepId, frozenset[FactId]] = {step.id: given for step in script.objections}
    pending = [step.id for step in script.objections]
    if script.start is not None:
        known[script.start] = given
        pending.append(script.start)
    while pending:
        id = pending.pop()
        step = script.steps[id]
        for exit in step.exits:
            if exit.to is None or exit.to not in script.steps:
                continue
            out = known[id] | _learned(step, exit)
            before = known.get(exit.to)
            now = out if before is None else before & out
            if now != before:
                known[exit.to] = now
                pending.append(exit.to)
    return known


def _learned(step: Step, exit: Exit) -> frozenset[FactId]:
    """Return the facts asked or settled in a step that is left by an exit."""
    done = [other for other in step.exits if other.id in exit.after]
    asked = [*step.asks, *exit.asks, *(fact for other in done for fact in other.asks)]
    settled = [fact for other in (*done, exit) for fact, _ in other.sets]
    return _needed(exit.when).union(asked, settled)


def _needed(when: Guard | None) -> frozenset[FactId]:
    """Return the facts that are known wherever a guard lets something through."""
    return known_where(when.condition) if when else frozenset()
