"""Agreement: the published worked examples, and what holds of any answers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.review.agreement import (
    Level,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
)

N = None
"""No answer."""
# K. Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011): the observers' rows.
A = ((0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0))
B = ((1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1), (2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4))
C = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3),
    (N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N),
)
# The computational example of the article “Krippendorff's alpha” in Wikipedia.
D = (
    (N, N, N, N, N, 3, 4, 1, 2, 1, 1, 3, 3, N, 3),
    (1, N, 2, 1, 3, 3, 4, 3, N, N, N, N, N, N, N),
    (N, N, 2, 1, 3, 4, 4, N, 2, 1, 1, 3, 3, N, 4),
)
Rows = tuple[tuple[int | None, ...], ...]


@pytest.mark.parametrize(
    ("rows", "level", "alpha"),
    [
        (A, Level.NOMINAL, 0.095),
        (B, Level.NOMINAL, 0.692),
        (C, Level.NOMINAL, 0.743),
        (C, Level.ORDINAL, 0.815),
        (C, Level.INTERVAL, 0.849),
        (D, Level.NOMINAL, 0.691),
        (D, Level.INTERVAL, 0.811),
    ],
)
def test_alpha_is_that_of_krippendorffs_examples(rows: Rows, level: Level, alpha: float) -> None:
    units = list(zip(*rows, strict=True))
    assert krippendorff_alpha(units, level) == pytest.approx(alpha, abs=6e-4)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # J. Sim and C. Wright, “The Kappa Statistic in Reliability Studies”, Physical Therapy 85
        # (2005), table 1.
        ({("a", "a"): 22, ("a", "b"): 2, ("b", "a"): 4, ("b", "b"): 11}, 0.67),
        # By hand: (0.7 - 0.5) / (1 - 0.5).
        ({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}, 0.40),
    ],
)
def test_kappa_is_that_of_known_tables(table: dict[tuple[str, str], int], kappa: float) -> None:
    pairs = [pair for pair, count in table.items() for _ in range(count)]
    assert cohen_kappa(pairs) == pytest.approx(kappa, abs=5e-3)


def test_percent_agreement_counts_pairs() -> None:
    assert percent_agreement([("a", "a", "b"), ("a", None, "a"), (None, "b", None)]) == 2 / 4
    assert percent_agreement([("a", None)]) is None


def test_what_is_not_defined_is_none() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([("a", "a")] * 3) is None
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([(1, None), (None, 2)]) is None
    assert krippendorff_alpha([(1, 1), (1, 1)]) is None


VALUES = st.none() | st.integers(1, 4)
UNITS = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=12)


@given(UNITS, st.sampled_from(Level), st.integers())
def test_alpha_does_not_depend_on_the_order_of_calls_or_reviewers(
    units: list[tuple[int | None, ...]], level: Level, seed: int
) -> None:
    alpha = krippendorff_alpha(units, level)
    turned = [tuple(reversed(unit)) for unit in units]
    random.Random(seed).shuffle(turned)
    assert krippendorff_alpha(turned, level) == pytest.approx(alpha)
    assert alpha is None or alpha <= 1.0 + 1e-9


@given(st.lists(st.integers(1, 4), min_size=2, max_size=9), st.sampled_from(Level))
def test_full_agreement_is_one(values: list[int], level: Level) -> None:
    alpha = krippendorff_alpha([(value, value) for value in values], level)
    assert alpha is None if len(set(values)) == 1 else alpha == pytest.approx(1.0)
