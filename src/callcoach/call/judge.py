"""Says which cues an utterance meets, what it suggests, and what is still owed."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from callcoach.call.events import Span
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import RuleHit
from callcoach.call.rules.reading import Reading
from callcoach.call.state import CallState
from callcoach.script.model import (
    Cue,
    CueId,
    CueKind,
    Outcome,
    Phrase,
    Script,
    Speaker,
    StepId,
)
from callcoach.script.patterns import patterns
from callcoach.script.rules import Rule, RuleId
from callcoach.script.walk import needed
from callcoach.words.match import Pattern, Store

_CUE, _EXIT, _STEP = "cue", "exit", "step"
"""What the key of a pattern begins with, before a space and an id."""

_NO_LETTER = "\u01c2"
"""A letter of no language that packs are written in."""


class Owed(msgspec.Struct, frozen=True):
    """A cue that the agent owes."""

    cue: Cue
    due: float | None
    """On the active clock, in seconds; None where it has no deadline of its own."""
    is_here: bool
    """It is due in the current step, not just somewhere in the call."""


class CueHit(msgspec.Struct, frozen=True):
    """A cue that was said, by the one who is to say it, or a rule of it that holds."""

    cue: Cue
    start: int
    """In characters of the utterance."""
    end: int
    phrase: str
    by: str = "rule"
    taken_for: str = ""
    confidence: float = 1.0
    also: tuple[Span, ...] = ()
    """The other words that it rests on."""
    values: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What the rule kept of its words."""
    share_heard: float = 1.0
    """Where a rule rests on words that were not said: how much of the time was listened to."""


class Hint(msgspec.Struct, frozen=True):
    """A way that was suggested: an exit of the current step, or another step or objection."""

    target: str
    """An exit's id, or the namespaced id of a step or objection."""
    start: int
    """Of the words, in characters of the utterance."""
    end: int

    @property
    def is_exit(self) -> bool:
        """Tell whether it is an exit of the current step."""
        return "." not in self.target


