"""Divides a search into what the index of words answers and what the table of calls does."""

from dataclasses import dataclass
from typing import assert_never

from callcoach.archive.search.conditions import NEVER, Known, Sql, condition, speaker
from callcoach.archive.search.query import Both, Condition, Either, Key, Node, Not, Words
from callcoach.archive.search.terms import SEQ_BITS, phrase
from callcoach.errors import Told, UsageError
from callcoach.script.model import Speaker

_ALL = frozenset(Speaker)
_SAID = f"s.number IN (SELECT rowid >> {SEQ_BITS} FROM search_said WHERE search_said MATCH ?)"  # noqa: S608 - a constant

Sides = frozenset[Speaker]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a search is answered."""

    match: str | None
    """What FTS5 looks for; None where calls are looked for, not utterances."""
    calls: Sql | None
    """What must be true of the call; None for nothing."""
    words: tuple[Words, ...]
    """What is to be seen in what is found: one of it at least."""
    notes: tuple[Told, ...]
    """What is to be said about the search."""


def plan(node: Node, known: Known) -> Plan:
    """Return how a search is answered. Raises `UsageError` for what cannot be."""
    notes: list[Told] = []
    wanted: list[Node] = []
    said_not: list[Node] = []
    sides: list[Node] = []
    calls: list[Sql] = []
    for part in _flat(node):
        match _about(part):
            case "words" if isinstance(part, Not):
                said_not.append(part.part)
            case "words":
                wanted.append(part)
            case "speaker":
                sides.append(part)
            case _:
                calls.append(_about_call(part, known, notes))
    heard = _ALL.intersection(*map(_sides, sides)) if sides else _ALL
    match: str | None = None
    if wanted and not heard:
        calls.append(NEVER)
    if wanted:
        match = _match(Both((*wanted, *map(Not, said_not))), heard or _ALL)
    else:
        calls += [_about_call(part, known, notes) for part in sides]
        for part in said_not:
            never = Sql(f"NOT {_SAID}", (_match(part, heard or _ALL),))
            calls.append(never)
    words = tuple(found for part in wanted for found in _seen(part))
    return Plan(match, _all(calls) if calls else None, words, tuple(notes))


def _flat(node: Node) -> list[Node]:
    if isinstance(node, Both):
        return [found for part in node.parts for found in _flat(part)]
    if isinstance(node, Not) and isinstance(node.part, Not):
        return _flat(node.part.part)
    return [node]


def _about(node: Node) -> str:
    """Return what a part asks about: `words`, `speaker` or `call`; words go with a speaker.

    Raises `UsageError` where it cannot be said in one go.
    """
    match node:
        case Words():
            return "words"
        case Condition(key=Key.SPEAKER):
            return "speaker"
        case Condition():
            return "call"
        case Not(part=part):
            return _about(part)
        case Both(parts=parts) | Either(parts=parts):
            found = set(map(_about, parts))
            if len(found) == 1:
                return found.pop()
            if isinstance(node, Both) and found == {"words", "speaker"}:
                return "words"
            raise UsageError(
                "words and conditions of the call cannot be mixed in brackets or by OR",
                "write two searches; flag:… OR outcome:… and word OR word can be",
            )
        case _:
            assert_never(node)


def _all(calls: list[Sql]) -> Sql:
    return Sql(
        " AND ".join(f"({part.text})" for part in calls),
        tuple(value for part in calls for value in part.values),
    )


def _about_call(node: Node, known: Known, notes: list[Told]) -> Sql:
    match node:
        case Condition():
            return condition(node, known, notes)
        case Not(part=part):
            inner = _about_call(part, known, notes)
            return Sql(f"NOT ({inner.text})", inner.values)
        case Both(parts=parts) | Either(parts=parts):
            found = [_about_call(part, known, notes) for part in parts]
            joined = _all(found)
            if isinstance(node, Both):
                return joined
            return Sql(" OR ".join(f"({part.text})" for part in found), joined.values)
        case Words():
            raise AssertionError("words are not about a call")
        case _:
            assert_never(node)


def _sides(node: Node) -> Sides:
    """Return who may have spoken, by a part that is about nothing else."""
    match node:
        case Condition():
            return frozenset((speaker(node),))
        case Not(part=part):
            return _ALL - _sides(part)
        case Both(parts=parts):
            return _ALL.intersection(*map(_sides, parts))
        case Either(parts=parts):
            return frozenset().union(*map(_sides, parts))
        case Words():
            raise AssertionError("words are not about who speaks")
        case _:
            assert_never(node)


def _match(node: Node, heard: Sides) -> str:
    """Return what FTS5 looks for. Raises `UsageError` for what has nothing to be taken from."""
    match node:
        case Words(words=words, is_prefix=is_prefix):
            found = phrase(words, is_prefix)
            if heard == _ALL:
                return found
            return f"{{{' '.join(sorted(heard))}}} : {found}"
        case Either(parts=parts):
            return "(" + " OR ".join(_match(part, heard) for part in parts) + ")"
        case Both(parts=parts):
            flat = _flat(node)
            speakers = [_sides(part) for part in flat if _about(part) == "speaker"]
            here = heard.intersection(*speakers)
            said = [part for part in flat if _about(part) == "words"]
            wanted = [_match(part, here) for part in said if not isinstance(part, Not)]
            refused = [_match(part.part, here) for part in said if isinstance(part, Not)]
            if not wanted or not here:
                raise UsageError(
                    "“-” has nothing to be taken from", "write a word before it, outside of OR"
                )
            match = "(" + " AND ".join(wanted) + ")"
            return f"({match} NOT ({' OR '.join(refused)}))" if refused else match
        case Not() | Condition():
            raise UsageError(
                "“-” has nothing to be taken from", "write a word before it, outside of OR"
            )
        case _:
            assert_never(node)


def _seen(node: Node) -> list[Words]:
    """Return the words that a part wants, those that it refuses left out."""
    match node:
        case Words():
            return [node]
        case Both(parts=parts) | Either(parts=parts):
            return [found for part in parts for found in _seen(part)]
        case Not() | Condition():
            return []
        case _:
            assert_never(node)
