"""Draws a script as an SVG picture that needs nothing else and reads on light and dark alike."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from callcoach.locale import Messages
from callcoach.script.diagram.layout import Item, Layout, Size, lay_out
from callcoach.script.diagram.outline import Arrow, Card, CardRow, Outline, Way, outline
from callcoach.script.model import Script, local
from callcoach.script.wording import Language
from callcoach.words.display import display
from callcoach.words.wrap import cell, width, wrap

SMALL, BODY, HEAD = 11.0, 13.0, 14.0
"""The sizes of text, in pixels."""
MARGIN = 28.0
_PAD = 12.0
_TITLE = 19.0
"""The height of a line of a card's title."""
_LINE = 17.0
_ROUND = 6.0
"""How much further in the text of a rounded card begins."""
_MARK = 22.0
"""The room of a row's sign."""
_WIDEST = 220.0
"""The text of a card breaks before this, in pixels."""
_WIDEST_LABEL = 140.0
_BAND_COLUMN = 280.0
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei',"
    " 'Noto Sans CJK SC', sans-serif"
)

_STYLE = """
text { font-family: FONT; font-size: 13px; fill: #111827; }
.title { font-weight: 600; font-size: 14px; }
.id, .note { font-size: 11px; fill: #4b5563; }
.note { font-style: italic; }
.code { font-size: 11px; font-weight: 700; fill: #ffffff; }
.heading { font-size: 18px; font-weight: 600; fill: #75808c; }
.legend { fill: #75808c; font-size: 12px; }
.card { fill: #ffffff; stroke: #4b5563; stroke-width: 1.2; }
.start { fill: #e0f2fe; stroke: #0369a1; stroke-width: 2.4; }
.hub { fill: #fffbeb; stroke: #b45309; }
.end { fill: #ecfdf5; stroke: #047857; stroke-width: 1.6; }
.inner { fill: none; stroke: #047857; stroke-width: 1; }
.objection { fill: #faf5ff; stroke: #7e22ce; stroke-dasharray: 5 3; }
.band { fill: none; stroke: #8b5cf6; stroke-width: 1.4; stroke-dasharray: 7 5; }
.badge { fill: #047857; }
.label { fill: #f3f4f6; stroke: #d1d5db; stroke-width: 0.8; }
.arrow { fill: none; stroke: #75808c; stroke-width: 1.5; }
.head { fill: #75808c; stroke: none; }
.back { fill: none; stroke: #7e22ce; stroke-width: 1.5; stroke-dasharray: 3 1.8; }
.tip { fill: none; stroke: #7e22ce; stroke-width: 1.5; }
.mark { fill: none; stroke: #4b5563; stroke-width: 1.3; }
.solid { fill: #0369a1; stroke: none; }
""".replace("FONT", _FONT)


def svg(script: Script, language: Language) -> str:
    """Return a script as the text of an SVG file."""
    return _Picture(outline(script, language), language).text()


@dataclass(frozen=True, slots=True)
class _Face:
    """A card's text, broken into lines, and the room it takes."""

    card: Card
    title: tuple[str, ...]
    rows: tuple[tuple[CardRow, tuple[str, ...], tuple[str, ...]], ...]
    """Each row, its lines, and the lines of its note."""
    entered: tuple[tuple[str, ...], ...]
    """The objections that lead here, each in lines."""
    size: Size


def _measure(text: str, size: float = BODY, *, is_bold: bool = False) -> float:
    """Return how wide a text is at most, in pixels, whichever of the usual fonts it is set in."""
    narrow = 0.65 if is_bold else 0.585
    return size * sum((0.0, narrow, 1.03)[cell(char)] for char in text)


def _broken(
    text: str, room: float, size: float = BODY, *, is_bold: bool = False
) -> tuple[str, ...]:
    """Return a text as lines that are no wider than `room`, in pixels; none for an empty one."""
    shown = display(text)
    if not shown:
        return ()
    per_cell = _measure(shown, size, is_bold=is_bold) / max(width(shown), 1)
    return tuple(wrap(shown, int(room / max(per_cell, 1.0))))


def _face(card: Card, fixed: float = 0.0) -> _Face:
    """Return how a card is written; `fixed` is its width where it is given."""
    inset = _PAD + (_ROUND if card.code else 0)
    heart = _MARK if card.is_vulnerable else 0.0
    room = fixed - 2 * inset if fixed else _WIDEST
    title = _broken(card.title, room - heart, HEAD, is_bold=True)
    rows = tuple(
        (row, _broken(_row_text(row), room - _MARK), _broken(row.note, room - _MARK, SMALL))
        for row in card.rows
    )
    entered = tuple(_broken(name, room - _MARK, SMALL) for name in card.entered_from)
    widths = [_measure(line, HEAD, is_bold=True) + heart for line in title]
    widths.append(_measure(local(card.id), SMALL) + (_badge(card.code) + 8 if card.code else 0))
    for _, lines, notes in rows:
        widths += [_MARK + _measure(line) for line in lines]
        widths += [_MARK + _measure(line, SMALL) for line in notes]
    widths += [_MARK + _measure(line, SMALL) for lines in entered for line in lines]
    count = sum(len(lines) + len(notes) for _, lines, notes in rows)
    height = 2 * _PAD + len(title) * _TITLE + _LINE + count * _LINE - 4
    height += sum(map(len, entered)) * _LINE + (6 if rows else 0) + (4 if entered else 0)
    wide = fixed or max(max(widths) + 2 * inset, 110.0)
    return _Face(card, title, rows, entered, Size(wide, height))


