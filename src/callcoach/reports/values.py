"""Writes figures as people read them."""

from callcoach.archive.export.lengths import lasting
from callcoach.call.explain import Phrasebook
from callcoach.reports.sheet import Figure, Unit


def value_text(value: float | None, unit: Unit, messages: Phrasebook) -> str:
    """Return `64%`, `12`, `59 s`, `1:05 min`; a dash for none."""
    if value is None:
        return "–"
    match unit:
        case Unit.SHARE:
            return f"{value:.0%}"
        case Unit.PERCENT:
            return f"{value:.0f}%"
        case Unit.SECONDS:
            return lasting(value, messages)
        case Unit.COUNT:
            return f"{value:g}"


def short_value(figure: Figure, messages: Phrasebook) -> str:
    """Return a figure with its cases, as in a chart: `64% · 32/50`, of medians `64% (50)`."""
    told = value_text(figure.value, figure.unit, messages)
    if figure.unit is Unit.COUNT:
        return told
    if figure.count is None:
        return f"{told} ({figure.n})"
    return f"{told} · {figure.count}/{figure.n}"


def range_text(figure: Figure, messages: Phrasebook) -> str:
    """Return the interval of a figure; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (value_text(it, figure.unit, messages) for it in (figure.low, figure.high))
    return f"{low} – {high}"
