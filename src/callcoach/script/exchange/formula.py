"""Takes a rule apart into claims about single things, joined by all, any and not, for its way out.

Most systems know only that much. References are resolved, bounds of speaker and window are moved
to the tests they bound, and negations to the tests they negate. What has no such form is noted in
the rule's account.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, islice
from typing import TypeVar

from callcoach.errors import Told
from callcoach.script.exchange.report import Account
from callcoach.script.model import Speaker
from callcoach.script.rules import (
    Absent,
    Asks,
    At,
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
    Scope,
    Side,
    Similar,
    Sound,
    Unit,
    Window,
)
from callcoach.script.rules import (
    Sequence as InSequence,
)
from callcoach.script.walk import walk

MAX_CHOICES = 40
"""“Three of ten” has 120 ways; so many are not written out."""
MAX_CLAIMS = 3000
"""Of one rule; a few rules that refer to one another can stand for any number of them."""

_Part = TypeVar("_Part")

Leaf = Phrases | Regex | NumberIn | Similar | Asks | FactSaid | Near | Metric | Attribute


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said, done or known; or, negated, is not."""

    part: Leaf
    speaker: Speaker | None = None
    window: Window | None = None
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these holds."""

    parts: tuple["Formula", ...]


Formula = Claim | Every | Some
_Read = Callable[[], Formula | None]


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What bounds the tests within."""

    scope: Scope
    """That of the rule they stand in."""
    speaker: Speaker | None = None
    window: Window | None = None
    is_negated: bool = False
    path: tuple[RuleId, ...] = ()
    """The rules that led here."""


