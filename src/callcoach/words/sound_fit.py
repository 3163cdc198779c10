"""Lays a row of words over what was heard, with one error at most, and says what that costs."""

import msgspec

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


class Fit(msgspec.Struct, frozen=True, gc=False):
    """Where a row lies and how well."""

    first: int
    past: int
    paid: float
    """Costs of all its words, each times its weight."""
    errors: int
    """Words that do not sound the same, are missing or too many: 0 or 1."""
    changed: tuple[int, ...]
    """The words that were heard and are taken for others, or are left out."""


def fit(row: tuple[str, ...], words: tuple[str, ...], past: int, *, is_clean: bool) -> Fit | None:
    """Return the cheapest way in which `row` ends at `past`; None where there is none.

    `is_clean` says that it is known to match by sound, without an error.
    """
    size = len(row)
    first = past - size
    level: Fit | None = None
    if first >= 0:
        if row == words[first:past]:
            return Fit(first, past, 0.0, 0, ())
        level = _level(row, words, first)
        if size == 1:
            return level if level and not level.paid else None
        if is_clean:
            return level
    return _bent(row, words, past, level)


def fit_by_sound(row: tuple[str, ...], words: tuple[str, ...], past: int) -> Fit | None:
    """Return the same for a row of Chinese characters, where a fit without an error is clean."""
    level = fit(row, words, past, is_clean=True) if past >= len(row) else None
    if level and not level.errors:
        return level
    return _bent(row, words, past, level)


def _bent(row: tuple[str, ...], words: tuple[str, ...], past: int, level: Fit | None) -> Fit | None:
    """Return the cheapest way of `level` and those with a word more or less."""
    size = len(row)
    if size == 1:
        return None
    behind = _same_behind(row, words, past)
    if not behind:
        return level
    best = level
    if past > size:
        best = _cheaper(best, _with_more(row, words, past - size - 1, behind))
    if size > 2 and past >= size - 1:
        best = _cheaper(best, _with_less(row, words, past - size + 1, behind))
    return best


def _same_ahead(row: tuple[str, ...], words: tuple[str, ...], first: int) -> int:
    """Return how many words of a row sound the same from `first` on."""
    for place, wanted in enumerate(row):
        at = first + place
        if at == len(words) or not _is_same(words[at], wanted):
            return place
    return len(row)


def _same_behind(row: tuple[str, ...], words: tuple[str, ...], past: int) -> int:
    """Return how many words of a row sound the same up to `past`."""
    size = len(row)
    for place in range(min(size, past)):
        if not _is_same(words[past - 1 - place], row[size - 1 - place]):
            return place
    return min(size, past)


def _is_same(heard: str, wanted: str) -> bool:
    return heard == wanted or is_same_sound(wanted, cost(heard, wanted))


def _cheaper(one: Fit | None, other: Fit | None) -> Fit | None:
    if one is None or other is None:
        return one or other
    return one if one.paid <= other.paid else other


def _level(row: tuple[str, ...], words: tuple[str, ...], first: int) -> Fit | None:
    """Lay word upon word; at most one may be another."""
    paid, errors = 0.0, 0
    changed: tuple[int, ...] = ()
    for place, wanted in enumerate(row):
        heard = words[first + place]
        if heard == wanted:
            continue
        price = cost(heard, wanted)
        if not is_same_sound(wanted, price):
            errors += 1
            if errors > 1 or price > dearest(row):
                return None
        if price:
            changed = (*changed, first + place)
            paid += price * weight(wanted)
    return Fit(first, first + len(row), paid, errors, changed)


def _with_more(row: tuple[str, ...], words: tuple[str, ...], first: int, behind: int) -> Fit | None:
    """Lay the row over one word more than it has; neither its first word nor its last.

    `behind` words at its end sound the same.
    """
    best: Fit | None = None
    size = len(row)
    ahead = min(_same_ahead(row, words, first), size - 1)
    for extra in range(first + max(1, size - behind), first + ahead + 1):
        if not is_spare(row, words[extra]):
            continue
        heard = (*words[first:extra], *words[extra + 1 : first + size + 1])
        found = _level(row, heard, 0)
        if found and not found.errors:
            paid = found.paid + surplus(words[extra])
            changed = (*(first + at + (first + at >= extra) for at in found.changed), extra)
            best = _cheaper(best, Fit(first, first + size + 1, paid, 1, changed))
    return best


def _with_less(row: tuple[str, ...], words: tuple[str, ...], first: int, behind: int) -> Fit | None:
    """Lay the row, without one of its inner words, over one word less.

    `behind` words at its end sound the same.
    """
    best: Fit | None = None
    size = len(row)
    ahead = min(_same_ahead(row, words, first), size - 2)
    for lost in range(max(1, size - 1 - behind), ahead + 1):
        wanted = row[lost]
        if not is_losable(row, wanted):
            continue
        found = _level((*row[:lost], *row[lost + 1 :]), words, first)
        if found and not found.errors:
            paid = found.paid + loss(wanted)
            best = _cheaper(best, Fit(first, first + size - 1, paid, 1, found.changed))
    return best
