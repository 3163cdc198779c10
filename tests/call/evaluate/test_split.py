"""Parts and folds: stable, whole, and never the same words on both sides."""

from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.evaluate.split import Overlap, Part, cross, folds, of_part, overlap
from tests.call.evaluate.labelled import ByHeart, call

IDS = st.lists(st.text("abc123", min_size=1, max_size=4), min_size=1, max_size=40, unique=True)


def made(ids: list[str], words: int = 1000) -> list[LabelledCall]:
    return [call(id, f"A {hash_of(id) % words}: greeting") for id in ids]


def hash_of(id: str) -> int:
    return sum(ord(char) * 31**place for place, char in enumerate(id))


@given(IDS, st.integers(1, 9))
def test_the_parts_are_all_the_calls_and_share_no_words(ids: list[str], words: int) -> None:
    calls = made(ids, words)
    dev, held = of_part(calls, Part.DEV), of_part(calls, Part.HELD)
    assert sorted(one.key for one in (*dev, *held)) == sorted(one.key for one in calls)
    assert not {one.digest for one in dev} & {one.digest for one in held}
    assert of_part(calls, Part.ALL) == tuple(calls)


def test_where_a_call_is_hangs_on_its_id_alone() -> None:
    calls = made([f"d{n:03}" for n in range(300)], 10**6)
    held = {one.id for one in of_part(calls, Part.HELD)}
    assert 80 <= len(held) <= 120
    for one in calls[:40]:
        assert bool(of_part([one], Part.HELD)) is (one.id in held)
    assert {"d001", "d002", "d005"} <= {one.id for one in of_part(calls, Part.DEV)} | held


@given(IDS, st.integers(1, 9), st.integers(2, 6))
def test_folds_hold_every_call_once_and_twins_together(
    ids: list[str], words: int, count: int
) -> None:
    calls = made(ids, words)
    dealt = folds(calls, count)
    assert sorted(one.key for fold in dealt for one in fold) == sorted(one.key for one in calls)
    where = {one.digest: number for number, fold in enumerate(dealt) for one in fold}
    assert all(where[one.digest] == number for number, fold in enumerate(dealt) for one in fold)
    assert folds(calls[::-1], count)[0] == tuple(one for one in calls[::-1] if one in dealt[0])


def test_whoever_learns_by_heart_knows_nothing_of_its_own_fold() -> None:
    calls = made([f"c{n}" for n in range(20)], 10**6)
    rounds = list(cross(calls, ByHeart(), 4))
    assert sum(len(fold) for fold, _, _ in rounds) == 20
    for fold, predictor, predictions in rounds:
        assert all(labels == frozenset() for one in predictions for labels in one.labels)
        others = [one for one in calls if one not in fold]
        assert all(predictor.predict(one).labels == (frozenset(("greeting",)),) for one in others)


def test_what_is_said_in_both_parts_is_counted() -> None:
    here = [call("1", "A Hello, there!", "C ok")]
    there = [call("2", "A hello there", "C no")]
    assert overlap(here, there) == Overlap(2, 1)
