"""The application as its screens know it: the desk, the words, the way to the next screen."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from callcoach.errors import CallcoachError
from callcoach.locale import Messages
from callcoach.tui.composing import compose_whole
from callcoach.tui.ports import Desk


class Application(App[int]):
    """What every screen may ask of the program that shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.messages = Messages(desk.language)
        self._is_first_over = False

    def _register(self, parent: DOMNode, *widgets: Widget, **places: Any) -> list[Widget]:
        """Take widgets in; every screen, dialogs too, is put together so that no word is lost."""
        for widget in widgets:
            if isinstance(widget, Screen):
                compose_whole(widget)
        return super()._register(parent, *widgets, **places)

    def show_instead(self, screen: Screen[Any]) -> None:
        """Show a screen in the place of the present one, which is over."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:  # Textual cannot take its first screen away
            self._is_first_over = True
            self.push_screen(screen)

    def go_back(self) -> None:
        """Leave the present screen; the last one ends the program."""
        if len(self.screen_stack) > 1 + self._is_first_over:
            self.pop_screen()
        else:
            self.exit(0)

    def tell(self, error: CallcoachError) -> None:
        """Show on the present screen what went wrong."""
        raise NotImplementedError

    def apply_settings(self) -> None:
        """Take over settings that were changed."""
        raise NotImplementedError
