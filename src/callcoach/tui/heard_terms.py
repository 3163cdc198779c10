"""Finds what was promised or agreed upon, to offer it for the facts that are asked for."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from callcoach.call.events import CueHeard, Event, Heard, Span, StepEntered
from callcoach.call.part import Part
from callcoach.call.session import Session
from callcoach.errors import FactError
from callcoach.script.facts import DaySide, Fact, FactKind, FactValue, Money, canonical, parse
from callcoach.script.model import Speaker, Step
from callcoach.words.normalise import tokenise
from callcoach.words.numbers import find_days, find_numbers

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Term:
    """An amount, a day or a number of what was promised or agreed upon."""

    value: str
    """As it can be typed."""
    said: Heard
    """The line in which it was promised or named."""
    span: Span
    """The words for it in that line."""
    is_promised: bool = True
    """Not only named."""


def offered_term(fact: Fact, session: Session, events: Sequence[Event]) -> Term | None:
    """Return what was promised and may be a fact's value; None where nothing is to be offered.

    What other facts have already is not offered again. Where several facts of a kind are asked
    for, such as the day of a part and that of the rest, the latest promises are theirs, in the
    order in which they were made. Where nothing was promised, it is what the customer named since
    the call came near the step that asks for it. A number is what was counted there in the unit
    that the fact's title names, such as instalments.
    """
    if fact.given or fact.id in session.state.facts:
        return None
    if fact.kind is FactKind.NUMBER:
        return _counted(fact, _heard_near(fact, session, events))
    if not _is_promised(fact):
        return None
    facts = session.coach.script.facts
    taken = {
        _typed(value)
        for id, value in session.state.facts.items()
        if id in facts and facts[id].kind is fact.kind and not facts[id].given
    }
    asked = [it for it in _asked(session) if it.kind is fact.kind] or [fact]
    promised = [*_terms(fact, session, events, taken, len(asked))]
    found = promised or [*_named(fact, session, events)]
    terms = {it.value: it for it in found if it.value not in taken}
    latest = [*terms.values()][-len(asked) :]
    place = asked.index(fact) if fact in asked else len(latest) - 1
    return latest[place] if 0 <= place < len(latest) else None


def _is_promised(fact: Fact) -> bool:
    """Tell whether a promise can be about a fact: part of what is owed, or a day to come."""
    is_part = fact.kind is FactKind.MONEY and fact.most is not None
    is_ahead = fact.kind is FactKind.DATE and fact.day is DaySide.AHEAD
    return not fact.given and (is_part or is_ahead)


def _asked(session: Session) -> Iterator[Fact]:
    """Yield the facts that are asked for here, not known yet, and the matter of a promise."""
    state, script = session.state, session.coach.script
    step = script.steps[state.position.step]
    spoke = step.exit(state.spoke) if state.spoke else None
    for id in dict.fromkeys((*(spoke.asks if spoke else ()), *step.asks)):
        fact = script.facts.get(id)
        if fact is not None and id not in state.facts and _is_promised(fact):
            yield fact


def _asks(step: Step, fact: Fact) -> bool:
    """Tell whether a step asks for a fact, or one of its exits does."""
    return fact.id in step.asks or any(fact.id in it.asks for it in step.exits)


def _heard_near(fact: Fact, session: Session, events: Sequence[Event]) -> Sequence[Heard]:
    """Return what was said since the step before the one that asks for a fact; the newest visit."""
    steps = session.coach.script.steps
    entered = [it for it in events if isinstance(it, StepEntered)]
    asking = [n for n, it in enumerate(entered) if _asks(steps[it.step], fact)]
    if not asking:
        return ()
    since = entered[max(asking[-1] - 1, 0)].seq
    return [it for it in session.transcript if it.seq > since]


def _counted(fact: Fact, lines: Sequence[Heard]) -> Term | None:
    """Return the number that was counted last in a fact's unit; None where a line names several."""
    units = _units(*(it.value for texts in fact.title.variants.values() for it in texts))
    for said in reversed(lines):
        tokens = tokenise(said.text)
        numbers = [it for it in find_numbers(tokens.words) if it.unit in units]
        if numbers:
            one = numbers[-1]
            span = Span(said.seq, tokens.starts[one.first], tokens.ends[one.whole - 1])
            values = {it.value for it in numbers}
            return Term(f"{one.value:f}", said, span, False) if len(values) == 1 else None
    return None


def _units(*titles: str) -> frozenset[str]:
    """Return the units that titles name: 期数, `Number of instalments`."""
    words = {word for title in titles for word in tokenise(title).words}
    found = (find_numbers(("2", word)) for word in words)
    return frozenset(it[0].unit for it in found if it and it[0].unit)


def _named(fact: Fact, session: Session, events: Sequence[Event]) -> Iterator[Term]:
    """Yield the days that the customer named where a fact that is a day is asked for."""
    if fact.kind is not FactKind.DATE:
        return
    for said in _heard_near(fact, session, events):
        for day in find_days(said.text) if said.speaker is Speaker.CUSTOMER else ():
            value = _read(fact, day.text, session)
            if value:
                yield Term(value, said, Span(said.seq, day.start, day.end), False)


def _terms(
    fact: Fact, session: Session, events: Sequence[Event], taken: Collection[str], most: int
) -> Iterator[Term]:
    """Yield what was promised that can be read as a fact's value, in the order it was made.

    One that is made anew moves to the end. Of a promise in several parts it is no more than `most`
    of those that are not `taken`, the first of them.
    """
    lines = {it.seq: it for it in session.transcript}
    found: dict[str, Term] = {}
    for event in events:
        if not isinstance(event, CueHeard) or not event.counts or event.span.heard not in lines:
            continue
        parts = event.parts or (Part(event.amount, event.day),)
        texts = (it.amount if fact.kind is FactKind.MONEY else it.day for it in parts)
        values = dict.fromkeys(_read(fact, text, session) for text in texts)
        if "" in values:
            continue  # which of the others is whose is not clear then
        for value in islice((it for it in values if it not in taken), most):
            found.pop(value, None)
            found[value] = Term(value, lines[event.span.heard], event.span)
    yield from found.values()


def _read(fact: Fact, text: str, session: Session) -> str:
    """Return a value as it can be typed; empty for what is none, such as “some day next month”."""
    try:
        return _typed(parse(fact, text, session.state.day)) if text else ""
    except FactError:
        return ""


def _typed(value: FactValue) -> str:
    """Return a value as it can be typed, the cents of an amount in full."""
    if isinstance(value, Money) and -2 < int(value.amount.as_tuple().exponent) < 0:
        value = Money(value.amount.quantize(_CENT), value.currency)
    return canonical(value)
