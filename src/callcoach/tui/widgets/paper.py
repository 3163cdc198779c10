"""A widget for text whose lines break as Chinese and Latin need, with parts that can be clicked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from callcoach.words.wrap import width, wrap_spans


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that looks different."""

    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: a head that stands out, and a body that wraps beside it."""

    body: str
    style: str = ""
    head: str = ""
    head_style: str = ""
    marks: Sequence[Mark] = ()
    """Stretches of the body."""
    action: str = ""
    """What a click does."""
    tail: str = ""
    """Stands at the right end of the first line; left out where there is no room."""
    tail_style: str = ""


def lay_out(pieces: Iterable[Piece], cells: int) -> list[Content]:
    """Return pieces as lines of at most `cells` cells."""
    return [line for piece in pieces for line in _lay_out(piece, cells)]


def _lay_out(piece: Piece, cells: int) -> list[Content]:
    indent = width(piece.head)
    tail = f" {piece.tail}" if piece.tail else ""
    room = max(cells - indent, 2)
    has_tail = bool(tail) and width(tail) + 8 <= room
    spans = wrap_spans(piece.body, room - width(tail) if has_tail else room)
    lines: list[Content] = []
    for number, (start, end) in enumerate(spans):
        text = piece.body[start:end]
        body = Content.styled(text, piece.style)
        for mark in piece.marks:
            if mark.start < end and start < mark.end:
                first, last = max(mark.start, start) - start, min(mark.end, end) - start
                body = body.stylize(mark.style, first, last)
        head = piece.head if number == 0 else " " * indent
        parts: list[Content] = [Content.styled(head, piece.head_style), body]
        if number == 0 and has_tail:
            filler = " " * (room - width(text) - width(tail))
            parts += [Content(filler), Content.styled(tail, piece.tail_style)]
        line = Content.assemble(*parts)
        if piece.action:
            line = line.stylize(Style.from_meta({"@click": piece.action}))
        lines.append(line)
    return lines


class Paper(Widget):
    """Shows pieces of text, wrapped anew whenever its width changes."""

    DEFAULT_CSS = "Paper { height: auto; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False  # a part that can be clicked keeps its own colours
        self._pieces: tuple[Piece, ...] = ()

    def show(self, pieces: Iterable[Piece]) -> None:
        """Show other pieces; the same ones again cost nothing."""
        fresh = tuple(pieces)
        if fresh != self._pieces:
            self._pieces = fresh
            self.clear_cached_dimensions()
            self.refresh(layout=True)

    @property
    def rows(self) -> int:
        """Return how many rows the pieces take, as wide as the widget is now."""
        return self.row_of(len(self._pieces))

    def row_of(self, place: int) -> int:
        """Return the row at which a piece begins, as wide as the widget is now."""
        return len(lay_out(self._pieces[:place], self.content_size.width))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Return the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the pieces take."""
        return len(lay_out(self._pieces, width))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(lay_out(self._pieces, self.content_size.width))
