"""Prints what a search has found: the call, the words marked, and what was said around them."""

import os
import shutil
from collections.abc import Iterator, Sequence
from typing import TextIO

from callcoach.archive.ids import short
from callcoach.archive.search.find import Hit
from callcoach.call.events import Heard
from callcoach.call.names import speaker_name
from callcoach.cli.desk import Desk
from callcoach.locale import Messages
from callcoach.words.clock import clock
from callcoach.words.display import display, display_spans
from callcoach.words.wrap import clip, pad, width, wrap_spans

_BOLD, _DIM, _PLAIN = "\x1b[1;7m", "\x1b[2m", "\x1b[0m"
_MARKS = ("«", "»")
"""Around the words, where there are no colours."""
_LEAST = 40
"""Cells: a narrower terminal is written over its edge."""

Span = tuple[int, int]


class HitLines:
    """The lines of hits: each call is named once, each utterance shown once."""

    def __init__(self, desk: Desk, messages: Messages, out: TextIO) -> None:
        self._desk, self._messages = desk, messages
        self._has_colour = out.isatty() and "NO_COLOR" not in os.environ
        self._room = max(shutil.get_terminal_size().columns - 1, _LEAST)

    def of(self, hits: Sequence[Hit]) -> Iterator[str]:
        """Yield the lines of hits, harmless on a terminal."""
        call, shown = None, -1
        for hit, following in zip(hits, (*hits, None)[1:], strict=True):
            if hit.call.id != call:
                if call is not None and hit.heard is not None:
                    yield ""
                call, shown = hit.call.id, -1
                yield self._title(hit)
            if hit.heard is None:
                continue
            if hit.before is not None and hit.before.seq > shown:
                if shown >= 0:
                    yield "    …"
                yield self._around(hit.before)
            yield from self._found(hit.heard, hit.spans)
            shown = hit.heard.seq
            if hit.after is not None and not _is_hit(hit.after, hit, following):
                yield self._around(hit.after)
                shown = hit.after.seq

    def _title(self, hit: Hit) -> str:
        call, say = hit.call, self._messages.say
        title, outcome = self._desk.titles(call, self._messages.language)
        ended = outcome or ("–" if call.ended_at is not None else say("open"))
        parts = [display(short(call.id)), display(call.local_start), clock(call.last_at)]
        parts += [display(part) for part in (hit.name, title, ended, call.agent) if part]
        if call.mode == "practice":
            parts.append(say("practice"))
        return "  ".join(parts)

    def _head(self, heard: Heard) -> str:
        speaker = speaker_name(heard.speaker, self._messages)
        return f"{clock(heard.start).rjust(7)} {pad(speaker, 9)}"

    def _around(self, heard: Heard) -> str:
        line = clip(f"  {self._head(heard)}{display(heard.text)}", self._room)
        return f"{_DIM}{line}{_PLAIN}" if self._has_colour else line

    def _found(self, heard: Heard, spans: Sequence[Span]) -> Iterator[str]:
        head = f"> {self._head(heard)}"
        text, marked = display_spans(heard.text, spans)
        if not self._has_colour:
            text, marked = with_marks(text, marked), ()
        room = max(self._room - width(head), _LEAST)
        for start, end in wrap_spans(text, room):
            yield head + _painted(text, start, end, marked)
            head = " " * width(head)


def _is_hit(heard: Heard, hit: Hit, following: Hit | None) -> bool:
    """Tell whether what comes after a hit is the next hit."""
    return (
        following is not None
        and following.heard is not None
        and following.call.id == hit.call.id
        and following.heard.seq == heard.seq
    )


def with_marks(text: str, spans: Sequence[Span]) -> str:
    """Return a text with signs around its spans, which come in order and apart."""
    for start, end in reversed(spans):
        text = f"{text[:start]}{_MARKS[0]}{text[start:end]}{_MARKS[1]}{text[end:]}"
    return text


def _painted(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """Return a line of a text with its spans in bold."""
    line, at = "", start
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first < last:
            line += f"{text[at:first]}{_BOLD}{text[first:last]}{_PLAIN}"
            at = last
    return line + text[at:end]
