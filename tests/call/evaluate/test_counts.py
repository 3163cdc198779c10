"""Counts and their measures: against textbooks, against naive forms, against simulation."""

from itertools import product
from math import isclose, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.evaluate.counts import (
    Counts,
    Estimate,
    design_effect,
    estimate_f1,
    f1,
    kappa,
    matthews,
    mean,
    precision,
    recall,
    share,
    wilson,
)

NUMBERS = st.integers(0, 50)
COUNTS = st.builds(
    lambda hits, extras, misses, rest: Counts(hits, extras, misses, hits + extras + misses + rest),
    *(NUMBERS,) * 4,
)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [  # Newcombe 1998, table I, method 3 (score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(
    hits: int, total: int, low: float, high: float
) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


@given(COUNTS)
def test_the_measures_are_those_of_their_definitions(counts: Counts) -> None:
    truth = [True] * counts.there + [False] * (counts.total - counts.there)
    told = [True] * counts.hits + [False] * counts.misses
    told += [True] * counts.extras + [False] * counts.rest
    pairs = list(zip(truth, told, strict=True))
    right = sum(a and b for a, b in pairs)
    p, r = precision(counts), recall(counts)
    assert p == (right / sum(told) if any(told) else None)
    assert r == (right / sum(truth) if any(truth) else None)
    if p and r:
        assert isclose(f1(counts) or 0, 2 * p * r / (p + r))
    if counts.total:
        seen = sum(a == b for a, b in pairs) / counts.total
        chance = sum(
            sum(a is value for a in truth) * sum(b is value for b in told) / counts.total**2
            for value in (True, False)
        )
        agreed = kappa(counts)
        if agreed is None:
            assert isclose(chance, 1)
        else:
            assert isclose(agreed, (seen - chance) / (1 - chance), abs_tol=1e-9)
    correlation = matthews(counts)
    if correlation is not None:
        assert isclose(correlation, _pearson(pairs), abs_tol=1e-9)


def _pearson(pairs: list[tuple[bool, bool]]) -> float:
    mean_a, mean_b = (sum(pair[at] for pair in pairs) / len(pairs) for at in (0, 1))
    both = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    spread = [
        sum((pair[at] - mean) ** 2 for pair in pairs) for at, mean in ((0, mean_a), (1, mean_b))
    ]
    return both / sqrt(spread[0] * spread[1])


@given(st.lists(COUNTS, min_size=1, max_size=12))
def test_an_interval_holds_its_value_and_stays_within_bounds(parts: list[Counts]) -> None:
    found = estimate_f1(parts)
    assert found.value == f1(sum(parts, Counts())) or isclose(
        found.value or 0, f1(sum(parts, Counts())) or 0
    )
    if found.value is not None:
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 1


def test_what_is_never_wrong_has_an_interval_all_the_same() -> None:
    few, many = share([(1, 1)] * 5), share([(1, 1)] * 500)
    assert (few.value, few.high, many.high) == (1, 1, 1)
    assert few.low is not None
    assert many.low is not None
    assert few.low < 0.6 < 0.99 < many.low


def test_nothing_to_measure_is_no_zero() -> None:
    none = Counts(total=7)
    assert (precision(none), recall(none), f1(none), matthews(none)) == (None,) * 4
    assert share([(0, 0)]).value is None
    assert kappa(Counts()) is None


def test_copies_within_a_call_do_not_narrow_the_interval() -> None:
    loose = [(1, 1)] * 30 + [(0, 1)] * 10
    tied = [(10, 10)] * 30 + [(0, 10)] * 10
    assert design_effect(loose) == pytest.approx(1, abs=0.05)
    assert design_effect(tied) == pytest.approx(10, abs=0.5)
    single, copied = share(loose), share(tied)
    assert copied.low == pytest.approx(single.low, abs=0.005)
    assert copied.high == pytest.approx(single.high, abs=0.005)


def test_a_mean_is_as_sure_as_what_it_is_of() -> None:
    one = Estimate(0.8, 0.5, 0.9)
    assert mean([one, Estimate(None)]) == one
    four = mean([one] * 4)
    assert (four.low, four.high) == pytest.approx((0.65, 0.85))
    sure = mean([one, Estimate(0.4, 0.4, 0.4)])
    assert (sure.value, sure.low, sure.high) == pytest.approx((0.6, 0.45, 0.65))
    assert mean([Estimate(None)]) == Estimate(None)


@pytest.mark.parametrize(
    ("calls", "days", "there"),
    [
        (60, ((0.95, 0.01), (0.75, 0.05)), 0.2),
        (40, ((0.98, 0.002), (0.9, 0.01)), 0.05),
        (30, ((0.99, 0.001),), 0.03),
    ],
    ids=["frequent", "less so", "rare and nearly always right"],
)
def test_the_intervals_hold_the_truth_as_often_as_they_say(
    calls: int, days: tuple[tuple[float, float], ...], there: float
) -> None:
    """Simulated: in each call the recogniser has a good or a bad day."""
    random = Random(7)
    hits = sum(there * day[0] for day in days)
    wrong = sum(there * (1 - day[0]) + (1 - there) * day[1] for day in days)
    truth = 2 * hits / (2 * hits + wrong)
    held = measured = 0
    for _ in range(300):
        parts = [_simulated(random, random.choice(days), there, 13) for _ in range(calls)]
        found = estimate_f1(parts)
        if found.low is not None and found.high is not None:
            measured += 1
            held += found.low <= truth <= found.high
    assert measured > 290
    assert 0.91 <= held / measured <= 0.99


def _simulated(random: Random, day: tuple[float, float], there: float, size: int) -> Counts:
    counts = Counts()
    for _ in range(size):
        is_there = random.random() < there
        is_given = random.random() < day[0 if is_there else 1]
        one = Counts(is_there and is_given, is_given and not is_there, is_there and not is_given, 1)
        counts += one
    return counts


def test_counts_add_up() -> None:
    for hits, extras, misses, rest in product(range(2), repeat=4):
        counts = Counts(hits, extras, misses, hits + extras + misses + rest)
        assert (counts + counts).total == 2 * counts.total
        assert (counts.there, counts.given, counts.rest) == (hits + misses, hits + extras, rest)
