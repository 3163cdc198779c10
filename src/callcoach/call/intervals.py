"""Stretches of time or of text, each from a begin to an end."""

from collections.abc import Iterable
from typing import TypeVar

Number = TypeVar("Number", int, float)


def merge(intervals: Iterable[tuple[Number, Number]]) -> list[tuple[Number, Number]]:
    """Return intervals in order, overlapping and touching ones joined."""
    merged: list[tuple[Number, Number]] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
