"""How the figures of an evaluation are written: measures, intervals, chances, places."""

from callcoach.call.evaluate.counts import Estimate
from callcoach.call.evaluate.gold import Mark
from callcoach.call.names import speaker_name
from callcoach.locale import Messages
from callcoach.words.display import display
from callcoach.words.wrap import pad, width

NOTHING = "–"
"""Where there is nothing to measure."""
COLUMNS = 80
"""Cells of a line."""
NAME = 22
"""Cells of a label."""
ESTIMATE = 13
"""Cells of a measure with its interval."""


def mark_text(mark: Mark, messages: Messages) -> str:
    """Return a label and who says it."""
    return display(f"{mark.label} ({speaker_name(mark.speaker, messages)})")


def where_text(call: str, number: int) -> str:
    """Return which utterance of which call it is, counted from 1 as `rules test` counts."""
    return display(f"{call}:{number + 1}")


def percent(value: float | None) -> str:
    """Return a share in per cent."""
    return NOTHING if value is None else f"{100 * value:.1f}"


def estimate_cell(estimate: Estimate) -> str:
    """Return a measure and its interval in per cent, `ESTIMATE` cells wide."""
    value = at_right(percent(estimate.value), 5)
    if estimate.low is None or estimate.high is None:
        return pad(value, ESTIMATE)
    return pad(f"{value} {100 * estimate.low:3.0f}–{100 * estimate.high:.0f}", ESTIMATE)


def gain_text(estimate: Estimate) -> str:
    """Return a difference in points of per cent, with its interval."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return NOTHING
    value, low, high = (100 * part for part in (estimate.value, estimate.low, estimate.high))
    return f"{value:+.1f} ({low:+.1f} … {high:+.1f})"


def chance_text(value: float, sign: str = "") -> str:
    """Return a p-value; `sign` stands before one that is told exactly."""
    return "< 0.001" if value < 0.001 else f"{sign}{value:.3f}"


def at_right(text: str, cells: int) -> str:
    """Return a text at the right of so many cells."""
    return " " * (cells - width(text)) + text
