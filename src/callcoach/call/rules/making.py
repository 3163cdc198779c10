"""Turns conditions into nodes, and collects the phrases in them for one automaton."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from callcoach.call.rules.bounds import Anchored, InWindow
from callcoach.call.rules.leaves import Alike, Asked, Leaf, Matching, Numbers, Value
from callcoach.call.rules.nodes import (
    Bound,
    Bounded,
    Chained,
    ChainLink,
    Close,
    Node,
    Nothing,
    Reference,
    Some,
)
from callcoach.call.rules.overall import (
    Enough,
    Happened,
    Known,
    Measured,
    Neither,
    NotYet,
    Overall,
    Verdicts,
)
from callcoach.errors import PackError
from callcoach.script.model import Phrase, Speaker
from callcoach.script.patterns import patterns
from callcoach.script.rules import (
    Absent,
    Asking,
    Asks,
    At,
    AtLeast,
    Attribute,
    Condition,
    FactSaid,
    Link,
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
    Scope,
    Sequence,
    Side,
    Similar,
    Sound,
    Unit,
)
from callcoach.words.match import Pattern
from callcoach.words.regular import Regular
from callcoach.words.sound import SoundPattern

CHINESE = "zh"

Trigger = int | RuleId
"""A leaf, `NUMBERS`, `QUESTIONS`, or another rule."""
NUMBERS, QUESTIONS = -1, -2
"""Triggers where a number is said, and where something is asked."""
Needs = tuple[frozenset[Trigger], ...]
"""Of each set one must be hit before a condition can hold; without any it is asked always."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One rule, made ready."""

    rule: Rule
    node: Node | None
    """None for a rule of the scope `call`."""
    overall: Overall | None
    needs: Needs
    speaker: Speaker | None = None
    """Whose words alone can meet it; None: anybody's."""


