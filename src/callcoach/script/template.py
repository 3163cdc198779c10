"""Reads the templates of lines: which facts they use, and whether they stay inside the whitelist.

Jinja's own sandbox stops attribute tricks but lets ``'a' * 10**9`` run for minutes; here a line may
hold nothing but text, names of facts, ``{% if %}``, comparisons, ``and``, ``or``, ``not`` and the
filters below, so that rendering is bounded by the line's own length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from callcoach.errors import TemplateError, Told
from callcoach.script.environment import FILTERS, environment

MAX_LENGTH = 4000
MAX_IN_BRACES = 1500
"""Characters: what stands in braces takes Jinja a hundred times as long to read as other text."""
MAX_NODES = 300
MAX_DEPTH = 50
"""Python compiles no more than a hundred blocks inside one another."""

_BRACES = re.compile(r"\{[{%].*?(?:[}%]\}|\Z)", re.DOTALL)
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Const,
)


_SIGNS: Mapping[type[nodes.Node], str] = {
    nodes.For: "{% for %}",
    nodes.Assign: "{% set %}",
    nodes.AssignBlock: "{% set %}",
    nodes.Include: "{% include %}",
    nodes.Macro: "{% macro %}",
    nodes.Call: "( )",
    nodes.Getitem: "[ ]",
    nodes.List: "[ ]",
    nodes.Tuple: ",",
    nodes.Dict: "{ }",
    nodes.Concat: "~",
    nodes.Test: "is",
}
"""How what lines may not hold is written."""
_UNKNOWN_TAG = re.compile(r"unknown tag '(.+?)'")
_UNEXPECTED = re.compile(r"(?:unexpected (?:char )?|got )(['\"])(.+?)\1")


class TemplateSyntax(TemplateError):
    """A line whose braces cannot be read."""


class UnsafeTemplate(TemplateError):
    """A line with something in braces that lines may not do."""


@dataclass(frozen=True, slots=True)
class Use:
    """A fact that a line uses."""

    name: str
    """As the line calls it: `amount_due`, `courtesy.company`."""
    is_guarded: bool
    """It stands in a condition, or is said only where a condition has found it known."""


def read_template(text: str) -> tuple[Use, ...]:
    """Return the facts that a line uses, in reading order.

    Raises `TemplateSyntax` and `UnsafeTemplate`.
    """
    return tuple(dict.fromkeys(_uses(_parse(text), frozenset())))


def compile_template(text: str) -> tuple[Template, Mapping[str, str]]:
    """Return a line's template, and under which name it wants each fact that it uses.

    A fact may be called what Jinja, Python or another pack calls something else: the template
    knows facts by numbers only. Raises `TemplateSyntax` and `UnsafeTemplate`.
    """
    tree = _parse(text)
    numbers = _Numbers()
    numbers.visit(tree)
    return environment().from_string(tree), numbers.of


class _Numbers(NodeTransformer):
    """Replaces the names of facts by numbered ones."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def visit_Name(self, node: nodes.Name) -> nodes.Name:  # noqa: N802 - jinja2 calls it so
        """Return the node that stands for a fact."""
        return self._numbered(node)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Name:  # noqa: N802 - likewise
        """Return the node that stands for a fact of a named pack."""
        return self._numbered(node)

    def _numbered(self, node: nodes.Name | nodes.Getattr) -> nodes.Name:
        number = self.of.setdefault(_name(node), f"fact_{len(self.of)}")
        return nodes.Name(number, "load", lineno=node.lineno)


def _parse(text: str) -> nodes.Template:
    """Return a line's syntax tree, of which every node is allowed."""
    if len(text) > MAX_LENGTH:
        raise UnsafeTemplate(
            "the line is longer than {most} characters", "say it in two", most=MAX_LENGTH
        )
    if sum(map(len, _BRACES.findall(text))) > MAX_IN_BRACES:
        raise UnsafeTemplate(
            "the line has more than {most} characters in braces",
            "say it in two",
            most=MAX_IN_BRACES,
        )
    try:
        tree = environment().parse(text)
    except TemplateSyntaxError as error:
        raise TemplateSyntax(
            "the braces cannot be read: {problem}",
            Told("write {{ fact }}, {% if fact %} … {% endif %}"),
            problem=_in_words(error.message or ""),
        ) from None
    except RecursionError:
        raise UnsafeTemplate("the line is nested too deeply", "say it more simply") from None
    count = 0
    stack: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        count += 1
        if count > MAX_NODES:
            raise UnsafeTemplate(
                "the line has more than {most} parts", "say it in two", most=MAX_NODES
            )
        if depth > MAX_DEPTH:
            raise UnsafeTemplate("the line is nested too deeply", "say it more simply")
        _allow(node)
        if not isinstance(node, nodes.Compare):
            stack.extend((child, depth + 1) for child in node.iter_child_nodes())
    return tree


