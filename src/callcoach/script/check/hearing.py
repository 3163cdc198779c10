"""The phrases that alone make a cue heard: its own, and those of the rules that it names."""

from dataclasses import dataclass, field

from callcoach.script.model import Cue, Script
from callcoach.script.rules import (
    At,
    AtLeast,
    Condition,
    Narrowed,
    Phrases,
    Refers,
    RuleId,
    Scope,
)
from callcoach.script.terms import Phrase, Speaker


@dataclass(slots=True)
class Hearing:
    """What is known of how a cue is heard without judging a call."""

    phrases: list[Phrase]
    unless: list[Phrase]
    is_whole: bool = True
    """Nothing but these phrases decides; otherwise there are other ways to hear it as well."""
    _seen: set[RuleId] = field(default_factory=set)

    def add(self, script: Script, rules: tuple[RuleId, ...]) -> None:
        """Take over what rules hear."""
        for id in rules:
            rule = script.rules.get(id)
            if rule is None or id in self._seen:
                continue
            self._seen.add(id)
            if rule.scope is Scope.CALL or rule.since or rule.until:
                self.is_whole = False
            else:
                self._take(script, rule.condition)

    def _take(self, script: Script, condition: Condition) -> None:
        match condition:
            case Phrases(phrases=phrases, at=At.ANYWHERE, may_be_negated=True):
                self.phrases += phrases
            case AtLeast(count=1, parts=parts):
                for part in parts:
                    self._take(script, part)
            case Refers(rules=rules):
                self.add(script, rules)
            case Narrowed(part=part, speaker=None | Speaker.AGENT) if _only_takes_back(condition):
                self._take(script, part)
                for veto in condition.unless:
                    self.unless += veto.phrases if isinstance(veto, Phrases) else ()
            case _:
                self.is_whole = False


def _only_takes_back(condition: Narrowed) -> bool:
    """Tell whether a condition is narrowed by nothing but a speaker and phrases."""
    rest = Narrowed(condition.part, speaker=condition.speaker, unless=condition.unless)
    return condition == rest and all(isinstance(veto, Phrases) for veto in condition.unless)


def hearing(script: Script, cue: Cue) -> Hearing:
    """Return what makes an agent's cue heard."""
    found = Hearing(list(cue.phrases), list(cue.unless))
    found.add(script, cue.rules)
    return found
