"""How English words sound by their spelling, and how alike two of them are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.phonetic import Neighbours, likeness, sounds

WORDS = st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=14)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("their", "there"),
        ("knot", "not"),
        ("right", "write"),
        ("see", "sea"),
        ("due", "dew"),
        ("birth", "berth"),
        ("phone", "fone"),
    ],
)
def test_homophones_sound_the_same(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("payment", "pavement", "statement"),
        ("calling", "falling", "morning"),
        ("balance", "ballads", "instalment"),
        ("thank", "tank", "thing"),
        ("discuss", "disgust", "address"),
        ("installment", "instalment", "moment"),
    ],
)
def test_what_sounds_alike_is_more_alike(word: str, near: str, far: str) -> None:
    assert likeness(word, near) > 0.78 > likeness(word, far)


@pytest.mark.parametrize("word", ["", "'", "好", "é"])
def test_what_has_no_sounds_is_like_itself_only(word: str) -> None:
    assert likeness(word, word) == 1
    assert likeness(word, "pay") == 0


@given(WORDS, WORDS)
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == 1


@given(WORDS, WORDS, st.floats(0, 1))
def test_giving_up_early_changes_nothing_above_the_least(
    one: str, other: str, least: float
) -> None:
    full, early = likeness(one, other), likeness(one, other, least)
    assert early == pytest.approx(full) or (early == 0 and full <= least + 1e-9)


@given(WORDS)
def test_a_word_is_never_its_own_neighbour(word: str) -> None:
    vocabulary = ("payment", "balance", "calling", "thank", word)
    found = dict(Neighbours(vocabulary).near(word))
    assert word not in found
    for other, alike in found.items():
        assert alike == likeness(word, other)


def test_neighbours_are_those_that_sound_near() -> None:
    found = dict(Neighbours(("payment", "balance", "repayment", "goodbye")).near("pavement", 0.75))
    assert set(found) == {"payment", "repayment"}
