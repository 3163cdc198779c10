"""Picks out of the words of a hit what a rule wants to keep: an amount, a day.

Looked for in the hit's own utterance first, then in those that it rests on, the newest first, then
in what the other side said last: who says “yes, that works” names no amount.
"""

from collections.abc import Iterator, Mapping

from callcoach.call.rules.talk import Found, Talk
from callcoach.script.rules import Capture
from callcoach.words.numbers import find_amounts, find_days


def captured(talk: Talk, found: Found, wanted: tuple[Capture, ...]) -> Mapping[str, str]:
    """Return what was named: an amount as “426.80 CNY” or “426.80”, a day as it was said."""
    values: dict[str, str] = {}
    for index in dict.fromkeys(_places(talk, found)):
        text = talk.said[index].text
        for kind in wanted:
            value = _read(kind, text)
            if value and kind.value not in values:
                values[kind.value] = value
    return values


def _places(talk: Talk, found: Found) -> Iterator[int]:
    yield found.utterance
    yield from sorted((index for index, _, _ in found.also), reverse=True)
    turn = talk.turns[found.utterance]
    before = [at for at in range(found.utterance) if talk.turns[at] == turn - 1]
    yield from reversed(before)


def _read(kind: Capture, text: str) -> str:
    if kind is Capture.DAY:
        days = find_days(text)
        return days[0].text if days else ""
    amounts = find_amounts(text)
    return f"{amounts[0].value} {amounts[0].currency or ''}".strip() if amounts else ""
