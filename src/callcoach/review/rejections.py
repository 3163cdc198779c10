"""Tells which flags of a call its reviewers call wrong, for the index of the search."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from callcoach.archive.reviews import Reviews
from callcoach.archive.search.index import Wrong
from callcoach.call.summary import FlagStory
from callcoach.review.store import Forms, read_states
from callcoach.review.verdicts import stands, verdicts_of


def rejections(path: Path) -> Wrong:
    """Return what tells which flags of the calls of a journal are wrong."""
    return partial(_wrong, path)


def _wrong(path: Path, call: str, flags: Sequence[FlagStory]) -> frozenset[int]:
    with Reviews(path) as reviews:
        states = read_states(reviews, reviews.of_call(call))
        verdicts = verdicts_of(states, Forms(reviews).get)
    return frozenset(it.raised.flag for it in flags if not stands(verdicts, it))
