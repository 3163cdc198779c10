"""Picks out of the words of a hit what a rule wants to keep: an amount, a day.

Looked for in the hit's own utterance first, then in those that it rests on, the newest first, then
in what the other side said last: who says “yes, that works” names no amount.
"""

from collections.abc import Iterator, Mapping

from callcoach.call.rules.reading import Reading
from callcoach.call.rules.talk import Found, Talk
from callcoach.script.rules import Capture


def captured(talk: Talk, found: Found, wanted: tuple[Capture, ...]) -> Mapping[str, str]:
    """Return what was named: an amount as “426.80 CNY” or “426.80”, a day as it was said."""
    values: dict[str, str] = {}
    for index in dict.fromkeys(_places(talk, found)):
        for kind in wanted:
            if kind.value not in values and (value := _read(kind, talk.readings[index])):
                values[kind.value] = value
        if len(values) == len(wanted):
            break
    return values


def _places(talk: Talk, found: Found) -> Iterator[int]:
    yield found.utterance
    yield from sorted((index for index, _, _ in found.also), reverse=True)
    last = talk.before(found.utterance)
    if last >= 0:
        yield from range(last, talk.before(last), -1)


def _read(kind: Capture, reading: Reading) -> str:
    if kind is Capture.DAY:
        return reading.day
    amounts = reading.amounts
    return f"{amounts[0].value} {amounts[0].currency or ''}".strip() if amounts else ""
