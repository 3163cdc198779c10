"""Where one can go from a screen; keeps the screens from importing one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # nothing of this is needed for the first paint
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

    def choose_practice(self, pack: str) -> None:
        """Let the user choose a plan of a pack to practise with."""
        ...

    def choose_demo(self, pack: str) -> None:
        """Let the user choose a plan of a pack to watch."""
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
