"""Makes the rules of a script ready: one automaton for all phrases, one order to judge in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import assert_never

from callcoach.call.rules.bounds import Anchored, InWindow
from callcoach.call.rules.leaves import Alike, Asked, Leaf, Matching, Numbers
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
from callcoach.script.model import Phrase, StepId
from callcoach.script.rules import (
    Absent,
    Asking,
    Asks,
    At,
    AtLeast,
    Attribute,
    Condition,
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
)
from callcoach.script.walk import references
from callcoach.words.match import Matcher, Pattern, Store
from callcoach.words.phrase import PhraseError, sequences
from callcoach.words.regular import Regular
from callcoach.words.sound import SoundMatcher, SoundPattern

CHINESE = "zh"

Trigger = int | RuleId
"""A leaf, or another rule."""
Triggers = frozenset[Trigger] | None
"""What of which one must be hit before a condition can hold; None: it has to be asked always."""


@dataclass(frozen=True, slots=True)
class Ready:
    """One rule, made ready."""

    rule: Rule
    node: Node | None
    """None for a rule of the scope `call`."""
    overall: Overall | None
    triggers: Triggers


class Ruleset:
    """All the rules of a script, compiled; immutable, free to share between calls."""

    def __init__(
        self,
        rules: Mapping[RuleId, Rule],
        lineages: Mapping[StepId, Iterable[StepId]] | None = None,
        store: Store | None = None,
    ) -> None:
        """Compile `rules`; raises `PackError` where they refer to one another in a circle.

        `store` keeps the compiled phrases for the next time.
        """
        maker = _Maker(rules)
        made = {id: maker.make(rule) for id, rule in rules.items()}
        made |= {ready.rule.id: ready for ready in maker.nameless}
        self.ordered = tuple(made[id] for id in _order({id: it.rule for id, it in made.items()}))
        """In such an order that a rule comes after those that it refers to."""
        self.matcher = matcher_of(maker.patterns, maker.phrases, store)
        self._sounds, self._vetoes = tuple(maker.sounds), tuple(maker.vetoes)
        self.lineages = {id: frozenset(line) for id, line in (lineages or {}).items()}
        """Each step and those that it uses."""

        self._whole = _in_force(self.ordered)
        self._is_dated = any(it.rule.since or it.rule.until for it in self.ordered)

    @cached_property
    def sounds(self) -> SoundMatcher | None:
        """Return what finds phrases by their sound; None where no rule wants it.

        It is made when a voice is listened to: it takes longer than all the rest.
        """
        return _sounds_of(self._sounds, self._vetoes) if self._sounds else None

    def on(self, day: date | None) -> "InForce":
        """Return the rules that are in force on a day; None: all of them."""
        if day is None or not self._is_dated:
            return self._whole
        return _in_force(
            ready
            for ready in self.ordered
            if (ready.rule.since is None or ready.rule.since <= day)
            and (ready.rule.until is None or day <= ready.rule.until)
        )


def matcher_of(
    patterns: Iterable[Pattern], phrases: Iterable[Phrase], store: Store | None
) -> Matcher:
    """Return a matcher for patterns; a large pack takes seconds the first time.

    Raises `PackError` for one that cannot be read, with the place of the phrase that it is from.
    """
    try:
        return _matcher_of(tuple(patterns), _Anywhere(store))
    except PhraseError as error:
        raise _at_fault(phrases, error) from error


def _at_fault(phrases: Iterable[Phrase], error: PhraseError) -> PackError:
    """Return what is wrong with the first phrase that cannot be read, with its place."""
    for phrase in phrases:
        try:
            sequences(phrase.text.value)
        except PhraseError as found:
            place, what = phrase.text.place, found.message
            return PackError("{place}: {problem}", found.hint, place=place, problem=what)
    return PackError("{problem}", error.hint, problem=error.message)


class _Anywhere:
    """A store, all alike: which one keeps the compiled phrases changes nothing that is found."""

    __slots__ = ("store",)

    def __init__(self, store: Store | None) -> None:
        self.store = store

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Anywhere)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _matcher_of(patterns: tuple[Pattern, ...], kept: _Anywhere) -> Matcher:
    return Matcher(patterns, store=kept.store)


@lru_cache(maxsize=4)
def _sounds_of(patterns: tuple[SoundPattern, ...], vetoes: tuple[Pattern, ...]) -> SoundMatcher:
    return SoundMatcher(patterns, vetoes)


@dataclass(frozen=True, slots=True)
class InForce:
    """Rules in order, and which of them to ask for an utterance."""

    rules: tuple[Ready, ...]
    always: tuple[int, ...]
    """The places of those that are asked for every utterance."""
    by_trigger: Mapping[Trigger, tuple[int, ...]]
    """The places of those that are asked where a leaf or a rule was hit."""


def _in_force(rules: Iterable[Ready]) -> InForce:
    ordered = tuple(rules)
    always: list[int] = []
    by_trigger: dict[Trigger, list[int]] = {}
    for place, ready in enumerate(ordered):
        if ready.triggers is None:
            always.append(place)
        for trigger in ready.triggers or ():
            by_trigger.setdefault(trigger, []).append(place)
    return InForce(
        ordered, tuple(always), {key: tuple(places) for key, places in by_trigger.items()}
    )


class _Maker:
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

    def make(self, rule: Rule) -> Ready:
        if rule.scope is Scope.CALL:
            return Ready(rule, None, self._overall(rule, rule.condition), None)
        made = self._node(rule.condition)
        return Ready(rule, made.node, None, made.triggers)

    def _overall(self, rule: Rule, condition: Condition) -> Overall:
        match condition:
            case AtLeast(count, parts):
                return Enough(count, tuple(self._overall(rule, part) for part in parts))
            case NoneOf(parts):
                return Neither(tuple(self._overall(rule, part) for part in parts))
            case Absent(part, by):
                return NotYet(self._overall(rule, part), by)
            case Metric(name, over, under):
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
                return _Made(Numbers(least, most, unit))
            case Similar(phrases, score):
                return _Made(Alike(tuple(phrase.text.value for phrase in phrases), score))
            case Asks(kind):
                return _Made(Asked({Asking.OPEN: True, Asking.CLOSED: False}.get(kind)))
            case Refers(rules):
                return _Made(Reference(rules), frozenset(rules))
            case AtLeast(count, parts):
                made = [self._node(part) for part in parts]
                triggers = _fewest(made) if count == len(made) else _union(made)
                leaves = tuple(_leaves_of(it.triggers) for it in made)
                return _Made(Some(count, tuple(it.node for it in made), leaves), triggers)
            case NoneOf(parts):
                return _Made(Nothing(tuple(self._node(part).node for part in parts)))
            case Near(parts, distance, is_ordered):
                made = [self._node(part) for part in parts]
                close = Close(tuple(it.node for it in made), distance, is_ordered)
                return _Made(close, _union(made))
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
            ChainLink(it.node, link.within, link.is_absent)
            for it, link in zip(made, links, strict=True)
        )
        said = [it for it, link in zip(made, links, strict=True) if not link.is_absent]
        return _Made(Chained(chain), said[-1].triggers if said else None)

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
        node = Bounded(
            made.node,
            condition.speaker,
            frozenset(condition.steps),
            tuple(bounds),
            tuple(self._node(veto).node for veto in unless),
            condition.least,
            condition.most,
        )
        return _Made(node, made.triggers)

    def _leaf(self, phrases: Phrases, vetoes: tuple[Phrases, ...]) -> "_Made":
        number = self.leaves
        self.leaves += 1
        key = str(number)
        unless = [phrase for veto in vetoes for phrase in veto.phrases]
        self.phrases += [*phrases.phrases, *unless]
        self.patterns += [Pattern(key, phrase.text.value) for phrase in phrases.phrases]
        self.patterns += [Pattern(key, phrase.text.value, veto=True) for phrase in unless]
        if phrases.sound is not Sound.EXACT:
            self.vetoes += [Pattern(key, phrase.text.value) for phrase in unless]
            for veto, group in ((False, phrases.phrases), (True, tuple(unless))):
                self.sounds += [
                    SoundPattern(key, phrase.text.value, veto=veto)
                    for phrase in group
                    if phrases.sound is Sound.LOOSE or phrase.language == CHINESE
                ]
        return _Made(Leaf(number, phrases.at, phrases.may_be_negated), frozenset((number,)))


@dataclass(frozen=True, slots=True)
class _Made:
    """A node, and what has to be hit for it to hold."""

    node: Node
    triggers: Triggers = None


def _leaves_of(triggers: Triggers) -> frozenset[int] | None:
    """Return the leaves of which one must be hit; None where rules may stand in for them."""
    leaves = frozenset(it for it in triggers or () if isinstance(it, int))
    return leaves if triggers is not None and len(leaves) == len(triggers) else None


def _union(made: Iterable[_Made]) -> Triggers:
    """Return what has to be hit for one of several to hold."""
    found: frozenset[Trigger] = frozenset()
    for it in made:
        if it.triggers is None:
            return None
        found |= it.triggers
    return found


def _fewest(made: Iterable[_Made]) -> Triggers:
    """Return what has to be hit for all of several to hold: what one of them needs."""
    return min((it.triggers for it in made if it.triggers is not None), key=len, default=None)


def _is_plain(condition: Condition) -> bool:
    return (
        isinstance(condition, Phrases) and condition.at is At.ANYWHERE and condition.may_be_negated
    )


def _folded(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


def _order(rules: Mapping[RuleId, Rule]) -> tuple[RuleId, ...]:
    """Return the ids so that a rule comes after those that it refers to."""
    sorter: TopologicalSorter[RuleId] = TopologicalSorter()
    for id, rule in rules.items():
        known = [other for other in references(rule.condition) if other in rules]
        lifted = [other for other in rules if other.startswith(f"{id}/")] if "/" not in id else []
        sorter.add(id, *known, *lifted)
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        raise PackError(
            "rules refer to one another in a circle: {path}",
            "let one of them stand on its own",
            path=" → ".join(error.args[1]),
        ) from None
