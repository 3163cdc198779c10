"""The command palette: every action of the screen, found in both languages and by pinyin."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.css.query import NoMatches
from textual.worker import Worker

from callcoach.locale import LANGUAGES, Messages
from callcoach.tui.actions import EVERYWHERE, Action
from callcoach.tui.application import Application
from callcoach.tui.page import Page
from callcoach.tui.themes import THEMES
from callcoach.tui.widgets.keybar import told_key
from callcoach.words.wrap import pad


class Palette(CommandPalette):
    """The list of commands; to turn its pages before there are rows does nothing."""

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):  # Textual 8 looks for a row that is not there yet
            super()._action_command_list(action)

    def run_worker(self, work: Any, *args: Any, **options: Any) -> Worker[Any]:
        """Search; whoever leaves while that begins leaves no list to show what is found in.

        Textual 8 ends the program then.
        """

        async def search() -> None:
            with suppress(NoMatches):
                await work()

        return super().run_worker(search, *args, **options)


class ActionProvider(Provider):
    """Offers the actions of the present screen, and the themes."""

    @property
    def _coach(self) -> Application:
        return cast("Application", self.app)

    def _actions(self) -> Iterator[Action]:
        if isinstance(self.screen, Page):
            yield from self.screen.ACTIONS
        yield from (action for action in EVERYWHERE if action.id != "palette")

    async def discover(self) -> Hits:
        """Yield everything that can be done here."""
        for action in self._actions():
            if action.title:
                run = partial(self._run, action)
                yield DiscoveryHit(self._row(action), run, text=action.title)

    async def search(self, query: str) -> Hits:
        """Yield what fits: the title in either language, or the first letters of its pinyin."""
        matcher = self.matcher(query)
        found = False
        for action in self._actions():
            if not action.title:
                continue
            titles = [Messages(language).say(action.title) for language in LANGUAGES]
            score = max(matcher.match(name) for name in (*titles, action.pinyin, action.id))
            if score > 0:
                found = True
                run = partial(self._run, action)
                yield Hit(score, self._row(action), run, text=action.title)
        for theme in THEMES:
            name = self._coach.messages.say("Theme: {name}", name=theme.name)
            score = matcher.match(name)
            if score > 0:
                found = True
                yield Hit(score, name, partial(setattr, self._coach, "theme", theme.name))
        if not found:  # Textual's own words for it are English
            yield Hit(0.01, self._coach.messages.say("No command is called that."), _nothing)

    def _row(self, action: Action) -> Content:
        """Return an action's title in the interface's language, in the other one, and its key."""
        shown = self._coach.messages.say(action.title)
        titles = [Messages(language).say(action.title) for language in LANGUAGES]
        other = next((title for title in titles if title != shown), "")
        settings = self._coach.desk.settings
        keys = settings.table("keys").get(action.id, action.keys)
        return Content.assemble(
            pad(shown, 24),
            (pad(other, 24), "dim"),
            (told_key(keys, self._coach.messages, settings.flag("plain")), "$accent bold"),
        )

    async def _run(self, action: Action) -> None:
        name = action.action or action.id
        call = name if "(" in name else f"{name}()"
        own = {known.id for known in EVERYWHERE} - {"leave"}
        target = self._coach if action.id in own else self.screen
        await self._coach.run_action(call, target)


def _nothing() -> None:
    """Do nothing: what is chosen is no command."""