class Maker:
    """Turns conditions into nodes and collects the phrases in them."""

    def __init__(self, rules: Mapping[RuleId, Rule]) -> None:
        self.rules = rules
        self.patterns: list[Pattern] = []
        self.sounds: list[SoundPattern] = []
        self.vetoes: list[Pattern] = []
        self.phrases: list[Phrase] = []
        """Everything that stands in the notation, to tell where it is wrong."""
        self.nameless: list[Ready] = []
        self.leaves = 0
        self.is_measured = False
        """Whether anything depends on measures of the call."""

    def make(self, rule: Rule) -> Ready:
        """Return a rule made ready; what it listens for is added to all the rest."""
        if rule.scope is Scope.CALL:
            return Ready(rule, None, self._overall(rule, rule.condition), ())
        condition, speaker = rule.condition, None
        if isinstance(condition, Narrowed):
            condition, speaker = replace(condition, speaker=None), condition.speaker
        made = self._node(condition)
        return Ready(rule, made.node, None, made.needs, speaker)

    def _overall(self, rule: Rule, condition: Condition) -> Overall:
        match condition:
            case AtLeast(count, parts):
                return Enough(count, tuple(self._overall(rule, part) for part in parts))
            case NoneOf(parts):
                return Neither(tuple(self._overall(rule, part) for part in parts))
            case Absent(part, by):
                return NotYet(self._overall(rule, part), by)
            case Metric(name, over, under):
                self.is_measured = True
                return Measured(name, over, under)
            case Attribute(name, values, is_negated):
                return Known(name, _folded(text.value for text in values), is_negated)
            case Refers(ids) if all(self._is_of_call(id) for id in ids):
                return Verdicts(ids)
            case Narrowed(least=least, most=most):
                window = condition.window
                lifted = self._lift(rule, replace(condition, least=1, most=None))
                return Happened(lifted, least, most, InWindow(window) if window else None)
            case _:
                return Happened(self._lift(rule, condition))

    def _is_of_call(self, id: RuleId) -> bool:
        return id in self.rules and self.rules[id].scope is Scope.CALL

    def _lift(self, rule: Rule, condition: Condition) -> RuleId:
        """Make a rule of its own of a condition for utterances; return its id."""
        id = RuleId(f"{rule.id}/{len(self.nameless)}")
        made = Rule(id, condition, rule.place, is_alone=True, since=rule.since, until=rule.until)
        self.nameless.append(self.make(made))
        return id

    def _node(self, condition: Condition) -> "_Made":
        match condition:
            case Phrases():
                return self._leaf(condition, ())
            case Regex(patterns, is_negated):
                found = tuple(Regular(pattern.value) for pattern in patterns)
                return _Made(Matching(found, is_negated))
            case NumberIn(least, most, unit):
                return _Made(Numbers(least, most, unit), (frozenset((NUMBERS,)),))
            case Similar(phrases, score):
                return _Made(Alike(tuple(phrase.text.value for phrase in phrases), score))
            case Asks(kind):
                is_open = {Asking.OPEN: True, Asking.CLOSED: False}.get(kind)
                return _Made(Asked(is_open), (frozenset((QUESTIONS,)),))
            case FactSaid(fact, in_part):
                return _Made(Value(fact, in_part))
            case Refers(rules):
                return _Made(Reference(rules), (frozenset(rules),))
            case AtLeast(count, parts):
                made = [self._node(part) for part in parts]
                needs = _all_of(made) if count == len(made) else _one_of(made)
                some = Some(count, ((it.node, _leaves_of(it.needs)) for it in made))
                return _Made(some, needs)
            case NoneOf(parts):
                return _Made(Nothing(tuple(self._node(part).node for part in parts)))
            case Near(parts, distance, is_ordered):
                made = [self._node(part) for part in parts]
                close = Close(tuple(it.node for it in made), distance, is_ordered)
                is_one = distance.unit is Unit.WORDS
                return _Made(close, _all_of(made) if is_one else _one_of(made))
            case Sequence(links):
                return self._chain(links)
            case Attribute(name, values, is_negated):
                return _Made(Known(name, _folded(text.value for text in values), is_negated))
            case Narrowed():
                return self._bounded(condition)
            case Metric() | Absent():
                raise PackError(
                    "a condition on the whole call stands in a rule for single utterances",
                    "write “scope: call” in the rule",
                )
            case _:
                assert_never(condition)

    def _chain(self, links: tuple[Link, ...]) -> "_Made":
        made = [self._node(link.part) for link in links]
        chain = tuple(
            ChainLink(it.node, link.within, link.is_absent, _leaves_of(it.needs))
            for it, link in zip(made, links, strict=True)
        )
        said = [it for it, link in zip(made, links, strict=True) if not link.is_absent]
        return _Made(Chained(chain), said[-1].needs if said else ())

    def _bounded(self, condition: Narrowed) -> "_Made":
        bounds: list[Bound] = [Anchored(anchor) for anchor in condition.anchors]
        if condition.window is not None and condition.window.side is not Side.PAST:
            bounds.append(InWindow(condition.window))
        unless = condition.unless
        part = condition.part
        if isinstance(part, Phrases) and all(map(_is_plain, unless)):
            made = self._leaf(part, tuple(it for it in unless if isinstance(it, Phrases)))
            unless = ()
        else:
            made = self._node(part)
        if isinstance(made.node, Leaf) and not unless and condition == _unbound(condition):
            return made
        node = Bounded(
            made.node,
            condition.speaker,
            frozenset(condition.steps),
            tuple(bounds),
            tuple(self._node(veto).node for veto in unless),
            condition.least,
            condition.most,
        )
        return _Made(node, made.needs)

    def _leaf(self, phrases: Phrases, vetoes: tuple[Phrases, ...]) -> "_Made":
        number = self.leaves
        self.leaves += 1
        key = str(number)
        unless = [phrase for veto in vetoes for phrase in veto.phrases]
        self.phrases += [*phrases.phrases, *unless]
        self.patterns += patterns(key, phrases.phrases, unless)
        if phrases.sound is not Sound.EXACT:
            self.vetoes += patterns(key, unless)
            for veto, group in ((False, phrases.phrases), (True, tuple(unless))):
                self.sounds += [
                    SoundPattern(key, phrase.text.value, veto=veto)
                    for phrase in group
                    if phrases.sound is Sound.LOOSE or phrase.language == CHINESE
                ]
        return _Made(Leaf(number, phrases.at, phrases.may_be_negated), (frozenset((number,)),))


@dataclass(frozen=True, slots=True)
class _Made:
    """A node, and what has to be hit for it to hold."""

    node: Node
    needs: Needs = ()


def trigger_of(needs: Needs) -> frozenset[Trigger]:
    """Return the one that is met by the fewest; empty where there is none."""
    return min(needs, key=len, default=frozenset())


def _leaves_of(needs: Needs) -> frozenset[int] | None:
    """Return leaves of which one must be hit; None where others may stand in for them."""
    for need in sorted(needs, key=len):
        leaves = frozenset(it for it in need if isinstance(it, int) and it >= 0)
        if len(leaves) == len(need):
            return leaves
    return None


def _all_of(made: Iterable[_Made]) -> Needs:
    """Return what has to be hit for all of several to hold."""
    return tuple(need for it in made for need in it.needs)


def _one_of(made: Iterable[_Made]) -> Needs:
    """Return what has to be hit for one of several to hold."""
    triggers = [trigger_of(it.needs) for it in made]
    return (frozenset[Trigger]().union(*triggers),) if all(triggers) else ()


def _unbound(condition: Narrowed) -> Narrowed:
    """Return the condition as it would be if every hit counted."""
    return Narrowed(condition.part, unless=condition.unless)


def _is_plain(condition: Condition) -> bool:
    return (
        isinstance(condition, Phrases) and condition.at is At.ANYWHERE and condition.may_be_negated
    )


def _folded(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)