class Judge:
    """The cues and hints of one script, compiled; immutable, free to share between calls."""

    def __init__(
        self, script: Script, has_opinions: bool = False, store: Store | None = None
    ) -> None:
        """Compile `script`; `store` keeps its compiled phrases for the next time.

        Learned judges weigh all its rules; without them those are enough that cues and hints name.
        """
        self.script = script
        rules = script.rules if has_opinions else _used_rules(script)
        self.rules = Ruleset(rules, script.lineages, store, _patterns(script), _phrases(script))
        """The rules that cues and hints of the script rest on, and its phrases."""
        self.is_timed = any(ready.overall is not None for ready in self.rules.ordered)
        """Whether rules may come to hold by the passing of time."""
        self._cues_of = _cues_of(script)
        blanks = {fact.blank(id) for fact in script.facts.values() for id in script.languages}
        self._blanks = re.compile("|".join(map(re.escape, blanks)) or "(?!)", re.IGNORECASE)
        self._where: dict[CueId, set[StepId]] = {}
        for step, due in script.due.items():
            for id in due:
                self._where.setdefault(id, set()).add(step)
        self.timed = tuple(
            cue for cue in script.cues.values() if cue.kind is CueKind.SAY and cue.within
        )
        """The cues with a deadline."""
        self.first: dict[str, tuple[Cue, ...]] = {}
        """Cue or step to the cues that must be said before it."""
        for cue in script.cues.values():
            if cue.kind is CueKind.SAY:
                for anchor in (*cue.before.cues, *cue.before.steps):
                    self.first[anchor] = (*self.first.get(anchor, ()), cue)
        self._cue_hints = _cue_hints(script)
        self._rule_hints = _rule_hints(script)
        self._hinting = self._rule_hints.keys() | {
            rule
            for rule, cues in self._cues_of.items()
            if not self._cue_hints.keys().isdisjoint(cues)
        }
        """The rules that suggest anything, by themselves or by their cues."""
        self.telling = self._hinting | self._cues_of.keys()
        """The rules from which anything follows; others are parts of these."""

    def without_blanks(self, text: str) -> str:
        """Return a text without what stands in a line for a fact that nobody knows.

        It is as long as before, so that spans still fit.
        """
        return self._blanks.sub(_some_word, text) if "[" in text or "【" in text else text

    def listen(
        self, state: CallState, speaker: Speaker, reading: Reading
    ) -> tuple[tuple[CueHit, ...], tuple[Hint, ...]]:
        """Return the cues that an utterance holds by their phrases, and what it suggests.

        It was read without blanks.
        """
        hits: list[CueHit] = []
        hints: list[Hint] = []
        for hit in reading.others:
            kind, _, id = hit.key.partition(" ")
            if kind == _CUE:
                cue = self.script.cues[CueId(id)]
                if cue.speaker is speaker and self.applies(state.position.step, cue):
                    hits.append(CueHit(cue, hit.start, hit.end, hit.phrase))
                    for target in self._cue_hints.get(cue.id, ()):
                        words = (hit.start, hit.end)
                        hints.extend(self._hint(state, target, speaker, words, by_cue=True))
            else:
                hints.extend(self._hint(state, hit.key, speaker, (hit.start, hit.end)))
        hints.sort(key=lambda hint: (hint.start, hint.end, hint.is_exit))
        return tuple(hits), _outermost(hints)

    def cues_of(
        self, state: CallState, hit: RuleHit, speaker: Speaker | None, also: tuple[Span, ...]
    ) -> Iterator[CueHit]:
        """Yield the cues that are met because a rule holds.

        `speaker` said the words; None where the rule holds by what was not said. `also` are the
        other words that it rests on. Words that were only understood, not heard, accuse nobody.
        """
        for id in self._cues_of.get(hit.rule, ()):
            cue = self.script.cues[id]
            if cue.kind is CueKind.AVOID and hit.taken_for:
                continue
            if speaker in (None, cue.speaker) and self.applies(state.position.step, cue):
                yield CueHit(
                    cue,
                    hit.start,
                    hit.end,
                    hit.phrase,
                    hit.by,
                    hit.taken_for,
                    hit.confidence,
                    also,
                    hit.values,
                )

    def hints_of(self, state: CallState, hit: RuleHit, speaker: Speaker) -> tuple[Hint, ...]:
        """Return what is suggested because a rule holds by the words of `speaker`."""
        if hit.rule not in self._hinting:
            return ()
        targets = self._rule_hints.get(hit.rule, ())
        for id in self._cues_of.get(hit.rule, ()):
            cue = self.script.cues[id]
            if cue.speaker is speaker and self.applies(state.position.step, cue):
                targets += self._cue_hints.get(id, ())
        words = (hit.start, hit.end)
        return _outermost(
            [it for key in targets for it in self._hint(state, key, speaker, words, by_cue=True)]
        )

    def applies(self, step: StepId, cue: Cue) -> bool:
        """Tell whether a cue is listened for in a step; some are forbidden, or tell, in some only.

        What is owed counts wherever it is said.
        """
        if cue.kind is CueKind.SAY or cue.is_call_wide:
            return True
        return step in self._where.get(cue.id, ())

    def _hint(
        self,
        state: CallState,
        key: str,
        speaker: Speaker,
        words: tuple[int, int],
        *,
        by_cue: bool = False,
    ) -> Iterator[Hint]:
        """Yield the hint of a key where it leads anywhere and is the speaker's to give.

        Answers that suggest an exit, and objections, are the other side's words; that the call
        has come to a step, and has not been there, shows in the agent's. A cue suggests what it
        does whoever says it.
        """
        kind, _, id = key.partition(" ")
        is_agent = speaker is Speaker.AGENT
        if kind == _EXIT:
            step_id, _, exit = id.partition("/")
            if step_id == state.position.step and (by_cue or not is_agent):
                yield Hint(exit, *words)
            return
        step = self.script.steps[StepId(id)]
        is_theirs = by_cue or step.is_objection is not is_agent
        is_open = any(frame.step == id for frame in state.position.stack)
        is_new = step.is_objection or id not in state.entered
        if is_theirs and is_new and not is_open and id != state.position.step:
            yield Hint(id, *words)

    def is_met(self, state: CallState, cue: Cue, visit: int | None = None) -> bool:
        """Tell whether a cue is met; one owed at each visit: in `visit`, by default this one."""
        known = state.cue(cue.id)
        if not (known.is_ticked or known.count >= cue.least):
            return False
        return not cue.each_visit or (visit or state.position.visit) in known.visits

    def is_owed(self, state: CallState, cue: Cue, visit: int | None = None) -> bool:
        """Tell whether a cue that is due is still to be said: no exit waived it, it is not met."""
        is_waived = cue.id in state.waived
        return cue.kind is CueKind.SAY and not is_waived and not self.is_met(state, cue, visit)

    def has_passed(self, state: CallState, cue: Cue) -> bool:
        """Tell whether a cue was met at some time, or may be left out in this call."""
        return state.cue(cue.id).met_at is not None or not cue.least or cue.id in state.waived

    def is_in_order(self, state: CallState, cue: Cue) -> bool:
        """Tell whether a cue comes after one of what it has to wait for.

        What is forbidden until a step was entered is not allowed by jumping there.
        """
        if not cue.after:
            return True
        steps = state.reached if cue.kind is CueKind.AVOID else state.entered
        has_met = any(state.cue(id).met_at is not None for id in cue.after.cues)
        return has_met or not steps.isdisjoint(cue.after.steps)

    def due(self, state: CallState, cue: Cue) -> float | None:
        """Return by when a cue is due, on the active clock; None where it is not due by a time."""
        if cue.within is None:
            return None
        here = cue.id in self.script.due.get(state.position.step, ())
        if cue.within.of == "step":
            return state.position.entered_at + cue.within.seconds if here else None
        been = cue.is_call_wide or not state.entered.isdisjoint(self._where.get(cue.id, ()))
        return cue.within.seconds if here or been else None

    def owed(self, state: CallState) -> tuple[Owed, ...]:
        """Return the cues that the agent owes, the most pressing first.

        Those of the current step come before those of the whole call; among either, those with a
        deadline first, then by weight.
        """
        here = self.script.due.get(state.position.step, ())
        found = [
            Owed(cue, self.due(state, cue), cue.id in here)
            for cue in self.script.cues.values()
            if (cue.is_call_wide or cue.id in here) and self.is_owed(state, cue)
        ]
        found.sort(key=lambda owed: (not owed.is_here, owed.due or 1e9, -owed.cue.weight))
        return tuple(found)

    def required(self, outcome: Outcome | None) -> Iterator[Cue]:
        """Yield the cues without which a call may not have had `outcome`.

        Where the outcome is not known (None), those that every outcome needs.
        """
        for cue in self.script.cues.values():
            is_named = outcome is not None and outcome.id in cue.required_for
            is_required = cue.is_always_required or is_named
            if is_required and cue.kind is CueKind.SAY and self._is_known(cue):
                yield cue

    def _is_known(self, cue: Cue) -> bool:
        """Tell whether the script has a place for a cue; one of a used pack may have none."""
        return cue.is_call_wide or bool(self._where.get(cue.id))


