"""Conditions of the scope `call`: what happened at all, how often, and what did not.

An answer that is not `OPEN` is final.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from callcoach.call.rules.bounds import InWindow
from callcoach.call.rules.talk import FALSE, NO, OPEN, TRUE, UNKNOWN, YES, Found, Talk, Verdict
from callcoach.script.rules import RuleId

_MAX_EVIDENCE = 20
"""Hits that a verdict on a call points at."""

UNSAID = Verdict(TRUE, unsaid_until=inf)
"""It holds by what was not said until now."""
_COUNTED = ("utterances", "talk_time", "questions", "turns")
"""What the names of measures end with that are too low where not all was heard."""


class Overall(Protocol):
    """A condition of the scope `call`."""

    def judge(self, talk: Talk) -> Verdict:
        """Return what is known now, and what it rests on."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A condition of single utterances was met so often."""

    rule: RuleId
    """Its hits; the rule may be one without a name."""
    least: int = 1
    most: int | None = None
    window: InWindow | None = None
    """Outside of which it cannot be met."""

    def judge(self, talk: Talk) -> Verdict:
        """Return its hits where there are enough, and not too many."""
        found = talk.found.get(self.rule, ())
        is_known = talk.is_over or (
            self.window is not None and self.window.is_over(talk) and not talk.open.get(self.rule)
        )
        if self.most is not None and len(found) > self.most:
            return NO
        if len(found) >= self.least and (self.most is None or is_known):
            sure = [hit for hit in found if talk.is_sure(hit)]
            told = sure if len(sure) >= self.least else found
            unsaid_until = None if self.most is None else inf
            return Verdict(TRUE, tuple(told[:_MAX_EVIDENCE]), unsaid_until)
        return NO if is_known else OPEN


@dataclass(frozen=True, slots=True)
class NotYet:
    """Something did not happen, in the whole call or until some time.

    Words count from when they are over: before that nobody can know them.
    """

    part: Overall
    by: float | None

    def judge(self, talk: Talk) -> Verdict:
        """Return that it holds once it cannot happen in time any more."""
        verdict = self.part.judge(talk)
        unsaid = UNSAID if self.by is None else Verdict(TRUE, unsaid_until=self.by)
        if verdict.truth is TRUE:
            in_time = self._in_time(talk, verdict.found)
            return NO if in_time else unsaid
        if verdict.truth is FALSE or talk.is_over:
            return unsaid
        return unsaid if self.by is not None and talk.now > self.by else OPEN

    def _in_time(self, talk: Talk, found: Sequence[Found]) -> bool:
        if self.by is None or not found:
            return True
        return any(talk.said[hit.utterance].end <= self.by for hit in found)


@dataclass(frozen=True, slots=True)
class Enough:
    """At least so many of the parts hold."""

    count: int
    parts: tuple[Overall, ...]

    def judge(self, talk: Talk) -> Verdict:
        """Return what those that hold rest on."""
        verdicts = [part.judge(talk) for part in self.parts]
        held = [verdict for verdict in verdicts if verdict.truth is TRUE]
        if len(held) >= self.count:
            found = [hit for verdict in held for hit in verdict.found]
            found.sort(key=lambda hit: hit.place)
            unsaid = [it.unsaid_until for it in held if it.unsaid_until is not None]
            until = max(unsaid, default=None)
            return Verdict(TRUE, tuple(dict.fromkeys(found))[:_MAX_EVIDENCE], until)
        maybe = sum(verdict.truth is UNKNOWN for verdict in verdicts)
        return OPEN if len(held) + maybe >= self.count else NO


@dataclass(frozen=True, slots=True)
class Neither:
    """None of the parts holds."""

    parts: tuple[Overall, ...]

    def judge(self, talk: Talk) -> Verdict:
        """Return that it holds once none of them can hold any more."""
        truth = max((part.judge(talk).truth for part in self.parts), default=FALSE)
        if truth is TRUE:
            return NO
        if truth is UNKNOWN and not talk.is_over:
            return OPEN
        return YES if all(isinstance(part, Known) for part in self.parts) else UNSAID


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What other rules of the scope `call` came to; of several one is enough."""

    rules: tuple[RuleId, ...]

    def judge(self, talk: Talk) -> Verdict:
        """Return the verdict of the first that holds."""
        verdicts = [talk.calls.get(rule, OPEN) for rule in self.rules]
        return max(verdicts, key=lambda verdict: verdict.truth, default=NO)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of the call lies between bounds; it is known when the call is over."""

    name: str
    over: float | None
    under: float | None

    def judge(self, talk: Talk) -> Verdict:
        """Return whether it does; what could not be measured does not."""
        if talk.metrics is None:
            return NO if talk.is_over else OPEN
        value = talk.metrics.get(self.name)
        if value is None:
            return NO
        is_over = self.over is None or value > self.over
        is_under = self.under is None or value < self.under
        if not (is_over and is_under):
            return NO
        is_of_silence = self.under is not None and self.name.endswith(_COUNTED)
        return UNSAID if is_of_silence else YES


@dataclass(frozen=True, slots=True)
class Known:
    """Something that was known before the call has one of these values."""

    name: str
    values: frozenset[str]
    is_negated: bool

    def judge(self, talk: Talk) -> Verdict:
        """Return whether it has."""
        return YES if self.holds(talk) else NO

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the same for an utterance, all of whose words meet it."""
        return YES if self.holds(talk) else NO

    def holds(self, talk: Talk) -> bool:
        """Tell whether the value is one of these; upper and lower case are alike."""
        is_one = talk.attributes.get(self.name, "").casefold() in self.values
        return is_one is not self.is_negated
