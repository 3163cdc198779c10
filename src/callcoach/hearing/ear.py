"""The port to whatever hears a call: devices or a file, and a recogniser for every voice."""

from collections.abc import Callable
from typing import Protocol

from callcoach.hearing.models.registry import Model
from callcoach.hearing.signs import Sign

Tell = Callable[[Sign], None]
"""Is called from a thread of the ear's own, never from two at once."""


class Ear(Protocol):
    """Hears one call. Nothing is open until `open`; its methods return at once, but for `close`."""

    def start(self, tell: Tell) -> None:
        """Get ready to hear without opening any device; `tell` is told everything from here."""
        ...

    def open(self) -> None:
        """Open the devices, or begin the file; an `Opened` follows, or a `Troubled`."""
        ...

    def pause(self) -> None:
        """Take no more sound: what was said until now is still heard, nothing after it."""
        ...

    def resume(self) -> None:
        """Take sound again; an `Opened` follows. The time of the pause has passed meanwhile."""
        ...

    def switch(self, model: Model) -> None:
        """Go on with another model: what is being said now is heard with it from its beginning."""
        ...

    def close(self) -> None:
        """Close everything, within two seconds; what was still on its way is told before."""
        ...
