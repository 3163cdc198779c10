"""Writes figures as people read them."""

from callcoach.reports.sheet import Figure, Unit
from callcoach.words.clock import length


def value_text(value: float | None, unit: Unit) -> str:
    """Return `64%`, `12`, `1:05`; a dash for none."""
    if value is None:
        return "–"
    match unit:
        case Unit.SHARE:
            return f"{value:.0%}"
        case Unit.PERCENT:
            return f"{value:.0f}%"
        case Unit.SECONDS:
            return length(value)
        case Unit.COUNT:
            return f"{value:g}"


def short_value(figure: Figure) -> str:
    """Return a figure with its cases, as in a chart: `64% · 32/50`, of medians `64% (50)`."""
    told = value_text(figure.value, figure.unit)
    if figure.unit is Unit.COUNT:
        return told
    if figure.count is None:
        return f"{told} ({figure.n})"
    return f"{told} · {figure.count}/{figure.n}"


def range_text(figure: Figure) -> str:
    """Return the interval of a figure; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{value_text(figure.low, figure.unit)} – {value_text(figure.high, figure.unit)}"
