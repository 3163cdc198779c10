"""One input of a call that is played, not lived: from a plan or from a transcript."""

from msgspec import Struct

from callcoach.call.inputs import Input
from callcoach.script.place import Place


class Beat(Struct, frozen=True):
    """An input, and when it is over."""

    given: Input
    at: float
    """In seconds since the call began."""
    place: Place | None = None
    """Where the plan says so; None for a transcript."""
    is_customer: bool = False
    """It is not the agent's to do."""