class Analyst:
    """Takes rules apart for a system that judges calls, or utterances, as a whole."""

    def __init__(self, rules: Mapping[RuleId, Rule], judges: Scope, account: Account) -> None:
        self.rules = rules
        self.judges = judges
        self.account = account
        self.where = ""
        self.visited = 0

    def analyse(self, rule: Rule) -> Formula | None:
        """Return the formula of a rule; None, and noted, where it has none."""
        self.where = rule.id
        if rule.since is not None or rule.until is not None:
            self._approximate("since/until", Told("it would hold on every day"))
        found = self._read(rule.condition, _Bounds(rule.scope, path=(rule.id,)))
        return found if self.account.is_whole else None

    def _approximate(self, what: str, how: Told) -> None:
        self.account.approximate(self.where, what, how)

    def _leave(self, what: str, why: Told | None = None) -> None:
        self.account.leave(self.where, what, why or Told("that system has nothing like it"))

    def _read(self, condition: Condition, bounds: _Bounds) -> Formula | None:
        self.visited += 1
        if self.visited > MAX_CLAIMS:
            self._leave("rule", Told("it stands for too many conditions"))
            return None
        match condition:
            case Narrowed():
                return self._narrowed(condition, bounds)
            case Refers(rules=rules):
                return self._any([partial(self._referred, id, bounds) for id in rules], bounds)
            case AtLeast(count=count, parts=parts):
                self._check_scope("any" if count == 1 else "all", count > 1, bounds)
                if count == 1:
                    return self._any([partial(self._read, it, bounds) for it in parts], bounds)
                parts = self._without_exceptions(count, parts, bounds)
                found = [self._read(part, bounds) for part in parts]
                return self._several(found, min(count, len(parts)), bounds)
            case NoneOf(parts=parts):
                self._check_scope("none", True, bounds)
                inner = replace(bounds, is_negated=not bounds.is_negated)
                return self._several([self._read(part, inner) for part in parts], 1, inner)
            case Absent(part=part, by=by):
                return self._absent(part, by, bounds)
            case InSequence():
                self._leave("sequence")
                return None
            case _:
                self._check_leaf(condition)
                return Claim(condition, bounds.speaker, bounds.window, bounds.is_negated)

    def _without_exceptions(
        self, count: int, parts: tuple[Condition, ...], bounds: _Bounds
    ) -> tuple[Condition, ...]:
        """Return what all has to hold without what must not be in the same utterance.

        For a system that judges calls that is what `unless` is, and is handled alike.
        """
        kept = tuple(part for part in parts if not isinstance(part, NoneOf))
        is_of_calls = self.judges is Scope.CALL and bounds.scope is Scope.UTTERANCE
        is_all = count == len(parts) and len(kept) not in (0, count)
        if bounds.is_negated or not (is_of_calls and is_all):
            return parts
        self._approximate("none", Told("without its exceptions"))
        return kept

    def _any(self, reads: Sequence[_Read], bounds: _Bounds) -> Formula | None:
        """Return “one of these”; of several that are asked for those that have a form at all.

        Under a negation all of them are needed.
        """
        if bounds.is_negated or len(reads) < 2:
            return self._several([read() for read in reads], 1, bounds)
        tried: list[Formula | None] = []

        def is_read(read: _Read) -> bool:
            tried.append(read())
            return tried[-1] is not None

        kept = self.account.whole([partial(is_read, read) for read in reads], self.where)
        found = [part for at in kept if (part := tried[at]) is not None]
        return _some(found) if found else None

    def _several(
        self, found: Sequence[Formula | None], count: int, bounds: _Bounds
    ) -> Formula | None:
        """Return “so many of these”, as all and any; under a negation, what that comes to."""
        parts = [part for part in found if part is not None]
        if len(parts) < len(found) or not parts:
            return None
        if bounds.is_negated:  # not so many of n: one more than the rest fail
            count = len(parts) - count + 1
        if count <= 1:
            return _some(parts)
        if count >= len(parts):
            return _every(parts)
        found_ways = ways(parts, count)
        size = sum(map(_size, parts)) * len(found_ways)
        if len(found_ways) > MAX_CHOICES or size > MAX_CLAIMS:
            self._leave("at_least", Told("it has too many ways to be met"))
            return None
        return _some([_every(way) for way in found_ways])

    def _check_scope(self, what: str, matters: bool, bounds: _Bounds) -> None:
        """Note where all, or none, of something is asked of an utterance and not of a call."""
        if not matters or bounds.scope is self.judges:
            return
        if self.judges is Scope.CALL:
            if what == "none" or bounds.is_negated:
                self._leave(what, Told("it is about one utterance; that system judges calls"))
            else:
                self._approximate(what, Told("anywhere in the call, not in one utterance"))
        else:
            self._leave(what, Told("it is about the call; that system judges utterances"))

    def _referred(self, id: RuleId, bounds: _Bounds) -> Formula | None:
        rule = self.rules.get(id)
        if rule is None or id in bounds.path:
            self._leave("rule", Told("{id} cannot be resolved", id=id))
            return None
        inner = replace(bounds, scope=rule.scope, path=(*bounds.path, id))
        return self._read(rule.condition, inner)

    def _absent(self, part: Condition, by: float | None, bounds: _Bounds) -> Formula | None:
        self._check_scope("absent", True, bounds)
        inner = replace(bounds, is_negated=not bounds.is_negated)
        if by is not None:
            if bounds.window is not None:
                self._leave("by")
                return None
            self._approximate("by", Told("what is just being said then counts as said in time"))
            inner = replace(inner, window=Window(Side.FIRST, Unit.SECONDS, 0.0, by))
            if any(isinstance(it, NoneOf | Absent | Metric | Attribute) for it in self._all(part)):
                self._leave("by", Told("of what is itself about the whole call"))
                return None
        return self._read(part, inner)

    def _all(self, condition: Condition) -> Iterator[Condition]:
        """Yield a condition, everything in it, and in the rules that it refers to."""
        seen: set[RuleId] = set()
        waiting = [condition]
        while waiting:
            for part in walk(waiting.pop()):
                yield part
                if isinstance(part, Refers):
                    fresh = [id for id in part.rules if id in self.rules and id not in seen]
                    seen.update(fresh)
                    waiting += [self.rules[id].condition for id in fresh]

    def _narrowed(self, condition: Narrowed, bounds: _Bounds) -> Formula | None:
        if condition.anchors:
            self._leave(condition.anchors[0].order.value)
        if condition.steps:
            self._leave("step")
        if condition.least != 1 or condition.most is not None:
            self._leave("times")
        if condition.unless:
            if bounds.is_negated:
                self._leave("unless")
            else:
                self._approximate("unless", Told("without its exceptions"))
        if isinstance(condition.part, NoneOf | Absent) and self.judges is Scope.CALL:
            self._leave("not", Told("its bounds belong inside of it"))
        speaker, window = bounds.speaker, bounds.window
        if condition.speaker is not None:
            if speaker not in (None, condition.speaker):
                self._leave("speaker", Told("two speakers at once"))
            if bounds.is_negated and self.judges is Scope.UTTERANCE:
                self._leave("speaker", Told("others may say it; that system judges one role"))
            speaker = condition.speaker
        if condition.window is not None:
            if window not in (None, condition.window):
                self._leave("window", Told("two windows at once"))
            window = condition.window
        return self._read(condition.part, replace(bounds, speaker=speaker, window=window))

    def _check_leaf(self, leaf: Condition) -> None:
        """Note what a leaf asks for that no other system does."""
        if isinstance(leaf, Near):
            for part in leaf.parts:
                self._check_leaf(part)
        if not isinstance(leaf, Phrases):
            return
        if leaf.at is not At.ANYWHERE:
            self._approximate("at", Told("anywhere in an utterance"))
        if leaf.sound is not Sound.EXACT:
            self._approximate("sound", Told("only as it is written"))
        if not leaf.may_be_negated:
            self._approximate("negated", Told("also where it is negated"))


def ways(parts: Sequence[_Part], count: int) -> list[tuple[_Part, ...]]:
    """Return the ways in which so many parts can hold; at most one more than are allowed."""
    return list(islice(combinations(parts, count), MAX_CHOICES + 1))


def _size(formula: Formula) -> int:
    return 1 if isinstance(formula, Claim) else sum(map(_size, formula.parts))


def _some(parts: Sequence[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def _every(parts: Sequence[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else Every(tuple(parts))
