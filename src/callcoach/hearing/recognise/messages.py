"""What the ear asks of the process that recognises speech, and what that answers.

Times are the ear's. Of every channel, blocks and flushes are done in order. A `Done` answers one or
some of them, a little later where they are short, after whatever was said in them.
"""

import msgspec

from callcoach.hearing.heard import Final, Partial
from callcoach.hearing.signs import Troubled
from callcoach.hearing.sound import Block


class Load(msgspec.Struct, frozen=True, tag="load"):
    """Load a model, the first and only one of a process: a `Ready` follows, or a `Troubled`."""

    engine: str
    """A kind, as `engines` knows them."""
    folder: str
    phrases: tuple[str, ...] = ()
    """Words to expect, where the model can be told so."""


class Flush(msgspec.Struct, frozen=True, tag="flush"):
    """Tell what is still on its way: nothing follows for a while."""

    channel: int


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The model is loaded."""

    seconds: float
    """That it took."""


class Heard(msgspec.Struct, frozen=True, tag="heard"):
    """Something was said."""

    channel: int
    result: Partial | Final


class Done(msgspec.Struct, frozen=True, tag="done", gc=False):
    """Blocks were heard, or a flush is through."""

    channel: int
    count: int = 1
    """How many orders."""


Order = Load | Block | Flush
"""What the ear asks for."""
Report = Ready | Troubled | Heard | Done
"""What it is told."""
