"""Writes the times of a call as people read them."""

LONGEST = 3.6e8
"""Seconds: a hundred thousand hours; what is longer is shown as that."""


def clock(seconds: float) -> str:
    """Return `1:05` or `1:00:05`; a time before the call counts as its beginning."""
    minutes, rest = divmod(int(min(max(seconds, 0.0), LONGEST)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
