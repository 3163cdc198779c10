"""The line of keys at the foot of a screen: what can be pressed, or clicked, now."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from callcoach.locale import Messages
from callcoach.tui.actions import Action
from callcoach.words.wrap import width

_NAMES = {
    "space": "␣",
    "escape": "Esc",
    "enter": "⏎",
    "right": "→",
    "minus": "-",
    "plus": "+",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
_PLAIN_NAMES = {"space": "Space", "enter": "Enter", "right": "Right"}


def key_name(keys: str, is_plain: bool = False) -> str:
    """Return the first of some keys as it is printed on a keyboard: `F1`, `^P`."""
    key = keys.partition(",")[0]
    if is_plain and key in _PLAIN_NAMES:
        return _PLAIN_NAMES[key]
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+').upper()}"
    return _NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


class KeyBar(Widget):
    """Shows as many hints as fit, the first ones first."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; }"

    def __init__(self) -> None:
        super().__init__(id="keybar")
        self.auto_links = False
        self._hints: tuple[tuple[str, str, str], ...] = ()

    def show(
        self,
        actions: Sequence[Action],
        messages: Messages,
        keys: dict[str, str],
        is_plain: bool,
    ) -> None:
        """Show the hints for `actions`; `keys` are the user's own."""
        self._hints = tuple(
            (
                key_name(keys.get(action.id, action.keys), is_plain),
                messages.say(action.title),
                action.action or action.id,
            )
            for action in actions
            if action.is_hinted and action.title
        )
        self.refresh()

    def render(self) -> Content:
        """Return the hints that fit."""
        room = self.size.width
        parts: list[Content] = []
        for key, title, action in self._hints:
            needed = width(key) + width(title) + 3
            if needed > room:
                break
            room -= needed
            hint = Content.assemble((f" {key} ", "$accent bold"), (f"{title} ", "$foreground"))
            name = action if "(" in action else f"{action}()"
            prefix = "app" if action in ("command_palette", "switch_language", "quit") else "screen"
            parts.append(hint.stylize(Style.from_meta({"@click": f"{prefix}.{name}"})))
        return Content.assemble(*parts)
