"""Spells a text as a YAML value, plain where that reads back as the same text."""

import json
import re

import yaml

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_BLOCK_HEADER = re.compile(r"[|>][-+]?(?:\s+#.*)?")
WIDTH = 100
"""A folded text breaks before this column."""


def spell(text: str, style: str, *, in_flow: bool) -> str:
    """Return a text as a YAML value on one line.

    `style` is how it would best be written: plain (an empty text), or with one of the quotation
    marks; where that does not read back as the same text, it stands in double quotation marks.
    """
    candidates = {"": text, "'": "'" + text.replace("'", "''") + "'"}
    candidate = candidates.get(style)
    if candidate is not None and not _SPECIAL.search(text):
        line = f"{{k: {candidate}}}" if in_flow else f"k: {candidate}"
        is_null = not style and text in ("", "~", "null")
        if not is_null and reads_as(line, text, style):
            return candidate
    return _SPECIAL.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def folded(header: str, text: str, indent: int, newline: str) -> str | None:
    """Return a text as a block value under `header`, each line indented by `indent` spaces.

    None where it cannot be written like that: an empty one, one with strange characters, or one
    that the header's way of ending would change.
    """
    if not _BLOCK_HEADER.fullmatch(header) or not text.strip() or indent < 1:
        return None
    is_literal = header.startswith("|")
    lines = text.split("\n") if is_literal else _fold(text, max(WIDTH - indent, 40))
    while lines and not lines[-1]:
        lines.pop()
    if any(_SPECIAL.search(line) for line in lines):
        return None
    block = newline.join([header, *(" " * indent + line if line else "" for line in lines)])
    return block if reads_as(f"k: {block}\n", text, header[0]) else None


def _fold(text: str, width: int) -> list[str]:
    """Return a text broken at single spaces; a folded value joins the lines by spaces again."""
    lines: list[str] = []
    for word in text.rstrip("\n").split(" "):
        last = lines[-1] if lines else ""
        can_break = bool(word) and bool(last) and not last.endswith(" ")
        if lines and (len(last) + 1 + len(word) <= width or not can_break):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def reads_as(line: str, text: str, style: str) -> bool:
    """Tell whether the value of the one key in `line` is `text`, written in `style`."""
    try:
        events = list(yaml.parse(line, Loader=_PARSER))
    except yaml.YAMLError:
        return False
    values = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    return (
        len(values) == 2
        and values[1].value == text
        and (values[1].style or "") == style
        and values[1].anchor is None
        and values[1].tag in (None, "!")
    )
