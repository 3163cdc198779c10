"""How far reviewers agree: percent agreement, Cohen's kappa and Krippendorff's alpha.

Sources: J. Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological
Measurement 20 (1960); K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011).
"""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)
Number = TypeVar("Number", int, float)


class Level(StrEnum):
    """How values can be compared."""

    NOMINAL = "nominal"
    """Equal or not."""
    ORDINAL = "ordinal"
    """In an order."""
    INTERVAL = "interval"
    """By their distance."""


def percent_agreement(units: Sequence[Sequence[Value | None]]) -> float | None:
    """Return the share of pairs of answers to the same unit that are equal, 0 to 1.

    A unit is the answers that each reviewer gave to the same question of the same call; None is
    no answer. None where no unit has two answers.
    """
    same = pairs = 0
    for unit in units:
        for one, other in combinations([value for value in unit if value is not None], 2):
            pairs += 1
            same += one == other
    return same / pairs if pairs else None


def cohen_kappa(pairs: Sequence[tuple[Value, Value]]) -> float | None:
    """Return Cohen's kappa of two reviewers: 1 is full agreement, 0 that of chance.

    None where it is not defined: no pair, or both always gave one and the same answer.
    """
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(count * second[value] for value, count in first.items()) / n**2
    return None if math.isclose(expected, 1.0) else (observed - expected) / (1 - expected)


def krippendorff_alpha(
    units: Sequence[Sequence[float | None]], level: Level = Level.NOMINAL
) -> float | None:
    """Return Krippendorff's alpha of any number of reviewers, answers missing or not.

    Values are numbers; for nominal ones they only stand for what was answered. 1 is full
    agreement, 0 that of chance, below 0 worse. None where it is not defined: no unit has two
    answers, or all answers are the same.
    """
    paired = [found for unit in units if len(found := [v for v in unit if v is not None]) > 1]
    totals = Counter(value for unit in paired for value in unit)
    n = sum(totals.values())
    if len(totals) < 2:
        return None
    distance = _distance(level, totals)
    observed = sum(
        distance(one, other) * count * counts[other] / (len(unit) - 1)
        for unit in paired
        if (counts := Counter(unit))
        for one, count in counts.items()
        for other in counts
    )
    expected = sum(
        distance(one, other) * totals[one] * totals[other] for one in totals for other in totals
    )
    return 1 - (n - 1) * observed / expected


def _distance(level: Level, totals: Mapping[float, int]) -> Callable[[float, float], float]:
    """Return the squared difference of two values, as the level has it."""
    if level is Level.NOMINAL:
        return lambda one, other: float(one != other)
    if level is Level.INTERVAL:
        return lambda one, other: (one - other) ** 2
    ordered = sorted(totals)
    ranks: dict[float, float] = {}
    below = 0
    for value in ordered:
        ranks[value] = below + totals[value] / 2
        below += totals[value]
    return lambda one, other: (ranks[one] - ranks[other]) ** 2
