"""What the ear asks of the process that takes sound, and what that answers.

All times are the ear's: seconds since it was opened. `Open.at` is the ear's time when the order
comes; from there the process counts by samples, and pauses have passed too. A recording played at
`speed` counts its own seconds; so does one that is read as fast as it goes, and time stands still
while that is paused.

The end of the orders closes everything: no message is needed for it. A process that takes up a
call which another was killed over gets an `Open` with a later time: a recording goes on there.
"""

import msgspec

from callcoach.hearing.signs import Level, Opened, Over, Troubled
from callcoach.hearing.sound import Block, Wanted

PROGRAM = "callcoach.hearing.capture.worker"
"""The module that takes these orders, a process of its own."""
ANSWER = 3.0
"""Seconds that a library may take for one call, such as to open a device, at first."""


class Open(msgspec.Struct, frozen=True, tag="open"):
    """Open the devices or the file: an `Opened` follows, then blocks; or a `Troubled`, `FAILED`."""

    wanted: Wanted
    at: float = 0.0
    """The ear's time now."""
    answer: float = ANSWER
    """Seconds that a library may take for each of its calls before it counts as hung."""


class Pause(msgspec.Struct, frozen=True, tag="pause"):
    """Take no more sound, and close what can be closed: the light of a microphone goes out."""


class Resume(msgspec.Struct, frozen=True, tag="resume"):
    """Take sound again: an `Opened` follows."""


class Feed(msgspec.Struct, frozen=True, tag="feed", gc=False):
    """Samples for a `Piped`: whole ones, of all channels."""

    at: float
    """Of the first sample. Later than what came before ends: what lies between was left out."""
    pcm: bytes


class EndFeed(msgspec.Struct, frozen=True, tag="end-feed"):
    """No more samples come: an `Over` follows when all have been told."""


class Keep(msgspec.Struct, frozen=True, tag="keep"):
    """Write what is captured from now on into a folder as well."""

    folder: str
    format: str = "flac"
    """`flac` or `opus`."""


Order = Open | Pause | Resume | Feed | EndFeed | Keep
"""What the ear asks for."""
Report = Opened | Block | Level | Troubled | Over
"""What it is told. Blocks of one channel follow on one another but for what was lost."""
