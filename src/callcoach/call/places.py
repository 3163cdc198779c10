"""Says where in a call something is as people look for it: the start of its line, its words."""

from collections.abc import Iterable, Mapping

from callcoach.call.events import Event, Heard, Span
from callcoach.call.intervals import merge
from callcoach.call.summary import AROUND
from callcoach.words.display import display_spans
from callcoach.words.wrap import width

_MARKS = ("«", "»")
_THIN = 4
"""Words of fewer cells tell nothing by themselves: such a rule rests on what was said before."""


def lines_of(events: Iterable[Event]) -> dict[int, Heard]:
    """Return what was said in a call, by the `seq` that spans name it by."""
    return {event.seq: event for event in events if isinstance(event, Heard)}


def start_of(at: float, spans: Iterable[Span | None], lines: Mapping[int, Heard]) -> float:
    """Return at which second the line begins in which something was heard.

    What is heard is known at the end of its line, but a transcript tells lines by their starts.
    Without words it is `at`.
    """
    found = [lines[it.heard].start for it in spans if it is not None and it.heard in lines]
    return min(found, default=at)


def is_thin(said: Heard, span: Span) -> bool:
    """Tell whether the words that count in a line tell too little without the rest of it."""
    return 0 < width(said.text[span.start : span.end].strip()) < _THIN


def quote(said: Heard, spans: Iterable[Span], around: int = AROUND) -> str:
    """Return an utterance with the words that count in «»; of a long one what is around them.

    `around` is in characters on either side. At least one of `spans` is in the utterance.
    """
    places = merge((it.start, it.end) for it in spans if it.heard == said.seq)
    since, until = max(places[0][0] - around, 0), places[-1][1] + around
    text, found = display_spans(
        said.text[since:until], [(start - since, end - since) for start, end in places]
    )
    for start, end in reversed(found):
        text = f"{text[:start]}{_MARKS[0]}{text[start:end]}{_MARKS[1]}{text[end:]}"
    return f"{'…' if since else ''}{text}{'…' if until < len(said.text) else ''}"
