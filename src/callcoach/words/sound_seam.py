"""Finds phrases that a recogniser cut in two: they begin in one utterance and end in the next.

Only the last words of the utterance before are looked at, and only where it does not end as a
sentence does. Both utterances are to be of one speaker, one shortly after the other; the caller
knows that.
"""

from dataclasses import dataclass

from callcoach.words.match import Matcher
from callcoach.words.normalise import tokenise

TAIL = 6
"""How many words of the utterance before are looked at."""
LEAST_WORDS = 3
"""A phrase of fewer words across a seam is too often a chance meeting."""
_CLOSED = tuple(".?!。？！…")


@dataclass(frozen=True, slots=True)
class SeamHit:
    """A phrase that lies across the seam of two utterances."""

    key: str
    phrase: str
    before: tuple[int, int]
    """Its part of the first utterance: start and end, in characters."""
    after: tuple[int, int]
    """Its part of the second."""


def tail(before: str) -> int:
    """Return where the last words of an utterance begin; its length where it is complete."""
    if before.rstrip().endswith(_CLOSED):
        return len(before)
    starts = tokenise(before).starts[-TAIL:]
    return starts[0] if starts else len(before)


def cross_seam(matcher: Matcher, before: str, text: str) -> tuple[SeamHit, ...]:
    """Return the phrases that begin in `before` and end in `text`, in order of place.

    Left out are those the key of which either utterance holds by itself where they overlap.
    """
    cut = tail(before)
    if cut == len(before) or not text:
        return ()
    joined = f"{before[cut:]} {text}"
    seam = len(before) - cut
    found = [
        SeamHit(
            hit.key,
            hit.phrase,
            (cut + hit.start, len(before)),
            (0, hit.end - seam - 1),
        )
        for hit in matcher.hits(joined)
        if hit.start < seam < hit.end
        and len(tokenise(joined[hit.start : hit.end]).words) >= LEAST_WORDS
    ]
    if not found:
        return ()
    own = {(hit.key, hit.start) for hit in matcher.hits(text)}
    earlier = {(hit.key, hit.end) for hit in matcher.hits(before)}
    return tuple(
        hit
        for hit in found
        if not any(key == hit.key and end > hit.before[0] for key, end in earlier)
        and not any(key == hit.key and start < hit.after[1] for key, start in own)
    )
