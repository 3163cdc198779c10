"""The application: themes, language, keys, the palette, and what happens when something breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Key, Paste
from textual.screen import Screen

from callcoach.errors import CallcoachError
from callcoach.locale import LANGUAGES, Messages
from callcoach.tui.actions import EVERYWHERE, bindings
from callcoach.tui.application import Application
from callcoach.tui.page import Page
from callcoach.tui.ports import Desk
from callcoach.tui.themes import THEMES

if TYPE_CHECKING:
    from textual.command import Provider


def action_provider() -> type[Provider]:
    """Return what the palette offers; imported when it is opened first: 17 ms."""
    from callcoach.tui.palette import ActionProvider

    return ActionProvider


class CallcoachApp(Application):
    """The screens of one user."""

    CSS_PATH = Path(__file__).with_name("callcoach.tcss")
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {action_provider}
    # Textual declares no class variables here.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (90, "-wide"), (160, "-ultra")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (27, "-tall")]  # noqa: RUF012
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        desk: Desk,
        opening: Callable[[], Screen[Any]],
        crash: Callable[[BaseException], str] | None = None,
    ) -> None:
        """Make the application; `opening` makes its first screen.

        `crash` writes a report of a crash and returns what to tell.
        """
        super().__init__(desk)
        self._opening = opening
        self._crash = crash
        self._question: Screen[Any] | None = None
        """What a page asked before the program was to end."""
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_with_theme(desk.settings.text("theme"))
        self.set_class(desk.settings.flag("plain"), "-plain")
        self.title = "callcoach"

    def _begin_with_theme(self, name: str) -> None:
        """Take a theme before anything is drawn; a change later would read all styles again."""
        self.set_reactive(App.theme, name)
        dark = self.available_themes[name].dark
        self.set_class(True, f"-theme-{name}")
        self.set_class(dark, "-dark-mode")
        self.set_class(not dark, "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())
        self._refresh_truecolor_filter(self.ansi_theme)  # the terminal's own colours stay its own

    def get_default_screen(self) -> Screen[Any]:
        """Return the first screen; there is no empty one below it."""
        return self._opening()

    def on_mount(self) -> None:
        """Give the user's own keys their place."""
        self.set_keymap(dict(self.desk.settings.table("keys")))
        self.app_resume_signal.subscribe(self, self._paint_again)

    def _paint_again(self, _app: App[object]) -> None:
        """Paint everything: while the program was suspended, the terminal was another's."""
        self.screen.refresh(layout=True)

    def action_switch_language(self) -> None:
        """Switch the interface to its other language."""
        names = list(LANGUAGES)
        place = names.index(self.messages.language)
        self.speak(names[(place + 1) % len(names)])

    def speak(self, language: str) -> None:
        """Say everything in a language from now on."""
        self.messages = Messages(language)
        for screen in self.screen_stack:
            if isinstance(screen, Page):
                screen.words_changed()

    def tell(self, error: CallcoachError) -> None:
        """Show on the present screen what went wrong."""
        if isinstance(self.screen, Page):
            self.screen.tell(error)

    def make_place(self, event: Key | Paste) -> None:
        """Let the present screen get ready for what is pressed or pasted next."""
        if isinstance(self.screen, Page):
            self.screen.make_place(event)

    def apply_settings(self) -> None:
        """Take over settings that were changed."""
        self.theme = self.desk.settings.text("theme")
        self.set_class(self.desk.settings.flag("plain"), "-plain")
        self.set_keymap(dict(self.desk.settings.table("keys")))
        if self.desk.language != self.messages.language:
            self.speak(self.desk.language)

    def action_leave(self) -> None:
        """Leave the present screen, in its own way."""
        if isinstance(self.screen, Page):
            self.screen.action_leave()

    async def action_quit(self) -> None:
        """End the program, after the page that is in the middle of something was asked.

        Whoever presses the key again while the page asks need not answer.
        """
        page = next((it for it in reversed(self.screen_stack) if isinstance(it, Page)), None)
        is_asking = self.screen is self._question
        if page is not None and not is_asking and not page.may_quit():
            self._question = self.screen
            return
        self.exit(0)

    def action_help(self) -> None:
        """Show what can be done here."""
        from callcoach.tui.screens.help import HelpScreen  # opened by a key, not at start-up

        screen = self.screen
        if isinstance(screen, Page) and not isinstance(screen, HelpScreen):
            self.push_screen(HelpScreen(screen))

    def action_command_palette(self) -> None:
        """Show the commands, with a prompt in the interface's language."""
        from callcoach.tui.palette import Palette  # opened by a key, not at start-up

        if not isinstance(self.screen, Palette):
            prompt = self.messages.say("Search for commands…")
            self.push_screen(Palette(placeholder=prompt, id="--command-palette"))

    def _fatal_error(self) -> None:
        """Leave after a bug; Textual would print the stack with the values of its variables."""
        error = self._exception
        if self._crash is None or error is None:
            super()._fatal_error()
            return
        self._exit_renderables.append(self._crash(error))
        self._close_messages_no_wait()
