"""How the hearing of a call stands: plain values that screens and printed lines are made of."""

from dataclasses import dataclass
from enum import StrEnum

from callcoach.call.consent import Policy
from callcoach.script.model import CueId, Speaker

SILENCE = -90.0
"""In dB of full scale."""


class Condition(StrEnum):
    """What hearing is doing."""

    WAITING = "waiting"
    """Nothing is open: the script, the policy or the agent has not said so yet."""
    STARTING = "starting"
    """It has been opened, and no sound has come yet."""
    LISTENING = "listening"
    PAUSED = "paused"
    LOST = "lost"
    """A device gives no sound."""
    CLOSING = "closing"
    """It was closed, and what was said last is still being heard."""
    OVER = "over"
    """The file or the pipe has come to its end."""
    FAILED = "failed"
    """It cannot go on: what is said is typed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One channel."""

    role: Speaker
    name: str = ""
    """Of the device or file."""
    level: float = SILENCE
    """How loud it is now, in dB of full scale."""
    saying: str = ""
    """What may have been said since the last utterance; it is drawn and never kept."""
    hints: tuple[CueId, ...] = ()
    """The cues that these words would meet."""
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that is to be seen of the hearing of a call."""

    condition: Condition
    policy: Policy
    reason: str = ""
    """Why it waits or pauses, one of `Closed`; or why it failed, told in English."""
    left: float | None = None
    """Seconds that a pause usually still lasts; less than none where it lasts longer."""
    voices: tuple[Voice, ...] = ()
    lag: float | None = None
    """Seconds from the end of words to the words, of the latest in the middle."""
    missed: float = 0.0
    """Seconds of sound that were not heard."""
    restarts: int = 0
    is_same: bool = False
    """Two voices have the same sound: a headset is missing, or the far side is a microphone."""
