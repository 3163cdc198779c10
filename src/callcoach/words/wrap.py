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
    return [text[start:end] for start, end in wrap_spans(text, cells)]


def wrap_spans(text: str, cells: int) -> list[tuple[int, int]]:
    """Return where the lines of `wrap` stand in `text`: their starts and ends, in characters.

    Between an end and the next start lie only spaces and the line breaks of `text`.
    """
    room = max(cells, 2)
    spans: list[tuple[int, int]] = []
    begin = 0
    for paragraph in text.split("\n"):
        spans += ((begin + start, begin + end) for start, end in _lines(paragraph, room))
        begin += len(paragraph) + 1
    return spans


def _lines(text: str, room: int) -> list[tuple[int, int]]:
    """Return the lines of one paragraph."""
    lines: list[tuple[int, int]] = []
    begin = end = used = 0
    for start, stop in _atoms(text):
        bare = width(text[start:stop].rstrip(" "))
        if used and used + bare > room:
            solid = _without_spaces(text, begin, end)
            if solid > begin:
                lines.append((begin, solid))
            begin, used = start, 0
        if bare > room:
            begin = _split(text, begin, stop, room, lines)
            used = width(text[begin:stop])
        else:
            used += width(text[start:stop])
        end = stop
    lines.append((begin, _without_spaces(text, begin, end)))
    return lines


def _without_spaces(text: str, begin: int, end: int) -> int:
    """Return where a line ends when the spaces at its end are left out."""
    while end > begin and text[end - 1] == " ":
        end -= 1
    return end


def _atoms(text: str) -> list[tuple[int, int]]:
    """Return the pieces of a paragraph between which a line may break, as starts and ends."""
    atoms: list[tuple[int, int]] = []
    begin = 0
    for at, char in enumerate(text):
        if at and not (_is_glued(text, at) or (_is_latin(char) and _is_latin(text[at - 1]))):
            atoms.append((begin, at))
            begin = at
    if text:
        atoms.append((begin, len(text)))
    return atoms


def _split(text: str, start: int, stop: int, room: int, lines: list[tuple[int, int]]) -> int:
    """Add the full lines of a piece that is wider than a line; return where its rest begins."""
    begin = start
    solid = _without_spaces(text, start, stop)
    while True:
        while begin < solid and text[begin] == " ":
            begin += 1
        at, used = begin, 0
        while at < solid and used + cell(text[at]) <= room:
            used += cell(text[at])
            at += 1
        if at == solid:
            return begin
        at = _breakable(text, begin, at)
        lines.append((begin, _without_spaces(text, begin, at)))
        begin = at


def _breakable(text: str, begin: int, full: int) -> int:
    """Return where a line that is full at `full` breaks best: after a space, else in a word."""
    places = range(full, begin, -1)
    after_space = (at for at in places if text[at - 1] == " " and text[at] != " ")
    free = (at for at in places if not _is_glued(text, at))
    return next(after_space, next(free, full))


def _is_glued(text: str, at: int) -> bool:
    """Tell whether a mark keeps the character at `at` on the line of the one before it."""
    char = text[at]
    return char in _NO_START or text[at - 1] in _NO_END or char == " " or cell(char) == 0


def _is_latin(char: str) -> bool:
    return char != " " and cell(char) < 2
