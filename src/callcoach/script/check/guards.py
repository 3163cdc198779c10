"""Whether a guard can ever hold, by trying the values that could make a difference."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise, product

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import Fact, FactId, FactKind
from callcoach.script.guard import Both, Compare, Condition, Either, Guard, Known, Not, compare
from callcoach.script.model import Script, local

MAX_CASES = 256
"""A guard with more alternatives than this is not looked into."""


def check_guard(script: Script, guard: Guard, told: frozenset[FactId]) -> Iterator[Diagnostic]:
    """Yield what keeps a guard from ever holding; `told` are the facts that can become known."""
    for condition in _compares(guard.condition):
        fact = script.facts.get(condition.fact)
        if fact is not None and not _can_hold(fact, condition):
            arguments = {"guard": guard.text.value, "problem": _why_not(fact)}
            yield Diagnostic("CC046", guard.text.place, arguments)
            return
    cases = _cases(guard.condition, positive=True)
    is_possible = cases is None or any(_is_possible(script, case, told) for case in cases)
    if not is_possible:
        arguments = {"guard": guard.text.value, "problem": Told("its parts contradict each other")}
        yield Diagnostic("CC046", guard.text.place, arguments)


def _compares(condition: Condition) -> Iterator[Compare]:
    match condition:
        case Compare():
            yield condition
        case Not(part):
            yield from _compares(part)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _compares(part)
        case Known():
            return


def _can_hold(fact: Fact, condition: Compare) -> bool:
    """Tell whether a comparison makes sense for its fact's type."""
    constant = condition.constant
    match fact.kind:
        case FactKind.MONEY | FactKind.NUMBER:
            return isinstance(constant, Decimal)
        case FactKind.YES_NO:
            return isinstance(constant, bool)
        case FactKind.CHOICE:
            return isinstance(constant, str) and constant in fact.choices
        case FactKind.DATE:
            return isinstance(constant, str) and _is_day(constant)
        case FactKind.TEXT | FactKind.PHONE:
            return isinstance(constant, str)


def _is_day(text: str) -> bool:
    """Tell whether a text is a day as dates are compared: 2026-12-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _why_not(fact: Fact) -> Told:
    if fact.kind is FactKind.DATE:
        return Told("{fact} is a date, written like 2026-12-31", fact=local(fact.id))
    if fact.kind is FactKind.CHOICE:
        known = ", ".join(fact.choices)
        return Told("{fact} is one of {known}", fact=local(fact.id), known=known)
    return Told("{fact} is of the type {type}", fact=local(fact.id), type=fact.kind.value)


_Case = tuple[tuple[Known | Compare, bool], ...]
"""Atoms that hold together, each as it is or negated."""


def _cases(condition: Condition, positive: bool) -> list[_Case] | None:
    """Return the ways a condition can come true; None where there are too many to look at."""
    match condition:
        case Known() | Compare():
            return [((condition, positive),)]
        case Not(part):
            return _cases(part, not positive)
        case Both(parts) | Either(parts):
            inner = [_cases(part, positive) for part in parts]
            known = [cases for cases in inner if cases is not None]
            if len(known) < len(inner):
                return None
            if isinstance(condition, Both) is not positive:
                alternatives = [case for cases in known for case in cases]
                return alternatives if len(alternatives) <= MAX_CASES else None
            count = 1
            for cases in known:
                count *= len(cases)
            if count > MAX_CASES:
                return None
            return [sum(combination, ()) for combination in product(*known)]


def _is_possible(script: Script, case: _Case, told: frozenset[FactId]) -> bool:
    """Tell whether some values of the facts make all atoms of a case hold."""
    by_fact: dict[FactId, list[tuple[Known | Compare, bool]]] = {}
    for atom, positive in case:
        by_fact.setdefault(atom.fact, []).append((atom, positive))
    return all(_has_value(script, id, atoms, told) for id, atoms in by_fact.items())


def _has_value(
    script: Script,
    id: FactId,
    atoms: list[tuple[Known | Compare, bool]],
    told: frozenset[FactId],
) -> bool:
    """Tell whether one fact can make its atoms hold: unknown, or with one of the telling values."""
    if all(not positive for _, positive in atoms):
        return True
    if id not in told:
        return False
    return any(
        all(_atom_holds(atom, value) is positive for atom, positive in atoms)
        for value in _candidates(script.facts[id], atoms)
    )


def _atom_holds(atom: Known | Compare, value: str | bool | Decimal) -> bool:
    if isinstance(atom, Known):
        return value is not False
    return compare(value, atom.op, atom.constant)


def _candidates(
    fact: Fact, atoms: list[tuple[Known | Compare, bool]]
) -> Iterator[str | bool | Decimal]:
    """Yield values of which one holds wherever any does: each constant, and between them."""
    if fact.kind is FactKind.YES_NO:
        yield from (True, False)
    elif fact.kind is FactKind.CHOICE:
        yield from fact.choices
    else:
        constants = {atom.constant for atom, _ in atoms if isinstance(atom, Compare)}
        if fact.kind in (FactKind.MONEY, FactKind.NUMBER):
            numbers = sorted(it for it in constants if isinstance(it, Decimal)) or [Decimal(0)]
            yield from (*numbers, numbers[0] - 1, numbers[-1] + 1)
            yield from ((low + high) / 2 for low, high in pairwise(numbers))
        else:
            texts = [it for it in constants if isinstance(it, str)]
            yield from ("\0", *texts, *(text + "\0" for text in texts))
