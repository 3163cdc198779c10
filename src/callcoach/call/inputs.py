"""Everything that can be fed to a session."""

from dataclasses import dataclass

from callcoach.call.captured import Doubt, Source
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, ExitId, LineId, OutcomeId, Speaker, StepId
from callcoach.script.wording import Language

FOLLOW = "follow"
"""Who chooses where a transcript is replayed: what was said, not a hand."""


@dataclass(frozen=True, slots=True)
class Hear:
    """Somebody said something: a recogniser's final result, a typed text or a transcript's row."""

    speaker: Speaker
    text: str
    start: float | None = None
    """When it began, in seconds since the call began; None: when it was fed, never later."""
    end: float | None = None
    source: str = "typed"
    """`speech`, `typed` or `transcript`."""
    confidence: float | None = None
    """Of the recogniser, 0 to 1; None where nothing was recognised by machine."""
    doubts: tuple[Doubt, ...] = ()
    """The words of which the recogniser is less sure than `SURE_FROM`, in order."""


@dataclass(frozen=True, slots=True)
class SayLine:
    """The agent says an offered line as it stands."""

    line: LineId
    seconds: float = 0.0
    """How long it took to say; 0 where nobody measured it."""


@dataclass(frozen=True, slots=True)
class TakeExit:
    """The agent takes an exit of the current step."""

    exit: ExitId
    by: str = "hand"
    """`hand`, or `follow` where a replay follows what was heard."""


@dataclass(frozen=True, slots=True)
class OpenObjection:
    """The agent opens an objection; it will return here."""

    objection: StepId
    by: str = "hand"


@dataclass(frozen=True, slots=True)
class JumpTo:
    """The agent goes to a step although no exit leads there: real calls do not follow scripts."""

    step: StepId
    by: str = "hand"


@dataclass(frozen=True, slots=True)
class TellFact:
    """A fact was found out; `text` is read as its type says."""

    fact: FactId
    text: str
    by: str = "hand"
    """`hand`, or `given` for what is known before the call."""


@dataclass(frozen=True, slots=True)
class TickCue:
    """The agent says that a cue has been met, or words met it that are not written down."""

    cue: CueId
    by: str = "hand"
    """`hand`, or `follow` for words of a recording that are not kept."""


@dataclass(frozen=True, slots=True)
class UntickCue:
    """The agent says that a cue has not been met after all."""

    cue: CueId


@dataclass(frozen=True, slots=True)
class WriteNote:
    """The agent writes a note."""

    text: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The customer is put on hold; deadlines wait."""


@dataclass(frozen=True, slots=True)
class Unhold:
    """The customer is back."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """A flag is to be quiet for some seconds."""

    flag: int
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Undo:
    """The agent takes the last choice back."""


@dataclass(frozen=True, slots=True)
class SwitchLanguage:
    """The call goes on in another of the script's languages."""

    language: Language


@dataclass(frozen=True, slots=True)
class TurnListening:
    """The agent opens the ears by hand, with the customer's word, or closes them."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class StartCapture:
    """The sound of the call is heard from now."""

    sources: tuple[Source, ...]
    model: str
    """The name of the speech model."""
    kept: str = ""
    """How the sound is kept: `flac` or `opus`; empty where it is not."""


@dataclass(frozen=True, slots=True)
class PauseCapture:
    """No sound is taken from now, or none has been taken yet, as `consent.may_listen` says."""

    reason: str
    """One of `captured.Closed`."""


@dataclass(frozen=True, slots=True)
class ResumeCapture:
    """The sound is heard again."""


@dataclass(frozen=True, slots=True)
class StopCapture:
    """No sound is heard any more; the end of the call says so by itself."""

    reason: str
    """One of `captured.Closed`."""


@dataclass(frozen=True, slots=True)
class MissSound:
    """A part of the call was not heard although it was listened to."""

    start: float
    """Seconds since the call began."""
    end: float
    reason: str
    """`dropped`, `crash` or `lost`."""
    speaker: Speaker | None = None
    """Whose voice; None for all."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Time passes."""


@dataclass(frozen=True, slots=True)
class Resume:
    """A call that was interrupted (the program died) goes on."""


@dataclass(frozen=True, slots=True)
class EndCall:
    """The call is over; without an outcome, that of the end step it is in."""

    outcome: OutcomeId | None = None
    by: str = "hand"
    """`hand`, or `follow` where a transcript ends and nobody says how the call did."""


Input = (
    Hear
    | SayLine
    | TakeExit
    | OpenObjection
    | JumpTo
    | TellFact
    | TickCue
    | UntickCue
    | WriteNote
    | Hold
    | Unhold
    | Snooze
    | Undo
    | SwitchLanguage
    | TurnListening
    | StartCapture
    | PauseCapture
    | ResumeCapture
    | StopCapture
    | MissSound
    | Pass
    | Resume
    | EndCall
)
