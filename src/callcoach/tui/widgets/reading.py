"""A list of entries with a place in it: a transcript that is read line by line."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from callcoach.tui.widgets.options import with_reverse
from callcoach.tui.widgets.paper import Mark, Piece, lay_out

_MARGIN = 1
"""Rows that stay in sight on either side of the place."""


class Reading(ScrollView, can_focus=True):
    """Shows entries and a place among them; only what is seen is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reading--place"}
    DEFAULT_CSS = """
    Reading { scrollbar-size-vertical: 1; }
    Reading > .reading--place { background: $primary 25%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "go(-1000000)", show=False),
        Binding("end", "go(1000000)", show=False),
    ]

    class Moved(Message):
        """Another entry is looked at."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, sign: str, *, id: str | None = None) -> None:
        """Show nothing yet; `sign` stands beside the place."""
        super().__init__(id=id)
        self.sign = sign
        self.place = 0
        self._pieces: Sequence[Piece] = ()
        self._also: Mapping[int, Sequence[Mark]] = {}
        self._laid: list[list[Content]] = []
        self._starts: list[int] = [0]
        """The row at which each entry begins, and that after the last."""
        self._width = 0

    @property
    def room(self) -> int:
        """Return the cells in which entries are laid out: without place and scrollbar."""
        return max(self.size.width - 2, 2)

    def show(self, pieces: Sequence[Piece]) -> None:
        """Show other entries, at the same place."""
        self._pieces = pieces
        self.place = min(self.place, max(len(pieces) - 1, 0))
        self._lay_out()

    def emphasise(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Mark words in some entries, and no longer those that were marked before."""
        changed = {*self._also, *marks} if self._also != marks else set()
        self._also = marks
        for place in changed:
            if place < len(self._laid):
                self._laid[place] = self._lay(place)
        if changed:
            self.refresh()

    def move(self, place: int, is_centred: bool = False) -> None:
        """Look at another entry; what was said around it is seen, too, where it is centred."""
        if not self._pieces:
            return
        place = min(max(place, 0), len(self._pieces) - 1)
        if place != self.place:
            self.place = place
            self.refresh()
            self.post_message(self.Moved(place))
        if is_centred and self._laid:
            first, rows = self._starts[place], len(self._laid[place])
            top = first - max(self.size.height - rows, 0) // 2
            self.scroll_to(y=max(top, 0), animate=False, force=True)
        else:
            self._keep_in_sight()

    def action_go(self, by: int) -> None:
        """Go up or down."""
        self.move(self.place + by)

    def action_page(self, by: int) -> None:
        """Go up or down by as much as is seen."""
        if not self._laid:
            return
        row = self._starts[self.place] + by * max(self.size.height - 2, 1)
        self.move(bisect_right(self._starts, max(row, 0)) - 1)

    def on_click(self, event: Click) -> None:
        """Look at the entry that was clicked."""
        row = event.y + self.scroll_offset.y
        self.move(bisect_right(self._starts, row) - 1)

    def on_resize(self, event: Resize) -> None:
        """Lay the entries out anew where the width has changed."""
        if self.room != self._width:
            self._lay_out()
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if not self._laid:
            return
        first, rows = self._starts[self.place], len(self._laid[self.place])
        top, height = max(first - _MARGIN, 0), min(rows + 2 * _MARGIN, max(self.size.height, 1))
        region = Region(0, top, self._width, height)
        self.scroll_to_region(region, animate=False, force=True)

    def _lay(self, place: int) -> list[Content]:
        piece = self._pieces[place]
        also = self._also.get(place)
        if also:
            marks = (*piece.marks, *also)
            piece = Piece(piece.body, piece.style, piece.head, piece.head_style, marks)
        return lay_out((piece,), self._width)

    def _lay_out(self) -> None:
        """Lay all entries out, once it is known how much room there is."""
        if not self.size.width:
            return
        self._width = self.room
        self._laid = [self._lay(place) for place in range(len(self._pieces))]
        self._starts = list(accumulate(map(len, self._laid), initial=0))
        self.virtual_size = Size(self._width + 1, self._starts[-1])
        self.refresh()
        self.call_after_refresh(self._keep_in_sight)

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return how a part looks."""
        style = super().get_visual_style(*component_classes, partial=partial)
        return with_reverse(self, style, component_classes)

    def render_line(self, y: int) -> Strip:
        """Return one line of the entries."""
        at, width = y + self.scroll_offset.y, self.size.width
        if at >= self._starts[-1]:
            return Strip.blank(width, self.rich_style)
        entry = bisect_right(self._starts, at) - 1
        line = self._laid[entry][at - self._starts[entry]]
        if entry == self.place:
            body = line.pad_right(max(self._width - line.cell_length, 0))
            body = body.stylize_before(self.get_visual_style("reading--place"))
            line = Content.assemble((self.sign, "$accent bold"), body)
        else:
            line = Content.assemble(" ", line)
        strips = Visual.to_strips(self, line, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.rich_style)
