"""Which parts of a pack its rehearsed calls reach, and where the others stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from callcoach.script.check.graph import reachable
from callcoach.script.model import CueId, ExitId, Script, StepId, pack_of
from callcoach.script.place import Place
from callcoach.script.wording import Language


class Part(StrEnum):
    """What can be covered."""

    STEP = "step"
    EXIT = "exit"
    OBJECTION = "objection"
    CUE = "cue"


@dataclass(frozen=True, slots=True)
class Visit:
    """What one rehearsed call reached."""

    language: Language
    steps: frozenset[StepId]
    """Steps and objections."""
    exits: frozenset[tuple[StepId, ExitId]]
    cues: frozenset[CueId]
    """Cues that were heard, whether they counted or not."""


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the pack."""

    part: Part
    id: str
    language: Language
    place: Place


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was reached."""

    reached: Mapping[tuple[Part, Language], tuple[int, int]]
    """(reached, all) of each part in each language."""
    missed: tuple[Item, ...]
    """What was never reached, in the order of the files."""

    @property
    def is_full(self) -> bool:
        """Tell whether nothing was missed."""
        return not self.missed


def cover(script: Script, visits: Iterable[Visit]) -> Coverage:
    """Return how much of the script's own pack the visits reach, in each of its languages.

    Cues without phrases and rules can only be ticked and are left out.
    """
    visits = tuple(visits)
    reached: dict[tuple[Part, Language], tuple[int, int]] = {}
    missed: list[Item] = []
    for language in script.languages:
        mine = [visit for visit in visits if visit.language == language]
        steps = frozenset[StepId]().union(*(visit.steps for visit in mine))
        exits = frozenset[tuple[StepId, ExitId]]().union(*(visit.exits for visit in mine))
        cues = frozenset[CueId]().union(*(visit.cues for visit in mine))
        for item, is_reached in _items(script, language, steps, exits, cues):
            count, total = reached.get((item.part, language), (0, 0))
            reached[item.part, language] = (count + is_reached, total + 1)
            if not is_reached:
                missed.append(item)
    missed.sort(key=lambda item: (item.place, item.language))
    return Coverage(reached, tuple(missed))


def _items(
    script: Script,
    language: Language,
    steps: frozenset[StepId],
    exits: frozenset[tuple[StepId, ExitId]],
    cues: frozenset[CueId],
) -> Iterator[tuple[Item, bool]]:
    used = {step.uses for step in script.steps.values()} - reachable(script)
    for step in script.steps.values():
        if pack_of(step.id) != script.id or (step.id in used and step.id not in steps):
            continue
        part = Part.OBJECTION if step.is_objection else Part.STEP
        yield Item(part, step.id, language, step.place), step.id in steps
        for exit in step.exits:
            id = f"{step.id}/{exit.id}"
            yield Item(Part.EXIT, id, language, exit.place), (step.id, exit.id) in exits
    for cue in script.cues.values():
        spoken = {phrase.language for phrase in cue.phrases}
        if pack_of(cue.id) == script.id and (cue.rules or language in spoken):
            yield Item(Part.CUE, cue.id, language, cue.place), cue.id in cues
