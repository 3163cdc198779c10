"""Loaded scripts as plain values and back: lists, texts, numbers, tables of what is frequent.

A dataclass becomes the list of its fields, with its name in front where one of several may stand.
What there is most of stands in tables, which are read in one go, and is told by its number there.
Only the classes that the fields of a script and of a plan name come of reading: it is data.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

import msgspec

from callcoach.script.model import PlanId, Script
from callcoach.script.plan import Plan
from callcoach.script.terms import Phrase
from callcoach.script.wording import Wording

_Turn = Callable[[Any], Any]
_Two = tuple[_Turn, _Turn]
"""Turns a value into a plain one, and back."""
_PLAIN: Final = frozenset((str, int, float, bool, NoneType))
"""The types of what stands for itself."""


class Shaped(msgspec.Struct, frozen=True, array_like=True):
    """A script and its plans as plain values."""

    phrases: list[Phrase]
    wordings: list[Wording]
    script: Any
    plans: Any


def shape(script: Script, plans: Mapping[PlanId, Plan]) -> Shaped:
    """Return a script and plans as plain values."""
    turner = _Turner([], [])
    made, also = turner.two(Script)[0](script), turner.two(Mapping[PlanId, Plan])[0](plans)
    return Shaped(turner.phrases, turner.wordings, made, also)


def unshape(shaped: Shaped) -> tuple[Script, Mapping[PlanId, Plan]]:
    """Return what `shape` was given; raises `ValueError` for what it cannot have made."""
    turner = _Turner(shaped.phrases, shaped.wordings)
    try:
        script = turner.two(Script)[1](shaped.script)
        return script, turner.two(Mapping[PlanId, Plan])[1](shaped.plans)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValueError("it is no script") from error


class _Turner:
    """Turns values of any kind that stands in scripts into plain ones, and back."""

    def __init__(self, phrases: list[Phrase], wordings: list[Wording]) -> None:
        self.phrases, self.wordings = phrases, wordings
        self._known: dict[Any, _Two] = {
            Phrase: _of_table(phrases),
            Wording: _of_table(wordings),
            Decimal: (str, Decimal),
            date: (date.isoformat, date.fromisoformat),
        }

    def two(self, kind: Any) -> _Two:
        """Return how values of a kind are turned into plain ones, and back."""
        if isinstance(kind, NewType):
            return self.two(kind.__supertype__)
        known = self._known.get(kind)
        if known is None:
            known = self._of_class(kind) if is_dataclass(kind) else self._of_kind(kind)
            self._known[kind] = known
        return known

    def _of_class(self, kind: Any) -> _Two:
        names = [field.name for field in fields(kind)]
        inner: list[_Two] = []

        def write(value: Any) -> object:
            return [turn(getattr(value, at)) for at, (turn, _) in zip(names, inner, strict=True)]

        def read(plain: Any) -> object:
            return kind(*[turn(it) for it, (_, turn) in zip(plain, inner, strict=True)])

        self._known[kind] = write, read  # it may stand within itself
        hints = get_type_hints(kind)
        inner += [self.two(hints[name]) for name in names]
        return write, read

    def _of_kind(self, kind: Any) -> _Two:
        origin, inner = get_origin(kind), get_args(kind)
        if kind in _PLAIN or origin is Literal:
            return _same, _same
        if isinstance(kind, type) and issubclass(kind, Enum):
            return _value_of, {member.value: member for member in kind}.__getitem__
        if origin in (Union, UnionType):
            return self._of_one(inner)
        if origin is tuple:
            return self._of_tuple(inner)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            (write_key, read_key), (write, read) = map(self.two, inner)
            return (
                lambda value: [[write_key(key), write(it)] for key, it in value.items()],
                lambda plain: {read_key(key): read(it) for key, it in plain},
            )
        raise TypeError(f"no script holds a {kind}")

    def _of_tuple(self, inner: tuple[Any, ...]) -> _Two:
        if inner[-1] is Ellipsis:
            write, read = self.two(inner[0])
            return (
                lambda value: [write(it) for it in value],
                lambda plain: tuple([read(it) for it in plain]),
            )
        each = [self.two(kind) for kind in inner]
        return (
            lambda value: [write(it) for it, (write, _) in zip(value, each, strict=True)],
            lambda plain: tuple([read(it) for it, (_, read) in zip(plain, each, strict=True)]),
        )

    def _of_one(self, kinds: tuple[Any, ...]) -> _Two:
        """Return the same for values of one of several kinds."""
        named = [kind for kind in kinds if kind not in _PLAIN]
        if len(named) == 1 and set(kinds) <= {*named, NoneType}:
            write_it, read_it = self.two(named[0])
            return (
                lambda value: None if value is None else write_it(value),
                lambda plain: None if plain is None else read_it(plain),
            )
        twos = {kind.__name__: self.two(kind) for kind in named}

        def write(value: Any) -> object:
            name = type(value).__name__
            return [name, twos[name][0](value)] if name in twos else value

        def read(plain: Any) -> object:
            return twos[plain[0]][1](plain[1]) if isinstance(plain, list) else plain

        return write, read


def _of_table(table: list[Any]) -> _Two:
    """Return the same for values that stand in a table."""

    def write(value: object) -> int:
        table.append(value)
        return len(table) - 1

    return write, table.__getitem__


def _same(value: object) -> object:
    return value


def _value_of(member: Enum) -> object:
    return member.value
