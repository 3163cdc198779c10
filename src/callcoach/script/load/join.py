"""Joins a pack with those it uses: one namespace, every mention checked, `use` followed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.script.facts import Fact, FactId
from callcoach.script.judges import Judge, Judges
from callcoach.script.load.context import Mention
from callcoach.script.load.fields import Findings, nearest
from callcoach.script.load.pack import PackParts
from callcoach.script.model import (
    Anchors,
    Consent,
    Cue,
    CueId,
    Exit,
    Line,
    LineId,
    Outcome,
    OutcomeId,
    Script,
    Step,
    StepId,
    local,
    pack_of,
)
from callcoach.script.rules import Rule, RuleId
from callcoach.script.wording import Language

_Id = TypeVar("_Id", bound=str)
_Thing = TypeVar("_Thing")


def join(packs: Sequence[PackParts], findings: Findings) -> Script:
    """Return the script of the first pack, joined with the others, which it uses.

    Unknown ids are reported and left out, so that what remains holds together.
    """
    main = packs[0]
    steps = _merge(parts.steps for parts in packs)
    cues = _merge(parts.cues for parts in packs)
    rules: Mapping[RuleId, Rule] = _merge(parts.rules for parts in packs)
    facts: Mapping[FactId, Fact] = _merge(parts.facts for parts in packs)
    outcomes: Mapping[OutcomeId, Outcome] = _merge(parts.outcomes for parts in packs)
    lines: Mapping[LineId, Line] = _merge(parts.lines for parts in packs)
    known = {
        mark("step"): steps.keys(),
        mark("cue"): cues.keys(),
        mark("rule"): rules.keys(),
        mark("fact"): facts.keys(),
        mark("outcome"): outcomes.keys(),
        mark("line"): lines.keys(),
        mark("step or cue"): steps.keys() | cues.keys(),
    }
    for parts in packs:
        for mention in parts.mentions:
            _check(mention, known[mention.kind], findings)
    steps = _Uses(steps, findings).followed()
    cues = {id: _settle(cue, cues, steps) for id, cue in cues.items()}
    start = StepId(f"{main.id}.{main.head.start.value}") if main.head.start else None
    if main.head.start and start not in steps:
        guess = nearest(main.head.start.value, [local(id) for id in main.steps])
        kind, id = Told("step"), main.head.start.value
        findings.add("CC020", main.head.start.place, kind=kind, id=id, nearest=guess)
        start = None
    lineages = {id: tuple(_lineage(steps, id)) for id in steps}
    due = _due(steps, lineages, cues)
    kept = _kept(main, steps, start)
    return Script(
        id=main.id,
        title=main.head.title,
        version=main.head.version,
        digest=main.digest,
        languages=main.head.languages,
        start=start,
        steps={id: steps[id] for id in kept},
        lineages={id: lineages[id] for id in kept},
        lines=lines,
        cues=cues,
        rules=rules,
        facts=facts,
        outcomes=outcomes,
        due={id: due[id] for id in kept},
        names={parts.id: parts.names for parts in packs},
        packs=tuple(parts.id for parts in packs),
        about=main.head.about,
        place=main.head.place,
        consent=_consent(packs, cues, steps),
        judges=_judges(packs, rules),
        of_rules=main.of_rules,
    )


def _judges(packs: Sequence[PackParts], rules: Mapping[RuleId, Rule]) -> Judges:
    """Return the judges of all packs, those of the nearest before others'."""
    joined: dict[Language, dict[RuleId, Judge]] = {}
    for parts in reversed(packs):
        for language, judges in parts.judges.items():
            known = {id: judge for id, judge in judges.items() if id in rules}
            joined.setdefault(language, {}).update(known)
    return joined


def _merge(tables: Iterable[Mapping[_Id, _Thing]]) -> dict[_Id, _Thing]:
    """Return all the tables in one; their keys are namespaced and cannot clash."""
    return {id: thing for table in tables for id, thing in table.items()}


def _check(mention: Mention, known: Iterable[str], findings: Findings) -> None:
    if mention.id in known:
        return
    name = nearest(local(mention.id), map(local, known))
    called_so = [id for id in known if local(id) == name]
    guess = nearest(mention.id, called_so) or next(iter(called_so), "")
    if "." not in mention.text.value and pack_of(guess) == pack_of(mention.id):
        guess = local(guess)
    kind, id = Told(mention.kind), mention.text.value
    findings.add("CC020", mention.text.place, kind=kind, id=id, nearest=guess)


class _Uses:
    """Follows `use`: a step takes over what it does not say itself."""

    def __init__(self, steps: Mapping[StepId, Step], findings: Findings) -> None:
        self.steps = steps
        self.findings = findings
        self.done: dict[StepId, Step] = {}

    def followed(self) -> dict[StepId, Step]:
        """Return every step with what it takes over from the step it uses."""
        for id in self.steps:
            for step in reversed(self._chain(id)):
                self.done[step.id] = self._complete(step)
        return {id: self.done[id] for id in self.steps}

    def _chain(self, id: StepId) -> list[Step]:
        """Return a step and those it uses, nearest first, as far as they are not done.

        A step that uses itself by way of others, which is reported, or an unknown one uses none.
        """
        chain: dict[StepId, Step] = {}
        at: StepId | None = id
        while at is not None and at not in self.done:
            step = self.steps[at]
            if step.uses in chain or step.uses == at:
                path = " → ".join((*chain, at, step.uses))
                self.findings.add("CC023", step.place, path=path)
            if step.uses in chain or step.uses == at or step.uses not in self.steps:
                step = replace(step, uses=None)
            chain[at] = step
            at = step.uses
        return list(chain.values())

    def _complete(self, step: Step) -> Step:
        """Return a step with what it takes over; what it uses is done."""
        whole = step if step.uses is None else _take_over(step, self.done[step.uses])
        own = {exit.id for exit in step.exits}
        for exit in whole.exits:
            if exit.id in own and not exit.label.variants:
                what = Told("{kind} {id}", kind=Told("exit"), id=exit.id)
                self.findings.add("CC005", exit.place, key="label", what=what)
        return whole


