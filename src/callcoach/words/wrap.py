"""Cell widths, and line breaking that suits Chinese and Latin text side by side.

Chinese may break between any two characters, but a line never begins with closing punctuation
and never ends with an opening bracket (kinsoku, GB/T 15834-2011 section 5.1); Latin words,
numbers and amounts stay whole unless one is wider than the line.
"""

import unicodedata
from functools import lru_cache

_NO_START = frozenset("，。！？；：、）》」』】〉〕｝…—～·％”’,.!?:;)]}%〜々ー")
_NO_END = frozenset("（《「『【〈〔｛“‘([{¥￥$€£")


@lru_cache(maxsize=4096)
def cell(char: str) -> int:
    """Return how many terminal cells a character takes: 0, 1 or 2 (Unicode UAX #11)."""
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") else 1


def width(text: str) -> int:
    """Return how many terminal cells `text` takes."""
    return len(text) if text.isascii() and text.isprintable() else sum(map(cell, text))


def clip(text: str, cells: int) -> str:
    """Return `text` cut to at most `cells` cells; a cut is marked by … inside them."""
    if width(text) <= cells:
        return text
    if cells <= 0:
        return ""
    kept: list[str] = []
    used = 1
    for char in text:
        used += cell(char)
        if used > cells:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pad(text: str, cells: int) -> str:
    """Return `text` cut or filled with spaces to exactly `cells` cells."""
    cut = clip(text, cells)
    return cut + " " * (cells - width(cut))


def wrap(text: str, cells: int) -> list[str]:
    """Return `text` as lines of at most `cells` cells; existing line breaks are kept.

    A closing mark that finds no room at the end of its line takes the character before it along
    to the next. `cells` below 2 is treated as 2, the width of one Chinese character.
    """
    room = max(cells, 2)
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, room)]


def _wrap_paragraph(text: str, room: int) -> list[str]:
    lines: list[str] = []
    line, used = "", 0
    for atom in _atoms(text):
        wide = width(atom)
        if used + width(atom.rstrip(" ")) <= room:
            line, used = line + atom, used + wide
            continue
        if line.strip():
            lines.append(line.rstrip(" "))
        *whole, atom = _split(atom, room)
        lines.extend(whole)
        line, used = atom.lstrip(" "), width(atom.lstrip(" "))
    lines.append(line.rstrip(" "))
    return lines


def _atoms(text: str) -> list[str]:
    """Return the pieces of a paragraph between which a line may break."""
    atoms: list[str] = []
    for char in text:
        glued = bool(atoms) and (
            char in _NO_START
            or atoms[-1][-1] in _NO_END
            or char == " "
            or cell(char) == 0
            or (_is_latin(char) and _is_latin(atoms[-1][-1]))
        )
        if glued:
            atoms[-1] += char
        else:
            atoms.append(char)
    return atoms


def _is_latin(char: str) -> bool:
    return char != " " and cell(char) < 2


def _split(atom: str, room: int) -> list[str]:
    """Return an atom in pieces that fit `room`; one that fits already comes back whole."""
    if width(atom.rstrip(" ")) <= room:
        return [atom]
    pieces = [""]
    for char in atom:
        if pieces[-1] and width(pieces[-1]) + cell(char) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces
