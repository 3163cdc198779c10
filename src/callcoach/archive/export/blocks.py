"""The parts of a report, before it is known whether it becomes Markdown or plain text.

Every text in them is raw: whoever writes them out makes it harmless.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the report's own."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence on its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list: what it is about, what there is to say, and details below."""

    lead: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


Block = Heading | Paragraph | Items
