"""The line of keys at the foot of a screen: what can be pressed, or clicked, now."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from callcoach.locale import Messages, mark
from callcoach.tui.actions import EVERYWHERE, Action
from callcoach.words.wrap import width

SPACE = mark("Space")
"""The name of the only key that has another one in another language."""
_NAMES = {
    "space": SPACE,
    "escape": "Esc",
    "enter": "⏎",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "backspace": "⌫",
    "delete": "Del",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
_BRIEF_SPACE = "␣"
_ROOMY = 100
"""Where there are fewer cells, the space bar is told by a sign."""
ALWAYS = "app.command_palette()"
"""The hint for this is never left out: it leads to all others."""
_MORE, _PLAIN_MORE = "… ", "... "
"""Says that not all keys have room; F1 has them all."""
Hint = tuple[str, str, str]
"""A key, a title, and what a click runs."""
_PLAIN_NAMES = {
    "enter": "Enter",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
    "backspace": "Backspace",
}
_HELD = {"ctrl+": "^", "shift+": "Shift+", "alt+": "Alt+"}
"""How keys are told that are held down meanwhile."""


def key_name(keys: str, is_plain: bool = False) -> str:
    """Return the first of some keys as one presses it: `F1`, `^P`, `Shift+Tab`, `d`, `Shift+D`.

    `SPACE` is in the catalogue, see `told_key`.
    """
    key = keys.partition(",")[0]
    for held, name in _HELD.items():
        if key.startswith(held):
            rest = key.removeprefix(held)
            return name + (rest.upper() if len(rest) == 1 else key_name(rest, is_plain))
    if is_plain and key in _PLAIN_NAMES:
        return _PLAIN_NAMES[key]
    if len(key) == 1:
        return f"Shift+{key}" if key.isupper() else key
    return _NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def told_key(keys: str, messages: Messages, is_plain: bool) -> str:
    """Return the first of some keys as `key_name` does, in the interface's language."""
    name = key_name(keys, is_plain)
    return messages.say(name) if name == SPACE else name


class KeyBar(Widget):
    """Shows as many hints as fit, the first ones first; the way to the rest is always there."""

    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; }"

    def __init__(self) -> None:
        super().__init__(id="keybar")
        self.auto_links = False
        self._hints: tuple[Hint, ...] = ()
        self._brief: tuple[Hint, ...] = ()
        """The same, for little room."""
        self._more = _MORE

    def show(
        self,
        actions: Sequence[Action],
        messages: Messages,
        keys: dict[str, str],
        is_plain: bool,
    ) -> None:
        """Show the hints for `actions`; `keys` are the user's own."""
        self._more = _PLAIN_MORE if is_plain else _MORE
        self._hints = tuple(
            (
                told_key(keys.get(action.id, action.keys), messages, is_plain),
                messages.say(action.title),
                _call(action),
            )
            for action in actions
            if action.is_hinted and action.title
        )
        space = messages.say(SPACE)
        sign = space if is_plain else _BRIEF_SPACE
        self._brief = tuple(
            (sign if key == space else key, title, call) for key, title, call in self._hints
        )
        self.refresh()

    def render(self) -> Content:
        """Return the hints that fit."""
        return self.hints(self.size.width)

    def hints(self, cells: int) -> Content:
        """Return the hints that fit into so many cells."""
        known = self._hints if cells >= _ROOMY else self._brief
        pinned = [hint for hint in known if hint[2] == ALWAYS]
        is_all = sum(map(_cells, known)) <= cells
        room = cells - sum(map(_cells, pinned)) - (0 if is_all else width(self._more))
        parts: list[Content] = []
        for hint in known:
            if hint in pinned:
                parts.append(_drawn(hint))
                continue
            if _cells(hint) <= room:
                room -= _cells(hint)
                parts.append(_drawn(hint))
        if not is_all:
            more = Content.styled(self._more, "dim")
            parts.append(more.stylize(Style.from_meta({"@click": "app.help()"})))
        return Content.assemble(*parts)


def _cells(hint: Hint) -> int:
    key, title, _ = hint
    return width(key) + width(title) + 2


def _drawn(hint: Hint) -> Content:
    key, title, action = hint
    drawn = Content.assemble((f"{key} ", "$accent bold"), (f"{title} ", "$foreground"))
    return drawn.stylize(Style.from_meta({"@click": action}))


def _call(action: Action) -> str:
    """Return what a click runs."""
    return f"{'app' if action in EVERYWHERE else 'screen'}.{action.call}"
