"""One part of what is paid in several."""

import msgspec


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A sum, and the day on which it is paid."""

    amount: str
    """As `CueHeard.amount`: “426.80 CNY”, “426.80”."""
    day: str
    """As it was said."""
