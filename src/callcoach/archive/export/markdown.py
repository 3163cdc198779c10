"""Writes a report as Markdown in which no text from a call can be anything but text."""

import re
from collections.abc import Iterable, Iterator

from callcoach.archive.export.blocks import Block, Heading, Item, Items, Paragraph
from callcoach.words.display import display

_MARKS = str.maketrans({mark: "\\" + mark for mark in "\\`*_{}[]<>|~$^&#"})
_AT_START = re.compile(r"(?=[+\-=])|\d{1,9}(?=[.)](?:\s|$))")
"""What makes a list or a rule where it comes first; a backslash belongs behind it."""
_ADDRESS = re.compile(r"(?<=[A-Za-z])(?=://)|(?i:(?<=\bwww)(?=\.))")
"""Where a backslash keeps an address from becoming a link."""


def escape(text: str) -> str:
    """Return `text` as one line of Markdown that shows it and does nothing else."""
    line = _ADDRESS.sub(r"\\", display(text).strip().translate(_MARKS))
    first = _AT_START.match(line)
    return line if first is None else f"{first.group()}\\{line[first.end() :]}"


def write_markdown(blocks: Iterable[Block]) -> str:
    """Return a report as Markdown (CommonMark; GitHub's agrees)."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escape(text)}"
        case Paragraph(text):
            return escape(text)
        case Items(items):
            return "\n".join(line for item in items for line in _item(item))


def _item(item: Item) -> Iterator[str]:
    lead = f"**{escape(item.lead)}** " if item.lead.strip() else ""
    yield f"- {lead}{escape(item.text)}".rstrip()
    for detail in item.details:
        yield f"  - {escape(detail)}"
