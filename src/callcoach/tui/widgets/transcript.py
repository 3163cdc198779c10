"""A long list of entries that scrolls: only what is seen is drawn, however long the call."""

from collections.abc import Iterable

from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from callcoach.tui.widgets.paper import Piece, lay_out

MOST_ENTRIES = 4000
"""Older entries leave the screen; they stay in the journal."""


class Transcript(ScrollView, can_focus=True):
    """Shows entries, the newest at the foot; follows them until the reader scrolls up."""

    DEFAULT_CSS = "Transcript { scrollbar-size-vertical: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pieces: list[Piece] = []
        self._lines: list[Content] = []
        self._pending: tuple[Piece, ...] = ()
        self._below: list[Content] = []
        """The lines of what is pending."""
        self._width = 0
        self._follows = True
        """The newest entry is to be in sight: the reader has not scrolled away from it."""

    @property
    def room(self) -> int:
        """Return the cells in which entries are laid out."""
        return max(self.size.width - 1, 2)

    def add(self, pieces: Iterable[Piece]) -> None:
        """Add entries at the end."""
        fresh = list(pieces)
        if not fresh:
            return
        self._pieces += fresh
        if len(self._pieces) > MOST_ENTRIES + 500:
            del self._pieces[:-MOST_ENTRIES]
            self._lay_out()
        elif self._width:
            self._lines += lay_out(fresh, self._width)
            self._resize()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Learn from where it is moved to what the reader wants; new entries move nothing."""
        super().watch_scroll_y(old_value, new_value)
        self._follows = round(new_value) >= self.max_scroll_y

    def _keep_end(self) -> None:
        """Stay at the newest entry, unless the reader is elsewhere."""
        if self._follows:
            self.scroll_end(animate=False, immediate=True)

    def await_more(self, pieces: Iterable[Piece]) -> None:
        """Show below all entries what will soon be one, in place of what stood there so far."""
        fresh = tuple(pieces)
        if fresh == self._pending:
            return
        rows = len(self._below)
        self._pending = fresh
        self._below = lay_out(fresh, self._width) if self._width else []
        if len(self._below) == rows:
            self.refresh()
            return
        self._resize()

    def replace(self, pieces: Iterable[Piece]) -> None:
        """Show other entries."""
        self._pieces = list(pieces)
        self._follows = True
        self._lay_out()

    def on_resize(self, event: Resize) -> None:
        """Lay the entries out anew where the width has changed; less height hides the newest."""
        if self.room != self._width:
            self._lay_out()
        else:
            self.call_after_refresh(self._keep_end)

    def _lay_out(self) -> None:
        """Lay all entries out, once it is known how much room there is."""
        if not self.size.width:
            return
        self._width = self.room
        self._lines = lay_out(self._pieces, self._width)
        self._below = lay_out(self._pending, self._width)
        self._resize()

    def _resize(self) -> None:
        self.virtual_size = Size(self._width, len(self._lines) + len(self._below))
        self.refresh()
        self.call_after_refresh(self._keep_end)

    def render_line(self, y: int) -> Strip:
        """Return one line of the entries."""
        at = y + self.scroll_offset.y
        width = self.size.width
        below = at - len(self._lines)
        if below >= len(self._below):
            return Strip.blank(width, self.rich_style)
        line = self._lines[at] if below < 0 else self._below[below]
        strips = Visual.to_strips(self, line, width, 1, self.visual_style)
        return strips[0] if strips else Strip.blank(width, self.rich_style)  # no room at all
