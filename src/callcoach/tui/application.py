"""The application as its screens know it: the desk, the words, the way to the next screen."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import Widget

from callcoach.errors import CallcoachError
from callcoach.locale import Messages
from callcoach.tui.composing import compose_whole
from callcoach.tui.ports import Desk

LOOKS_AGAIN = 0.02
"""Seconds after which it is looked again whether a screen is there that keys wait for."""
READ_AFTER = 2.0
"""Seconds after which a short notice has been read: the next key takes it away."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice that stands on the screen."""

    since: float
    until: float
    is_brief: bool


class Application(App[int]):
    """What every screen may ask of the program that shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.messages = Messages(desk.language)
        self._is_first_over = False
        self._noticed: dict[str, _Notice] = {}
        self._early: list[Key | Paste] = []
        """What was pressed and pasted for a screen that is not there yet, in order."""

    async def on_event(self, event: Event) -> None:
        """Keep what is pressed for a screen until it is there, as nobody waits for that.

        Textual would run the screen's actions at once, and lose the letters.
        """
        if not isinstance(event, Key | Paste):
            await super().on_event(event)
        elif event.is_forwarded:
            if self.screen_stack:  # none is left for what is pressed while the program ends
                await super().on_event(event)
        elif self._early or not self._is_ready:
            self._early.append(event)
            if len(self._early) == 1:
                self.set_timer(LOOKS_AGAIN, self._take_early)
        else:
            await self._take(event)

    @property
    def _is_ready(self) -> bool:
        return bool(self.screen_stack) and self.screen.is_mounted

    async def _take_early(self) -> None:
        """Let what was pressed early be done now, or as soon as there is a screen for it."""
        while self._early and self._is_ready:
            await self._take(self._early.pop(0))
        if self._early:
            self.set_timer(LOOKS_AGAIN, self._take_early)

    async def _take(self, event: Key | Paste) -> None:
        """Do what a key is for; what is typed has its place before it comes there."""
        if isinstance(event, Key):
            self._clear_read()
        self.make_place(event)
        await super().on_event(event)

    def make_place(self, event: Key | Paste) -> None:
        """Let the present screen get ready for what is pressed or pasted next."""
        raise NotImplementedError

    def _clear_read(self) -> None:
        """Let no short notice stand over what somebody goes on with who has read it."""
        now = monotonic()
        standing = [it for it in self._noticed.values() if it.until > now]
        if standing and all(it.is_brief and now - it.since > READ_AFTER for it in standing):
            self.clear_notifications()

    def clear_notifications(self) -> None:
        """Take all notices away; what they said may be said again at once."""
        self._noticed.clear()
        super().clear_notifications()

    def show_notice(
        self, text: str, severity: SeverityLevel, seconds: float, is_brief: bool
    ) -> None:
        """Show a notice for so many seconds, unless it still stands there; it is no markup.

        One that `is_brief` goes with the next key, once it has been read.
        """
        now = monotonic()
        self._noticed = {known: it for known, it in self._noticed.items() if it.until > now}
        if text not in self._noticed:
            self._noticed[text] = _Notice(now, now + seconds, is_brief)
            self.notify(text, severity=severity, timeout=seconds, markup=False)

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