def _allow(node: nodes.Node) -> None:
    """Stop at a node that lines may not hold; a comparison is looked at as a whole."""
    if not isinstance(node, _ALLOWED) or (
        isinstance(node, nodes.Const) and isinstance(node.value, bool | None)
    ):
        raise UnsafeTemplate(
            "“{what}” is not possible in a line",
            "use facts, {{% if %}}, comparisons and the filters {known}",
            what=_written(node),
            known=", ".join(FILTERS),
        )
    if isinstance(node, nodes.Filter) and (
        node.name not in FILTERS or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs
    ):
        raise UnsafeTemplate(
            "the filter “{name}” is not known",
            "use one of {known}",
            name=node.name,
            known=", ".join(FILTERS),
        )
    if isinstance(node, nodes.Getattr) and not _is_fact(node):
        raise UnsafeTemplate("a name has more than one dot", "write pack.fact")
    if isinstance(node, nodes.Compare) and not _is_fair(node):
        raise UnsafeTemplate(
            "a comparison in a line has a fact on one side and a constant on the other",
            "compare a fact with a number, true, false or a text in quotation marks",
        )


def _written(node: nodes.Node) -> str:
    """Return a part of a line about as it is written."""
    match node:
        case nodes.Const(value=value):
            return str(value).lower()
        case nodes.BinExpr() | nodes.UnaryExpr():
            return node.operator or ""
        case _:
            ours = "{% … %}" if isinstance(node, nodes.Stmt) else "{{ … }}"
            return _SIGNS.get(type(node), ours)


def _in_words(problem: str) -> Told:
    """Return what Jinja finds wrong, in the words of one who writes a line."""
    if found := _UNKNOWN_TAG.search(problem):
        return Told("“{sign}” does not belong there", sign=f"{{% {found[1]} %}}")
    if "end of template" in problem.lower() or "Missing end" in problem:
        return Told("what is opened is not closed")
    if "got 'end of " in problem:
        return Told("something is missing before they close")
    if found := _UNEXPECTED.search(problem):
        return Told("“{sign}” does not belong there", sign=found[2])
    return Told("they hold something else than facts and conditions")


def _is_fact(node: nodes.Node) -> TypeGuard[nodes.Name | nodes.Getattr]:
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and not node.attr.startswith("_")
    return isinstance(node, nodes.Name)


def _is_fair(node: nodes.Compare) -> bool:
    """Tell whether a comparison is one of a fact with a constant, as in a guard."""
    if len(node.ops) != 1 or node.ops[0].op in ("in", "notin"):
        return False
    sides = (node.expr, node.ops[0].expr)
    constants = [side.value is not None for side in sides if isinstance(side, nodes.Const)]
    return constants == [True] and any(_is_fact(side) for side in sides)


def _uses(node: nodes.Node, known: frozenset[str]) -> Iterator[Use]:
    """Yield the uses below `node`; `known` are the facts that conditions around it found known."""
    match node:
        case nodes.Name() | nodes.Getattr():
            name = _name(node)
            yield Use(name, name in known)
        case nodes.If():
            otherwise = known
            for branch in (node, *node.elif_):
                yield from _asked(branch.test)
                for child in branch.body:
                    yield from _uses(child, otherwise | _known_where(branch.test, holds=True))
                otherwise |= _known_where(branch.test, holds=False)
            for child in node.else_:
                yield from _uses(child, otherwise)
        case nodes.CondExpr():
            yield from _asked(node.test)
            yield from _uses(node.expr1, known | _known_where(node.test, holds=True))
            if node.expr2 is not None:
                yield from _uses(node.expr2, known | _known_where(node.test, holds=False))
        case _:
            for child in node.iter_child_nodes():
                yield from _uses(child, known)


def _asked(test: nodes.Node) -> Iterator[Use]:
    """Yield the uses in a condition: it may ask for what is not known."""
    for use in _uses(test, frozenset()):
        yield Use(use.name, is_guarded=True)


def _known_where(test: nodes.Node, *, holds: bool) -> frozenset[str]:
    """Return the facts that are known wherever a condition holds, or wherever it does not."""
    match test:
        case nodes.Name() | nodes.Getattr() if holds:
            return frozenset((_name(test),))
        case nodes.Compare() if holds:
            return frozenset(use.name for use in _asked(test))
        case nodes.Not():
            return _known_where(test.node, holds=not holds)
        case nodes.And() | nodes.Or():
            left = _known_where(test.left, holds=holds)
            right = _known_where(test.right, holds=holds)
            return left | right if isinstance(test, nodes.And) is holds else left & right
        case _:
            return frozenset()


def _name(node: nodes.Name | nodes.Getattr) -> str:
    if isinstance(node, nodes.Getattr):
        assert isinstance(node.node, nodes.Name)  # noqa: S101 - `_allow` saw to it
        return f"{node.node.name}.{node.attr}"
    return node.name
