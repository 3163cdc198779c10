"""The formulas of Aliyun rules, such as `1&&(2||!3)`: reading and writing them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callcoach.script.exchange.report import ExchangeError

MAX_DEPTH = 8
"""Of brackets within brackets; a pack's file has a limit, too."""
_TOKEN = re.compile(r"\s*(&&|\|\||[!()]|[0-9A-Za-z_]+)\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """The condition, or the operator, of this id."""

    id: str


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class And:
    """All of these hold."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of these holds."""

    parts: tuple["Formula", ...]


Formula = Name | Not | And | Or


def read_formula(text: str, path: str) -> Formula:
    """Return the formula that `text` is; `&&` binds more than `||`, `!` more than both.

    Raises `ExchangeError`, which names `path` and the character.
    """
    reader = _Reader(text, path)
    found = reader.any(0)
    reader.close()
    return found


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.at = 0

    def any(self, depth: int) -> Formula:
        parts = [self._all(depth)]
        while self._take("||"):
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def close(self) -> None:
        """Raise `ExchangeError` where something is left."""
        if self.text[self.at :].strip():
            raise self._wrong()

    def _all(self, depth: int) -> Formula:
        parts = [self._one(depth)]
        while self._take("&&"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int) -> Formula:
        found = _TOKEN.match(self.text, self.at)
        if found is None or depth > MAX_DEPTH or found[1] in ("&&", "||", ")"):
            raise self._wrong()
        self.at = found.end()
        if found[1] == "!":
            return Not(self._one(depth + 1))
        if found[1] != "(":
            return Name(found[1])
        inner = self.any(depth + 1)
        if not self._take(")"):
            raise self._wrong()
        return inner

    def _take(self, token: str) -> bool:
        found = _TOKEN.match(self.text, self.at)
        if found is None or found[1] != token:
            return False
        self.at = found.end()
        return True

    def _wrong(self) -> ExchangeError:
        rest = self.text[self.at :]
        at = self.at + len(rest) - len(rest.lstrip())
        return ExchangeError(
            "at {path} the formula “{text}” cannot be read at character {at}",
            "write ids joined by && and ||, with ! and ( ) as you need them",
            path=self.path,
            text=self.text[:200],
            at=at + 1,
        )


def names_in(formula: Formula) -> Iterator[str]:
    """Yield the ids in a formula, in order."""
    match formula:
        case Name(id):
            yield id
        case Not(part):
            yield from names_in(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from names_in(part)


def write_formula(formula: Formula) -> str:
    """Return a formula as text; what is joined stands in brackets where it is joined again."""
    match formula:
        case Name(id):
            return id
        case Not(part):
            return f"!{_bracketed(part)}"
        case And(parts):
            return "&&".join(map(_bracketed, parts))
        case Or(parts):
            return "||".join(map(_bracketed, parts))


def _bracketed(part: Formula) -> str:
    text = write_formula(part)
    return f"({text})" if isinstance(part, And | Or) else text
