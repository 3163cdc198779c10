"""Reads distances and stretches of a call: `3 turns`, `first 30s`."""

import re

from callcoach.errors import Told
from callcoach.script.load.fields import Fields
from callcoach.script.place import Text
from callcoach.script.rules import Distance, Side, Unit, Window

_COUNT = r"(\d{1,6}(?:\.\d{1,3})?)"
_UNITS = {
    Unit.SECONDS: ("s", "sec", "second", "seconds", "秒"),
    Unit.PERCENT: ("%", "percent", "％"),
    Unit.TURNS: ("turn", "turns", "轮"),
    Unit.UTTERANCES: ("utterance", "utterances", "句"),
    Unit.WORDS: ("word", "words", "字", "词"),
}
_MINUTES = ("m", "min", "minute", "minutes", "分", "分钟")
_SIDES = {
    Side.FIRST: ("first", "前", "最前"),
    Side.LAST: ("last", "最后", "后"),
    Side.PAST: ("past", "最近", "过去"),
}
_NAMES = {name: unit for unit, names in _UNITS.items() for name in names}
_SIDE_NAMES = {name: side for side, names in _SIDES.items() for name in names}
_LENGTH = re.compile(rf"{_COUNT}\s*({'|'.join(map(re.escape, [*_NAMES, *_MINUTES]))})")
_WINDOW = re.compile(rf"({'|'.join(_SIDE_NAMES)})\s*(\S.*)")
_RANGE = re.compile(rf"{_COUNT}\s*[-–]\s*(\S.*)")


def read_distance(fields: Fields, key: str, *, required: bool = False) -> Distance | None:
    """Return a distance: `5 words`, `10s`, `2 turns`, `20%`, `>3 turns` for farther than that."""
    text = fields.text(key, required=required)
    if text is None:
        return None
    written = text.value.strip()
    is_beyond = written[:1] in (">", "＞")
    length = _length(written[is_beyond:].strip())
    if length is None:
        fields.bad_value(key, text, Told("a distance such as 5 words, 10s or 2 turns"))
        return None
    count, unit = length
    return Distance(count, unit, is_beyond)


def read_window(fields: Fields, key: str) -> Window | None:
    """Return a stretch of the call: `first 30s`, `last 2 turns`, `10-60s`, `past 15s`."""
    text = fields.text(key)
    window = None if text is None else _window(text)
    if text is not None and window is None:
        fields.bad_value(key, text, Told("a stretch such as first 30s, last 2 turns or 10-60s"))
    return window


def _window(text: Text) -> Window | None:
    written = text.value.strip()
    begin = 0.0
    side = Side.FIRST
    if found := _WINDOW.fullmatch(written):
        side, written = _SIDE_NAMES[found[1]], found[2]
    elif found := _RANGE.fullmatch(written):
        begin, written = float(found[1]), found[2]
    else:
        return None
    length = _length(written)
    if length is None:
        return None
    end, unit = length
    if begin and unit is Unit.SECONDS and written.endswith(_MINUTES):
        begin *= 60
    is_empty = end <= begin or (unit is Unit.PERCENT and end > 100)
    is_strange = side is Side.PAST and unit is not Unit.SECONDS
    return None if is_empty or is_strange else Window(side, unit, begin, end)


def _length(written: str) -> tuple[float, Unit] | None:
    """Return a count and its unit, minutes as seconds; None for what is none."""
    found = _LENGTH.fullmatch(written)
    if found is None:
        return None
    if found[2] in _MINUTES:
        return float(found[1]) * 60, Unit.SECONDS
    return float(found[1]), _NAMES[found[2]]
