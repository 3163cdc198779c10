"""One row of text that changes often: drawn anew alone, nothing around it is laid out again."""

from dataclasses import replace

from textual.content import Content
from textual.widget import Widget

from callcoach.tui.widgets.paper import Piece, lay_out
from callcoach.words.wrap import clip, width


class Row(Widget):
    """Shows a piece of text on one row; what does not fit is left out."""

    DEFAULT_CSS = "Row { height: 1; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self._piece = Piece("")

    def show(self, piece: Piece) -> None:
        """Show another text; the same one again costs nothing."""
        if piece != self._piece:
            self._piece = piece
            self.refresh()

    def render(self) -> Content:
        """Return the row; a text that has no room ends in an ellipsis."""
        piece, cells = self._piece, self.size.width
        tail = width(piece.tail) + 1 if piece.tail else 0
        body = clip(piece.body, max(cells - width(piece.head) - tail, 2))
        return lay_out((replace(piece, body=body),), cells)[0]
