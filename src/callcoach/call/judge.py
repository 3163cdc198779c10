"""Says which cues an utterance meets, what it suggests, and what is still owed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf

import msgspec

from callcoach.call.events import Span
from callcoach.call.here import Here, Places
from callcoach.call.leads import Hint, Leads, outermost
from callcoach.call.part import Part
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Opinion, RuleHit
from callcoach.call.rules.reading import Reading
from callcoach.call.state import CallState
from callcoach.call.taught import judged_rules, rules_heard
from callcoach.script.model import (
    Cue,
    CueId,
    CueKind,
    Outcome,
    OutcomeId,
    Phrase,
    Script,
    Speaker,
    StepId,
)
from callcoach.script.patterns import patterns
from callcoach.script.rules import RuleId
from callcoach.words.match import Pattern, Store

_CUE, _EXIT, _STEP = "cue", "exit", "step"
"""What the key of a pattern begins with, before a space and an id."""

_NO_LETTER = "\u01c2"
"""A letter of no language that packs are written in."""

# Members that are asked for at every utterance: looking one up in its enum costs a call.
_SAY, _AVOID = CueKind.SAY, CueKind.AVOID


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
    parts: tuple[Part, ...] = ()
    """Where that is paid in several: all of them."""
    share_heard: float = 1.0
    """Where a rule rests on words that were not said: how much of the time was listened to."""


class Judge:
    """The cues and hints of one script, compiled; immutable, free to share between calls."""

    def __init__(
        self,
        script: Script,
        opinions: Mapping[RuleId, Opinion] | None = None,
        store: Store | None = None,
        rules: Ruleset | None = None,
    ) -> None:
        """Compile `script`; `store` keeps its compiled phrases for the next time.

        The rules that cues and hints name are heard, and what judges weigh, the pack's or a team's.
        `rules` are those of a script that has the same rules and phrases.
        """
        self.script = script
        self.rules = rules or _ruleset(script, opinions, store)
        """The rules that cues and hints of the script rest on, and its phrases."""
        self.is_timed = any(ready.overall is not None for ready in self.rules.ordered)
        """Whether rules may come to hold by the passing of time."""
        blanks = {fact.blank(id) for fact in script.facts.values() for id in script.languages}
        self._blanks = re.compile("|".join(map(re.escape, blanks)) or "(?!)", re.IGNORECASE)
        self._where: dict[CueId, set[StepId]] = {}
        for step, due in script.due.items():
            for id in due:
                self._where.setdefault(id, set()).add(step)
        self.asked = tuple(cue for cue in script.cues.values() if cue.kind is _SAY)
        """What must be said."""
        self.timed = _timed(script)
        """The cues with a deadline, the shortest first; see `_timed`."""
        self.first: dict[str, tuple[Cue, ...]] = {}
        """Cue or step to the cues that must be said before it."""
        for cue in self.asked:
            for anchor in (*cue.before.cues, *cue.before.steps):
                self.first[anchor] = (*self.first.get(anchor, ()), cue)
        self._required: dict[OutcomeId | None, Sequence[Cue]] = {}
        self.repairing = frozenset(cue.repair for cue in script.cues.values() if cue.repair)
        """The cues that repair the flag of another."""
        self._places = Places(script)
        self.telling = self._places.telling
        """The rules from which anything follows; others are parts of these."""
        self._told = _told(script, self._places.cue_leads)

    def here(self, step: StepId) -> Here:
        """Return what counts in a step."""
        return self._places.at(step)

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
        here = self.here(state.position.step)
        for hit in reading.others:
            cue, leads = self._told[hit.key]
            whose: Speaker | None = speaker
            if cue is not None:
                if cue.speaker is not speaker or not here.applies(cue):
                    continue
                hits.append(CueHit(cue, hit.start, hit.end, hit.phrase))
                whose = None
            if leads is not None:
                hints += leads.hints(state, whose, hit.start, hit.end)
        return tuple(hits), outermost(hints)

    def cues_of(
        self,
        state: CallState,
        hit: RuleHit,
        speaker: Speaker | None,
        also: tuple[Span, ...],
        share_heard: float = 1.0,
    ) -> Sequence[CueHit]:
        """Return the cues that are met because a rule holds.

        `speaker` said the words; None where the rule holds by what was not said. `also` are the
        other words that it rests on. Words that were only understood, not heard, accuse nobody.
        """
        return [
            CueHit(
                cue,
                hit.start,
                hit.end,
                hit.phrase,
                hit.by,
                hit.taken_for,
                hit.confidence,
                also,
                hit.values,
                hit.parts,
                share_heard,
            )
            for cue in self.here(state.position.step).cues.get(hit.rule, ())
            if (speaker is None or cue.speaker is speaker)
            and not (hit.taken_for and cue.kind is _AVOID)
        ]

    def hints_of(self, state: CallState, hit: RuleHit, speaker: Speaker) -> Sequence[Hint]:
        """Return what is suggested because a rule holds by the words of `speaker`, each once."""
        found: dict[str, Hint] = {}
        for whose, leads in self.here(state.position.step).ways.get(hit.rule, ()):
            if whose is None or whose is speaker:
                for hint in leads.hints(state, None, hit.start, hit.end):
                    found.setdefault(hint.target, hint)
        return tuple(found.values())

    def is_met(self, state: CallState, cue: Cue, visit: int | None = None) -> bool:
        """Tell whether a cue is met; one owed at each visit: in `visit`, by default this one."""
        known = state.cue(cue.id)
        if not (known.is_ticked or known.count >= cue.least):
            return False
        return not cue.each_visit or (visit or state.position.visit) in known.visits

    def is_owed(self, state: CallState, cue: Cue, visit: int | None = None) -> bool:
        """Tell whether a cue that is due is still to be said: no exit waived it, it is not met."""
        is_waived = cue.id in state.waived
        return cue.kind is _SAY and not is_waived and not self.is_met(state, cue, visit)

    def has_passed(self, state: CallState, cue: Cue) -> bool:
        """Tell whether a cue was met at some time, or may be left out in this call."""
        return state.cue(cue.id).met_at is not None or not cue.least or cue.id in state.waived

    def is_in_order(self, state: CallState, cue: Cue) -> bool:
        """Tell whether a cue comes after one of what it has to wait for.

        What is forbidden until a step was entered is not allowed by jumping there.
        """
        if not cue.after:
            return True
        steps = state.reached if cue.kind is _AVOID else state.entered
        has_met = any(state.cue(id).met_at is not None for id in cue.after.cues)
        return has_met or not steps.isdisjoint(cue.after.steps)

    def due(self, state: CallState, cue: Cue) -> float | None:
        """Return by when a cue is due, on the active clock; None where it is not due by a time."""
        if cue.within is None:
            return None
        here = cue.id in self.here(state.position.step).due
        if cue.within.of == "step":
            return state.position.entered_at + cue.within.seconds if here else None
        been = cue.is_call_wide or not state.entered.isdisjoint(self._where.get(cue.id, ()))
        return cue.within.seconds if here or been else None

    def owed(self, state: CallState) -> tuple[Owed, ...]:
        """Return the cues that the agent owes, the most pressing first.

        Those of the current step come before those of the whole call; among either, those with a
        deadline first, then by weight.
        """
        here = self.here(state.position.step)
        found = [
            Owed(cue, self.due(state, cue), cue.id in here.due)
            for cue in here.owed
            if self.is_owed(state, cue)
        ]
        found.sort(key=_pressing)
        return tuple(found)

    def required(self, outcome: Outcome | None) -> Sequence[Cue]:
        """Return the cues without which a call may not have had `outcome`.

        Where the outcome is not known (None), those that every outcome needs.
        """
        id = outcome.id if outcome else None
        if id not in self._required:
            self._required[id] = [
                cue
                for cue in self.asked
                if (cue.is_always_required or id in cue.required_for) and self._is_known(cue)
            ]
        return self._required[id]

    def _is_known(self, cue: Cue) -> bool:
        """Tell whether the script has a place for a cue; one of a used pack may have none."""
        return cue.is_call_wide or bool(self._where.get(cue.id))


def _pressing(owed: Owed) -> tuple[bool, float, float]:
    """Return what the most pressing of what is owed is smallest in."""
    return not owed.is_here, inf if owed.due is None else owed.due, -owed.cue.weight


def _ruleset(
    script: Script, opinions: Mapping[RuleId, Opinion] | None, store: Store | None
) -> Ruleset:
    rules = rules_heard(script, _named(script), opinions)
    others, phrases = _patterns(script), _phrases(script)
    return Ruleset(rules, script.lineages, store, others, phrases, judged_rules(script))


def _named(script: Script) -> Iterable[RuleId]:
    """Return the rules that cues and hints name."""
    hinting = [step.heard for step in script.steps.values()]
    hinting += [exit.heard for step in script.steps.values() for exit in step.exits]
    named = [id for cue in script.cues.values() for id in cue.rules]
    return named + [id for heard in hinting for id in heard.rules]


def _told(
    script: Script, cue_leads: Mapping[CueId, Leads]
) -> Mapping[str, tuple[Cue | None, Leads | None]]:
    """Return by the key of a pattern the cue that its words meet, and where they lead."""
    told: dict[str, tuple[Cue | None, Leads | None]] = {
        f"{_CUE} {id}": (cue, cue_leads.get(id)) for id, cue in script.cues.items()
    }
    for step in script.steps.values():
        told[f"{_STEP} {step.id}"] = (None, Leads({}, (step,)))
        for exit in step.exits:
            told[f"{_EXIT} {step.id}/{exit.id}"] = (None, Leads({step.id: (exit.id,)}))
    return told


def _timed(script: Script) -> tuple[tuple[float, int, Cue], ...]:
    """Return the cues with a deadline: in how many seconds, their place in the script, and cue."""
    cues = enumerate(script.cues.values())
    timed = [
        (cue.within.seconds, place, cue) for place, cue in cues if cue.kind is _SAY and cue.within
    ]
    return tuple(sorted(timed, key=lambda found: found[:2]))


def _some_word(blank: re.Match[str]) -> str:
    """Return a word that is in no phrase, as long as a blank, so that spans still fit."""
    return f" {_NO_LETTER * (len(blank.group()) - 2)} "


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
