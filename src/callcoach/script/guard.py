"""Guards: the small expressions that decide whether an exit is open or a line is said.

``amount_due > 1000 and not hardship``: names of facts, ``==``, ``!=``, ``<``, ``<=``, ``>``,
``>=``, ``and``, ``or``, ``not``, brackets, numbers, ``yes``, ``no`` and quoted texts. A name on
its own asks whether the fact is known (and, for yes/no, whether it is yes). An unknown fact makes
every comparison false.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from callcoach.errors import PackError
from callcoach.script.facts import FactId, FactValue, Money
from callcoach.script.place import Text


class GuardError(PackError):
    """A guard that is not written in the language above."""


class UnknownFact(GuardError):
    """A guard that asks for a fact that its pack does not know."""

    def __init__(self, name: str, nearest: str) -> None:
        super().__init__(f"no fact is called “{name}”", "declare it under facts")
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
        raise GuardError(f"the guard is longer than {MAX_LENGTH} characters", "split the step")
    try:
        tree = ast.parse(text.value.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise GuardError(
            f"“{text.value}” is not a guard", "write for example: amount_due > 1000 and not paid"
        ) from None
    return Guard(_read(tree.body, names), text)


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


def _read(node: ast.expr, names: Mapping[str, FactId]) -> Condition:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return Both(tuple(_read(value, names) for value in values))
        case ast.BoolOp(op=ast.Or(), values=values):
            return Either(tuple(_read(value, names) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_read(operand, names))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _SYMBOLS:
            return _read_compare(left, _SYMBOLS[type(op)], right, names)
        case ast.Name() | ast.Attribute():
            return Known(_fact(node, names))
        case _:
            raise GuardError(
                f"“{ast.unparse(node)}” is not possible in a guard",
                "use facts, comparisons, and, or, not",
            )


def _read_compare(
    left: ast.expr, symbol: str, right: ast.expr, names: Mapping[str, FactId]
) -> Compare:
    if _constant(left) is not None:
        left, right, symbol = right, left, _MIRRORED[symbol]
    constant = _constant(right)
    if constant is None:
        raise GuardError(
            f"“{ast.unparse(right)}” is not a constant",
            "compare a fact with a number, yes, no or a text in quotation marks",
        )
    return Compare(_fact(left, names), symbol, constant)


def _constant(node: ast.expr) -> str | bool | Decimal | None:
    match node:
        case ast.Name(id="yes"):
            return True
        case ast.Name(id="no"):
            return False
        case ast.Constant(value=bool() as flag):
            return flag
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.Constant(value=str() as text):
            return text
        case _:
            return None


def _fact(node: ast.expr, names: Mapping[str, FactId]) -> FactId:
    name = ast.unparse(node)
    if name not in names:
        raise UnknownFact(name, next(iter(get_close_matches(name, names, n=1)), ""))
    return names[name]


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
