"""Where one can go from a screen; keeps the screens from importing one another."""

from typing import Protocol

from callcoach.archive.ids import CallId
from callcoach.script.model import PlanId
from callcoach.tui.ports import Order


class Routes(Protocol):
    """Opens screens. Each may raise a `CallcoachError`; the screen that asked tells it."""

    def set_up(self) -> None:
        """Open the form for a new call."""
        ...

    def start(self, order: Order) -> None:
        """Begin a call."""
        ...

    def resume(self, call: CallId) -> None:
        """Go on with a call that was interrupted."""
        ...

    def practise(self, pack: str, plan: PlanId | None) -> None:
        """Begin to practise."""
        ...

    def demo(self, pack: str, plan: PlanId | None) -> None:
        """Play a plan."""
        ...

    def preview(self, pack: str) -> None:
        """Walk a pack without a customer."""
        ...

    def past(self, call: str) -> None:
        """Show a call from the journal."""
        ...

    def packs(self) -> None:
        """Open the pack library."""
        ...

    def settings(self) -> None:
        """Open the settings."""
        ...

    def tour(self) -> None:
        """Open the tour."""
        ...
