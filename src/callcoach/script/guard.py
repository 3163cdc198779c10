"""Guards: the small expressions that decide whether an exit is open or a line is said.

``amount_due > 1000 and not hardship``: names of facts, ``==``, ``!=``, ``<``, ``<=``, ``>``,
``>=``, ``and``, ``or``, ``not``, brackets, numbers, ``yes``, ``no`` and quoted texts. A name on
its own asks whether the fact is known (and, for yes/no, whether it is yes). An unknown fact makes
every comparison false.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from callcoach.errors import PackError, Told
from callcoach.script.facts import FactId, FactValue, Money
from callcoach.script.place import Text


class GuardError(PackError):
    """A guard that is not written in the language above."""


class UnknownFact(GuardError):
    """A guard that asks for a fact that its pack does not know."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(Told("no fact is called “{name}”", name=name), "declare it under facts")
        self.name = name
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Known:
    """The fact is known and, if it is a yes or no, is yes."""

    fact: FactId


@dataclass(frozen=True, slots=True)
class Compare:
    """The fact is known and compares like this with a constant."""

    fact: FactId
    op: str
    constant: str | bool | Decimal


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Both:
    """All the parts hold."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts holds."""

    parts: tuple["Condition", ...]


Condition = Known | Compare | Not | Both | Either


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition and the text it was read from."""

    condition: Condition
    text: Text

    def holds(self, facts: Mapping[FactId, FactValue]) -> bool:
        """Tell whether the condition holds for `facts`, in which unknown ones are absent."""
        return _holds(self.condition, facts)


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SYMBOLS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
MAX_LENGTH = 500


def compile_guard(text: Text, names: Mapping[str, FactId]) -> Guard:
    """Return the guard that `text` says.

    `names` maps what the pack calls a fact to its id. Raises `GuardError` for anything outside
    of the language and for unknown names.
    """
    if len(text.value) > MAX_LENGTH:
        raise GuardError(
            "the guard is longer than {most} characters", "split the step", most=MAX_LENGTH
        )
    source = text.value.strip()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise GuardError(
            "“{guard}” is not a guard",
            "write for example: amount_due > 1000 and not paid",
            guard=text.value,
        ) from None
    return Guard(_Reader(source, names).read(tree.body), text)


def facts_in(condition: Condition) -> Iterator[FactId]:
    """Yield the facts that a condition asks for, in reading order."""
    match condition:
        case Known(fact) | Compare(fact):
            yield fact
        case Not(part):
            yield from facts_in(part)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from facts_in(part)


def known_where(condition: Condition, *, holds: bool = True) -> frozenset[FactId]:
    """Return the facts that are known wherever a condition holds, or wherever it does not."""
    match condition:
        case Known(fact) | Compare(fact):
            return frozenset((fact,)) if holds else frozenset()
        case Not(part):
            return known_where(part, holds=not holds)
        case Both(parts) | Either(parts):
            inner = [known_where(part, holds=holds) for part in parts]
            if isinstance(condition, Both) is holds:
                return frozenset[FactId]().union(*inner)
            return inner[0].intersection(*inner[1:])


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the syntax tree of one guard into its condition."""

    source: str
    names: Mapping[str, FactId]

    def read(self, node: ast.expr) -> Condition:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return Both(tuple(map(self.read, values)))
            case ast.BoolOp(op=ast.Or(), values=values):
                return Either(tuple(map(self.read, values)))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read(operand))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _SYMBOLS:
                return self._compare(left, _SYMBOLS[type(op)], right)
            case ast.Name() | ast.Attribute():
                return Known(self._fact(node))
            case _:
                raise GuardError(
                    "“{part}” is not possible in a guard",
                    "use facts, comparisons, and, or, not",
                    part=self._text(node),
                )

    def _compare(self, left: ast.expr, symbol: str, right: ast.expr) -> Compare:
        constant = self._constant(left)
        if constant is not None:
            return Compare(self._fact(right), _MIRRORED[symbol], constant)
        constant = self._constant(right)
        if constant is None:
            raise GuardError(
                "“{part}” is not a constant",
                "compare a fact with a number, yes, no or a text in quotation marks",
                part=self._text(right),
            )
        return Compare(self._fact(left), symbol, constant)

    def _constant(self, node: ast.expr) -> str | bool | Decimal | None:
        match node:
            case ast.Name(id="yes"):
                return True
            case ast.Name(id="no"):
                return False
            case ast.Constant(value=bool() | str() as constant):
                return constant
            case ast.Constant(value=int() as number):
                return Decimal(number)
            case ast.Constant(value=float()):
                written = self._text(node).replace("_", "")
                return Decimal(written) if "e" not in written.lower() else None
            case _:
                return None

    def _fact(self, node: ast.expr) -> FactId:
        name = self._text(node)
        if name not in self.names:
            raise UnknownFact(name, next(iter(get_close_matches(name, self.names, n=1)), ""))
        return self.names[name]

    def _text(self, node: ast.expr) -> str:
        """Return how a part of the guard is written."""
        return ast.get_source_segment(self.source, node) or ""


def _holds(condition: Condition, facts: Mapping[FactId, FactValue]) -> bool:
    match condition:
        case Known(fact):
            return facts.get(fact, False) is not False
        case Compare(fact, op, constant):
            return fact in facts and compare(facts[fact], op, constant)
        case Not(part):
            return not _holds(part, facts)
        case Both(parts):
            return all(_holds(part, facts) for part in parts)
        case Either(parts):
            return any(_holds(part, facts) for part in parts)


def compare(value: FactValue, op: str, constant: str | bool | Decimal) -> bool:
    """Tell how a fact's value compares with a guard's constant.

    Money compares by its amount, a date with its ISO text. Values of different kinds are unequal
    and have no order.
    """
    comparable: object = value
    if isinstance(value, Money):
        comparable = value.amount
    elif isinstance(value, date):
        comparable = value.isoformat()
    if isinstance(comparable, bool) != isinstance(constant, bool) or (
        isinstance(comparable, str) != isinstance(constant, str)
    ):
        return op == "!="
    return _OPERATORS[op](comparable, constant)
