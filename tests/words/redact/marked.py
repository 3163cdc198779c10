"""Reads sentences in which the personal data are marked: `我叫{name:王建国}`."""

import re
from collections.abc import Iterator

from callcoach.words.redact import Entity

_MARK = re.compile(r"\{(\w+):([^}]*)\}")
_TOKEN = re.compile(r"[^\s\u3400-\u9fff，。？、！]+|[\u3400-\u9fff]")
Spans = list[tuple[str, str]]
Places = list[tuple[str, int, int]]


def unmark(marked: str) -> tuple[str, Spans]:
    """Return the sentence without its marks, and the kind and words of each datum."""
    text, places = unmark_spans(marked)
    return text, [(kind, text[start:end]) for kind, start, end in places]


def unmark_spans(marked: str) -> tuple[str, Places]:
    """Return the sentence without its marks, and kind and span of each datum."""
    plain, spans, last = "", [], 0
    for found in _MARK.finditer(marked):
        plain += marked[last : found.start()]
        spans.append((found[1], len(plain), len(plain) + len(found[2])))
        plain, last = plain + found[2], found.end()
    return plain + marked[last:], spans


def tokens_of(
    text: str, spans: Places, found: tuple[Entity, ...]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield for each word or Chinese character the kind that is marked, and that is found."""
    for token in _TOKEN.finditer(text):
        if any(map(str.isalnum, token[0])):
            start, end = token.span()
            marked = next((kind for kind, at, past in spans if at < end and start < past), None)
            hidden = (one.kind.value for one in found if one.start < end and start < one.end)
            yield marked, next(hidden, None)


def told(text: str, entities: tuple[Entity, ...]) -> Spans:
    """Return the kind and words of each entity."""
    return [(one.kind.value, text[one.start : one.end]) for one in entities]
