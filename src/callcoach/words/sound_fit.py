"""Lays a row of words over what was heard, with one error at most, and says what that costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from callcoach.words.sound_cost import (
    cost,
    dearest,
    is_losable,
    is_same_sound,
    is_spare,
    loss,
    surplus,
    weight,
)


@dataclass(frozen=True, slots=True)
class Fit:
    """Where a row lies and how well."""

    first: int
    past: int
    paid: float
    """Costs of all its words, each times its weight."""
    errors: int
    """Words that do not sound the same, are missing or too many: 0 or 1."""
    changed: tuple[int, ...]
    """The words that were heard and are taken for others, or are left out."""


def fit(row: tuple[str, ...], words: Sequence[str], past: int, *, is_clean: bool) -> Fit | None:
    """Return the cheapest way in which `row` ends at `past`; None where there is none.

    `is_clean` says that it is known to match by sound, without an error.
    """
    size = len(row)
    first = past - size
    level: Fit | None = None
    if first >= 0:
        if row == tuple(words[first:past]):
            return Fit(first, past, 0.0, 0, ())
        level = _level(row, words, first)
        if size == 1:
            return level if level and not level.paid else None
        if is_clean:
            return level
    best = level
    if size > 1 and first >= 1:
        best = _cheaper(best, _with_more(row, words, first - 1))
    if size > 2 and first >= -1:
        best = _cheaper(best, _with_less(row, words, first + 1))
    return best


def _cheaper(one: Fit | None, other: Fit | None) -> Fit | None:
    if one is None or other is None:
        return one or other
    return one if one.paid <= other.paid else other


def _level(row: tuple[str, ...], words: Sequence[str], first: int) -> Fit | None:
    """Lay word upon word; at most one may be another."""
    paid, errors, most = 0.0, 0, dearest(row)
    changed: tuple[int, ...] = ()
    for place, wanted in enumerate(row):
        price = cost(words[first + place], wanted)
        if not is_same_sound(wanted, price):
            errors += 1
            if errors > 1 or price > most:
                return None
        if price:
            changed = (*changed, first + place)
            paid += price * weight(wanted)
    return Fit(first, first + len(row), paid, errors, changed)


def _with_more(row: tuple[str, ...], words: Sequence[str], first: int) -> Fit | None:
    """Lay the row over one word more than it has; neither its first word nor its last."""
    best: Fit | None = None
    for extra in range(first + 1, first + len(row)):
        if not is_spare(row, words[extra]):
            continue
        heard = (*words[first:extra], *words[extra + 1 : first + len(row) + 1])
        found = _level(row, heard, 0)
        if found and not found.errors:
            paid = found.paid + surplus(words[extra])
            changed = (*(first + at + (first + at >= extra) for at in found.changed), extra)
            best = _cheaper(best, Fit(first, first + len(row) + 1, paid, 1, changed))
    return best


def _with_less(row: tuple[str, ...], words: Sequence[str], first: int) -> Fit | None:
    """Lay the row, without one of its words, over one word less."""
    best: Fit | None = None
    for lost, wanted in enumerate(row[1:-1], 1):
        if not is_losable(row, wanted):
            continue
        found = _level((*row[:lost], *row[lost + 1 :]), words, first)
        if found and not found.errors:
            paid = found.paid + loss(wanted)
            best = _cheaper(best, Fit(first, first + len(row) - 1, paid, 1, found.changed))
    return best
