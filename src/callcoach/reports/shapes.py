"""What charts are drawn with.

Across, places are percentages; down, pixels: so text keeps its size on a phone and on paper.
"""

from dataclasses import dataclass, field

from callcoach.reports.sheet import Ref


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, by where its baseline begins, is in the middle, or ends."""

    x: float
    y: float
    text: str
    style: str = "label"
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    style: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    style: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with a hole or none."""

    x: float
    y: float
    radius: float
    style: str
    title: str = ""


Shape = Text | Box | Stroke | Dot


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture ready to be written down."""

    height: float
    shapes: tuple[tuple[str, Shape], ...]
    """Each with what it is: `text`, `box`, `stroke`, `dot`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its words, which are text of the page and break where they must."""

    label: str
    value: str
    bar: Drawing
    note: str = ""
    calls: tuple[Ref, ...] = ()
    """The calls that it is about."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A chart of bars: those of one group."""

    title: str
    """The group; empty where there is but one."""
    rows: tuple[Row, ...]
    scale: str
    """What the right end stands for."""
    left_out: int
    """How many more there are in the table."""


def named(*shapes: Shape) -> tuple[tuple[str, Shape], ...]:
    """Return shapes, each with what it is: `text`, `box`, `stroke`, `dot`."""
    return tuple((type(shape).__name__.lower(), shape) for shape in shapes)


@dataclass(slots=True)
class Canvas:
    """A drawing that is being made, from top to bottom."""

    y: float = 4.0
    shapes: list[tuple[str, Shape]] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Put shapes down."""
        self.shapes += named(*shapes)

    def done(self) -> Drawing:
        """Return the drawing."""
        return Drawing(self.y, tuple(self.shapes))
