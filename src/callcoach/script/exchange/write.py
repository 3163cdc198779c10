"""Writes tables, lists and texts as the YAML that people write in packs."""

from collections.abc import Iterator, Mapping, Sequence

from callcoach.script.load.spell import spell

WIDTH = 96
"""A list or table that fits into a line stands on one."""


def write_yaml(tree: Mapping[str, object], comments: Sequence[str] = ()) -> str:
    """Return a table as YAML, comments before it."""
    lines = [f"# {comment}".rstrip() for comment in comments]
    for key, value in tree.items():
        if lines and _is_section(value):
            lines.append("")
        lines += _entry(key, value, 0)
    return "\n".join(lines) + "\n"


def _is_section(value: object) -> bool:
    """Tell whether a value is a table of tables, such as the rules of a pack."""
    return isinstance(value, dict) and any(isinstance(it, dict) for it in value.values())


def _entry(key: str, value: object, indent: int) -> Iterator[str]:
    """Yield the lines of one key and its value."""
    head = f"{' ' * indent}{spell(key, '', in_flow=False)}:"
    flat = f"{head} {_flow(value, is_inner=False)}"
    match value:
        case dict() if value and (
            (indent == 0 and _is_section(value)) or not _is_small(value) or len(flat) > WIDTH
        ):
            yield head
            for name, inner in value.items():
                yield from _entry(str(name), inner, indent + 2)
        case list() if value and (not all(map(_is_small, value)) or len(flat) > WIDTH):
            yield head
            for item in value:
                yield from _item(item, indent + 2)
        case _:
            yield flat


def _item(value: object, indent: int) -> Iterator[str]:
    """Yield the lines of one item of a list."""
    flat = f"{' ' * indent}- {_flow(value, is_inner=False)}"
    if isinstance(value, dict) and value and (not _is_small(value) or len(flat) > WIDTH):
        lines = [line for key, inner in value.items() for line in _entry(str(key), inner, 0)]
        for number, line in enumerate(lines):
            yield f"{' ' * indent}{'- ' if number == 0 else '  '}{line}"
    else:
        yield flat


def _is_small(value: object) -> bool:
    """Tell whether a value has no more than one level of tables and lists in it."""
    match value:
        case dict():
            return all(isinstance(it, str) or _is_texts(it) for it in value.values())
        case list():
            return _is_texts(value)
        case _:
            return True


def _is_texts(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(it, str) or _is_texts(it) for it in value.values())
    return isinstance(value, list) and all(isinstance(it, str) for it in value)


def _flow(value: object, *, is_inner: bool) -> str:
    """Return a value on one line."""
    match value:
        case dict():
            entries = (
                f"{spell(str(key), '', in_flow=True)}: {_flow(it, is_inner=True)}"
                for key, it in value.items()
            )
            return "{" + ", ".join(entries) + "}"
        case list():
            return "[" + ", ".join(_flow(it, is_inner=True) for it in value) + "]"
        case _:
            return spell(str(value), "", in_flow=is_inner)
