"""What commands print alike: places, levels and colours."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import Messages, mark
from callcoach.script.diagnostic import Level
from callcoach.script.model import PackId
from callcoach.script.place import Place
from callcoach.words.display import display
from callcoach.words.wrap import pad, width

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_LEVELS = {
    Level.ERROR: mark("{sign} error"),
    Level.WARNING: mark("{sign} warning"),
    Level.NOTE: mark("{sign} note"),
}
_SIGNS = {Level.ERROR: "✗", Level.WARNING: "!", Level.NOTE: "·"}
_PLAIN_SIGNS = {Level.ERROR: "X", Level.WARNING: "!", Level.NOTE: "-"}


class Paint:
    """Puts signs, and on a terminal colours, to what is printed."""

    def __init__(self, place: Workplace) -> None:
        self._has_colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._is_plain = place.settings.flag("plain")

    def coloured(self, text: str, colour: str) -> str:
        """Return a text in a colour where there are colours."""
        return click.style(text, fg=colour) if self._has_colour else text

    def level(self, level: Level, messages: Messages, cells: int = 0) -> str:
        """Return a level as sign and word, filled to at least `cells` cells."""
        sign = (_PLAIN_SIGNS if self._is_plain else _SIGNS)[level]
        said = messages.say(_LEVELS[level], sign=sign)
        return self.coloured(pad(said, max(cells, width(said))), _COLOURS[level])

    def verdict(self, has_passed: bool) -> str:
        """Return the sign for passed or failed."""
        signs = "+X" if self._is_plain else "✓✗"
        return self.coloured(signs[0], "green") if has_passed else self.coloured(signs[1], "red")

    @property
    def dot(self) -> str:
        """Return the sign for what neither passed nor failed."""
        return "-" if self._is_plain else "·"

    @property
    def arrow(self) -> str:
        """Return what stands between the steps of a path."""
        return "->" if self._is_plain else "→"


def place_text(place: Place, *, has_column: bool = False) -> str:
    """Return a place as editors and terminals can jump to it, relative where that is shorter."""
    file = display(short_path(Path(place.file)))
    return f"{file}:{place.line}:{place.column}" if has_column else f"{file}:{place.line}"


def short_path(path: Path) -> str:
    """Return a path, relative to the current folder where it lies within."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def wanted_packs(place: Workplace, named: Sequence[str]) -> Sequence[str]:
    """Return the packs that a command is about: those named, or all. Raises `UsageError`."""
    if named:
        return tuple(dict.fromkeys(named))
    names: Sequence[PackId] = place.library.names()
    if not names:
        raise UsageError("there are no packs", "callcoach script new makes one")
    return names