def _used_rules(script: Script) -> Mapping[RuleId, Rule]:
    """Return the rules that cues and hints name, and those that these refer to."""
    hinting = [step.heard for step in script.steps.values()]
    hinting += [exit.heard for step in script.steps.values() for exit in step.exits]
    named = [id for cue in script.cues.values() for id in cue.rules]
    named += [id for heard in hinting for id in heard.rules]
    return {id: script.rules[id] for id in needed(script.rules, *named)}


def _cues_of(script: Script) -> Mapping[RuleId, tuple[CueId, ...]]:
    """Return the cues that each rule meets."""
    found: dict[RuleId, tuple[CueId, ...]] = {}
    for cue in script.cues.values():
        for rule in cue.rules:
            found[rule] = (*found.get(rule, ()), cue.id)
    return found


def _rule_hints(script: Script) -> Mapping[RuleId, tuple[str, ...]]:
    """Return what each rule suggests when it holds."""
    found: dict[RuleId, tuple[str, ...]] = {}
    for step in script.steps.values():
        for rule in step.heard.rules:
            found[rule] = (*found.get(rule, ()), f"{_STEP} {step.id}")
        for exit in step.exits:
            for rule in exit.heard.rules:
                found[rule] = (*found.get(rule, ()), f"{_EXIT} {step.id}/{exit.id}")
    return found


def _some_word(blank: re.Match[str]) -> str:
    """Return a word that is in no phrase, as long as a blank, so that spans still fit."""
    return f" {_NO_LETTER * (len(blank.group()) - 2)} "


def _outermost(hints: list[Hint]) -> tuple[Hint, ...]:
    """Return one hint of each target, without those that are part of another: 对 in 不对."""
    if len(hints) < 2:
        return tuple(hints)
    found: dict[str, Hint] = {}
    for hint in hints:
        is_part = any(
            other.start <= hint.start
            and hint.end <= other.end
            and other.end - other.start > hint.end - hint.start
            for other in hints
            if other.target != hint.target
        )
        if not is_part:
            found.setdefault(hint.target, hint)
    return tuple(found.values())


def _patterns(script: Script) -> Iterator[Pattern]:
    """Yield everything to listen for. Keys begin with what they are: cue, exit or step."""
    for cue in script.cues.values():
        yield from patterns(f"{_CUE} {cue.id}", cue.phrases, cue.unless)
    for step in script.steps.values():
        yield from patterns(f"{_STEP} {step.id}", step.heard.phrases)
        for exit in step.exits:
            yield from patterns(f"{_EXIT} {step.id}/{exit.id}", exit.heard.phrases)


def _phrases(script: Script) -> Iterator[Phrase]:
    """Yield every phrase of cues, steps and exits."""
    for cue in script.cues.values():
        yield from (*cue.phrases, *cue.unless)
    for step in script.steps.values():
        yield from step.heard.phrases
        for exit in step.exits:
            yield from exit.heard.phrases


def _cue_hints(script: Script) -> dict[CueId, tuple[str, ...]]:
    """Return what each cue suggests when it is met."""
    found: dict[CueId, tuple[str, ...]] = {}
    for step in script.steps.values():
        for cue in step.heard.cues:
            found[cue] = (*found.get(cue, ()), f"{_STEP} {step.id}")
        for exit in step.exits:
            for cue in exit.heard.cues:
                found[cue] = (*found.get(cue, ()), f"{_EXIT} {step.id}/{exit.id}")
    return found
