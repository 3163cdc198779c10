"""Finds the texts of a pack that stand in it once for every language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.script.load.nodes import Listing, Node, Scalar, Table
from callcoach.script.place import Place
from callcoach.script.wording import Language

NodePath = tuple[str | int, ...]
"""The keys and, counted from 0, the items that lead from a file's top table to a node."""

_BESIDE = frozenset(("when",))
"""What may stand in a wording beside its languages."""

_NAMED = frozenset(
    (
        "facts", "choices", "lines", "steps", "objections", "exits", "say", "sets", "tell",
        "cues", "watch", "avoid", "outcomes", "plans", "expect",
    )
)  # fmt: skip
"""Keys whose tables hold named things: there a language's code would be a name."""

_HEARD = frozenset(("heard", "unless"))
"""Phrases are written anew in each language; they are no translations of one another."""

_LINES = frozenset(("say", "lines", "bridge", "suggest"))


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a pack in the languages it is there in."""

    key: str
    """The keys that lead to it, list items counted from 1: `steps.greeting.say.hello`."""
    kind: str
    """`line` for what is said, otherwise the last key: `title`, `note`, `customer`."""
    path: NodePath
    """To its table, from the top of its file."""
    place: Place
    variants: Mapping[Language, tuple[str, ...]]
    """Without the languages in which it is empty."""


def passages(table: Table, languages: Sequence[Language]) -> Iterator[Passage]:
    """Yield the texts below a file's top table that are written by language, in their order."""
    for key, value in table.entries:
        if key.value == "rules" and isinstance(value, Table):
            yield from _titles(value, (key.value,), languages)
        else:
            yield from _below(value, (key.value,), languages)


def _titles(rules: Table, path: NodePath, languages: Sequence[Language]) -> Iterator[Passage]:
    """Yield the titles of rules; everything else in them is phrases, or nothing to translate."""
    for key, rule in rules.entries:
        title = rule.get("title") if isinstance(rule, Table) else None
        if title is not None:
            yield from _below(title, (*path, key.value, "title"), languages)


def _below(node: Node, path: NodePath, languages: Sequence[Language]) -> Iterator[Passage]:
    last = path[-1]
    match node:
        case Table() if last in _HEARD:
            return
        case Table() if last not in _NAMED and _is_wording(node, languages):
            yield Passage(_key(path), _kind(path), path, node.place, _variants(node, languages))
        case Table(entries=entries):
            for key, value in entries:
                yield from _below(value, (*path, key.value), languages)
        case Listing(items=items):
            for place, item in enumerate(items):
                yield from _below(item, (*path, place), languages)
        case _:
            return


def _is_wording(table: Table, languages: Sequence[Language]) -> bool:
    """Tell whether a table holds nothing but texts by language."""
    keys = {key.value for key, _ in table.entries}
    return not keys.isdisjoint(languages) and all(
        key.value in _BESIDE or (key.value in languages and _is_text(value))
        for key, value in table.entries
    )


def _is_text(node: Node) -> bool:
    match node:
        case Scalar():
            return True
        case Listing(items=items):
            return all(isinstance(item, Scalar) for item in items)
        case Table():
            return False


def _variants(table: Table, languages: Sequence[Language]) -> Mapping[Language, tuple[str, ...]]:
    found: dict[Language, tuple[str, ...]] = {}
    for language in languages:
        match table.get(language):
            case Scalar() as one if not one.is_empty:
                found[language] = (one.text,)
            case Listing(items=items) if items:
                found[language] = tuple(item.text for item in items if isinstance(item, Scalar))
            case _:
                pass
    return found


def _key(path: NodePath) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)


def _kind(path: NodePath) -> str:
    """Return what sort of text stands at a path."""
    names = [part for part in path if isinstance(part, str)]
    if names[-1] in _LINES or (len(names) > 1 and names[-2] in _LINES):
        return "line"
    if len(names) > 1 and names[-2] in ("choices", "facts", "tell"):
        return "value" if names[-2] != "choices" else "choice"
    return names[-1]
