"""Collects what rules see of reviewed calls, beside what people say of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.evaluate.gold import LabelledCall, Mark
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Heard, Listener
from callcoach.call.rules.talk import Said
from callcoach.script.model import Script
from callcoach.script.rules import Rule, RuleId


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance for one rule."""

    call: str
    """The key of its call."""
    heard: Heard
    holds: bool
    """What the rule says."""
    is_true: bool
    """What people say."""


class _Recorder:
    """An opinion that changes nothing and remembers what it was asked."""

    def __init__(self, rule: RuleId) -> None:
        self.rule = rule
        self.heard: list[Heard] = []

    def judge(self, heard: Heard) -> float:
        """Return what the rule itself says."""
        self.heard.append(heard)
        return 1.0 if self.rule in heard.rules else 0.0


def teachable(script: Script) -> Mapping[RuleId, str]:
    """Return the rules that labels can teach, and the label of each.

    One label of a rule counts, and a label that several rules share teaches none of them: nobody
    could say which.
    """
    by_label: dict[str, list[Rule]] = {}
    for rule in script.rules.values():
        for label in rule.labels[:1]:
            by_label.setdefault(label, []).append(rule)
    return {rules[0].id: label for label, rules in by_label.items() if len(rules) == 1}


def label_of(script: Script) -> Mapping[RuleId, str]:
    """Return by what label each rule can be taught: its own, or its id, which reviews use."""
    return {**{id: str(id) for id in script.rules}, **teachable(script)}


def collect(
    script: Script,
    calls: Sequence[LabelledCall],
    wanted: Iterable[RuleId] | None = None,
    *,
    also_wrong: bool = False,
) -> Mapping[RuleId, list[Example]]:
    """Return the examples of every rule that the calls can teach, in the order of the calls.

    With `also_wrong` those of rules too that people only say are wrong.
    """
    rules = Ruleset(script.rules, script.lineages)
    asked = {mark.label for call in calls for mark in call.scope}
    labels = {id: label for id, label in label_of(script).items() if label in asked}
    chosen = labels if wanted is None else {id: labels[id] for id in wanted if id in labels}
    examples: dict[RuleId, list[Example]] = {id: [] for id in chosen}
    for call in calls:
        recorders = {id: _Recorder(id) for id in chosen}
        listener = Listener(rules, opinions=recorders)
        for one in call.utterances:
            listener.hear(Said(one.speaker, one.text, one.start, one.end))
        for id, label in chosen.items():
            examples[id] += _of_call(call, id, label, recorders[id].heard)
    return {
        id: found
        for id, found in examples.items()
        if any(it.is_true or (also_wrong and it.holds) for it in found)
    }


def _of_call(
    call: LabelledCall, rule: RuleId, label: str, heard: Sequence[Heard]
) -> Iterable[Example]:
    for one, told in zip(call.utterances, heard, strict=True):
        if Mark(label, one.speaker) in call.scope:
            yield Example(call.key, told, rule in told.rules, label in one.labels)