def _badge(code: str) -> float:
    """Return the width of an outcome's badge."""
    return _measure(code, SMALL, is_bold=True) + 14


def _row_text(row: CardRow) -> str:
    """Return what a row says beside its mark; the code of an end follows its title."""
    code = f" [{row.code}]" if row.code else ""
    return f"{row.label} → {row.target}{code}" if row.target else row.label


class _Picture:
    """One outline being drawn."""

    def __init__(self, drawn: Outline, language: Language) -> None:
        self.outline = drawn
        self.language = language
        self.messages = Messages(language)
        self.faces = {card.id: _face(card) for card in drawn.cards}
        self.labels = [_Label.of(arrow) for arrow in drawn.arrows]
        self.layout: Layout = lay_out(
            {id: face.size for id, face in self.faces.items()},
            [label.size for label in self.labels],
            drawn.arrows,
            drawn.layers,
        )

    def text(self) -> str:
        """Return the picture's text."""
        columns = max(int((self.layout.width + 20) // _BAND_COLUMN), 3)
        band = list(self._band(columns)) if self.outline.objections else []
        band_height = float(band.pop()) if band else 0.0
        wide = max(self.layout.width, (columns * _BAND_COLUMN + 20) if band else 0.0, 640.0)
        top = MARGIN + 62
        shift = MARGIN + (wide - self.layout.width) / 2
        height = top + self.layout.height + MARGIN
        parts = [*self._legend(), f'<g transform="translate({shift:.1f} {top:.1f})">']
        parts += self._arrows()
        parts += self._cards()
        parts.append("</g>")
        if band:
            left = MARGIN + (wide - (columns * _BAND_COLUMN + 20)) / 2
            parts.append(f'<g transform="translate({left:.1f} {height:.1f})">')
            parts += band
            parts.append("</g>")
            height += band_height + MARGIN
        return "\n".join([*self._head(wide + 2 * MARGIN, height), *parts, "</svg>"]) + "\n"

    def _head(self, wide: float, high: float) -> Iterator[str]:
        title = display(self.outline.title)
        yield (
            '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
            f" xml:lang={quoteattr(display(self.language))}"
            f' width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        )
        yield f"<title>{_escape(title)}</title>"
        yield f"<style>{_STYLE}</style>"
        yield f'<text class="heading" x="{MARGIN}" y="{MARGIN + 14}">{_escape(title)}</text>'

    def _legend(self) -> Iterator[str]:
        """Yield the line that explains the signs."""
        say = self.messages.say
        x, y = MARGIN, MARGIN + 40
        entries: list[tuple[str, str]] = [
            (_triangle(x, y - 5), say("start")),
            (_ring(x, y - 5), say("any order")),
            (_up(x, y - 5), say("to an earlier step")),
            (_flag(x, y - 5), say("objection")),
            (_return(x, y - 5), say("back to where the call was")),
            (_heart(x, y - 8), say("vulnerable: no pressure")),
        ]
        for mark, words in entries:
            yield f'<g transform="translate({x - MARGIN:.1f} 0)">{mark}</g>'
            yield f'<text class="legend" x="{x + 20:.1f}" y="{y}">{_escape(words)}</text>'
            x += 20 + _measure(words, 12) + 20

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
            yield from _draw_card(face, item.x - face.size.width / 2, item.y)

    def _band(self, columns: int) -> Iterator[str]:
        """Yield the objections in columns, and at last the height of their band."""
        words = self.messages.say("Objections: may be opened at any step")
        heights = [44.0] * columns
        cards: list[str] = []
        for card in self.outline.objections:
            face = _face(card, _BAND_COLUMN - 20)
            column = heights.index(min(heights))
            cards += _draw_card(face, 20 + column * _BAND_COLUMN, heights[column], "objection")
            heights[column] += face.size.height + 16
        high = max(heights) + 6
        yield (
            f'<rect class="band" x="0" y="0" rx="14" width="{columns * _BAND_COLUMN + 20:.1f}"'
            f' height="{high:.1f}"/>'
        )
        yield f'<text class="heading" x="20" y="30">{_escape(words)}</text>'
        yield from cards
        yield f"{high:.1f}"


@dataclass(frozen=True, slots=True)
class _Label:
    """What an arrow says."""

    lines: tuple[str, ...]
    notes: tuple[str, ...]
    size: Size

    @classmethod
    def of(cls, arrow: Arrow) -> "_Label":
        """Return an arrow's label."""
        lines = _broken(arrow.label, _WIDEST_LABEL)
        notes = _broken(arrow.note, _WIDEST_LABEL, SMALL)
        widths = [*map(_measure, lines), *(_measure(line, SMALL) for line in notes)]
        wide = max(widths, default=0.0)
        return cls(lines, notes, Size(wide + 14, len(lines) * _LINE + len(notes) * 14 + 6))

    def drawn(self, x: float, y: float) -> Iterator[str]:
        """Yield the label with its top left corner at a place."""
        wide, high = self.size.width, self.size.height
        yield _rect("label", x, y, wide, high, 7)
        middle, at = x + wide / 2, y
        for line in self.lines:
            at += _LINE
            yield _text(line, middle, at - 1, anchor="middle")
        for line in self.notes:
            at += 14
            yield _text(line, middle, at, "note", "middle")


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


def _draw_card(face: _Face, x: float, y: float, style: str = "") -> Iterator[str]:
    """Yield a card with its top left corner at a place."""
    card, wide, high = face.card, face.size.width, face.size.height
    kind = style or _style_of(card)
    rounding = min(high / 2, 26.0) if card.code else 8.0
    yield _rect(f"card {kind}", x, y, wide, high, rounding)
    if card.code:
        yield _rect("inner", x + 3, y + 3, wide - 6, high - 6, max(rounding - 3, 2))
    if card.is_start:
        yield _triangle(x - 22, y + high / 2)
    at, left = y + _PAD - 4, x + _PAD + (_ROUND if card.code else 0)
    for name in face.entered:
        yield _flag(left, at + _LINE / 2)
        for line in name:
            at += _LINE
            yield _text(line, left + _MARK, at - 4, "note")
    at += 4 if face.entered else 0
    for line in face.title:
        at += _TITLE
        yield _text(line, left, at - 4, "title")
    at += _LINE
    yield _text(local(card.id), left, at - 4, "id")
    if card.is_vulnerable:
        yield _heart(x + wide - _PAD - 14, y + _PAD + 6)
    if card.code:
        long = _badge(card.code)
        right = x + wide - _PAD - _ROUND
        yield _rect("badge", right - long, at - 16, long, 17, 8)
        yield _text(card.code, right - long / 2, at - 4, "code", "middle")
    at += 6
    for row, lines, notes in face.rows:
        yield _MARKS[row.way](left, at + _LINE / 2)
        for line in lines:
            at += _LINE
            yield _text(line, left + _MARK, at - 4)
        for line in notes:
            at += _LINE
            yield _text(line, left + _MARK, at - 4, "note")


def _style_of(card: Card) -> str:
    if card.code:
        return "end"
    if card.is_start:
        return "start"
    return "hub" if card.is_hub else "step"


def _rect(style: str, x: float, y: float, wide: float, high: float, rounding: float) -> str:
    return (
        f'<rect class="{style}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
        f' rx="{rounding:.1f}"/>'
    )


def _text(text: str, x: float, y: float, style: str = "", anchor: str = "") -> str:
    look = f' class="{style}"' if style else ""
    look += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{look} x="{x:.1f}" y="{y:.1f}">{_escape(display(text))}</text>'


def _escape(text: str) -> str:
    """Return a text as XML holds it; what XML cannot hold at all is left out."""
    return escape(text.translate({0xFFFE: None, 0xFFFF: None}))


def _triangle(x: float, y: float) -> str:
    return f'<path class="solid" d="M{x:.1f} {y - 6:.1f}l12 6l-12 6z"/>'


def _ring(x: float, y: float) -> str:
    return f'<circle class="mark" cx="{x + 6:.1f}" cy="{y:.1f}" r="4.5"/>'


def _up(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x + 6:.1f} {y + 5:.1f}v-10m-4 4l4 -4l4 4"/>'


def _on(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x:.1f} {y:.1f}h11m-4 -4l4 4l-4 4"/>'


def _flag(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x + 2:.1f} {y + 6:.1f}v-12h9l-3 3.5l3 3.5h-9"/>'


def _return(x: float, y: float) -> str:
    line = f"M{x + 15:.1f} {y + 5:.1f}h-7a5 5 0 0 1 0 -10h5"
    tip = f"M{x + 10:.1f} {y - 8:.1f}l4 3l-4 3"
    return f'<path class="back" d="{line}"/><path class="tip" d="{tip}"/>'


def _heart(x: float, y: float) -> str:
    return f'<path class="tip" d="M{x + 7:.1f} {y + 10:.1f}l-7 -7a4 4 0 0 1 7 -5a4 4 0 0 1 7 5z"/>'


_MARKS = {
    Way.STAY: _ring,
    Way.BACK: _return,
    Way.UP: _up,
    Way.OBJECTION: _flag,
    Way.TO: _on,
}
