"""Says at once that something is being opened or written, and takes the keys until it is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from callcoach.errors import CallcoachError
from callcoach.tui.modal import Modal

if TYPE_CHECKING:
    from callcoach.tui.application import Application
    from callcoach.tui.page import Page

Found = TypeVar("Found")
Show = Callable[[], object]
"""Shows what was found, or tells why there is nothing to show."""


class Opening(Modal[None], Generic[Found]):
    """Stands over a screen while what follows is read in a thread; Escape stays there.

    A key that is pressed meanwhile is meant for neither screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stay", show=False)]

    class Done(Message):
        """It was read, or could not be."""

        def __init__(self, show: Show) -> None:
            super().__init__()
            self.show = show

    def __init__(
        self, title: str, load: Callable[[], Found], show: Callable[[Found], object]
    ) -> None:
        """Read with `load` in a thread; `show` has what it returns.

        What it raises is told on the screen below.
        """
        super().__init__()
        self._title = title
        self._load, self._show_found = load, show
        self._done: Show | None = None

    def compose(self) -> ComposeResult:
        """Lay the sign out."""
        stay = cast("Application", self.app).messages.say("Esc: stay here")
        text = Content.assemble(self._title, "\n", (stay, "dim"))
        yield Static(text, id="opening")

    def on_mount(self) -> None:
        """Begin to read, once the sign is seen."""
        self.call_after_refresh(self.run_worker, self._read, thread=True)

    def _read(self) -> None:
        try:
            found = self._load()
        except CallcoachError as error:
            refused = error  # the name of an exception ends with its clause
            self.post_message(self.Done(lambda: cast("Application", self.app).tell(refused)))
        else:
            self.post_message(self.Done(lambda: self._show_found(found)))

    def on_opening_done(self, message: Done) -> None:
        """Go on, unless something stands over the sign."""
        self._done = message.show
        self._go_on()

    def on_screen_resume(self) -> None:
        """Go on where it was read meanwhile."""
        self._go_on()

    def _go_on(self) -> None:
        if self._done is not None and self.is_current:
            show, self._done = self._done, None
            self.dismiss()
            show()

    def action_stay(self) -> None:
        """Give it up."""
        self.dismiss()


def write_report(page: Page, write: Callable[[], tuple[Path, str]]) -> None:
    """Let a report be written over a page, and say where it is and what is not in it."""

    def tell(written: tuple[Path, str]) -> None:
        path, left_out = written
        told = page.say("Written to {path}", path=path)
        page.notice(told, left_out or page.say("Personal data are masked in it."), seconds=12)

    page.app.push_screen(Opening(page.say("Writing the report …"), write, tell))
