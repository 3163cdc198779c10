"""Says where in a YAML text every value stands, to the character."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one that `nodes` reads with."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands; all positions are in characters, ends are exclusive."""

    start: int
    end: int
    """Of a block scalar or a block list: where its last content ends."""
    column: int
    """Of its start, from 0."""
    in_flow: bool
    """It stands between brackets or braces."""


@dataclass(frozen=True, slots=True)
class ScalarSpot(Spot):
    """A single value."""

    value: str
    style: str
    """`|`, `>`, a quotation mark, or empty for a plain one."""


@dataclass(frozen=True, slots=True)
class ListSpot(Spot):
    """A list."""

    items: tuple["AnySpot", ...]
    is_flow: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: ScalarSpot
    value: "AnySpot"


@dataclass(frozen=True, slots=True)
class TableSpot(Spot):
    """A table."""

    entries: tuple[Entry, ...]
    is_flow: bool

    def get(self, key: str) -> Entry | None:
        """Return the first entry under `key`, or None."""
        return next((entry for entry in self.entries if entry.key.value == key), None)


AnySpot = ScalarSpot | ListSpot | TableSpot


def find_spots(source: str) -> AnySpot | None:
    """Return where everything in a YAML text stands; None for an empty one.

    The text must be one that `read_nodes` has read: nothing is checked here.
    """
    events = yaml.parse(source, Loader=_PARSER)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _Finder(source, events).spot(next(events), in_flow=False)
    return None


class _Finder:
    """Turns the parser's events into spots."""

    def __init__(self, source: str, events: Iterator[yaml.Event]) -> None:
        self.source = source
        self.events = events

    def spot(self, event: yaml.Event, *, in_flow: bool) -> AnySpot:
        """Return the spot of the value that begins with `event`."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, in_flow)
        start, column = _index(event.start_mark), _column(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            is_flow = in_flow or bool(event.flow_style)
            items: list[AnySpot] = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self.spot(event, in_flow=is_flow))
            end = _index(event.end_mark) if is_flow or not items else items[-1].end
            return ListSpot(start, end, column, in_flow, tuple(items), is_flow)
        is_flow = in_flow or bool(getattr(event, "flow_style", False))
        entries: list[Entry] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.spot(event, in_flow=is_flow)
            value = self.spot(next(self.events), in_flow=is_flow)
            if isinstance(key, ScalarSpot):
                entries.append(Entry(key, value))
        end = _index(event.end_mark) if is_flow or not entries else entries[-1].value.end
        return TableSpot(start, end, column, in_flow, tuple(entries), is_flow)

    def _scalar(self, event: yaml.ScalarEvent, in_flow: bool) -> ScalarSpot:
        start, end = _index(event.start_mark), _index(event.end_mark)
        style = event.style or ""
        if style in ("|", ">"):
            end = start + len(self.source[start:end].rstrip())
        column = _column(event.start_mark)
        return ScalarSpot(start, end, column, in_flow, event.value, style)


def _index(mark: Any) -> int:
    return mark.index if mark else 0


def _column(mark: Any) -> int:
    return mark.column if mark else 0
