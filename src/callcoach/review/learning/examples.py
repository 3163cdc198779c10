"""Collects what rules see of reviewed calls, beside what people say of them."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from callcoach.call.evaluate.gold import LabelledCall, Mark
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import AGREED, Heard, Listener, Opinion
from callcoach.call.rules.talk import Said
from callcoach.call.taught import opinions_on
from callcoach.script.model import Script, local
from callcoach.script.rules import RuleId, Scope
from callcoach.words.match import Store
from callcoach.words.normalise import Tokens


@dataclass(frozen=True, slots=True)
class Example:
    """One utterance for one rule."""

    call: str
    """The key of its call."""
    heard: Heard
    holds: bool
    """What is said now: by the rule, or by the judge that the pack brings for it."""
    is_true: bool
    """What people say."""
    others: bool = False
    """Another rule gives it the label of this one."""

    @property
    def is_given(self) -> bool:
        """Tell whether the rules give it the label."""
        return self.holds or self.others


@dataclass(frozen=True, slots=True)
class Lead:
    """The rule that is taught by a label, of those that give it."""

    label: str
    others: tuple[RuleId, ...] = ()
    """The other rules that give it: what they say stands, whatever this one learns."""


class _Recorder:
    """An opinion that changes nothing and remembers what it was asked."""

    def __init__(self, rule: RuleId, now: Opinion | None) -> None:
        """Take who judges `now`: the pack's judge, or nobody but the rule."""
        self.rule = rule
        self.heard: list[Heard] = []
        self.said: list[bool] = []
        self._now = now

    def judge(self, heard: Heard) -> float:
        """Return what is said now."""
        own = 1.0 if self.rule in heard.rules else 0.0
        now = None if self._now is None else self._now.judge(heard)
        sure = own if now is None else now
        self.heard.append(heard)
        self.said.append(sure >= AGREED)
        return sure

    def telling(self, tokens: Tokens) -> tuple[int, int] | None:
        """Return nothing: where words stand teaches nobody."""
        return None


def teachable(script: Script) -> Mapping[RuleId, Lead]:
    """Return the rules that labels can teach, and by what label each.

    The first label of a rule counts. Where several rules give a label, the one that is called so
    is taught, of others the first: the rest count as they are.
    """
    by_label: dict[str, list[RuleId]] = {}
    for rule in script.rules.values():
        for label in rule.labels[:1]:
            if rule.scope is Scope.UTTERANCE:
                by_label.setdefault(label, []).append(rule.id)
    found: dict[RuleId, Lead] = {}
    for label, ids in by_label.items():
        lead = next((id for id in ids if local(id) == label), ids[0])
        found[lead] = Lead(label, tuple(id for id in ids if id != lead))
    return found


def label_of(script: Script) -> Mapping[RuleId, str]:
    """Return by what name reviews of a rule's flags teach it: its label where no other has it.

    What reviewers say of one rule's flags says nothing of the others that give the same label.
    """
    alone = {id: lead.label for id, lead in teachable(script).items() if not lead.others}
    return {**{id: str(id) for id in script.rules}, **alone}


def unteachable(script: Script, label: str) -> bool:
    """Tell whether a label is only given by rules that judge whole calls, not utterances."""
    scopes = {rule.scope for rule in script.rules.values() if label in rule.labels}
    return bool(scopes) and Scope.UTTERANCE not in scopes


def collect(
    script: Script,
    calls: Sequence[LabelledCall],
    wanted: Iterable[RuleId] | None = None,
    *,
    also_wrong: bool = False,
    judges: Mapping[RuleId, Opinion] | None = None,
    store: Store | None = None,
) -> Mapping[RuleId, list[Example]]:
    """Return the examples of every rule that the calls can teach, in the order of the calls.

    With `also_wrong` those of rules too that people only say are wrong. With `judges` it is these
    that say what is true, of each utterance and of the rules that there are judges of. `store`
    keeps the compiled phrases for the next time.
    """
    rules = Ruleset(script.rules, script.lineages, store)
    chosen = _asked(script, calls) if judges is None else {id: Lead("") for id in judges}
    if wanted is not None:
        chosen = {id: chosen[id] for id in wanted if id in chosen}
    examples: dict[RuleId, list[Example]] = {id: [] for id in chosen}
    now = opinions_on(script)
    for call in calls:
        recorders = {id: _Recorder(id, now.get(id)) for id in chosen}
        opinions = {**now, **recorders}
        listener = Listener(rules, {"language": call.language}, opinions=opinions)
        given: list[set[RuleId]] = []
        for one in call.utterances:
            given.append(set())
            for hit in listener.hear(Said(one.speaker, one.text, one.start, one.end)):
                given[hit.utterance].add(hit.rule)
        for id, lead in chosen.items():
            heard, said = recorders[id].heard, recorders[id].said
            if judges is not None:
                examples[id] += _by_judge(call, id, judges[id], heard)
            else:
                examples[id] += _of_call(call, lead, heard, said, given)
    return {
        id: found
        for id, found in examples.items()
        if any(it.is_true or (also_wrong and it.holds) for it in found)
    }


def _asked(script: Script, calls: Sequence[LabelledCall]) -> Mapping[RuleId, Lead]:
    """Return the rules that some calls say something of, by a label or by their own names."""
    asked = {mark.label for call in calls for mark in call.scope}
    named = {RuleId(id): Lead(id) for id in script.rules if id in asked}
    labelled = {id: lead for id, lead in teachable(script).items() if lead.label in asked}
    return {**named, **labelled}


def _of_call(
    call: LabelledCall,
    lead: Lead,
    heard: Sequence[Heard],
    said: Sequence[bool],
    given: Sequence[AbstractSet[RuleId]],
) -> Iterable[Example]:
    for told, holds in zip(heard, said, strict=True):
        one, rules = call.utterances[told.position], given[told.position]
        if Mark(lead.label, one.speaker) in call.scope:
            others = not rules.isdisjoint(lead.others)
            is_true = lead.label in one.labels
            yield Example(call.key, told, holds, is_true, others)


def _by_judge(
    call: LabelledCall, rule: RuleId, judge: Opinion, heard: Iterable[Heard]
) -> Iterable[Example]:
    for told in heard:
        sure = judge.judge(told)
        is_true = rule in told.rules if sure is None else sure >= AGREED
        yield Example(call.key, told, rule in told.rules, is_true)
