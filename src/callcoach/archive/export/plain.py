"""Writes a report as plain text, wrapped for a terminal or a printer."""

from collections.abc import Iterable, Iterator

from callcoach.archive.export.blocks import Block, Heading, Item, Items, Paragraph
from callcoach.words.display import display
from callcoach.words.wrap import width, wrap

_CELLS = 80


def write_plain(blocks: Iterable[Block]) -> str:
    """Return a report as plain text of at most 80 cells a line."""
    return "\n\n".join("\n".join(_block(block)) for block in blocks) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            lines = _wrapped(text, 0)
            yield from lines
            if level < 3:
                yield ("=" if level == 1 else "-") * max(map(width, lines))
        case Paragraph(text):
            yield from _wrapped(text, 0)
        case Items(items):
            for item in items:
                yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    joint = "" if item.lead.endswith("：") else " "
    first, *more = _wrapped(f"{item.lead}{joint}{item.text}".strip(), 2)
    yield "- " + first
    for line in more:
        yield "  " + line
    for detail in item.details:
        for line in _wrapped(detail, 4):
            yield "    " + line


def _wrapped(text: str, indent: int) -> list[str]:
    """Return a text as harmless lines that leave room for an indentation."""
    return wrap(display(text).strip(), _CELLS - indent)
