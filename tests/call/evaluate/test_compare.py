"""Two versions beside each other: what changed, and whether it may be chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.evaluate.compare import compare, holm, sign_test
from tests.call.evaluate.labelled import call, said

CALLS = [call(str(n), "A hello: greeting", "A so", scope=["thanks"]) for n in range(8)]
NOTHING = [said("", "").labels] * 8
RIGHT = [said("greeting", "").labels] * 8
WRONG = [said("", "thanks").labels] * 8


def test_what_got_worse_comes_first() -> None:
    found = compare(CALLS, NOTHING, [*RIGHT[:6], *WRONG[:2]])
    assert [change.is_better for change in found.changes] == [False] * 2 + [True] * 6
    assert (found.calls_better, found.calls_worse) == (6, 2)
    assert found.chance == sign_test(6, 2)
    shift = found.shifts[0]
    assert (str(shift.mark), shift.old, shift.better, shift.worse) == ("greeting (agent)", 0, 6, 0)
    assert shift.new == pytest.approx(12 / 14)
    assert found.macro.value == pytest.approx(12 / 14)


def test_a_change_against_itself_is_none() -> None:
    found = compare(CALLS, RIGHT, RIGHT)
    assert (found.changes, found.shifts, found.chance) == ((), (), 1)
    assert found.macro.value == 0


def test_turning_the_versions_round_turns_the_signs() -> None:
    there, back = compare(CALLS, NOTHING, RIGHT), compare(CALLS, RIGHT, NOTHING)
    assert there.macro.value == -(back.macro.value or 0)
    assert [(one.better, one.worse) for one in there.shifts] == [(8, 0)]
    assert [(one.better, one.worse) for one in back.shifts] == [(0, 8)]


@pytest.mark.parametrize(
    ("better", "worse", "chance"),
    [(0, 0, 1), (1, 0, 1), (5, 0, 0.0625), (9, 1, 0.02148), (3, 3, 1)],
)
def test_the_sign_test_is_the_binomials(better: int, worse: int, chance: float) -> None:
    assert sign_test(better, worse) == pytest.approx(chance, abs=1e-5)
    assert sign_test(worse, better) == sign_test(better, worse)


def test_the_sign_test_of_many_is_a_number() -> None:
    assert sign_test(60_000, 59_000) < 0.01


def test_holm_as_published() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=9))
def test_an_adjusted_chance_is_never_smaller_and_keeps_its_order(chances: list[float]) -> None:
    adjusted = holm(chances)
    assert all(1 >= after >= before for before, after in zip(chances, adjusted, strict=True))
    order = sorted(range(len(chances)), key=chances.__getitem__)
    assert [adjusted[place] for place in order] == sorted(adjusted)
