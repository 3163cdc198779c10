"""A line to type in whose keys act in the order in which they were pressed, however fast."""

from collections.abc import Callable

from textual.events import Key, Paste
from textual.widgets import Input


class Line(Input):
    """Gives what was typed at once when Enter is pressed.

    Textual sends a key that is bound round by the application, so that letters typed after Enter
    would come into the text before it: text that is pasted, or typed while the machine is busy,
    would run together.
    """

    def __init__(
        self,
        take: Callable[["Line"], None],
        value: str = "",
        hint: str = "",
        *,
        make_place: Callable[[Key], object] = lambda _key: None,
        id: str,
    ) -> None:
        """Make a line; `take` is called with it when Enter is pressed.

        `make_place` is told each key in its turn: it may begin what is typed next, in this line.
        """
        super().__init__(value, placeholder=hint, id=id, compact=True)
        self._take = take
        self._make_place = make_place
        self.is_acting = False
        """A key is acting whose turn has come."""

    async def on_key(self, event: Key) -> None:
        """Run what a key is bound to; letters are left to the text while it is typed.

        What was meant for the line or the screen after this one goes there.
        """
        if not self.screen.is_current:
            event.stop()
            event.prevent_default()
            self.app.post_message(Key(event.key, event.character))
            return
        self._make_place(event)
        typing = self.screen.focused
        if event.is_printable and typing is self:
            return
        event.stop()
        event.prevent_default()
        if isinstance(typing, Line) and typing is not self:
            typing.type_key(event)
            return
        self.is_acting = True
        try:
            bound = self.screen.active_bindings.get(event.key)
            if bound is not None and bound.enabled:
                await self.app.run_action(bound.binding.action, bound.node)
        finally:
            self.is_acting = False

    def type_key(self, event: Key) -> None:
        """Take a key that reached another widget, in its turn."""
        self.post_message(Key(event.key, event.character))

    def on_paste(self, event: Paste) -> None:
        """Take all lines that are pasted as one; Textual would drop those after the first."""
        event.stop()
        event.prevent_default()
        self.replace(" ".join(event.text.split()), *sorted(self.selection))

    async def action_submit(self) -> None:
        """Give what was typed."""
        self._take(self)
