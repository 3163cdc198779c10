"""What a call needs from the outside; adapters stand behind these."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from callcoach.call.events import Event


@dataclass(frozen=True, slots=True)
class Saving:
    """How safe the events of a call are."""

    saved: int
    """How many of them are in the journal for good."""
    waiting: int = 0
    """How many are not, and will be written when that is possible again."""
    problem: str = ""
    """Why they wait; empty where nothing does."""
    hint: str = ""
    rescue: str = ""
    """The file that holds them meanwhile; empty where not even that was possible."""

    @property
    def is_durable(self) -> bool:
        """Tell whether everything is in the journal."""
        return self.waiting == 0


class Recorder(Protocol):
    """Keeps the events of one call."""

    def append(self, events: Sequence[Event]) -> Saving:
        """Keep events; when it returns and is durable, they survive the loss of power.

        Never raises for a full disk and the like: the answer says how safe they are, and what
        waits is tried again with every call, an empty one included.
        """
        ...

    def close(self) -> Saving:
        """Write what waits, and let other processes write the call."""
        ...


class Clock(Protocol):
    """The time of a call."""

    def now(self) -> float:
        """Return the seconds since the call began; never less than before."""
        ...
