"""What happened in a call: immutable facts in order, each a line of JSON.

How they are stored, and what becomes of those of older and newer programs: `call.codec`.
"""

from typing import ClassVar

import msgspec

from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
    Doubt,
    ListeningTurned,
)
from callcoach.call.codec import Codec, Upcasters
from callcoach.call.flow import By
from callcoach.call.happened import Happened
from callcoach.call.part import Part
from callcoach.script.facts import FactId
from callcoach.script.model import (
    CueId,
    ExitId,
    FlagKind,
    LineId,
    OutcomeId,
    PackId,
    PlanId,
    Severity,
    Speaker,
    StepId,
)
from callcoach.script.wording import Language


class Span(msgspec.Struct, frozen=True, array_like=True):
    """Words in an utterance."""

    heard: int
    """The `seq` of the `Heard` event."""
    start: int
    """In characters of its text."""
    end: int
    """Exclusive."""


class OfferedLine(msgspec.Struct, frozen=True, array_like=True):
    """A line and the variant of it that is offered, counted from 0."""

    line: LineId
    variant: int


class CallStarted(Happened, frozen=True, kw_only=True, tag="call_started"):
    """A call began."""

    script: PackId
    digest: str
    """Of the script; see `Script.digest`."""
    script_version: str
    language: Language
    started: str
    """The instant, in UTC, ISO 8601."""
    day: str
    """The day where the agent is, ISO 8601: what a date without a year is counted from."""
    seed: int
    """For choosing between variants."""
    mode: str
    """`call`, `practice`, `demo`, `replay`, `import` or `preview`."""
    agent: str = ""
    plan: PlanId | None = None
    program: str = ""
    """The version of callcoach."""


class Heard(Happened, frozen=True, kw_only=True, tag="heard"):
    """Somebody said something."""

    version: ClassVar[int] = 2

    speaker: Speaker
    text: str
    start: float
    """Seconds since the call began; not ordered between the two voices."""
    end: float
    source: str = "speech"
    """`speech`, `typed`, `line` (said as offered) or `transcript`."""
    line: LineId | None = None
    confidence: float | None = None
    doubts: tuple[Doubt, ...] = ()
    """The words that the recogniser was not sure of, in order."""


class StepEntered(Happened, frozen=True, kw_only=True, tag="step_entered"):
    """The call came to a step or an objection."""

    step: StepId
    by: By
    offered: tuple[OfferedLine, ...] = ()


class ExitTaken(Happened, frozen=True, kw_only=True, tag="exit_taken"):
    """The agent took an exit; where it leads somewhere, `StepEntered` follows."""

    step: StepId
    exit: ExitId
    by: str = "hand"
    offered: tuple[OfferedLine, ...] = ()


class ObjectionOpened(Happened, frozen=True, kw_only=True, tag="objection_opened"):
    """The agent opened an objection; `StepEntered` follows."""

    step: StepId
    """Where the call was."""
    objection: StepId
    by: str = "hand"


class Jumped(Happened, frozen=True, kw_only=True, tag="jumped"):
    """The agent went to a step without an exit; `StepEntered` follows."""

    step: StepId
    to: StepId
    by: str = "hand"


class Suggested(Happened, frozen=True, kw_only=True, tag="suggested"):
    """Something heard suggests an exit of the current step, an objection or another step."""

    target: str
    """An exit's id, or the id of a step or objection."""
    span: Span


class CueHeard(Happened, frozen=True, kw_only=True, tag="cue_heard"):
    """A cue was said, or a rule that meets it has come to hold."""

    version: ClassVar[int] = 4

    cue: CueId
    span: Span
    phrase: str
    """The phrase that matched."""
    counts: bool = True
    """False where it came before what it must come after, or may not be said and is in doubt."""
    by: str = "rule"
    """Who judged so: `rule`, or `model` for a learned judge, the pack's or a team's own."""
    taken_for: str = ""
    """What was understood, where the words that were heard are others."""
    confidence: float = 1.0
    """How sure the judge is, 0 to 1; 1 where the words are those of the phrase."""
    also: tuple[Span, ...] = ()
    """The other words that it rests on: what was asked, what was answered."""
    amount: str = ""
    """The money that was named in it, where its rule keeps that: “426.80 CNY”, “426.80”."""
    day: str = ""
    """The day that was named in it, as it was said."""
    parts: tuple[Part, ...] = ()
    """Where it is paid in several parts: all of them, in order; the first is `amount` and `day`."""
    is_doubtful: bool = False
    """The recogniser was not sure of the words: they may meet what is owed, and accuse nobody."""


class CueTicked(Happened, frozen=True, kw_only=True, tag="cue_ticked"):
    """The agent ticked a cue by hand, or words met it that are not kept."""

    version: ClassVar[int] = 2

    cue: CueId
    by: str = "hand"