def _take_over(step: Step, base: Step) -> Step:
    """Return `step` with what it does not say itself taken from `base`.

    Lines and cues add up, the base's first; exits of the same name keep the base's label, hints
    and lines unless they have their own; without any exit of its own and no outcome the step has
    the base's exits.
    """
    own_exits = tuple(_take_over_exit(exit, base.exit(exit.id)) for exit in step.exits)
    return replace(
        step,
        title=step.title if step.title.variants else base.title,
        lines=tuple(dict.fromkeys(base.lines + step.lines)),
        exits=own_exits if own_exits or step.outcome else base.exits,
        asks=tuple(dict.fromkeys(base.asks + step.asks)),
        cues=tuple(dict.fromkeys(base.cues + step.cues)),
        note=step.note or base.note,
        heard=step.heard or base.heard,
        outcome=step.outcome if step.outcome or own_exits else base.outcome,
        bridge=step.bridge or base.bridge,
        is_vulnerable=step.is_vulnerable or base.is_vulnerable,
        sensitive=step.sensitive or base.sensitive,
    )


def _take_over_exit(exit: Exit, base: Exit | None) -> Exit:
    if base is None:
        return exit
    return replace(
        exit,
        label=exit.label if exit.label.variants else base.label,
        heard=exit.heard or base.heard,
        lines=exit.lines or base.lines,
        asks=exit.asks or base.asks,
        waives=exit.waives or base.waives,
        sets=exit.sets or base.sets,
    )


def _settle(cue: Cue, cues: Mapping[CueId, Cue], steps: Mapping[StepId, Step]) -> Cue:
    """Return a cue whose anchors and steps are told apart and known."""
    return replace(
        cue,
        before=_split(cue.before, cues, steps),
        after=_split(cue.after, cues, steps),
        steps=tuple(id for id in cue.steps if id in steps),
    )


def _split(anchors: Anchors, cues: Mapping[CueId, Cue], steps: Mapping[StepId, Step]) -> Anchors:
    """Return anchors of which it is known what is a cue and what is a step."""
    return Anchors(
        tuple(id for id in anchors.cues if id in cues),
        tuple(id for id in anchors.steps if id in steps),
    )


def _consent(
    packs: Sequence[PackParts], cues: Mapping[CueId, Cue], steps: Mapping[StepId, Step]
) -> Consent | None:
    """Return what opens and closes the ears; what a pack leaves out, the next one says."""
    told = [parts.consent for parts in packs if parts.consent is not None]
    if not told:
        return None
    after = next((consent.after for consent in told if consent.after), Anchors())
    stop = next((consent.stop for consent in told if consent.stop), Anchors())
    return Consent(_split(after, cues, steps), _split(stop, cues, steps), told[0].place)


def _lineage(steps: Mapping[StepId, Step], id: StepId) -> Iterator[StepId]:
    """Yield a step and the steps it uses, nearest first."""
    at: StepId | None = id
    while at is not None:
        yield at
        at = steps[at].uses


def _kept(
    main: PackParts, steps: Mapping[StepId, Step], start: StepId | None
) -> tuple[StepId, ...]:
    """Return the pack's own steps, and those of other packs that a call can come to.

    An objection that another one uses is hidden by it.
    """
    hidden = {step.uses for step in steps.values() if step.is_objection}
    roots = [id for id, step in steps.items() if step.is_objection and id not in hidden]
    pending = ([start] if start else []) + roots + list(main.steps)
    seen: set[StepId] = set()
    while pending:
        id = pending.pop()
        if id not in seen:
            seen.add(id)
            pending.extend(exit.to for exit in steps[id].exits if exit.to and exit.to in steps)
    return tuple(id for id in steps if id in seen)


def _due(
    steps: Mapping[StepId, Step],
    lineages: Mapping[StepId, Iterable[StepId]],
    cues: Mapping[CueId, Cue],
) -> dict[StepId, tuple[CueId, ...]]:
    """Return the cues due in each step: named by the step, by itself or by a step it uses."""
    named: dict[StepId, list[CueId]] = {}
    for cue in cues.values():
        for id in cue.steps:
            named.setdefault(id, []).append(cue.id)
    due: dict[StepId, tuple[CueId, ...]] = {}
    for step in steps.values():
        found = [cue for id in lineages[step.id] for cue in named.get(id, ())]
        found.extend(id for id in step.cues if id in cues)
        due[step.id] = tuple(cue for cue in dict.fromkeys(found) if not cues[cue].is_call_wide)
    return due
