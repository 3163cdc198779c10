"""What all full screens share: the words, the look, the line of keys and how errors are told."""

from collections.abc import Callable, Sequence
from typing import ClassVar, cast

from textual.events import Key, Paste
from textual.notifications import SeverityLevel
from textual.screen import Screen

from callcoach.errors import CallcoachError
from callcoach.locale import Messages
from callcoach.tui.actions import EVERYWHERE, Action
from callcoach.tui.application import Application
from callcoach.tui.look import Look
from callcoach.tui.ports import Desk
from callcoach.tui.signs import signs
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.words.display import display

AFTER_PAINT = 0.05
"""What takes time begins so many seconds after a page is shown, when it has been painted."""


class Page(Screen[None]):
    """A full screen with a line of keys at its foot."""

    ACTIONS: ClassVar[Sequence[Action]] = ()
    """What can be done here, beside what can be done everywhere."""

    @property
    def desk(self) -> Desk:
        """Return everything around a call."""
        return self._coach.desk

    @property
    def messages(self) -> Messages:
        """Return the words of the interface."""
        return self._coach.messages

    @property
    def look(self) -> Look:
        """Return what drawing depends on."""
        return Look(self.messages, signs(self.desk.settings.flag("plain")))

    @property
    def _coach(self) -> Application:
        return cast("Application", self.app)

    def say(self, text: str, **values: object) -> str:
        """Return a text of the interface in its language."""
        return self.messages.say(text, **values)

    def on_mount(self) -> None:
        """Appear; Textual would run this method of every class, so the others have no such one.

        Where the program ends meanwhile, not everything is in it any more.
        """
        if self.children and self.app.is_running:
            self.appear()

    def on_unmount(self) -> None:
        """Disappear."""
        self.disappear()

    def disappear(self) -> None:
        """Let go of what the page holds, however it came to go."""

    def appear(self) -> None:
        """Show the keys, laid out for the terminal's size before it has been told to this page."""
        across, down = self.app.HORIZONTAL_BREAKPOINTS or [], self.app.VERTICAL_BREAKPOINTS or []
        for size, steps in zip(self.app.size, (across, down), strict=True):
            self.add_class(*[name for least, name in steps if size >= least][-1:])
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys that work here."""
        keys = dict(self.desk.settings.table("keys"))
        actions = (*EVERYWHERE[:1], *self.hinted(), *EVERYWHERE[1:])
        for bar in self.query(KeyBar):
            bar.show(actions, self.messages, keys, self.desk.settings.flag("plain"))

    def hinted(self) -> Sequence[Action]:
        """Return what the line of keys tells of, beside what can be done everywhere."""
        return self.ACTIONS

    def words_changed(self) -> None:
        """Say everything again in the interface's present language."""
        self.refresh(recompose=True)
        self.once_painted(self.show_keys)

    def once_painted(self, do: Callable[[], object]) -> None:
        """Do something when its widgets are laid out anew, unless they are taken down by then."""

        def call() -> object:
            is_there = self.app.is_running and self in self.app.screen_stack
            return do() if is_there else None  # what is to be awaited is awaited by Textual

        self.call_after_refresh(call)

    def read_soon(self, read: Callable[[], None]) -> None:
        """Read in a thread, unless the page was only passed on the way to another one."""

        def begin() -> None:
            if self.is_current:
                self.run_worker(read, thread=True)

        self.set_timer(AFTER_PAINT, begin)

    def tell(self, error: CallcoachError) -> None:
        """Show what went wrong as a calm notice with its remedy."""
        self.notice(error.message, error.hint, severity="warning")

    def notice(
        self,
        message: str,
        hint: str = "",
        severity: SeverityLevel = "information",
        seconds: float | None = None,
    ) -> None:
        """Show a notice for a while, one that is no warning at most until the next key.

        One that is to stand for so many `seconds` does.
        """
        told, advice = display(self.say(message)), display(self.say(hint))
        text = f"{told}\n{advice}" if advice else told
        shown = seconds or (8 if hint else 5)
        is_brief = seconds is None and severity == "information"
        self._coach.show_notice(text, severity, shown, is_brief)

    def make_place(self, event: Key | Paste) -> None:
        """Get ready for what is pressed or pasted next: it goes to the widget with the focus."""

    def may_quit(self) -> bool:
        """Tell whether the program may end now; a screen that says no asks the user itself."""
        return True

    def help_text(self) -> str:
        """Return what this screen is for, in a few sentences."""
        return ""

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return keys that belong to no action, and what they do, in the catalogue."""
        return ()

    def legend(self) -> Sequence[tuple[str, str]]:
        """Return the signs of this screen and what they mean, in the catalogue."""
        return ()

    def action_leave(self) -> None:
        """Go back to the screen before."""
        self._coach.go_back()
