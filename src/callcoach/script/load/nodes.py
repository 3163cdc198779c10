"""The one place that reads YAML: text to nodes that keep their place and their raw text.

Nothing is guessed: `yes`, `12:30` and `1.10` stay the texts they are, and the reader of a key
decides what it means there. Anchors, tags, deep nesting and huge files are refused before they
can do harm: PyYAML's own composer dies on 100,000 open brackets, its events do not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import yaml

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.complaints import (
    FULL_WIDTH_COLON,
    Lines,
    common_slip,
    explained,
    unreadable,
)
from callcoach.script.place import Place, Text

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_NODES = 100_000

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"([ \t]+)(#[^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value, as written."""

    text: str
    place: Place
    is_quoted: bool = False
    cut: str = ""
    """The comment one space behind it, which may be more of the text: `pay # dollars`."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written, or null."""
        return not self.is_quoted and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Listing:
    """Items in order."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values in order."""

    entries: tuple[tuple[Text, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Return the value under `key`, or None."""
        return next((value for text, value in self.entries if text.value == key), None)


Node = Scalar | Listing | Table


def read_nodes(text: str, file: str) -> tuple[Table | None, list[Diagnostic]]:
    """Return the top table of a YAML text and what is wrong with it.

    The table is None where nothing could be read. An empty file is an empty table.
    """
    findings: list[Diagnostic] = []
    source = text.removeprefix("\ufeff")
    if len(source.encode("utf-8", "replace")) > MAX_BYTES:
        problem = Told("more than {most:,} bytes", most=MAX_BYTES)
        return None, [Diagnostic("CC010", Place(file), {"problem": problem})]
    lines = Lines(source, file)
    if found := unreadable(lines):
        return None, [found]
    builder = _Builder(source, lines, findings)
    try:
        node = builder.build()
    except _Unsafe as error:
        place = lines.place(error.problem_mark)
        unsafe = Diagnostic("CC010", place, {"problem": error.problem or ""})
        return None, [common_slip(lines, (place.line,)) or unsafe]
    except yaml.MarkedYAMLError as error:
        return None, [explained(error, lines, builder.quoted)]
    if isinstance(node, Table):
        return node, findings
    if node is None or (isinstance(node, Scalar) and node.is_empty):
        return Table((), Place(file)), findings
    colon = isinstance(node, Scalar) and FULL_WIDTH_COLON.match(node.text)
    code = "CC002" if colon else "CC006"
    expected = {"what": file, "expected": Told("keys and values")}
    return None, [*findings, Diagnostic(code, node.place, expected)]


class _Builder:
    """Turns the parser's events into nodes."""

    def __init__(self, source: str, lines: Lines, findings: list[Diagnostic]) -> None:
        self.lines = lines
        self.findings = findings
        self.events: Iterator[yaml.Event] = yaml.parse(source, Loader=_PARSER)
        self.count = 0
        self.quoted: yaml.ScalarEvent | None = None
        """The last text in quotation marks."""

    def build(self) -> Node | None:
        """Return the one document's node; None for an empty text."""
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if node is not None:
                    raise _Unsafe(Told("a second document (---) in the file"), event)
                node = self._node(self._next(), 0)
        return node

    def _next(self) -> yaml.Event:
        event = next(self.events)
        self.count += 1
        if isinstance(event, yaml.AliasEvent):
            raise _Unsafe(Told("an alias (*name)"), event)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _Unsafe(Told("an anchor (&name)"), event)
        if self.count > MAX_NODES:
            raise _Unsafe(Told("more than {most:,} values", most=MAX_NODES), event)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise _Unsafe(Told("the tag {tag}", tag=tag), event)
        return event

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _Unsafe(Told("more than {most} levels of nesting", most=MAX_DEPTH), event)
        place = self.lines.place(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                items.append(self._node(event, depth + 1))
            return Listing(tuple(items), place)
        return self._table(place, depth)

    def _table(self, place: Place, depth: int) -> Table:
        entries: dict[str, tuple[Text, Node]] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key_place = self.lines.place(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Unsafe(Told("a key that is not a word"), event)
            key = Text(event.value, key_place)
            value = self._node(self._next(), depth + 1)
            if key.value in entries:
                first = entries[key.value][0].place.line
                arguments = {"key": key.value, "line": str(first)}
                self.findings.append(Diagnostic("CC003", key_place, arguments))
            else:
                entries[key.value] = (key, value)
        return Table(tuple(entries.values()), place)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        if event.style:
            if event.style in ("'", '"'):
                self.quoted = event
            return Scalar(event.value, place, is_quoted=True)
        comment = event.end_mark and _COMMENT.match(self.lines.source, event.end_mark.index)
        if not comment:
            return Scalar(event.value, place)
        gap, lost = comment[1], comment[2].rstrip()
        if event.value and lost[1:2].strip():
            self.findings.append(Diagnostic("CC011", place, {"lost": lost}))
            return Scalar(event.value, place)
        return Scalar(event.value, place, cut=lost if len(gap) == 1 else "")


class _Unsafe(yaml.MarkedYAMLError):
    """Something that YAML allows and packs do not."""

    def __init__(self, problem: Told, event: yaml.Event) -> None:
        mark = event.start_mark
        super().__init__(problem=problem, problem_mark=cast("yaml.Mark", mark))
