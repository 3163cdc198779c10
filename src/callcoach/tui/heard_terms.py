"""Finds what the customer has promised, to offer it for the facts that are asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callcoach.call.events import CueHeard, Event, Heard, Span
from callcoach.call.session import Session
from callcoach.errors import FactError
from callcoach.script.facts import DaySide, Fact, FactKind, canonical, parse

_KINDS = (FactKind.MONEY, FactKind.DATE)


@dataclass(frozen=True, slots=True)
class Term:
    """An amount or a day of a promise."""

    value: str
    """As it can be typed."""
    said: Heard
    """The line in which it was promised."""
    span: Span
    """The words of the promise in it."""


def offered_term(fact: Fact, session: Session, events: Iterable[Event]) -> Term | None:
    """Return what was promised and may be a fact's value; None where nothing is to be offered.

    What other facts have already is not offered again. Where several facts of a kind are asked
    for, such as the day of a part and that of the rest, the latest promises are theirs, in the
    order in which they were made.
    """
    if not _is_promised(fact) or fact.id in session.state.facts:
        return None
    facts = session.coach.script.facts
    taken = {
        canonical(value)
        for id, value in session.state.facts.items()
        if id in facts and facts[id].kind is fact.kind and not facts[id].given
    }
    terms = {it.value: it for it in _terms(fact, session, events) if it.value not in taken}
    asked = [it for it in _asked(session) if it.kind is fact.kind] or [fact]
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


def _terms(fact: Fact, session: Session, events: Iterable[Event]) -> Iterator[Term]:
    """Yield what was promised that can be read as a fact's value, in the order it was made.

    One that is made anew moves to the end.
    """
    lines = {it.seq: it for it in session.transcript}
    found: dict[str, Term] = {}
    for event in events:
        if not isinstance(event, CueHeard) or not event.counts or event.span.heard not in lines:
            continue
        text = event.amount if fact.kind is FactKind.MONEY else event.day
        try:
            value = canonical(parse(fact, text, session.state.day)) if text else ""
        except FactError:
            continue  # “at the end of the month” is a day to people only
        if value:
            found.pop(value, None)
            found[value] = Term(value, lines[event.span.heard], event.span)
    yield from found.values()
