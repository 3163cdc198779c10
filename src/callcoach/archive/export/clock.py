"""Writes times as reports and players have them."""

from callcoach.words.clock import clock as short_clock


def clock(seconds: float) -> str:
    """Return `00:12` or `1:01:05`, so that the lines of a report stand below one another."""
    return short_clock(seconds).rjust(5, "0")


def stamp(seconds: float, mark: str) -> str:
    """Return `00:00:12.500` with `mark` before the milliseconds, as captions have it."""
    ms = round(seconds * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{ms // 1000:02}{mark}{ms % 1000:03}"
