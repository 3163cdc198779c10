"""Finds the turns in which somebody proves who they are, by what the script says of its cues."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from callcoach.call.evaluate.verdicts import GIVEN, VERIFIED
from callcoach.call.events import CueHeard, Event, Heard, Suggested
from callcoach.errors import FactError
from callcoach.script.facts import Fact, FactId, FactKind, parse
from callcoach.script.model import CueId, Exit, Script, Speaker, local
from callcoach.script.rules import (
    AtLeast,
    Condition,
    Narrowed,
    Near,
    Refers,
    Rule,
    RuleId,
    Sequence,
)

IDENTITY = "identity"
"""`private` of a yes-or-no fact: whoever settles it has said who they are."""
_ANY_DAY = date(2000, 1, 1)


def proving_turns(events: Iterable[Event], script: Script | None) -> frozenset[int]:
    """Return the `seq` of the turns that prove who somebody is.

    These are what meets a cue called `identity_given`, or one whose rule rests on what is labelled
    so; and what the customer says that leads to an exit which settles an identity fact.
    """
    known = tuple(events)
    proofs = _proofs(script) if script else _Proofs()
    customer = {it.seq for it in known if isinstance(it, Heard) and it.speaker is not Speaker.AGENT}
    found: set[int] = set()
    for event in known:
        match event:
            case CueHeard(cue=cue) if cue in proofs.cues or local(cue) == GIVEN:
                found.add(event.span.heard)
            case CueHeard(cue=cue) if cue in proofs.settling and event.span.heard in customer:
                found.add(event.span.heard)
            case Suggested(target=target) if target in proofs.exits:
                found |= {event.span.heard} & customer
    return frozenset(found)


def is_settled_identity(fact: Fact) -> bool:
    """Tell whether a fact only says that it is known who somebody is: its value is no secret."""
    return fact.private == IDENTITY and fact.kind is FactKind.YES_NO


@dataclass(frozen=True, slots=True)
class _Proofs:
    """What in a script shows that somebody proves who they are."""

    cues: frozenset[CueId] = frozenset()
    """By their rules."""
    settling: frozenset[CueId] = frozenset()
    """By the exits that they lead to."""
    exits: frozenset[str] = frozenset()
    """Those that settle it, by their local ids."""


def _proofs(script: Script) -> _Proofs:
    proving = _proving_rules(script.rules)
    exits = tuple(_settling(script))
    return _Proofs(
        frozenset(id for id, cue in script.cues.items() if not proving.isdisjoint(cue.rules)),
        frozenset(cue for exit in exits for cue in exit.heard.cues),
        frozenset(exit.id for exit in exits),
    )


def _settling(script: Script) -> Iterator[Exit]:
    """Yield the exits that say that it is known now who somebody is."""
    identity = {id for id, fact in script.facts.items() if is_settled_identity(fact)}
    for step in script.steps.values() if identity else ():
        for exit in step.exits:
            if any(_is_yes(script, id, text.value) for id, text in exit.sets if id in identity):
                yield exit


def _is_yes(script: Script, id: FactId, value: str) -> bool:
    try:
        return parse(script.facts[id], value, _ANY_DAY) is True
    except FactError:
        return False


def _proving_rules(rules: Mapping[RuleId, Rule]) -> frozenset[RuleId]:
    """Return the rules that are labelled as identity data, what verifies, and what rests on them.

    Who is verified gave what the rule of that label rests on, so that counts by itself.
    """
    under = {id: frozenset(_holds_with(rule.condition)) for id, rule in rules.items()}
    above: dict[RuleId, set[RuleId]] = {}
    for id, known in under.items():
        for one in known:
            above.setdefault(one, set()).add(id)
    verified = _closure((id for id, it in rules.items() if VERIFIED in it.labels), under)
    given = (id for id, it in rules.items() if GIVEN in it.labels)
    return _closure((*verified, *given), above)


def _closure(
    seeds: Iterable[RuleId], links: Mapping[RuleId, Collection[RuleId]]
) -> frozenset[RuleId]:
    """Return the seeds and all that is linked with them."""
    found = set(seeds)
    pending = list(found)
    while pending:
        new = set(links.get(pending.pop(), ())) - found
        found |= new
        pending += new
    return frozenset(found)


def _holds_with(condition: Condition) -> Iterator[RuleId]:
    """Yield the rules whose own words are the words that a condition is met by."""
    match condition:
        case Refers(rules=rules):
            yield from rules
        case AtLeast(parts=parts) | Near(parts=parts):
            for part in parts:
                yield from _holds_with(part)
        case Narrowed(part=part):
            yield from _holds_with(part)
        case Sequence(links=links):
            last = next((it for it in reversed(links) if not it.is_absent), None)
            if last is not None:
                yield from _holds_with(last.part)
        case _:
            return
