"""Writes times as people and players read them."""

LONGEST = 3.6e8
"""Seconds: a hundred thousand hours; what is longer is shown as that."""


def clock(seconds: float) -> str:
    """Return `00:12` or `1:01:05`; a time before the call counts as its beginning."""
    whole = int(min(max(seconds, 0.0), LONGEST))
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes:02}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def stamp(seconds: float, mark: str) -> str:
    """Return `00:00:12.500` with `mark` before the milliseconds, as captions have it."""
    ms = round(seconds * 1000)
    minutes, ms = divmod(ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{ms // 1000:02}{mark}{ms % 1000:03}"
