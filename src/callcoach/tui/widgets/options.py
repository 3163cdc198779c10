"""What is chosen is told from the rest without shades of colour, too: in reverse."""

from collections.abc import Callable
from contextlib import suppress

from textual.style import Style
from textual.widget import Widget
from textual.widgets import OptionList

_REVERSE = Style(reverse=True)


def with_reverse(widget: Widget, style: Style, component_classes: tuple[str, ...]) -> Style:
    """Return a part's style, in reverse where the sheet says so: Textual 8 leaves that out."""
    looks = map(widget.get_component_styles, component_classes)
    return style + _REVERSE if any(it.text_style.reverse for it in looks) else style


class Options(OptionList):
    """A list in which one row is chosen."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return how a part looks."""
        style = super().get_visual_style(*component_classes, partial=partial)
        return with_reverse(self, style, component_classes)

    def action_page_up(self) -> None:
        """Go up by a page, once rows are laid out; before, Textual 8 raises an error."""
        with suppress(KeyError):
            super().action_page_up()  # type: ignore[no-untyped-call] # Textual leaves it out

    def action_page_down(self) -> None:
        """Go down by a page, once rows are laid out."""
        with suppress(KeyError):
            super().action_page_down()  # type: ignore[no-untyped-call] # Textual leaves it out


class Filling(Options):
    """A list that is filled later; Enter is not lost before."""

    def __init__(self, choose: Callable[[], object], *, id: str) -> None:
        """Make an empty list; `choose` is called for Enter while nothing is highlighted."""
        super().__init__(id=id)
        self._choose = choose

    def action_select(self) -> None:
        """Choose what is highlighted."""
        if self.highlighted is None:
            self._choose()
        else:
            super().action_select()
