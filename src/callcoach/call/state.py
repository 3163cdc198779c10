"""What is true at one moment of a call: an immutable value that every screen is drawn from."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from callcoach.call.captured import Source
from callcoach.call.events import OfferedLine, Span
from callcoach.call.flow import Position
from callcoach.script.facts import FactId, FactValue
from callcoach.script.model import (
    CueId,
    ExitId,
    FlagKind,
    LineId,
    OutcomeId,
    Severity,
    Speaker,
    StepId,
)
from callcoach.script.wording import Language


class CueState(Struct, frozen=True):
    """How far a cue has come."""

    count: int = 0
    """How often it was said so that it counts."""
    ticked_at: float | None = None
    """When it was ticked first; None where it is not ticked."""
    heard_at: float | None = None
    """When it was said for the last time that it takes; None while more is wanted."""
    span: Span | None = None
    """Where it was said last."""
    visits: frozenset[int] = frozenset()
    """The visits of steps in which it was said or ticked; of those that are over, any."""
    unsure: int = 0
    """How often of `count` a recogniser was not sure; rather too often, where a tick is undone."""
    is_unkept: bool = False
    """No hand ticked it: words met it that are not kept."""

    @property
    def is_ticked(self) -> bool:
        """Tell whether it was ticked: by hand, or by words that are not kept."""
        return self.ticked_at is not None

    def ticked(self, at: float, by_hand: bool, visits: frozenset[int]) -> "CueState":
        """Return it with a tick at `at`; a hand's is told as one, whoever ticked before."""
        is_unkept = not by_hand and (self.is_unkept or not self.is_ticked)
        first = at if self.ticked_at is None else self.ticked_at
        return replace(self, ticked_at=first, visits=visits, is_unkept=is_unkept)

    @property
    def met_at(self) -> float | None:
        """Return when it was met first; None where it is not met."""
        if self.ticked_at is None or self.heard_at is None:
            return self.heard_at if self.ticked_at is None else self.ticked_at
        return min(self.ticked_at, self.heard_at)


_UNHEARD = CueState()


class OpenFlag(Struct, frozen=True):
    """A flag that has not been cleared; of one kind and cue there is one at a time."""

    id: int
    what: FlagKind
    cue: CueId
    severity: Severity
    reason: str
    raised_at: float
    count: int = 1
    """How often the same was flagged again."""
    span: Span | None = None
    due: float | None = None
    other: str = ""
    snoozed_until: float = 0.0
    cause: int = 0
    """The `seq` of the choice or utterance that led to it; 0 where time did."""
    is_unheard: bool = False
    """Nothing was heard in all the time in which its words could have come, or at its end."""


class Suggestion(Struct, frozen=True):
    """Something heard that suggests a way."""

    target: str
    span: Span
    at: float
    utterance: int
    """Which utterance of the call it was, from 1."""


class Interrupted(Struct, frozen=True):
    """What was being said in a step when an objection was opened there."""

    offered: tuple[OfferedLine, ...]
    said: frozenset[LineId]
    spoke: ExitId | None


class Ended(Struct, frozen=True):
    """How the call ended."""

    at: float
    outcome: OutcomeId | None
    is_early: bool


class Choice(Struct, frozen=True):
    """Something that the agent did and can take back."""

    seq: int
    kind: str
    """The kind of its event."""
    what: str
    """The id of the exit, step, fact or cue."""
    before: "CallState"
    """What was true before; its own `choices` are left out."""


class Capture(Struct, frozen=True):
    """How this machine hears the call."""

    sources: tuple[Source, ...] = ()
    """What it listens to, or listened to last; none where it has not begun yet."""
    model: str = ""
    kept: str = ""
    """How the sound is kept: `flac` or `opus`; empty where it is not."""
    reason: str = ""
    """Why nothing is heard now, one of `Closed`; empty while it listens."""
    since: float = 0.0
    """Since when it listens, or does not."""
    deaf: tuple[tuple[float, float], ...] = ()
    """The times, now over, in which nothing was heard, in order."""
    lost: float | None = None
    """Since when the agent's device gives no sound, while another one is heard."""

    @property
    def is_open(self) -> bool:
        """Tell whether the call is being heard."""
        return not self.reason


class Refusal(Struct, frozen=True):
    """What ended for good that the call may be listened to."""

    by: str
    """The cue or step of the script."""
    at: float


class CallState(Struct, frozen=True):
    """A fold over the events of a call so far; see `call.fold`."""

    seq: int
    """Of the last event."""
    at: float
    language: Language
    day: date
    seed: int
    position: Position
    facts: Mapping[FactId, FactValue] = field(default_factory=dict)
    cues: Mapping[CueId, CueState] = field(default_factory=dict)
    """The cues that were said or ticked."""
    flags: Mapping[tuple[FlagKind, CueId], OpenFlag] = field(default_factory=dict)
    """The open flags."""
    next_flag: int = 1
    visits: int = 0
    """How many times a step was entered."""
    waived: frozenset[CueId] = frozenset()
    """The cues that the exits taken have waived."""
    entered: frozenset[StepId] = frozenset()
    """Every step entered so far, and the steps that these use."""
    reached: frozenset[StepId] = frozenset()
    """Those of them to which a way of the script led; to jump to a step proves nothing."""
    offered: tuple[OfferedLine, ...] = ()
    """The lines to say now."""
    offered_at: float = 0.0
    """Since when they are to be said."""
    said: frozenset[LineId] = frozenset()
    """The lines that were said as they stand in this visit of the step."""
    spoke: ExitId | None = None
    """The spoke of a hub whose lines are offered."""
    interrupted: tuple[Interrupted, ...] = ()
    """What goes on when the open objections are over; one for each of the position's frames."""
    uses: Mapping[OfferedLine, int] = field(default_factory=dict)
    """The `seq` at which each variant was offered last."""
    suggestions: tuple[Suggestion, ...] = ()
    """What the customer's words suggest, or an exit's own cue; newest first, of one target one."""
    held_since: float | None = None
    held: float = 0.0
    """How long the call was on hold, in seconds, the present hold left out."""
    utterances: int = 0
    speaker: Speaker | None = None
    """Who spoke last."""
    notes: int = 0
    choices: tuple[Choice, ...] = ()
    """What can be taken back, newest last."""
    ended: Ended | None = None
    capture: Capture | None = None
    """How this machine hears the call; None where it does not."""
    is_turned_on: bool | None = None
    """Whether the agent opened the ears by hand, or closed them; None for neither."""
    refusal: Refusal | None = None
    """Why the ears stay closed until they are opened by hand."""
    sensitive_since: float | None = None
    """Since when nothing is written down, as in a step with a card number; None: it is."""
    unwritten: tuple[float, float] | None = None
    """The last time, now over, of a hold or a sensitive step: what was said in it is not kept."""

    @property
    def is_on_hold(self) -> bool:
        """Tell whether the customer is on hold."""
        return self.held_since is not None

    def active(self, at: float) -> float:
        """Return a time of the call on the active clock, on which holds do not count."""
        since = self.held_since
        return (at if since is None else min(at, since)) - self.held

    def cue(self, id: CueId) -> CueState:
        """Return how far a cue has come."""
        return self.cues.get(id, _UNHEARD)
