"""What happened to the hearing of a call by this machine: events, and how sure words are."""

from enum import StrEnum

import msgspec

from callcoach.call.happened import Happened
from callcoach.script.model import Speaker

SURE_FROM = 0.7
"""A word of which a recogniser is less sure than this, 0 to 1, is in doubt: it accuses nobody."""


class Doubt(msgspec.Struct, frozen=True, array_like=True):
    """Words of an utterance that a recogniser was not sure of."""

    start: int
    """In characters of the text."""
    end: int
    """Exclusive."""
    confidence: float
    """How sure it was, 0 to 1; of several words the least."""


class Source(msgspec.Struct, frozen=True, array_like=True):
    """A microphone, a far side or a channel of a file."""

    role: Speaker
    """Whose voice it has."""
    name: str = ""
    """As the machine calls it, for the eye."""


class Closed(StrEnum):
    """Why nothing is listened to."""

    NOT_YET = "not_yet"
    """The script has not come to where it may be, and nobody opened it by hand."""
    HOLD = "hold"
    """The customer is on hold."""
    SENSITIVE = "sensitive"
    """The step is one in which nothing is written down: a card number, a password."""
    HAND = "hand"
    """The agent closed it."""
    REFUSED = "refused"
    """The customer does not want it, or the script says that it ends here."""
    NEVER = "never"
    """It is switched off in the settings."""
    LOST = "lost"
    """The device gives no sound; it is asked for again."""
    FAILED = "failed"
    """It cannot go on: the call is typed from here."""
    OVER = "over"
    """The recording or the pipe has come to its end."""
    ENDED = "ended"
    """The call is over."""
    RESTARTED = "restarted"
    """The program was started again in the middle of the call."""


class ListeningTurned(Happened, frozen=True, kw_only=True, tag="listening_turned"):
    """The agent opened the ears by hand, with the customer's word, or closed them."""

    is_on: bool


class CaptureStarted(Happened, frozen=True, kw_only=True, tag="capture_started"):
    """The sound of the call is heard from here."""

    sources: tuple[Source, ...]
    model: str
    """The name of the speech model."""
    kept: str = ""
    """How the sound is kept: `flac` or `opus`; empty where it is not."""


class CapturePaused(Happened, frozen=True, kw_only=True, tag="capture_paused"):
    """No sound is taken from here, for a while; also where none has been taken yet."""

    reason: str
    """One of `Closed`."""


class CaptureResumed(Happened, frozen=True, kw_only=True, tag="capture_resumed"):
    """The sound is heard again."""


class CaptureStopped(Happened, frozen=True, kw_only=True, tag="capture_stopped"):
    """No sound is heard any more."""

    reason: str
    """One of `Closed`."""


class CaptureGap(Happened, frozen=True, kw_only=True, tag="capture_gap"):
    """A part of the call was not heard although it was listened to."""

    start: float
    """Seconds since the call began; it is known only after `end`."""
    end: float
    """As `start` where a device has just been lost: another one tells until when it was."""
    reason: str
    """`dropped` (sound came faster than it was heard), `crash` or `lost` (a device)."""
    speaker: Speaker | None = None
    """Whose voice; None for all."""

    @property
    def goes_on(self) -> bool:
        """Tell whether nobody knows yet how long it will last."""
        return self.end == self.start
