"""What the process that plays sound is asked for, and what it tells."""

import msgspec

from callcoach.hearing.signs import Troubled


class Part(msgspec.Struct, frozen=True):
    """One voice without a break."""

    path: str
    start: float
    """In seconds since the call began."""
    seconds: float = 0.0
    """How much there is; 0 where nobody knows."""


class Play(msgspec.Struct, frozen=True, tag="play"):
    """Play, in place of what is played now."""

    number: int
    """Of the order, so that what is told of another is not taken for this one's."""
    parts: tuple[Part, ...]
    at: float
    """From this second of the call on."""
    speed: float = 1.0
    """Times real speed; voices keep their pitch."""


class Hush(msgspec.Struct, frozen=True, tag="hush"):
    """Be silent."""


class Playing(msgspec.Struct, frozen=True, tag="playing"):
    """A second of the call is being heard."""

    number: int
    at: float


class Played(msgspec.Struct, frozen=True, tag="played"):
    """Everything was played."""

    number: int


Order = Play | Hush
Report = Playing | Played | Troubled
