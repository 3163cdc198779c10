"""Writes times as reports have them."""

from callcoach.words.clock import clock as short_clock


def clock(seconds: float) -> str:
    """Return `00:12` or `1:01:05`, so that the lines of a report stand below one another."""
    return short_clock(seconds).rjust(5, "0")
