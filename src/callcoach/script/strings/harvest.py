"""What a table that came back from a translator amounts to: what is written, and what is not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from callcoach.errors import TemplateError
from callcoach.script.facts import FactId
from callcoach.script.load.edit import Change
from callcoach.script.load.texts import Passage
from callcoach.script.strings.memory import State
from callcoach.script.strings.rows import Row
from callcoach.script.template import read_template
from callcoach.script.wording import Language


@dataclass(frozen=True, slots=True)
class Returned:
    """A row as it came back from the translator."""

    line: int
    """In the table, from 1; the header is the first."""
    key: str
    source: str
    target: str
    state: str


class Why(StrEnum):
    """Why a row was not taken."""

    UNKNOWN = "unknown"
    """The pack has no such text."""
    TWICE = "twice"
    """An earlier row has the same key."""
    CHANGED = "changed"
    """The source in the pack is no longer the one that was translated."""
    CONTROL = "control"
    """The target holds control characters."""
    BRACES = "braces"
    """The target's braces cannot be read, or name a fact that the pack has not got."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken."""

    row: Returned
    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a table that came back amounts to."""

    changes: Mapping[str, tuple[Change, ...]]
    """By file: what is to be written."""
    written: int
    """How many rows change something."""
    unchanged: int
    skipped: tuple[Skipped, ...]
    lost: tuple[tuple[Returned, str], ...]
    """Rows that are taken although their target leaves out a fact of the source."""
    accepted: Mapping[str, tuple[str, str]]
    """By memory key: the sources and targets that now belong together."""


def harvest(
    current: Iterable[Row],
    returned: Iterable[Returned],
    target: Language,
    names: Mapping[str, FactId] | None = None,
) -> Harvest:
    """Return what is to be done with a table that came back.

    `names` are the facts that the pack's lines may use; None where it cannot be loaded. A row
    that is left as it was counts as accepted where it was, or is now called, `ok`.
    """
    known = {row.key: row for row in current}
    seen: Counter[str] = Counter()
    skipped: list[Skipped] = []
    lost: list[tuple[Returned, str]] = []
    accepted: dict[str, tuple[str, str]] = {}
    taken: list[tuple[Row, str]] = []
    unchanged = 0
    for back in returned:
        if not back.target.strip():
            continue
        row = known.get(back.key)
        seen[back.key] += 1
        why = _why_not(row, back, seen[back.key], names)
        if row is None or why is not None:
            skipped.append(Skipped(back, *(why or (Why.UNKNOWN, ""))))
            continue
        if back.target == row.target:
            unchanged += 1
            if row.state is State.STALE and back.state != State.OK:
                continue
        else:
            taken.append((row, back.target))
            missing = _facts(row, row.source) - _facts(row, back.target)
            lost += [(back, name) for name in sorted(missing)]
        if row.source:
            accepted[row.memory_key] = (row.source, back.target)
    return Harvest(
        _changes(taken, target), len(taken), unchanged, tuple(skipped), tuple(lost), accepted
    )


def _why_not(
    row: Row | None, back: Returned, times: int, names: Mapping[str, FactId] | None
) -> tuple[Why, str] | None:
    """Return why a row cannot be taken; None where it can."""
    if row is None:
        return Why.UNKNOWN, ""
    if times > 1:
        return Why.TWICE, ""
    if back.source != row.source:
        return Why.CHANGED, ""
    if any(char < " " and char not in "\n\t" for char in back.target):
        return Why.CONTROL, ""
    if row.kind != "line" or back.target == row.target:
        return None
    try:
        used = read_template(back.target)
    except TemplateError as error:
        return Why.BRACES, error.message
    unknown = [use.name for use in used if names is not None and use.name not in names]
    return (Why.BRACES, unknown[0]) if unknown else None


def _facts(row: Row, text: str) -> set[str]:
    """Return the facts that a line uses."""
    if row.kind != "line":
        return set()
    try:
        return {use.name for use in read_template(text)}
    except TemplateError:
        return set()


def _changes(
    taken: Sequence[tuple[Row, str]], target: Language
) -> Mapping[str, tuple[Change, ...]]:
    """Return the rows as changes of whole texts, by file."""
    texts: dict[str, tuple[Passage, dict[int, str]]] = {}
    for row, text in taken:
        before = dict(enumerate(row.passage.variants.get(target, ())))
        texts.setdefault(row.passage.key, (row.passage, before))[1][row.number] = text
    changes: dict[str, list[Change]] = {}
    for passage, variants in texts.values():
        whole = tuple(variants[number] for number in sorted(variants))
        changes.setdefault(passage.place.file, []).append(Change(passage.path, target, whole))
    return {file: tuple(found) for file, found in changes.items()}
