"""Draws a script as an SVG picture that needs nothing else and reads on light and dark alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from callcoach.locale import Messages
from callcoach.script.diagram.card import LINE, draw_card, face_of
from callcoach.script.diagram.ink import (
    CLASS,
    SMALL,
    STYLE,
    broken,
    escaped,
    flag,
    heart,
    hush,
    measure,
    on_arrow,
    rect,
    return_arrow,
    ring,
    triangle,
    up_arrow,
    words,
)
from callcoach.script.diagram.layout import Item, Layout, Size, lay_out
from callcoach.script.diagram.outline import Arrow, Outline, Way, outline
from callcoach.script.model import Script
from callcoach.script.wording import Language
from callcoach.words.display import display

MARGIN = 28.0
_WIDEST_LABEL = 140.0
"""The text of a label breaks before this, in pixels."""
_COLUMN = 280.0
"""The width of an objection and the room beside it."""


def svg(script: Script, language: Language) -> str:
    """Return a script as the text of an SVG file."""
    return _Picture(outline(script, language), language).text()


class _Picture:
    """One outline being drawn."""

    def __init__(self, drawn: Outline, language: Language) -> None:
        self.outline = drawn
        self.language = language
        self.messages = Messages(language)
        self.faces = {card.id: face_of(card) for card in drawn.cards}
        self.labels = [_Label.of(arrow) for arrow in drawn.arrows]
        self.layout: Layout = lay_out(
            {id: face.size for id, face in self.faces.items()},
            [label.size for label in self.labels],
            drawn.arrows,
            drawn.layers,
        )

    def text(self) -> str:
        """Return the picture's text."""
        signs, legend_width = self._legend()
        columns = max(int((self.layout.width + 20) // _COLUMN), 3)
        band = columns * _COLUMN + 20 if self.outline.objections else 0.0
        wide = max(self.layout.width, band, legend_width, 320.0)
        top = MARGIN + 62
        parts = [*signs]
        parts += _moved([*self._arrows(), *self._cards()], (wide - self.layout.width) / 2, top)
        high = top + self.layout.height + MARGIN
        if band:
            cards, band_height = self._band(columns)
            parts += _moved(cards, (wide - band) / 2, high)
            high += band_height + MARGIN
        return "\n".join([*self._head(wide + 2 * MARGIN, high), *parts, "</svg>"]) + "\n"

    def _head(self, wide: float, high: float) -> Iterator[str]:
        title = display(self.outline.title)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{CLASS}" role="img"'
            f" xml:lang={quoteattr(display(self.language))}"
            f' width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        )
        yield f"<title>{escaped(title)}</title>"
        yield f"<style>{STYLE}</style>"
        yield words(title, MARGIN, MARGIN + 14, "heading")

    def _legend(self) -> tuple[list[str], float]:
        """Return the line that explains the signs that occur, and its width."""
        say, cards = self.messages.say, (*self.outline.cards, *self.outline.objections)
        ways = {row.way for card in cards for row in card.rows}
        signs = (
            (any(card.is_start for card in cards), triangle, say("start")),
            (Way.STAY in ways, ring, say("any order")),
            (Way.TO in ways, on_arrow, say("to another step")),
            (Way.UP in ways, up_arrow, say("to an earlier step")),
            (Way.OBJECTION in ways, flag, say("objection")),
            (Way.BACK in ways, return_arrow, say("back to where the call was")),
            (any(card.is_vulnerable for card in cards), heart, say("vulnerable: no pressure")),
            (any(card.is_sensitive for card in cards), hush, say("nothing is kept here")),
        )
        x, y = MARGIN, MARGIN + 40
        parts: list[str] = []
        for occurs, sign, meaning in signs:
            if occurs:
                parts += [sign(x, y - 5), words(meaning, x + 20, y, "legend")]
                x += 20 + measure(meaning, 12) + 20
        return parts, x - MARGIN

    def _arrows(self) -> Iterator[str]:
        ports = _Ports(self.layout)
        for number, chain in enumerate(self.layout.chains):
            yield _path(chain, ports, self.layout)
            label = self.labels[number]
            item = chain[1]
            yield from label.drawn(item.x - label.size.width / 2, item.y)

    def _cards(self) -> Iterator[str]:
        for id, item in self.layout.cards.items():
            face = self.faces[id]
            yield from draw_card(face, item.x - face.size.width / 2, item.y)

    def _band(self, columns: int) -> tuple[list[str], float]:
        """Return the objections in columns, and the height of their band."""
        heights = [44.0] * columns
        cards: list[str] = []
        for card in self.outline.objections:
            face = face_of(card, _COLUMN - 20)
            column = heights.index(min(heights))
            cards += draw_card(face, 20 + column * _COLUMN, heights[column], "objection")
            heights[column] += face.size.height + 16
        high = max(heights) + 6
        heading = self.messages.say("Objections: may be opened at any step")
        frame = rect("band", 0, 0, columns * _COLUMN + 20, high, 14)
        return [frame, words(heading, 20, 30, "heading"), *cards], high


def _moved(parts: Sequence[str], x: float, y: float) -> Sequence[str]:
    """Return parts that are drawn from another corner."""
    return [f'<g transform="translate({MARGIN + x:.1f} {y:.1f})">', *parts, "</g>"]


@dataclass(frozen=True, slots=True)
class _Label:
    """What an arrow says."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    size: Size

    @classmethod
    def of(cls, arrow: Arrow) -> "_Label":
        """Return an arrow's label."""
        lines = broken(arrow.label, _WIDEST_LABEL)
        notes = broken(arrow.note, _WIDEST_LABEL, SMALL)
        widths = [*map(measure, lines), *(measure(line, SMALL) for line in notes)]
        wide = max(widths, default=0.0)
        return cls(lines, notes, Size(wide + 14, len(lines) * LINE + len(notes) * 14 + 6))

    def drawn(self, x: float, y: float) -> Iterator[str]:
        """Yield the label with its top left corner at a place."""
        wide, high = self.size.width, self.size.height
        yield rect("label", x, y, wide, high, 7)
        middle, at = x + wide / 2, y
        for line in self.lines:
            at += LINE
            yield words(line, middle, at - 1, anchor="middle")
        for line in self.notes:
            at += 14
            yield words(line, middle, at, "note", "middle")


class _Ports:
    """Where on its card each arrow begins and ends."""

    def __init__(self, layout: Layout) -> None:
        self.starts: dict[int, float] = {}
        self.ends: dict[int, float] = {}
        chains = layout.chains
        for card in layout.cards.values():
            out = [number for number, chain in enumerate(chains) if chain[0] is card]
            into = [number for number, chain in enumerate(chains) if chain[-1] is card]
            out.sort(key=lambda number: chains[number][1].x)
            into.sort(key=lambda number: chains[number][-2].x)
            self.starts |= _spread(card, out)
            self.ends |= _spread(card, into)


def _spread(card: Item, numbers: Sequence[int]) -> dict[int, float]:
    """Return places along a card's edge for some arrows, evenly around its middle."""
    step = min(26.0, card.size.width * 0.7 / max(len(numbers), 1))
    left = card.x - step * (len(numbers) - 1) / 2
    return {number: left + step * place for place, number in enumerate(numbers)}


def _path(chain: Sequence[Item], ports: _Ports, layout: Layout) -> str:
    """Return an arrow from its card over its label to the next card, as curves that fall."""
    number = chain[1].arrow or 0
    bottoms = {id(item): _row_bottom(item, layout) for item in chain}
    x, y = ports.starts[number], chain[0].y + chain[0].size.height
    pieces = [f"M{x:.1f} {y:.1f}"]
    if bottoms[id(chain[0])] > y:
        y = bottoms[id(chain[0])]
        pieces.append(f"V{y:.1f}")
    for item in chain[1:-1]:
        pieces.append(_curve(x, y, item.x, item.y))
        x, y = item.x, bottoms[id(item)]
        pieces.append(f"V{y:.1f}")
    end, top = ports.ends[number], chain[-1].y
    pieces.append(_curve(x, y, end, top - 7))
    head = f"M{end - 4:.1f} {top - 8:.1f}H{end + 4:.1f}L{end:.1f} {top:.1f}Z"
    return f'<path class="arrow" d="{"".join(pieces)}"/><path class="head" d="{head}"/>'


def _row_bottom(item: Item, layout: Layout) -> float:
    row = next(row for row in layout.layers if item in row)
    return item.y + max(other.size.height for other in row)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    middle = (y1 + y2) / 2
    return f"C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}"
