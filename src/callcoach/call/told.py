"""Chooses by which words of an utterance a cue is told: those that tell most, not the first."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from callcoach.call.events import Span
from callcoach.call.judge import CueHit
from callcoach.call.rules.reading import Reading
from callcoach.words.telling import telling
from callcoach.words.wrap import width

_LEAST = 4
"""What the words tell that stand in for a whole utterance: two characters, a word of some length.

See `words.telling`; 你 tells less than the line that it stands in.
"""
_SHORT = 40
"""An utterance of so few cells is told as it is, where it is by no words in particular."""


def best_told(seq: int, reading: Reading, hits: Sequence[CueHit]) -> CueHit:
    """Return the first of a cue's hits in an utterance, told by the words of any that tell most.

    `seq` is that of the utterance. What the first one keeps of its words is kept. The other words
    that the chosen hit rests on go with it.
    """
    first = hits[0]
    if len(hits) == 1 and not first.also:
        return first
    told = max(
        ((hit, place) for hit in hits for place in _places(seq, reading, hit)),
        key=lambda it: (not it[0].taken_for, _weight(reading, *it)),
    )
    hit, (start, end) = told
    is_own = (start, end) == (hit.start, hit.end)
    return replace(
        hit,
        start=start,
        end=end,
        phrase=hit.phrase if is_own else "",
        also=tuple(_others(hit.also, Span(seq, start, end))),
        values=first.values or hit.values,
        parts=first.parts or (() if first.values else hit.parts),
    )


def _places(seq: int, reading: Reading, hit: CueHit) -> Iterator[tuple[int, int]]:
    """Yield where a hit's words stand; of a long utterance also those that it rests on.

    One that answers another is told as it is.
    """
    yield hit.start, hit.end
    is_long = width(reading.text[hit.start : hit.end]) > _SHORT
    if is_long and _is_whole(reading, hit) and all(span.heard == seq for span in hit.also):
        yield from ((span.start, span.end) for span in hit.also)


def _is_whole(reading: Reading, hit: CueHit) -> bool:
    """Tell whether a hit is by no words in particular."""
    tokens = reading.tokens
    if hit.phrase or not tokens.words:
        return False
    return hit.start <= tokens.starts[0] and tokens.ends[-1] <= hit.end


def _weight(reading: Reading, hit: CueHit, place: tuple[int, int]) -> int:
    """Return how much the words at a place tell; all of an utterance little."""
    start, end = place
    if place == (hit.start, hit.end) and _is_whole(reading, hit):
        return _LEAST
    tokens = reading.tokens
    spans = zip(tokens.words, tokens.starts, tokens.ends, strict=True)
    return telling(word for word, begin, past in spans if begin < end and start < past)


def _others(also: Sequence[Span], told: Span) -> Iterator[Span]:
    """Yield the spans that are part of no other, each once."""
    for span in dict.fromkeys(also):
        if not any(_is_part(span, other) for other in (told, *also)):
            yield span


def _is_part(span: Span, other: Span) -> bool:
    """Tell whether a span is in another one, and less than that."""
    is_in = span.heard == other.heard and other.start <= span.start and span.end <= other.end
    return is_in and span != other
