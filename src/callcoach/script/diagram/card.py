"""Draws the cards of a diagram: steps, ends and objections with the exits that are no arrows."""

from collections.abc import Iterator
from dataclasses import dataclass

from callcoach.script.diagram.ink import (
    HEAD,
    SMALL,
    broken,
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
from callcoach.script.diagram.layout import Size
from callcoach.script.diagram.outline import Card, CardRow, Way
from callcoach.script.model import local

PAD = 12.0
LINE = 17.0
"""The height of a line of text."""
_TITLE = 19.0
_ROUND = 6.0
"""How much further in the text of a rounded card begins."""
_MARK = 22.0
"""The room of a row's sign."""
_WIDEST = 220.0
"""The text of a card breaks before this, in pixels."""


@dataclass(frozen=True, slots=True)
class Face:
    """A card's text, broken into lines, and the room it takes."""

    card: Card
    title: tuple[str, ...]
    rows: tuple[tuple[CardRow, tuple[str, ...], tuple[str, ...]], ...]
    """Each row, its lines, and the lines of its note."""
    entered: tuple[tuple[str, ...], ...]
    """The objections that lead here, each in lines."""
    size: Size


def face_of(card: Card, fixed: float = 0.0) -> Face:
    """Return how a card is written; `fixed` is its width where it is given."""
    inset = PAD + (_ROUND if card.code else 0)
    aside = _MARK * (card.is_vulnerable + card.is_sensitive)
    room = fixed - 2 * inset if fixed else _WIDEST
    title = broken(card.title, room - aside, HEAD, is_bold=True)
    rows = tuple(
        (row, broken(_row_text(row), room - _MARK), broken(row.note, room - _MARK, SMALL))
        for row in card.rows
    )
    entered = tuple(broken(name, room - _MARK, SMALL) for name in card.entered_from)
    widths = [measure(line, HEAD, is_bold=True) + aside for line in title]
    widths.append(measure(local(card.id), SMALL) + (_badge(card.code) + 8 if card.code else 0))
    for _, lines, notes in rows:
        widths += [_MARK + measure(line) for line in lines]
        widths += [_MARK + measure(line, SMALL) for line in notes]
    widths += [_MARK + measure(line, SMALL) for lines in entered for line in lines]
    count = sum(len(lines) + len(notes) for _, lines, notes in rows)
    height = 2 * PAD + len(title) * _TITLE + LINE + count * LINE - 4
    height += sum(map(len, entered)) * LINE + (6 if rows else 0) + (4 if entered else 0)
    wide = fixed or max(max(widths) + 2 * inset, 110.0)
    return Face(card, title, rows, entered, Size(wide, height))


def _badge(code: str) -> float:
    """Return the width of an outcome's badge."""
    return measure(code, SMALL, is_bold=True) + 14


def _row_text(row: CardRow) -> str:
    """Return what a row says beside its mark; the code of an end follows its title."""
    code = f" [{row.code}]" if row.code else ""
    return f"{row.label} → {row.target}{code}" if row.target else row.label


def draw_card(face: Face, x: float, y: float, style: str = "") -> Iterator[str]:
    """Yield a card with its top left corner at a place."""
    card, wide, high = face.card, face.size.width, face.size.height
    kind = style or _style_of(card)
    rounding = min(high / 2, 26.0) if card.code else 8.0
    yield rect(f"card {kind}", x, y, wide, high, rounding)
    if card.code:
        yield rect("inner", x + 3, y + 3, wide - 6, high - 6, max(rounding - 3, 2))
    if card.is_start:
        yield triangle(x - 22, y + high / 2)
    at, left = y + PAD - 4, x + PAD + (_ROUND if card.code else 0)
    for name in face.entered:
        yield flag(left, at + LINE / 2)
        for line in name:
            at += LINE
            yield words(line, left + _MARK, at - 4, "note")
    at += 4 if face.entered else 0
    for line in face.title:
        at += _TITLE
        yield words(line, left, at - 4, "title")
    at += LINE
    yield words(local(card.id), left, at - 4, "id")
    if card.is_vulnerable:
        yield heart(x + wide - PAD - 14, y + PAD + 6)
    if card.is_sensitive:
        yield hush(x + wide - PAD - 14 - _MARK * card.is_vulnerable, y + PAD + 6)
    if card.code:
        long = _badge(card.code)
        right = x + wide - PAD - _ROUND
        yield rect("badge", right - long, at - 16, long, 17, 8)
        yield words(card.code, right - long / 2, at - 4, "code", "middle")
    at += 6
    for row, lines, notes in face.rows:
        yield _MARKS[row.way](left, at + LINE / 2)
        for line in lines:
            at += LINE
            yield words(line, left + _MARK, at - 4)
        for line in notes:
            at += LINE
            yield words(line, left + _MARK, at - 4, "note")


def _style_of(card: Card) -> str:
    if card.code:
        return "end"
    if card.is_start:
        return "start"
    return "hub" if card.is_hub else "step"


_MARKS = {
    Way.STAY: ring,
    Way.BACK: return_arrow,
    Way.UP: up_arrow,
    Way.OBJECTION: flag,
    Way.TO: on_arrow,
}
