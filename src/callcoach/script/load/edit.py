"""Writes texts back into a pack's YAML in place; nothing else in the file changes by a byte.

What is to change is found by the parser's own marks, cut out and put in. Then the result is read
again and compared: where anything but the intended texts would differ, nothing is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.errors import PackError
from callcoach.script.load.nodes import Listing, Node, Scalar, Table, read_nodes
from callcoach.script.load.spell import folded, spell
from callcoach.script.load.spots import (
    AnySpot,
    Entry,
    ListSpot,
    ScalarSpot,
    TableSpot,
    find_spots,
)
from callcoach.script.load.texts import NodePath
from callcoach.script.wording import Language

LONGEST = 96
"""A new text that makes a line longer than this is folded."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a text is to be in one language."""

    path: NodePath
    """To the table of the text, from the top of the file."""
    language: Language
    variants: tuple[str, ...]
    """All of them; at least one, and no fewer than there are."""


class EditRefused(PackError):
    """A change that would have touched something else; nothing was changed."""


def change_texts(source: str, file: str, changes: Sequence[Change]) -> str:
    """Return a YAML text with some of its texts replaced or added.

    `file` names it in errors. Raises `EditRefused`, and the text is to be left as it is.
    """
    bom = "\ufeff" if source.startswith("\ufeff") else ""
    body = source.removeprefix(bom)
    before, problems = read_nodes(body, file)
    if before is None:
        raise EditRefused("{file} cannot be read", "callcoach script check says why", file=file)
    if not changes:
        return source
    root = find_spots(body)
    cuts = [cut for change in changes for cut in _Editor(body, file).cuts(root, change)]
    changed = _apply(body, cuts, file)
    after, problems_after = read_nodes(changed, file)
    wanted = _plain(before)
    for change in changes:
        _put(wanted, change)
    if after is None or _plain(after) != wanted or len(problems_after) > len(problems):
        raise EditRefused(
            "the texts cannot be put into {file} without changing more than them",
            "nothing was written; change them by hand",
            file=file,
        )
    return bom + changed


@dataclass(frozen=True, slots=True)
class _Cut:
    """Characters that are taken out, and what is put in their place."""

    start: int
    end: int
    text: str


def _apply(body: str, cuts: Sequence[_Cut], file: str) -> str:
    """Return a text with the cuts made, from its end to its beginning."""
    limit = len(body)
    for cut in sorted(cuts, key=lambda cut: (cut.start, cut.end), reverse=True):
        if cut.end > limit:
            raise EditRefused("two texts overlap in {file}", "change them by hand", file=file)
        body = body[: cut.start] + cut.text + body[cut.end :]
        limit = cut.start
    return body


