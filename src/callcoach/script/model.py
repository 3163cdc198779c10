"""A loaded script: the immutable answer to "what should be said".

Ids are namespaced: the step `greeting` of the pack `courtesy` is `courtesy.greeting`. An exit's
id is local to its step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NewType

from callcoach.script.facts import Fact, FactId
from callcoach.script.guard import Guard
from callcoach.script.judges import Judges
from callcoach.script.place import Place, Text
from callcoach.script.rules import Rule, RuleId
from callcoach.script.terms import Phrase as Phrase
from callcoach.script.terms import Severity as Severity
from callcoach.script.terms import Speaker as Speaker
from callcoach.script.terms import StepId as StepId
from callcoach.script.wording import Language, Wording

PackId = NewType("PackId", str)
ExitId = NewType("ExitId", str)
LineId = NewType("LineId", str)
CueId = NewType("CueId", str)
OutcomeId = NewType("OutcomeId", str)
PlanId = NewType("PlanId", str)


@dataclass(frozen=True, slots=True)
class Heard:
    """What suggests an exit, an objection or a step: phrases, cues that were met, or rules."""

    phrases: tuple[Phrase, ...] = ()
    cues: tuple[CueId, ...] = ()
    rules: tuple[RuleId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.cues or self.rules)


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say, with its variants; `{{ fact }}` is filled in when it is said."""

    id: LineId
    wording: Wording
    when: Guard | None
    """Said only where this holds; None: always."""
    place: Place


@dataclass(frozen=True, slots=True)
class Exit:
    """A labelled way out of a step, or, in a hub, one of the things to do there."""

    id: ExitId
    label: Wording
    to: StepId | None
    """The step or objection it leads to; None for one that stays or goes back."""
    place: Place
    stay: bool = False
    """It is done within the step, which stays open: one spoke of a hub."""
    back: bool = False
    """It returns from an objection to where the call was."""
    when: Guard | None = None
    after: tuple[ExitId, ...] = ()
    """The exits of the same step that must be done before it opens."""
    optional: bool = False
    """A spoke that `after: all` does not wait for."""
    heard: Heard = Heard()
    lines: tuple[LineId, ...] = ()
    """What to say when it is chosen."""
    asks: tuple[FactId, ...] = ()
    waives: tuple[CueId, ...] = ()
    """The step's cues that nobody owes any more when it is left this way."""
    sets: tuple[tuple[FactId, Text], ...] = ()
    """Facts that taking it settles, and their values."""


@dataclass(frozen=True, slots=True)
class Step:
    """A place in the call: what to say, what to find out, and the ways on.

    An objection is a step that can be opened from anywhere and returns to where it was opened.
    """

    id: StepId
    title: Wording
    place: Place
    is_objection: bool = False
    lines: tuple[LineId, ...] = ()
    exits: tuple[Exit, ...] = ()
    asks: tuple[FactId, ...] = ()
    cues: tuple[CueId, ...] = ()
    """Cues due here beside those that name this step themselves."""
    note: Wording | None = None
    """For the agent's eyes; never spoken."""
    heard: Heard = Heard()
    """What tells that the call is here."""
    outcome: OutcomeId | None = None
    """The outcome of a call that ends here; None where it goes on."""
    bridge: LineId | None = None
    """An objection's line for the way back."""
    uses: StepId | None = None
    """The step whose lines and cues this one takes over."""
    is_vulnerable: bool = False
    """The customer may be vulnerable: slow down, offer help, no pressure."""
    sensitive: float | None = None
    """Nothing that is said or typed here is written down, as where a card number is given; how
    long that usually takes, in seconds. None: it is a step like others."""

    @property
    def is_end(self) -> bool:
        """Tell whether a call may end here."""
        return self.outcome is not None

    @property
    def is_hub(self) -> bool:
        """Tell whether the step has things to do in any order before it can be left."""
        return any(exit.stay for exit in self.exits)

    def exit(self, id: ExitId) -> Exit | None:
        """Return the exit called `id`, or None."""
        return next((exit for exit in self.exits if exit.id == id), None)


class CueKind(StrEnum):
    """What a cue asks for."""

    SAY = "say"
    """Must be said."""
    WATCH = "watch"
    """Worth knowing when it is said; owed by nobody."""
    AVOID = "avoid"
    """Must not be said: never, or not before something else."""


