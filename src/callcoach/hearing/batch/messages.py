"""What is asked of a process that transcribes, and what it answers; one order at a time.

Times are seconds since the recording began.
"""

import msgspec

from callcoach.hearing.heard import Final
from callcoach.hearing.recognise.messages import Load, Ready
from callcoach.hearing.sound import Recording
from callcoach.script.model import Speaker


class Look(msgspec.Struct, frozen=True, tag="look"):
    """Say what a recording is: `Looked` or `Refused` follows."""

    recording: Recording


class Hear(msgspec.Struct, frozen=True, tag="hear"):
    """Hear one channel of a recording: what it says follows, then `Finished` or `Refused`."""

    recording: Recording
    channel: int


class Looked(msgspec.Struct, frozen=True, tag="looked"):
    """What a recording is."""

    seconds: float
    roles: tuple[Speaker, ...]
    """Whose voices the channels are."""


class Utterance(msgspec.Struct, frozen=True, tag="utterance"):
    """Something was said."""

    final: Final


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """So much has been heard."""

    seconds: float


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """The channel is heard."""

    seconds: float
    is_cut: bool = False
    """The recording breaks off there."""


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The recording cannot be heard; text and hint are of the catalogue, with their values."""

    reason: str
    hint: str
    values: dict[str, str]


class Failed(Refused, frozen=True, tag="failed"):
    """The model cannot be loaded."""


Order = Load | Look | Hear
"""What is asked; `Load` before the first `Hear`."""
Report = Ready | Failed | Looked | Utterance | Progress | Finished | Refused
"""What is answered."""
