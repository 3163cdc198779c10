"""What is wrong with what facts say of their values: limits that nothing can be held to."""

from collections.abc import Iterator

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import DaySide, Fact, FactId, FactKind
from callcoach.script.model import Script, local, pack_of

_COUNTED = (FactKind.MONEY, FactKind.NUMBER)


def check_limits(script: Script) -> Iterator[Diagnostic]:
    """Yield `day`, `most` and `rest_of` of the script's own facts where they say nothing."""
    for fact in script.facts.values():
        if pack_of(fact.id) != script.id:
            continue
        if fact.day is not DaySide.ANY and fact.kind is not FactKind.DATE:
            problem = Told("it is for dates, and this is “{kind}”", kind=fact.kind.value)
            yield _idle(fact, "day", problem, Told("write type: date, or leave it out"))
        if fact.most is not None:
            yield from _compared(script, fact, "most", (fact.most,))
        if fact.rest_of:
            yield from _compared(script, fact, "rest_of", fact.rest_of)


def named_in_limits(fact: Fact) -> frozenset[FactId]:
    """Return the facts that a fact's values are held to."""
    return frozenset(fact.rest_of) | ({fact.most} if fact.most else frozenset())


def _compared(
    script: Script, fact: Fact, key: str, others: tuple[FactId, ...]
) -> Iterator[Diagnostic]:
    """Yield why a fact cannot be compared with others: once, the first reason."""
    if fact.kind not in _COUNTED:
        problem = Told("it is for money and numbers, and this is “{kind}”", kind=fact.kind.value)
        yield _idle(fact, key, problem, Told("write type: money or type: number, or leave it out"))
        return
    for id in others:
        if id == fact.id:
            problem = Told("it names the fact itself")
            yield _idle(fact, key, problem, Told("name another fact, or leave it out"))
            return
        other = script.facts.get(id)
        if other is None:
            continue  # told already: there is no such fact
        own, its = _unit(fact), _unit(other)
        if own != its:
            problem = Told(
                "this is “{own}”, and “{other}” is “{its}”", own=own, other=local(id), its=its
            )
            yield _idle(fact, key, problem, Told("name a fact of the same type and currency"))
            return


def _unit(fact: Fact) -> str:
    is_money = fact.kind is FactKind.MONEY
    return f"{fact.kind.value} {fact.currency}" if is_money else fact.kind.value


def _idle(fact: Fact, key: str, problem: Told, remedy: Told) -> Diagnostic:
    arguments = {"fact": local(fact.id), "key": key, "problem": problem, "remedy": remedy}
    return Diagnostic("CC049", fact.place, arguments)
