"""What an ear tells while it listens to a call.

Plain values; they pass from process to process. Time is in seconds since the ear was opened.
"""

from enum import StrEnum

import msgspec

from callcoach.errors import CallcoachError
from callcoach.hearing.heard import Result
from callcoach.script.model import Speaker


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """The sound has begun, or has begun again after a pause."""

    roles: tuple[Speaker, ...]
    """Of the channels, in order."""
    names: tuple[str, ...]
    """Of the devices or the file, for the eye; one per channel."""
    at: float = 0.0


class Said(msgspec.Struct, frozen=True, tag="said"):
    """Something was heard."""

    channel: int
    result: Result
    lag: float = 0.0
    """How long ago the last sample that it rests on was taken, in seconds."""


class Level(msgspec.Struct, frozen=True, tag="level"):
    """How loud a voice is; told some ten times a second."""

    channel: int
    rms: float
    """In dB of full scale: 0 is the loudest there can be, -90 is silence."""
    peak: float
    """The same, of the loudest sample."""
    at: float = 0.0


class Trouble(StrEnum):
    """What can go wrong with hearing while a call goes on."""

    LOST = "lost"
    """A device gives no sound, or is gone; it is asked for again every few seconds."""
    BACK = "back"
    """It is there again."""
    DROPPED = "dropped"
    """Sound came faster than it was heard, and the oldest was let go."""
    RESTARTED = "restarted"
    """The recogniser or the recorder broke down and was started again; nothing is missing."""
    GAP = "gap"
    """A part of the call was not heard: the recogniser broke down over it twice."""
    SAME = "same"
    """Two voices have the same sound, as of a loudspeaker beside a microphone: what one says is
    taken for the other's too."""
    UNKEPT = "unkept"
    """The sound is no longer kept, as was asked; it is heard as before."""
    FAILED = "failed"
    """It cannot go on: the call is typed from here."""


class Troubled(msgspec.Struct, frozen=True, tag="troubled"):
    """Something went wrong, or is well again."""

    what: Trouble
    channel: int | None = None
    """None for all."""
    start: float = 0.0
    end: float = 0.0
    """What is missing, for a gap and what was dropped."""
    reason: str = ""
    """In English, a message of the catalogue; never anything that was said."""
    hint: str = ""
    """What to do about it; a message of the catalogue too."""
    values: dict[str, str] = {}
    """For the placeholders of both."""

    @property
    def told(self) -> CallcoachError:
        """Return the reason and the hint as an error has them, to be said in any language."""
        return CallcoachError(self.reason, self.hint, **self.values)


def troubled_by(
    error: CallcoachError, what: Trouble = Trouble.FAILED, channel: int | None = None
) -> Troubled:
    """Return an error as a sign; of all channels, where none is given."""
    values = {name: str(value) for name, value in error.message.values.items()}
    return Troubled(what, channel, reason=error.message.text, hint=error.hint.text, values=values)


class Over(msgspec.Struct, frozen=True, tag="over"):
    """A file or a pipe has come to its end, and everything in it was heard."""

    at: float


Sign = Opened | Said | Level | Troubled | Over
