"""Where one can go from a screen; keeps the screens from importing one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # nothing of this is needed for the first paint
    from callcoach.archive.ids import CallId
    from callcoach.archive.search.find import Hit
    from callcoach.review.form.model import Form
    from callcoach.script.model import PlanId
    from callcoach.tui.ports import Order
    from callcoach.tui.reviews import Case


class Routes(Protocol):
    """Opens screens. Each may raise a `CallcoachError`; the screen that asked tells it.

    `past`, `found` and `judge` raise none: a sign stands over the screen while the call is read,
    and what is wrong then is told on that screen.
    """

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

    def search(self) -> None:
        """Open the search in all calls."""
        ...

    def found(self, hit: Hit, hits: Sequence[Hit]) -> None:
        """Show a call from the journal at what was found in it; `hits` are all in the call."""
        ...

    def dashboard(self) -> None:
        """Open the figures of all calls."""
        ...

    def reviews(self) -> None:
        """Open the list of the calls to be judged."""
        ...

    def judge(self, cases: Sequence[Case], place: int, form: Form) -> None:
        """Open one of some calls, or a review of it, beside its form."""
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
