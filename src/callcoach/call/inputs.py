"""Everything that can be fed to a session."""

from msgspec import Struct

from callcoach.call.captured import Doubt, Source
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, ExitId, LineId, OutcomeId, Speaker, StepId
from callcoach.script.wording import Language

FOLLOW = "follow"
"""Who chooses where a transcript is replayed: what was said, not a hand."""


class Hear(Struct, frozen=True):
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


class SayLine(Struct, frozen=True):
    """The agent says an offered line as it stands."""

    line: LineId
    seconds: float = 0.0
    """How long it took to say; 0 where nobody measured it."""


class TakeExit(Struct, frozen=True):
    """The agent takes an exit of the current step."""

    exit: ExitId
    by: str = "hand"
    """`hand`, or `follow` where a replay follows what was heard."""


class OpenObjection(Struct, frozen=True):
    """The agent opens an objection; it will return here."""

    objection: StepId
    by: str = "hand"


class JumpTo(Struct, frozen=True):
    """The agent goes to a step although no exit leads there: real calls do not follow scripts."""

    step: StepId
    by: str = "hand"


class TellFact(Struct, frozen=True):
    """A fact was found out; `text` is read as its type says."""

    fact: FactId
    text: str
    by: str = "hand"
    """`hand`, or `given` for what is known before the call."""


class TickCue(Struct, frozen=True):
    """The agent says that a cue has been met, or words met it that are not written down."""

    cue: CueId
    by: str = "hand"
    """`hand`, or `follow` for words of a recording that are not kept."""


class UntickCue(Struct, frozen=True):
    """The agent says that a cue has not been met after all."""

    cue: CueId


class WriteNote(Struct, frozen=True):
    """The agent writes a note."""

    text: str


class Hold(Struct, frozen=True):
    """The customer is put on hold; deadlines wait."""


class Unhold(Struct, frozen=True):
    """The customer is back."""


class Snooze(Struct, frozen=True):
    """A flag is to be quiet for some seconds."""

    flag: int
    seconds: float = 60.0


class Undo(Struct, frozen=True):
    """The agent takes the last choice back."""


class SwitchLanguage(Struct, frozen=True):
    """The call goes on in another of the script's languages."""

    language: Language


class TurnListening(Struct, frozen=True):
    """The agent opens the ears by hand, with the customer's word, or closes them."""

    is_on: bool


class StartCapture(Struct, frozen=True):
    """The sound of the call is heard from now."""

    sources: tuple[Source, ...]
    model: str
    """The name of the speech model."""
    kept: str = ""
    """How the sound is kept: `flac` or `opus`; empty where it is not."""


class PauseCapture(Struct, frozen=True):
    """No sound is taken from now, or none has been taken yet, as `consent.may_listen` says."""

    reason: str
    """One of `captured.Closed`."""


class ResumeCapture(Struct, frozen=True):
    """The sound is heard again."""


class StopCapture(Struct, frozen=True):
    """No sound is heard any more; the end of the call says so by itself."""

    reason: str
    """One of `captured.Closed`."""


class MissSound(Struct, frozen=True):
    """A part of the call was not heard although it was listened to."""

    start: float
    """Seconds since the call began."""
    end: float
    """As `start` where a device has just been lost, and nobody knows how long it will be."""
    reason: str
    """`dropped`, `crash` or `lost`."""
    speaker: Speaker | None = None
    """Whose voice; None for all."""


class Pass(Struct, frozen=True):
    """Time passes."""


class Resume(Struct, frozen=True):
    """A call that was interrupted (the program died) goes on."""


class EndCall(Struct, frozen=True):
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
