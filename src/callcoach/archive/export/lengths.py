"""Says how long something in a call lasted."""

from callcoach.call.explain import Phrasebook
from callcoach.words.clock import LONGEST

_SHORT = 10.0
"""Below so many seconds, their tenths tell something."""


def lasting(seconds: float, messages: Phrasebook) -> str:
    """Return a length as people read it: `0.4 s`, `59 s`, `1:05 min`, `2:00:05 h`."""
    known = min(max(seconds, 0.0), LONGEST)
    if known < _SHORT - 0.05:
        return messages.say("{n} s", n=f"{known:.1f}".removesuffix(".0"))
    minutes, rest = divmod(int(known + 0.05), 60)
    if not minutes:
        return messages.say("{n} s", n=rest)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return messages.say("{minutes}:{seconds} min", minutes=minutes, seconds=f"{rest:02}")
    return messages.say(
        "{hours}:{minutes}:{seconds} h",
        hours=hours,
        minutes=f"{minutes:02}",
        seconds=f"{rest:02}",
    )
