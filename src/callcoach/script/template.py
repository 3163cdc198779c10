"""Reads the templates of lines: which facts they use, and whether they stay inside the whitelist.

Jinja's own sandbox stops attribute tricks but lets ``'a' * 10**9`` run for minutes; here a line may
hold nothing but text, names of facts, ``{% if %}``, comparisons, ``and``, ``or``, ``not`` and the
filters below, so that rendering is bounded by the line's own length.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from callcoach.errors import TemplateError
from callcoach.script.environment import FILTERS, environment
from callcoach.script.facts import FactId

MAX_LENGTH = 4000
MAX_NODES = 300

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
    """It stands in a condition, or is said only where a condition asks for it."""


def read_template(text: str) -> tuple[Use, ...]:
    """Return the facts that a line uses, in reading order.

    Raises `TemplateSyntax` and `UnsafeTemplate`.
    """
    if len(text) > MAX_LENGTH:
        raise UnsafeTemplate(f"the line is longer than {MAX_LENGTH} characters", "say it in two")
    try:
        tree = environment().parse(text)
    except TemplateSyntaxError as error:
        raise TemplateSyntax(
            f"the braces cannot be read: {error.message}",
            "write {{ fact }}, {% if fact %} … {% endif %}",
        ) from None
    except RecursionError:
        raise UnsafeTemplate("the line is nested too deeply", "say it more simply") from None
    count = 0
    stack: list[nodes.Node] = [tree]
    while stack:
        node = stack.pop()
        count += 1
        if count > MAX_NODES:
            raise UnsafeTemplate(f"the line has more than {MAX_NODES} parts", "say it in two")
        _allow(node)
        stack.extend(node.iter_child_nodes())
    return tuple(dict.fromkeys(_uses(tree, frozenset())))


def _allow(node: nodes.Node) -> None:
    if not isinstance(node, _ALLOWED):
        kind = type(node).__name__
        raise UnsafeTemplate(
            f"“{kind}” is not possible in a line",
            "use facts, {% if %}, comparisons and the filters " + ", ".join(FILTERS),
        )
    if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.args or node.kwargs):
        raise UnsafeTemplate(
            f"the filter “{node.name}” is not known", "use one of " + ", ".join(FILTERS)
        )
    if isinstance(node, nodes.Getattr) and (
        not isinstance(node.node, nodes.Name) or node.attr.startswith("_")
    ):
        raise UnsafeTemplate("a name has more than one dot", "write pack.fact")


def _uses(node: nodes.Node, known: frozenset[str]) -> Iterator[Use]:
    """Yield the uses below `node`; `known` are the facts that a condition around it asked for."""
    match node:
        case nodes.Name() | nodes.Getattr():
            name = _name(node)
            yield Use(name, name in known)
        case nodes.If() | nodes.CondExpr():
            asked = frozenset(use.name for use in _uses(node.test, known))
            for name in asked:
                yield Use(name, is_guarded=True)
            for child in node.iter_child_nodes():
                if child is not node.test:
                    yield from _uses(child, known | asked)
        case _:
            for child in node.iter_child_nodes():
                yield from _uses(child, known)


def _name(node: nodes.Name | nodes.Getattr) -> str:
    if isinstance(node, nodes.Getattr):
        assert isinstance(node.node, nodes.Name)  # noqa: S101 - `_allow` saw to it
        return f"{node.node.name}.{node.attr}"
    return node.name


def unknown_names(text: str, names: Mapping[str, FactId]) -> tuple[str, ...]:
    """Return the names in a line that no fact of its pack has, in reading order."""
    return tuple(dict.fromkeys(use.name for use in read_template(text) if use.name not in names))
