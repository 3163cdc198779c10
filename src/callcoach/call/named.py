"""Says what was named in the words that met a cue: sums and days."""

from callcoach.call.events import CueHeard


def named_in(event: CueHeard) -> str:
    """Return it as `300 GBP · the first`, of several parts all; empty where nothing was kept."""
    parts = [(it.amount, it.day) for it in event.parts] or [(event.amount, event.day)]
    told = (" · ".join(filter(None, part)) for part in parts)
    return "; ".join(filter(None, told))
