"""Where in a pack's files something stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file, a line and a column, both counted from 1."""

    file: str
    """The path as the user named it, or relative to the pack's folder."""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text and the place it was read from."""

    value: str
    place: Place

    def __str__(self) -> str:
        return self.value
