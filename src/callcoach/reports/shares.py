"""Shares and spreads with the number of cases beside them, and the time that they are of.

No figure of a report stands without how many calls it is of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import quantiles

from callcoach.call.evaluate.counts import share as estimate
from callcoach.call.evaluate.counts import wilson
from callcoach.reports.figures import CallFigures

LONGEST_BY_DAY = 31
"""Days that are shown one by one; a longer time is shown by weeks, then by months."""
LONGEST_BY_WEEK = 7 * 30
MOST_PERIODS = 60
LONGEST_WHOLE = 36
"""Periods that are shown however few of them have calls."""
BARE = 3
"""Of more of them, where there are so many for each that has calls, the others are left out."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a number of cases."""

    count: int
    n: int
    low: float | None = None
    """Of the 95 % interval (Wilson 1927, for cases of one call widened by the design effect)."""
    high: float | None = None

    @property
    def value(self) -> float | None:
        """Return the share, 0 to 1; None of nothing."""
        return self.count / self.n if self.n else None


def share(parts: Iterable[tuple[int, int]]) -> Share:
    """Return a share by the hits and the cases of each call."""
    each = list(parts)
    found = estimate(each)
    return Share(sum(hits for hits, _ in each), sum(n for _, n in each), found.low, found.high)


def share_of(claims: Iterable[bool]) -> Share:
    """Return of how many calls something is true."""
    return share([(int(claim), 1) for claim in claims])


def part(count: int, n: int) -> Share:
    """Return a share of which every case is a call of its own, or as good as one."""
    return Share(count, n, *wilson(count, n)) if n else Share(0, 0)


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the middle of some measurements lies; the quarters need four of them."""

    n: int
    median: float | None = None
    low: float | None = None
    """The first quartile."""
    high: float | None = None
    """The third quartile."""


def spread(values: Sequence[float]) -> Spread:
    """Return where measurements lie."""
    if not values:
        return Spread(0)
    if len(values) == 1:
        return Spread(1, values[0])
    low, median, high = quantiles(values, n=4, method="inclusive")
    return Spread(len(values), median, *((low, high) if len(values) >= 4 else (None, None)))


class Every(StrEnum):
    """How a time is cut up."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def first(self, day: date) -> date:
        """Return the first day of the one that a day is in; weeks begin on Monday."""
        match self:
            case Every.DAY:
                return day
            case Every.WEEK:
                return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
            case Every.MONTH:
                return day.replace(day=1)

    def following(self, first: date) -> date:
        """Return the first day of the next one."""
        match self:
            case Every.DAY:
                return first + timedelta(days=1)
            case Every.WEEK:
                return first + timedelta(days=7)
            case Every.MONTH:
                return (first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month with its calls."""

    first: date
    calls: tuple[CallFigures, ...]


def every(calls: Iterable[CallFigures]) -> Every:
    """Return how the time of calls is cut up, so that there are not too many pieces to show."""
    days = [day for call in calls if (day := day_of(call))]
    length = (max(days) - min(days)).days if days else 0
    if length <= LONGEST_BY_DAY:
        return Every.DAY
    return Every.WEEK if length <= LONGEST_BY_WEEK else Every.MONTH


def periods(calls: Sequence[CallFigures]) -> tuple[Period, ...]:
    """Return calls by day, week or month, in order; those without a day are left out.

    Where there were none, a period is empty, unless that makes more of them than anybody reads,
    as one call of years ago does.
    """
    piece = every(calls)
    found: dict[date, list[CallFigures]] = {}
    for day, call in sorted(((day_of(call), call) for call in calls), key=_first):
        if day is not None:
            found.setdefault(piece.first(day), []).append(call)
    if not found:
        return ()
    at, last, used = min(found), max(found), len(found)
    while at < last and len(found) <= MOST_PERIODS:
        found.setdefault(at, [])
        at = piece.following(at)
    most = min(max(LONGEST_WHOLE, BARE * used), MOST_PERIODS)
    if len(found) > most:
        found = {first: own for first, own in found.items() if own}
    return tuple(Period(first, tuple(found[first])) for first in sorted(found))


def _first(dated: tuple[date | None, CallFigures]) -> date:
    return dated[0] or date.min


def day_of(call: CallFigures) -> date | None:
    """Return the day of a call; None where a damaged journal has none."""
    try:
        return date.fromisoformat(call.day)
    except ValueError:
        return None