class _Editor:
    """Finds the cuts that a change takes."""

    def __init__(self, body: str, file: str) -> None:
        self.body = body
        self.file = file
        self.newline = "\r\n" if "\r\n" in body else "\n"

    def cuts(self, root: AnySpot | None, change: Change) -> Iterator[_Cut]:
        """Yield the cuts for one change."""
        table = self._table(root, change)
        entry = table.get(change.language)
        if entry is None:
            yield self._insert(table, change)
            return
        match entry.value:
            case ScalarSpot() as scalar if len(change.variants) == 1:
                if scalar.value != change.variants[0] or scalar.end == scalar.start:
                    yield self._replace(entry, scalar, change.variants[0])
            case ListSpot(items=(_, *_)) as listing:
                yield from self._extend(listing, change.variants)
            case value:
                yield self._rewrite(entry, value, change.variants)

    def _table(self, root: AnySpot | None, change: Change) -> TableSpot:
        at: AnySpot | None = root if change.path else None
        for part in change.path:
            match at:
                case TableSpot() if isinstance(part, str):
                    entry = at.get(part)
                    at = entry.value if entry else None
                case ListSpot(items=items) if isinstance(part, int) and part < len(items):
                    at = items[part]
                case _:
                    at = None
        if not isinstance(at, TableSpot) or not at.entries:
            raise EditRefused("{file} has no text there", "export the texts anew", file=self.file)
        return at

    def _replace(self, entry: Entry | None, old: ScalarSpot, text: str) -> _Cut:
        """Return the cut that gives a value another text, in its own style where that can be."""
        raw = self.body[old.start : old.end]
        if old.style in ("|", ">"):
            header, _, content = raw.partition("\n")
            indent = len(content) - len(content.lstrip(" "))
            block = folded(header.rstrip("\r"), text, indent, self.newline)
            if block is None:
                comment = header[header.index("#") :].rstrip("\r") if "#" in header else ""
                block = spell(text, '"', in_flow=False) + (f"  {comment}" if comment else "")
            return _Cut(old.start, old.end, block)
        new = spell(text, old.style, in_flow=old.in_flow)
        if old.end == old.start and entry is not None:  # nothing was written after the key
            between = self.body[entry.key.end : old.start]
            new = (": " if ":" not in between else "" if between.endswith(" ") else " ") + new
        return _Cut(old.start, old.end, new)

    def _extend(self, listing: ListSpot, variants: Sequence[str]) -> Iterator[_Cut]:
        """Yield the cuts that change a list's items and add those that it has not got."""
        for item, text in zip(listing.items, variants, strict=False):
            if isinstance(item, ScalarSpot) and item.value != text:
                yield self._replace(None, item, text)
        more = variants[len(listing.items) :]
        if not more:
            return
        last = listing.items[-1]
        if listing.is_flow:
            added = "".join(f", {spell(text, '', in_flow=True)}" for text in more)
            yield _Cut(last.end, last.end, added)
        else:
            line = self.body.rfind("\n", 0, last.start) + 1
            dash = self.body.rfind("-", line, last.start) - line
            yield self._after_line(last.end, [_item(text, dash) for text in more])

    def _rewrite(self, entry: Entry, old: AnySpot, variants: Sequence[str]) -> _Cut:
        """Return the cut that writes a language's value anew, as a list if there are several."""
        colon = self.body.find(":", entry.key.end, max(old.start, entry.key.end) + 1)
        start = old.start if colon < 0 else colon + 1
        head = ":" if colon < 0 else ""
        if entry.key.in_flow or old.in_flow:
            return _Cut(start, old.end, f"{head} {_flow_value(variants)}")
        lines = _block_value(variants, entry.key.column)
        return _Cut(start, old.end, head + self.newline.join(lines))

    def _insert(self, table: TableSpot, change: Change) -> _Cut:
        """Return the cut that adds a language to a table, after its last entry."""
        last = table.entries[-1].value
        if table.is_flow:
            value = _flow_value(change.variants)
            return _Cut(last.end, last.end, f", {change.language}: {value}")
        column = table.entries[0].key.column
        first, *rest = _block_value(change.variants, column)
        return self._after_line(last.end, [f"{' ' * column}{change.language}:{first}", *rest])

    def _after_line(self, end: int, lines: Sequence[str]) -> _Cut:
        """Return the cut that puts lines after the one on which something ends."""
        at = self.body.find("\n", end)
        if at < 0:
            return _Cut(len(self.body), len(self.body), self.newline + self.newline.join(lines))
        return _Cut(at + 1, at + 1, "".join(line + self.newline for line in lines))


def _flow_value(variants: Sequence[str]) -> str:
    spelled = [spell(text, "", in_flow=True) for text in variants]
    return spelled[0] if len(spelled) == 1 else f"[{', '.join(spelled)}]"


def _block_value(variants: Sequence[str], column: int) -> list[str]:
    """Return what stands after a key's colon; the first line goes on the key's own."""
    if len(variants) > 1:
        return ["", *(_item(text, column + 2) for text in variants)]
    text = variants[0]
    long = None
    if column + len(text) > LONGEST and " " in text:
        long = folded(">-", text, column + 2, "\n")
    return f" {long or spell(text, '', in_flow=False)}".split("\n")


def _item(text: str, column: int) -> str:
    return f"{' ' * column}- {spell(text, '', in_flow=False)}"


def _plain(node: Node) -> object:
    """Return a node as dicts, lists and texts, free to be changed."""
    match node:
        case Scalar(text=text):
            return text
        case Listing(items=items):
            return [_plain(item) for item in items]
        case Table(entries=entries):
            return {key.value: _plain(value) for key, value in entries}


def _put(tree: object, change: Change) -> None:
    """Make a change in what `_plain` returned."""
    for part in change.path:
        match tree:
            case dict():
                tree = tree[part]
            case list() if isinstance(part, int):
                tree = tree[part]
    if isinstance(tree, dict):
        known = tree.get(change.language)
        is_list = (isinstance(known, list) and known) or len(change.variants) > 1
        tree[change.language] = list(change.variants) if is_list else change.variants[0]
