"""Reads sentences in which the personal data are marked: `我叫{name:王建国}`."""

import re

from callcoach.words.redact import Entity

_MARK = re.compile(r"\{(\w+):([^}]*)\}")
Spans = list[tuple[str, str]]


def unmark(marked: str) -> tuple[str, Spans]:
    """Return the sentence without its marks, and the kind and words of each datum."""
    expected = [(found[1], found[2]) for found in _MARK.finditer(marked)]
    return _MARK.sub(lambda found: found[2], marked), expected


def told(text: str, entities: tuple[Entity, ...]) -> Spans:
    """Return the kind and words of each entity."""
    return [(one.kind.value, text[one.start : one.end]) for one in entities]
