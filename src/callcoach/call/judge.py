"""Says which cues an utterance meets, what it suggests, and what is still owed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callcoach.call.state import CallState
from callcoach.script.model import (
    Cue,
    CueId,
    CueKind,
    Heard,
    Outcome,
    Script,
    Speaker,
    StepId,
)
from callcoach.words.match import Hit, Matcher, Pattern

_CUE, _EXIT, _STEP = "cue", "exit", "step"
"""What the key of a pattern begins with, before a space and an id."""

_NO_LETTER = "\u01c2"
"""A letter of no language that packs are written in."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A cue that the agent owes."""

    cue: Cue
    due: float | None
    """On the active clock, in seconds; None where it has no deadline of its own."""
    is_here: bool
    """It is due in the current step, not just somewhere in the call."""


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that was said, by the one who is to say it."""

    cue: Cue
    hit: Hit


@dataclass(frozen=True, slots=True)
class Hint:
    """A way that was suggested: an exit of the current step, or another step or objection."""

    target: str
    """An exit's id, or the namespaced id of a step or objection."""
    hit: Hit

    @property
    def is_exit(self) -> bool:
        """Tell whether it is an exit of the current step."""
        return "." not in self.target


class Judge:
    """The cues and hints of one script, compiled; immutable, free to share between calls."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._matcher = Matcher(_patterns(script))
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

    def listen(
        self, state: CallState, speaker: Speaker, text: str
    ) -> tuple[tuple[CueHit, ...], tuple[Hint, ...]]:
        """Return the cues that an utterance holds, in order, and what it suggests.

        What stands in a line for a fact that nobody knows is not listened to.
        """
        hits: list[CueHit] = []
        hints: list[Hint] = []
        for hit in self._matcher.hits(self._blanks.sub(_some_word, text)):
            kind, _, id = hit.key.partition(" ")
            if kind == _CUE:
                cue = self.script.cues[CueId(id)]
                if cue.speaker is speaker and self._applies(state, cue):
                    hits.append(CueHit(cue, hit))
                    for target in self._cue_hints.get(cue.id, ()):
                        hints.extend(self._hint(state, target, speaker, hit))
            else:
                hints.extend(self._hint(state, hit.key, speaker, hit))
        hints.sort(key=lambda hint: (hint.hit.start, hint.hit.end, hint.is_exit))
        return tuple(hits), _outermost(hints)

    def _applies(self, state: CallState, cue: Cue) -> bool:
        """Tell whether a cue is listened for now; some are forbidden, or tell, in some steps only.

        What is owed counts wherever it is said.
        """
        if cue.kind is CueKind.SAY or cue.is_call_wide:
            return True
        return state.position.step in self._where.get(cue.id, ())

    def _hint(self, state: CallState, key: str, speaker: Speaker, hit: Hit) -> Iterator[Hint]:
        """Yield the hint of a key where it leads anywhere and is the speaker's to give.

        Answers that suggest an exit, and objections, are the other side's words; that the call
        has come to a step, and has not been there, shows in the agent's. A cue suggests what it
        does whoever says it.
        """
        kind, _, id = key.partition(" ")
        is_agent = speaker is Speaker.AGENT
        is_cue = hit.key.startswith(_CUE)
        if kind == _EXIT:
            step_id, _, exit = id.partition("/")
            if step_id == state.position.step and (is_cue or not is_agent):
                yield Hint(exit, hit)
            return
        step = self.script.steps[StepId(id)]
        is_theirs = is_cue or step.is_objection is not is_agent
        is_open = any(frame.step == id for frame in state.position.stack)
        is_new = step.is_objection or id not in state.entered
        if is_theirs and is_new and not is_open and id != state.position.step:
            yield Hint(id, hit)

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


def _some_word(blank: re.Match[str]) -> str:
    """Return a word that is in no phrase, as long as a blank, so that spans still fit."""
    return f" {_NO_LETTER * (len(blank.group()) - 2)} "


def _outermost(hints: list[Hint]) -> tuple[Hint, ...]:
    """Return one hint of each target, without those that are part of another: 对 in 不对."""
    found: dict[str, Hint] = {}
    for hint in hints:
        is_part = any(
            other.hit.start <= hint.hit.start
            and hint.hit.end <= other.hit.end
            and other.hit.end - other.hit.start > hint.hit.end - hint.hit.start
            for other in hints
            if other.target != hint.target
        )
        if not is_part:
            found.setdefault(hint.target, hint)
    return tuple(found.values())


def _patterns(script: Script) -> Iterator[Pattern]:
    """Yield everything to listen for. Keys begin with what they are: cue, exit or step."""
    for cue in script.cues.values():
        for phrase in cue.phrases:
            yield Pattern(f"{_CUE} {cue.id}", phrase.text.value)
        for phrase in cue.unless:
            yield Pattern(f"{_CUE} {cue.id}", phrase.text.value, veto=True)
    for step in script.steps.values():
        yield from _hint_patterns(f"{_STEP} {step.id}", step.heard)
        for exit in step.exits:
            yield from _hint_patterns(f"{_EXIT} {step.id}/{exit.id}", exit.heard)


def _hint_patterns(key: str, heard: Heard) -> Iterator[Pattern]:
    for phrase in heard.phrases:
        yield Pattern(key, phrase.text.value)


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
