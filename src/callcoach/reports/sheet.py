"""A report and its figures before it is known whether it becomes a page or a table.

Every text in them is raw: whoever writes them out makes it harmless.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from callcoach.reports.figures import CallFigures
from callcoach.reports.parts import Checks, Examples, Notes, Scorecard, Timeline, Transcript
from callcoach.reports.shares import Share, Spread

MOST_REFS = 50
"""As many calls are named for one figure: nobody looks at more."""


class Unit(StrEnum):
    """What a figure counts in."""

    SHARE = "share"
    """0 to 1."""
    COUNT = "count"
    PERCENT = "percent"
    """A score, 0 to 100 and, with a bonus, more."""
    SECONDS = "seconds"


class Chart(StrEnum):
    """How the figures of a section are drawn."""

    BARS = "bars"
    STACK = "stack"
    """A bar for each item, a part of it for each series."""
    COLUMNS = "columns"
    LINE = "line"
    POINTS = "points"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ref:
    """A call that a figure is about, so that one can go and look."""

    call: str
    """Its id."""
    day: str
    """ISO 8601."""
    agent: str


def refs(calls: Iterable[CallFigures]) -> tuple[Ref, ...]:
    """Return calls, which come oldest first, as figures name them: the newest, each once."""
    newest = islice(reversed(tuple(calls)), MOST_REFS)
    return tuple(dict.fromkeys(Ref(it.call, it.day, it.agent) for it in newest))


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, of how many cases it is, and how sure it is."""

    item: str
    """What it is about, as machines name it: a cue, a step, an agent, a day."""
    title: str
    """The same for people."""
    value: float | None
    unit: Unit
    n: int
    """Of how many cases; what they are is told by its section."""
    count: int | None = None
    """How many of them it is about, for a share."""
    low: float | None = None
    high: float | None = None
    group: str = ""
    """Items of one group stand together: those of a step, of a script."""
    group_title: str = ""
    series: str = ""
    series_title: str = ""
    is_too_few: bool = False
    """It is told, but not drawn beside others: nothing follows from so few cases."""
    calls: tuple[Ref, ...] = ()
    """Those that it is about, where one may want to look at them."""

    def in_series(self, id: str, title: str) -> "Figure":
        """Return it as one of several figures of its item."""
        return replace(self, series=id, series_title=title)


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together."""

    id: str
    title: str
    lead: str
    """What is counted, and what to make of it."""
    cases: str
    """What `n` counts: “calls”."""
    span: str
    """What `low` and `high` are: “95 % interval”."""
    chart: Chart
    figures: tuple[Figure, ...]
    reference: float | None = None
    """A value that the others are compared with, drawn as a line."""
    reference_title: str = ""

    @property
    def has_groups(self) -> bool:
        """Tell whether its figures stand in groups."""
        return any(figure.group for figure in self.figures)

    @property
    def has_series(self) -> bool:
        """Tell whether its items have several figures each."""
        return any(figure.series for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure for the first glance."""

    title: str
    value: str
    detail: str


Block = Section | Examples | Transcript | Timeline | Notes | Checks | Scorecard


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    kind: str
    """`call`, `agent`, `team` or `script`."""
    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    """What has to be known to read it rightly."""
    is_empty: bool = False
    tables: tuple[Section, ...] = ()
    """Figures that the page shows otherwise."""
    left_out: str = ""
    """Which calls are not in it though they should be; empty for none. Its notes say it, too."""

    @property
    def sections(self) -> Iterator[Section]:
        """Yield the parts that hold figures."""
        yield from self.tables
        yield from (block for block in self.blocks if isinstance(block, Section))


def of_share(
    item: str,
    title: str,
    found: Share,
    *,
    group: tuple[str, str] = ("", ""),
    series: tuple[str, str] = ("", ""),
    is_too_few: bool = False,
    calls: tuple[Ref, ...] = (),
) -> Figure:
    """Return a share as a figure; groups and series go by id and title."""
    return Figure(
        item, title, found.value, Unit.SHARE, found.n, found.count, found.low, found.high,
        *group, *series, is_too_few, calls,
    )  # fmt: skip


def of_spread(item: str, title: str, found: Spread, unit: Unit) -> Figure:
    """Return the median of measurements as a figure, with their quartiles."""
    return Figure(item, title, found.median, unit, found.n, None, found.low, found.high)
