"""Drawing calls anew: packed sums are sums, and the interval is the draws'."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.evaluate.counts import correlation
from callcoach.call.evaluate.resample import draws, intervals, posterior

VECTORS = st.integers(1, 5).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 2**16), min_size=size, max_size=size), min_size=1, max_size=9
    )
)


@given(VECTORS, st.integers(0, 99))
def test_a_draw_is_the_sum_of_as_many_calls_as_there_are(
    vectors: list[list[int]], seed: int
) -> None:
    random = Random(seed)
    for total in draws(vectors, seed, rounds=5):
        chosen = random.choices(vectors, k=len(vectors))
        assert total == tuple(map(sum, zip(*chosen, strict=True)))


def test_the_same_seed_draws_the_same() -> None:
    vectors = [[n, 2 * n] for n in range(30)]
    same = [intervals((lambda row: row[0] / row[1],), vectors, 3) for _ in range(2)]
    assert same[0] == same[1]


def test_the_interval_is_about_that_of_the_normal_law() -> None:
    (mean,) = intervals((lambda row: row[0] / row[1],), [[n % 2, 1] for n in range(400)], 1)
    assert mean.value == 0.5
    assert mean.low is not None
    assert mean.high is not None
    assert abs(mean.low - 0.451) < 0.005
    assert abs(mean.high - 0.549) < 0.005


def test_without_anything_to_measure_there_is_no_value() -> None:
    assert intervals((lambda _: None,), [[1]], 1)[0].value is None
    assert intervals((lambda _: 1.0,), [], 1)[0].value is None


def test_a_perfect_table_is_not_taken_for_perfection() -> None:
    few, many = (posterior(correlation, (size, 0, 0, size), 1) for size in (10, 500))
    assert (few.value, few.high, many.high) == (1, 1, 1)
    assert few.low is not None
    assert many.low is not None
    assert 0.6 < few.low < 0.95 < many.low < 1


def test_a_posterior_is_about_that_of_the_normal_law() -> None:
    found = posterior(correlation, (80, 20, 20, 80), 1)  # phi 0.6, standard error 0.0566
    assert found.value == 0.6
    assert found.low is not None
    assert found.high is not None
    assert abs(found.low - 0.484) < 0.015
    assert abs(found.high - 0.705) < 0.015
    assert posterior(correlation, (5, 0, 0, 0), 1).value is None
