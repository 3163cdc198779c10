"""Turns conditions into nodes, and collects the phrases in them for one automaton."""

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as SequenceOf
from dataclasses import dataclass, replace
from typing import assert_never

from callcoach.call.rules.bounds import Anchored, InWindow
from callcoach.call.rules.leaves import Alike, Asked, Leaf, Matching, Numbers, Standing, Value
from callcoach.call.rules.nodes import (
    All,
    Bound,
    Bounded,
    Kept,
    Node,
    Nothing,
    Parts,
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
from callcoach.call.rules.rows import Chained, ChainLink, Close
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
    chances: int
    """Those without all of which it cannot hold, a bit for each."""
    speaker: Speaker | None = None
    """Whose words alone can meet it; None: anybody's."""
    can_wait: bool = True
    """Whether, while it is open, only what it is open by can decide it."""


class Maker:
    """Turns conditions into nodes and collects the phrases in them."""

    def __init__(
        self, rules: Mapping[RuleId, Rule], judged: frozenset[RuleId] = frozenset()
    ) -> None:
        self.rules = rules
        self._judged = judged
        self.patterns: list[Pattern] = []
        self.sounds: list[SoundPattern] = []
        self.vetoes: list[Pattern] = []
        self.phrases: list[Phrase] = []
        """Everything that stands in the notation, to tell where it is wrong."""
        self.nameless: list[Ready] = []
        self.chances: list[frozenset[Trigger]] = []
        """For each chance that something holds: what gives it; empty where there always is one.

        What has no chance in an utterance is not asked. Sets of chances have a bit for each.
        """
        self.leaves = 0
        self._of_words: dict[RuleId, bool] = {}
        """Whether a rule depends on nothing but the words, as far as anybody has asked."""
        self.is_measured = False
        """Whether anything depends on measures of the call."""

    def make(self, rule: Rule) -> Ready:
        """Return a rule made ready; what it listens for is added to all the rest."""
        if rule.scope is Scope.CALL:
            return Ready(rule, None, self._overall(rule, rule.condition), (), 0)
        made = self._node(_of_anybody(rule.condition))
        speaker = rule.condition.speaker if isinstance(rule.condition, Narrowed) else None
        chances = (1 << len(made.needs)) - 1 << self._number(made.needs)
        can_wait = self._can_wait(rule.condition)
        return Ready(rule, made.node, None, made.needs, chances, speaker, can_wait)

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
        made = self._made(condition)
        is_worth_it = not isinstance(made.node, Leaf | Reference | Kept)
        if is_worth_it and self._is_of_words(condition):
            return replace(made, node=Kept(made.node))
        return made

    def _is_of_words(self, condition: Condition) -> bool:
        """Tell whether a condition depends on nothing but the words of an utterance."""
        match condition:
            case Phrases() | Regex() | NumberIn() | Similar() | Asks():
                return True
            case AtLeast(_, parts) | NoneOf(parts):
                return all(map(self._is_of_words, parts))
            case Near(parts, distance):
                return distance.unit is Unit.WORDS and all(map(self._is_of_words, parts))
            case Narrowed(part, least=1, unless=unless) if not _is_bound(condition):
                return all(map(self._is_of_words, (part, *unless)))
            case Refers(rules):
                return all(map(self._is_rule_of_words, rules))
            case _:
                return False

    def _can_wait(self, condition: Condition) -> bool:
        """Tell whether every part of a condition tells where it is open.

        Words that stand near others or follow them do not: they hold once the others are known.
        """
        match condition:
            case Near() | Sequence():
                return self._is_of_words(condition)
            case AtLeast(_, parts) | NoneOf(parts):
                return all(map(self._can_wait, parts))
            case Narrowed(part, unless=unless):
                return all(map(self._can_wait, (part, *unless)))
            case _:
                return True

    def _is_rule_of_words(self, id: RuleId) -> bool:
        """Tell the same of a rule; not of one that refers to itself."""
        known = self._of_words.get(id)
        if known is None:
            self._of_words[id] = False
            rule = self.rules.get(id)
            is_settled = id not in self._judged
            if rule is not None and rule.scope is not Scope.CALL and is_settled:
                self._of_words[id] = self._is_of_words(_of_anybody(rule.condition))
            known = self._of_words[id]
        return known

    def _made(self, condition: Condition) -> "_Made":
        match condition:
            case Phrases():
                return self._leaf(condition, ())
            case Regex(patterns, is_negated):
                found = tuple(Regular(pattern.value) for pattern in patterns)
                return _Made(Matching(found, is_negated))
            case NumberIn(least, most, unit):
                return _Made(Numbers(least, most, unit), (frozenset((NUMBERS,)),))
            case Similar(phrases, score):
                alike = Alike(tuple(phrase.text.value for phrase in phrases), score)
                return _Made(alike)
            case Asks(kind):
                is_open = {Asking.OPEN: True, Asking.CLOSED: False}.get(kind)
                return _Made(Asked(is_open), (frozenset((QUESTIONS,)),))
            case FactSaid(fact, in_part):
                return _Made(Value(fact, in_part))
            case Refers(rules):
                return _Made(Reference(rules), (frozenset(rules),))
            case AtLeast(count, parts) if count == len(parts):
                return self._all(parts)
            case AtLeast(count, parts):
                made = [self._node(part) for part in parts]
                some = Some(count, self._parts(made))
                return _Made(some, _one_of(made), _may_wait(made))
            case NoneOf(parts):
                made = [self._node(part) for part in parts]
                return _Made(Nothing(self._parts(made)), (), _may_wait(made))
            case Near(parts, distance, is_ordered):
                made = [self._node(part) for part in parts]
                is_one = distance.unit is Unit.WORDS
                close = Close(tuple(it.node for it in made), distance, is_ordered)
                needs = _all_of(made) if is_one else _one_of(made)
                return _Made(close, needs, _may_wait(made))
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

    def _all(self, conditions: tuple[Condition, ...]) -> "_Made":
        parts: list[_Made] = []
        vetoes: list[_Made] = []
        for condition in conditions:
            if isinstance(condition, NoneOf):
                vetoes += [self._node(part) for part in condition.parts]
            else:
                parts.append(self._node(condition))
        node = All(self._parts(parts), self._parts(vetoes))
        return _Made(node, _all_of(parts), _may_wait([*parts, *vetoes]))

    def _parts(self, made: SequenceOf["_Made"]) -> Parts:
        first = self._number(trigger_of(it.needs) for it in made)
        return Parts([it.node for it in made], first)

    def _number(self, chances: Iterable[frozenset[Trigger]]) -> int:
        """Take note of chances, and return the number of the first of them."""
        first = len(self.chances)
        self.chances += chances
        return first

    def _chain(self, links: tuple[Link, ...]) -> "_Made":
        made = [self._node(link.part) for link in links]
        first = self._number(trigger_of(it.needs) for it in made)
        chain = tuple(
            ChainLink(it.node, link.within, link.is_absent, first + at)
            for at, (it, link) in enumerate(zip(made, links, strict=True))
        )
        said = [it for it, link in zip(made, links, strict=True) if not link.is_absent]
        return _Made(Chained(chain), said[-1].needs if said else (), may_wait=True)

    def _bounded(self, condition: Narrowed) -> "_Made":
        anchors = [Anchored(anchor) for anchor in condition.anchors]
        bounds: list[Bound] = [*anchors]
        may_wait = any(anchor.may_wait for anchor in anchors)
        if condition.window is not None and condition.window.side is not Side.PAST:
            bounds.append(InWindow(condition.window))
            may_wait |= bounds[-1].is_of_end
        unless = condition.unless
        part = condition.part
        if isinstance(part, Phrases) and all(_is_plain(veto, part.sound) for veto in unless):
            made = self._leaf(part, tuple(it for it in unless if isinstance(it, Phrases)))
            unless = ()
        else:
            made = self._node(part)
        if (
            isinstance(made.node, Leaf | Standing | Reference)
            and not unless
            and condition == _unbound(condition)
        ):
            return made
        vetoes = [self._node(veto) for veto in unless]
        node = Bounded(
            made.node,
            made.may_wait,
            condition.speaker,
            frozenset(condition.steps),
            tuple(bounds),
            self._parts(vetoes),
            condition.least,
            condition.most,
        )
        return _Made(node, made.needs, may_wait or _may_wait([made, *vetoes]))

    def _leaf(self, phrases: Phrases, vetoes: tuple[Phrases, ...]) -> "_Made":
        number = self.leaves
        self.leaves += 1
        key = str(number)
        unless = [phrase for veto in vetoes for phrase in veto.phrases]
        self.phrases += [*phrases.phrases, *unless]
        self.patterns += patterns(key, phrases.phrases, unless)
        if phrases.sound is not Sound.EXACT:
            is_brief = phrases.at is not At.ANYWHERE
            self.vetoes += patterns(key, unless)
            for veto, group in ((False, phrases.phrases), (True, tuple(unless))):
                self.sounds += [
                    SoundPattern(key, phrase.text.value, veto=veto, is_brief=is_brief)
                    for phrase in group
                    if phrases.sound is Sound.LOOSE or phrase.language == CHINESE
                ]
        node: Node = Leaf(number)
        if phrases.at is not At.ANYWHERE or not phrases.may_be_negated:
            node = Standing(number, phrases.at, phrases.margin, phrases.may_be_negated)
        return _Made(node, (frozenset((number,)),))


@dataclass(frozen=True, slots=True)
class _Made:
    """A node, and what has to be hit for it to hold."""

    node: Node
    needs: Needs = ()
    may_wait: bool = False
    """Whether it may depend on what is still to come, and not by its rules alone."""


def trigger_of(needs: Needs) -> frozenset[Trigger]:
    """Return the one that is met by the fewest; empty where there is none."""
    return min(needs, key=len, default=frozenset())


def _may_wait(made: Iterable[_Made]) -> bool:
    """Tell whether one of several may depend on what is still to come."""
    return any(it.may_wait for it in made)


def _all_of(made: Iterable[_Made]) -> Needs:
    """Return what has to be hit for all of several to hold."""
    return tuple(need for it in made for need in it.needs)


def _one_of(made: Iterable[_Made]) -> Needs:
    """Return what has to be hit for one of several to hold."""
    triggers = [trigger_of(it.needs) for it in made]
    return (frozenset[Trigger]().union(*triggers),) if all(triggers) else ()


def _of_anybody(condition: Condition) -> Condition:
    """Return a condition whoever speaks; one that narrows nothing else is its part."""
    if not isinstance(condition, Narrowed):
        return condition
    free = replace(condition, speaker=None)
    return free.part if free == Narrowed(free.part) else free


def _unbound(condition: Narrowed) -> Narrowed:
    """Return the condition as it would be if every hit counted."""
    return Narrowed(condition.part, unless=condition.unless)


def _is_bound(condition: Narrowed) -> bool:
    """Tell whether it depends on more than the words which hits of its part count."""
    return bool(condition.anchors or condition.window or condition.speaker or condition.steps)


def _is_plain(condition: Condition, sound: Sound) -> bool:
    """Tell whether they are phrases anywhere, heard no more freely than those they take back."""
    return (
        isinstance(condition, Phrases)
        and condition.at is At.ANYWHERE
        and condition.may_be_negated
        and condition.sound in (Sound.EXACT, sound)
    )


def _folded(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


def is_nameless(id: RuleId) -> bool:
    """Tell whether a rule is a part of another one, made by the compiler."""
    return "/" in id
