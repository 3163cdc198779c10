"""Reads a search as it was typed: words, “phrases”, `key:value`, `key>value`, minus, OR, brackets.

What is typed on a Chinese keyboard counts alike: full-width colons, quotes and brackets.
"""

import re
from dataclasses import dataclass

from callcoach.archive.search.amounts import with_numbers
from callcoach.archive.search.query import Both, Condition, Either, Key, Node, Not, Words
from callcoach.archive.search.vocabulary import (
    ALTERNATIVES,
    EXAMPLES,
    JOINS,
    KEYS,
    NEGATIONS,
    SAME_SIGNS,
)
from callcoach.errors import Told, UsageError, suggest
from callcoach.words.normalise import tokenise

MOST = 100
"""So many words and conditions one search may have."""
LONGEST = 2000
"""So many characters."""
DEEPEST = 20
"""So deep brackets may stand in one another."""
_HAN = "\u4e00-\u9fff"
_VALUE = r'"[^"]*"?|[^\s()"]+'
_PIECE = re.compile(
    rf"""(?P<space>\s+)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<minus>-+(?=[^\s-]))
    |(?P<quoted>"(?P<inside>[^"]*)"?)
    |(?P<key>[A-Za-z_]+|[{_HAN}]+)
     (?:\s*[:=]?\s*(?P<sign>>=|<=|[<>≥≤])|[:=])\s*(?P<value>{_VALUE})?
    |(?P<word>[^\s()"]+)""",
    re.VERBOSE,
)
_SIGNS = {"≥": ">=", "≤": "<="}
_NO_NAME = frozenset(("http", "https", "ftp", "mailto"))
"""What stands before a colon and is no key."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A sign between words and conditions."""

    sign: str
    """`(`, `)`, `-`, `or` or `and`."""


def parse(text: str, notes: list[Told] | None = None) -> Node:
    """Return what a search asks for; `notes` takes what was left out of it.

    Raises `UsageError` that says which part is not understood, and what there is instead.
    """
    pieces = _pieces(text[: LONGEST + 1])
    if len(text) > LONGEST or sum(not isinstance(piece, _Mark) for piece in pieces) > MOST:
        raise UsageError("the search is too long", Told("it takes {n} words at most", n=MOST))
    reader = _Reader(pieces)
    found = reader.either(0)
    if reader.rest:
        raise UsageError("there is a closing bracket without an opening one")
    if found is None:
        raise UsageError(
            "there is nothing to look for", 'write words, a "phrase", or outcome:promise'
        )
    if notes is not None:
        notes += reader.slips
    return found


def _pieces(text: str) -> list[Node | _Mark]:
    """Return the words, conditions and signs of a search, in order."""
    same = text.translate(SAME_SIGNS)
    found: list[Node | _Mark] = []
    run: list[Words] = []
    at = 0
    while (match := _PIECE.match(same, at)) is not None:
        at = match.end()
        if match["space"]:
            continue
        if match["word"] and isinstance(one := next(iter(_words(match[0], False)), None), Words):
            run.append(one)
            if found and found[-1] == _Mark("-"):  # it is before this word alone
                found += with_numbers(run)
                run = []
            continue
        found += with_numbers(run)
        run = []
        if match["open"] or match["close"] or match["minus"]:
            found.append(_Mark(match[0][0]))
        elif match["key"] and match["key"].lower() not in _NO_NAME:
            found.append(_condition(match))
        else:
            is_quoted = match["quoted"] is not None
            piece = match["inside"] if is_quoted else match[0]
            found += _words(piece, is_quoted)
    return found + with_numbers(run)


def _condition(match: re.Match[str]) -> Condition:
    name, value = match["key"], (match["value"] or "").strip('"').strip()
    key = KEYS.get(name.lower())
    if key is None:
        raise UsageError(
            "a search has no “{name}:”",
            Told('{advice}; to look for the words, write them in "quotes"', advice=_advice(name)),
            name=name,
        )
    if not value:
        raise UsageError(
            "“{name}:” needs a value",
            Told("for example {example}", example=name + EXAMPLES[key][not name.isascii()]),
            name=name,
        )
    sign = match["sign"] or "="
    return Condition(key, value, _SIGNS.get(sign, sign), name)


def _advice(name: str) -> Told:
    """Return which keys there are, in the script that was typed, the likely one first."""
    is_latin = name.isascii()
    first: dict[Key, str] = {}
    for word, key in KEYS.items():
        if word.isascii() is is_latin:
            first.setdefault(key, word)
    return suggest(name.lower(), first.values())


def _words(piece: str, is_quoted: bool) -> list[Node | _Mark]:
    """Return the words of a piece, or the sign that it is; nothing where it is punctuation."""
    if not is_quoted:
        if piece in ALTERNATIVES:
            return [_Mark("or")]
        if piece in JOINS:
            return [_Mark("and")]
        if piece in NEGATIONS:
            return [_Mark("-")]
    is_prefix = piece.endswith("*") and len(piece) > 1 and piece[-2] != "*"
    words = tokenise(piece[:-1] if is_prefix else piece).words
    return [Words(words, is_prefix)] if words else []


class _Reader:
    """Puts pieces together; `or` binds least."""

    def __init__(self, pieces: list[Node | _Mark]) -> None:
        self.rest = pieces[::-1]
        """What has not been read, last piece first."""
        self.slips: dict[Told, None] = {}
        """What is not as it should be, and is read as far as it goes."""

    def _slip(self, told: Told) -> None:
        self.slips[told] = None

    def _take(self, *signs: str) -> bool:
        """Read the next piece where it is one of these signs."""
        if self.rest and isinstance(piece := self.rest[-1], _Mark) and piece.sign in signs:
            self.rest.pop()
            return True
        return False

    def either(self, depth: int) -> Node | None:
        """Read alternatives; None where there is nothing but signs."""
        if depth > DEEPEST:
            raise UsageError("the brackets stand too deep in one another", "write several searches")
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        found = tuple(part for part in parts if part is not None)
        if len(found) < len(parts) and len(parts) > 1:
            self._slip(Told("OR joins what stands on both its sides; on one there is nothing"))
        return Either(found) if len(found) > 1 else next(iter(found), None)

    def _both(self, depth: int) -> Node | None:
        found: list[Node] = []
        while self.rest:
            if self._take("and"):
                continue
            is_not = False
            while self._take("-"):
                is_not = not is_not
            part = self._part(depth)
            if part is _END:
                break
            if isinstance(part, Words | Condition | Both | Either | Not):
                found.append(Not(part) if is_not else part)
        return Both(tuple(found)) if len(found) > 1 else next(iter(found), None)

    def _part(self, depth: int) -> "Node | _Mark | None":
        """Read one thing; `_END` where alternatives or a bracket end here."""
        if self._take("("):
            inside = self.either(depth + 1)
            if not self._take(")"):
                self._slip(Told("a bracket was opened and not closed"))
            return inside
        if not self.rest:
            return _END
        piece = self.rest[-1]
        if isinstance(piece, _Mark):
            if piece.sign == "and":
                return None
            return _END
        self.rest.pop()
        return piece


_END = _Mark("")
"""Where a list of things ends."""
