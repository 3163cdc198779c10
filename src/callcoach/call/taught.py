"""The judges that a pack brings, ready to be asked.

All judges of a language read an utterance together: what its words weigh for each is added up once,
and kept for when the same is said again. What the rules weigh is added for each judge, for these
are judged one after the other. Sums are of whole numbers: they come out the same in any order.
"""

from collections.abc import Iterable, Mapping

from callcoach.call.learned import LONGEST, certainty, features_of_words, plain, rule_feature
from callcoach.call.rules.listener import Heard, Opinion
from callcoach.script.judges import Judge, Judges
from callcoach.script.model import Script
from callcoach.script.rules import Rule, RuleId
from callcoach.script.walk import needed
from callcoach.words.normalise import Tokens

_MOST_KEPT = 4_000
_SHARES = 6
"""Divisible by any number of words in a row."""
_FIRST_HAN = "\u4e00"


def opinions_on(
    script: Script, own: Mapping[RuleId, Opinion] | None = None
) -> Mapping[RuleId, Opinion]:
    """Return the judges of a script's rules: those that a team has taught, else the pack's."""
    own = own or {}
    if not script.judges:
        return own
    panel = Panel(script.judges)
    return {**{rule: _Seat(panel, rule) for rule in judged_rules(script)}, **own}


def rules_heard(
    script: Script, named: Iterable[RuleId], own: Mapping[RuleId, Opinion] | None = None
) -> Mapping[RuleId, Rule]:
    """Return the rules that have to be heard so that the `named` are judged.

    Those that they refer to, and what a judge weighs. A team's judges may weigh any: their files
    do not tell.
    """
    if own:
        return script.rules
    judges = [judge for them in script.judges.values() for judge in them.values()]
    weighed = {feature for judge in judges for feature in judge.weights}
    also = [rule for rule in script.rules if rule_feature(rule) in weighed]
    judged = [rule for them in script.judges.values() for rule in them]
    wanted = needed(script.rules, *named, *judged, *also)
    return {id: script.rules[id] for id in wanted}


def judged_rules(script: Script) -> frozenset[RuleId]:
    """Return the rules that the pack brings judges of."""
    return frozenset(rule for judges in script.judges.values() for rule in judges)


class Panel:
    """All the judges of a script."""

    def __init__(self, judges: Judges) -> None:
        """Take the judges by language and rule."""
        self.judges = judges
        self._weights = {language: _by_feature(them) for language, them in judges.items()}
        self._kept: dict[tuple[object, ...], Mapping[RuleId, int]] = {}
        self._earlier: dict[tuple[object, ...], Mapping[RuleId, int]] = {}

    def weigh(self, heard: Heard, language: str) -> Mapping[RuleId, int]:
        """Return what an utterance weighs for each judge, the rules that hold left out."""
        before = heard.before
        key = (heard.tokens.words, before and before.text, heard.said.speaker, heard.is_early)
        found = self._kept.get(key)
        if found is None:
            found = self._earlier.get(key)
            if found is None:
                found = self._weighed(heard, language)
            if len(self._kept) == _MOST_KEPT:
                self._earlier, self._kept = self._kept, {}
            self._kept[key] = found
        return found

    def _weighed(self, heard: Heard, language: str) -> Mapping[RuleId, int]:
        weights, sums = self._weights[language], dict[RuleId, int]()
        for feature in dict.fromkeys(features_of_words(heard)):
            for rule, weight in weights.get(feature, ()):
                sums[rule] = sums.get(rule, 0) + weight
        return sums


class _Seat:
    """The judges of one rule, one for a language. It is an `Opinion`."""

    def __init__(self, panel: Panel, rule: RuleId) -> None:
        self._panel = panel
        self._rule = rule
        mine = {language: them.get(rule) for language, them in panel.judges.items()}
        self._judges = {language: judge for language, judge in mine.items() if judge is not None}
        self._of_rules = {language: _of_rules(judge) for language, judge in self._judges.items()}

    def judge(self, heard: Heard) -> float | None:
        """Return how sure it is that the rule holds, 0.5 to 1; None where the rule is to say.

        It takes nothing back: where it does not say so, what the rule says now or later stands.
        """
        language = language_of(heard.tokens)
        judge = self._judges.get(language)
        if judge is None:
            return None
        of_rules = self._of_rules[language]
        total = self._panel.weigh(heard, language).get(self._rule, 0)
        for rule in of_rules.keys() & heard.rules:
            total += of_rules[rule]
        margin = judge.bias + total * judge.scale
        return certainty(margin) if margin >= 0 else None

    def telling(self, tokens: Tokens) -> tuple[int, int] | None:
        """Return the words in a row that weigh most for the rule: the first, and past the last."""
        return most_telling(tokens, self._judges[language_of(tokens)].weights)


def language_of(tokens: Tokens) -> str:
    """Return whose judges an utterance has: one Chinese character makes it Chinese."""
    return "zh" if any(word >= _FIRST_HAN for word in tokens.words) else "en"


def most_telling(tokens: Tokens, weights: Mapping[str, int]) -> tuple[int, int] | None:
    """Return the stretch of words that weighs most for the rule; None where none weighs for it.

    What words in a row weigh is shared among them; of equal stretches the first counts.
    """
    words = [plain(word) for word in tokens.words]
    shares = [0] * len(words)
    for length in range(1, LONGEST + 1):
        for first in range(len(words) - length + 1):
            weight = weights.get(" ".join(words[first : first + length]), 0)
            for at in range(first, first + length):
                shares[at] += weight * (_SHARES // length)
    best, found, sum_, begin = 0, None, 0, 0
    for at, share in enumerate(shares):
        if sum_ <= 0:
            sum_, begin = 0, at
        sum_ += share
        if sum_ > best:
            best, found = sum_, (begin, at + 1)
    return found


def _by_feature(judges: Mapping[RuleId, Judge]) -> Mapping[str, list[tuple[RuleId, int]]]:
    weights: dict[str, list[tuple[RuleId, int]]] = {}
    for rule, judge in judges.items():
        for feature, weight in judge.weights.items():
            weights.setdefault(feature, []).append((rule, weight))
    return weights


def _of_rules(judge: Judge) -> Mapping[RuleId, int]:
    prefix = rule_feature(RuleId(""))
    return {
        RuleId(feature.removeprefix(prefix)): weight
        for feature, weight in judge.weights.items()
        if feature.startswith(prefix)
    }
