"""Walks over the conditions of rules: what they consist of, and what other rules they need."""

from collections.abc import Iterator, Mapping

from callcoach.script.rules import (
    Absent,
    Asks,
    AtLeast,
    Attribute,
    Condition,
    FactSaid,
    Metric,
    Narrowed,
    Near,
    NoneOf,
    NumberIn,
    Phrases,
    Refers,
    Regex,
    Rule,
    RuleId,
    Sequence,
    Similar,
)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Return what a condition is made of, without what takes its hits back."""
    match condition:
        case AtLeast(parts=parts) | NoneOf(parts=parts) | Near(parts=parts):
            return parts
        case Sequence(links=links):
            return tuple(link.part for link in links)
        case Absent(part=part) | Narrowed(part=part):
            return (part,)
        case Phrases() | Regex() | NumberIn() | Similar() | Asks() | FactSaid():
            return ()
        case Refers() | Metric() | Attribute():
            return ()


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and everything in it, what takes hits back as well."""
    pending = [condition]
    while pending:
        part = pending.pop()
        yield part
        if isinstance(part, Narrowed):
            pending += reversed(part.unless)
        pending += reversed(parts_of(part))


def references(condition: Condition) -> Iterator[RuleId]:
    """Yield the rules that a condition needs, also as anchors."""
    for part in walk(condition):
        if isinstance(part, Refers):
            yield from part.rules
        elif isinstance(part, Narrowed):
            for anchor in part.anchors:
                yield from anchor.rules


def needed(rules: Mapping[RuleId, Rule], *wanted: RuleId) -> Iterator[RuleId]:
    """Yield the wanted rules and all that they need, each once; unknown ones are left out."""
    pending = list(reversed(wanted))
    seen: set[RuleId] = set()
    while pending:
        id = pending.pop()
        if id not in seen and id in rules:
            seen.add(id)
            yield id
            pending.extend(references(rules[id].condition))