class CueUnticked(Happened, frozen=True, kw_only=True, tag="cue_unticked"):
    """The agent says that a cue was not met after all."""

    cue: CueId


class FactTold(Happened, frozen=True, kw_only=True, tag="fact_told"):
    """A fact became known or changed."""

    fact: FactId
    value: str
    """Canonical text; see `script.facts`."""
    by: str = "hand"
    """`hand`, `given` before the call, or `exit` where taking one settled it."""


class FlagRaised(Happened, frozen=True, kw_only=True, tag="flag_raised"):
    """A cue was missed, late, out of order, repeated, or forbidden and said."""

    version: ClassVar[int] = 2

    flag: int
    """Counted from 1 within the call."""
    what: FlagKind
    cue: CueId
    severity: Severity
    reason: str
    """A code for the sentence that explains it; see `call.explain`."""
    span: Span | None = None
    """The words that are the evidence; None where words are missing."""
    due: float | None = None
    """By when it was due, in seconds since the call began."""
    other: str = ""
    """The cue or step that came first, for one out of order."""
    cause: int = 0
    """The `seq` of the choice or utterance that led to it; 0 where time did."""
    is_unheard: bool = False
    """Nothing was heard in all the time in which its words could have come, or at its end."""


class FlagCleared(Happened, frozen=True, kw_only=True, tag="flag_cleared"):
    """A flag was repaired, or turned out to be none."""

    flag: int
    by: str
    """`said`, `in_time`, `ticked`, `unkept`, `repaired` or `undone`."""
    span: Span | None = None


class FlagSnoozed(Happened, frozen=True, kw_only=True, tag="flag_snoozed"):
    """A flag is quiet for a while."""

    flag: int
    until: float


class NoteWritten(Happened, frozen=True, kw_only=True, tag="note_written"):
    """The agent wrote a note."""

    text: str


class HoldStarted(Happened, frozen=True, kw_only=True, tag="hold_started"):
    """The customer is on hold."""


class HoldEnded(Happened, frozen=True, kw_only=True, tag="hold_ended"):
    """The customer is back."""


class LanguageSwitched(Happened, frozen=True, kw_only=True, tag="language_switched"):
    """The call goes on in another language."""

    language: Language


class Undone(Happened, frozen=True, kw_only=True, tag="undone"):
    """The agent took a choice back; what follows from it is compensated by the events after."""

    of: int
    """The `seq` of the choice."""


class CallResumed(Happened, frozen=True, kw_only=True, tag="call_resumed"):
    """The program was started again in the middle of the call."""


class CallEnded(Happened, frozen=True, kw_only=True, tag="call_ended"):
    """The call is over."""

    step: StepId
    outcome: OutcomeId | None = None
    code: str = ""
    """The outcome's code."""
    is_early: bool = False
    """It broke off before an end of the script."""


class Unknown(Happened, frozen=True, kw_only=True, tag="unknown"):
    """An event of a kind that this program does not know; kept, shown as unknown, never dropped."""

    original: str
    """Its kind."""
    original_version: int = 1
    body: msgspec.Raw
    """As it was stored, byte for byte: the chain of hashes is about these bytes."""


Event = (
    CallStarted
    | Heard
    | StepEntered
    | ExitTaken
    | ObjectionOpened
    | Jumped
    | Suggested
    | CueHeard
    | CueTicked
    | CueUnticked
    | FactTold
    | FlagRaised
    | FlagCleared
    | FlagSnoozed
    | NoteWritten
    | HoldStarted
    | HoldEnded
    | LanguageSwitched
    | ListeningTurned
    | CaptureStarted
    | CapturePaused
    | CaptureResumed
    | CaptureStopped
    | CaptureGap
    | Undone
    | CallResumed
    | CallEnded
    | Unknown
)


class _Header(msgspec.Struct):
    """What is read of an event of an unknown kind."""

    seq: int
    at: float


UPCASTERS: Upcasters = {
    ("cue_heard", 1): lambda body: body,  # 2 says who judged so, how surely and on what grounds
    ("cue_heard", 2): lambda body: body,  # 3 says whether the words are in doubt
    ("cue_heard", 3): lambda body: body,  # 4 says in which parts something is paid
    ("cue_ticked", 1): lambda body: body,  # 2 says whether a hand did it or words that are not kept
    ("heard", 1): lambda body: body,  # 2 says which words are in doubt
    ("flag_raised", 1): lambda body: body,  # 2 says whether anything was heard meanwhile
}
"""(kind, version) to the function that lifts a body to the next version."""

_CODEC = Codec[Event](Happened, Unknown, _Header)
kind_of = _CODEC.kind_of
version_of = _CODEC.version_of
encode = _CODEC.encode


def decode(kind: str, version: int, body: bytes | str) -> Event:
    """Return the event that was stored as `kind` in `version`; raises as `Codec.decode` does."""
    return _CODEC.decode(kind, version, body, UPCASTERS)