class FlagKind(StrEnum):
    """What is wrong about a cue."""

    FORBIDDEN = "forbidden"
    """It must never be said, and was."""
    OUT_OF_ORDER = "out_of_order"
    """Something was said before what has to come first."""
    MISSING = "missing"
    """It is due and was not said: its time is over, or its step was left."""
    REPEATED = "repeated"
    """It was said too often."""
    LATE = "late"
    """It was said after its time was over."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a cue must be met."""

    seconds: float
    of: Literal["call", "step"]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Cues and steps that come before or after; one of them is enough. Empty: no condition."""

    cues: tuple[CueId, ...] = ()
    steps: tuple[StepId, ...] = ()
    """Entering one of these, or a step that uses one, counts."""

    def __bool__(self) -> bool:
        return bool(self.cues or self.steps)


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that must, or must never, be said."""

    id: CueId
    kind: CueKind
    title: Wording
    speaker: Speaker
    place: Place
    phrases: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    """An overlapping match of one of these takes the hit back."""
    is_call_wide: bool = False
    """Due, or forbidden, in the whole call; otherwise in the steps of `Script.due`."""
    steps: tuple[StepId, ...] = ()
    """Where the pack that declares it says it is due."""
    within: Deadline | None = None
    before: Anchors = Anchors()
    after: Anchors = Anchors()
    """A hit before any of these does not count; for an avoid cue, is what is forbidden."""
    least: int = 1
    most: int | None = None
    """More often than this is flagged as repeated; None: as often as you like."""
    each_visit: bool = False
    """Owed anew at every visit of a step where it is due."""
    weight: float = 1.0
    severity: Severity = Severity.MAJOR
    required_for: tuple[OutcomeId, ...] = ()
    """The outcomes that no call may reach without a step where this cue is due."""
    is_always_required: bool = False
    """Required for every outcome but those of calls that break off early."""
    why: Wording | None = None
    suggest: LineId | None = None
    """What to say to meet it; for an avoid cue, to repair it."""
    repair: CueId | None = None
    """The cue that, met afterwards, repairs an avoid cue's flag."""
    rules: tuple[RuleId, ...] = ()
    """A hit of one of these rules is a hit of the cue, as one of its phrases is."""


@dataclass(frozen=True, slots=True)
class Consent:
    """From when on a call may be listened to by machine, and what ends that."""

    after: Anchors
    """It may be listened to once one of these cues was met or one of these steps reached."""
    stop: Anchors = Anchors()
    """One of these cues said, or one of these steps entered, ends it for good."""
    place: Place = field(default=Place(""))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended."""

    id: OutcomeId
    code: str
    """Short and stable, for systems: `PTP`."""
    title: Wording
    place: Place
    is_early: bool = False
    """May be chosen when a call breaks off before the script's end."""


@dataclass(frozen=True, slots=True)
class Script:
    """A pack with everything it uses, ready for a call."""

    id: PackId
    title: Wording
    version: str
    digest: str
    """SHA-256 over everything that a call can depend on (plans and comments left out), in hex."""
    languages: tuple[Language, ...]
    start: StepId | None
    """None for a pack that is only there to be used by others."""
    steps: Mapping[StepId, Step]
    """Steps and objections: the pack's own, and those of other packs that a call can come to."""
    lineages: Mapping[StepId, tuple[StepId, ...]]
    """Each step and the steps that it uses, nearest first."""
    lines: Mapping[LineId, Line]
    cues: Mapping[CueId, Cue]
    facts: Mapping[FactId, Fact]
    outcomes: Mapping[OutcomeId, Outcome]
    due: Mapping[StepId, tuple[CueId, ...]]
    """The cues due, or forbidden, in each step; call-wide ones are not repeated here."""
    names: Mapping[PackId, Mapping[str, FactId]]
    """Which fact a name means in the templates and guards of each pack."""
    packs: tuple[PackId, ...]
    """This pack, then the packs it uses, nearest first."""
    about: Wording | None = None
    place: Place = field(default=Place(""))
    rules: Mapping[RuleId, Rule] = field(default_factory=dict)
    """The rules of this pack and of those it uses."""
    consent: Consent | None = None
    """The pack's own, or that of the nearest pack it uses; None where none says anything."""
    judges: Judges = field(default_factory=dict)
    """Who has a word beside a rule, where somebody has."""
    of_rules: str = ""
    """Digest of the rules of this pack and of those it uses: judges are good for one."""

    @property
    def objections(self) -> tuple[Step, ...]:
        """Return the objections in the order of the packs."""
        return tuple(step for step in self.steps.values() if step.is_objection)

    def language(self, wanted: Language) -> Language:
        """Return `wanted` where the script has it, else the language that it names first."""
        return wanted if wanted in self.languages else self.languages[0]

    @property
    def given_facts(self) -> tuple[Fact, ...]:
        """Return the facts that are known before the call."""
        return tuple(fact for fact in self.facts.values() if fact.given)


def pack_of(id: str) -> PackId:
    """Return the pack part of a namespaced id: `courtesy` of `courtesy.greeting`."""
    return PackId(id.partition(".")[0])


def local(id: str) -> str:
    """Return the local part of a namespaced id: `greeting` of `courtesy.greeting`."""
    return id.partition(".")[2]
