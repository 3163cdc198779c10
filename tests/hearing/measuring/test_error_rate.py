"""The word error rate: words in English, characters in Chinese."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.measuring.error_rate import Errors, count_errors, units

WORDS = st.lists(st.sampled_from(["a", "b", "c", "还", "款"]), max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I'm Anna, OK?", ("i'm", "anna", "ok")),
        ("it’s 3 p.m.", ("it's", "3", "p", "m")),
        ("请问 您是王女士吗？", ("请", "问", "您", "是", "王", "女", "士", "吗")),
        ("APP里的3期", ("app", "里", "的", "3", "期")),
        (" ,.。", ()),
    ],
)
def test_a_text_is_cut_into_what_counts(text: str, found: tuple[str, ...]) -> None:
    assert units(text) == found


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [
        ("", "", Errors()),
        ("pay on friday", "pay on friday", Errors(3)),
        ("pay on friday", "Pay, on Friday.", Errors(3)),
        ("pay on friday", "pay in friday", Errors(3, replaced=1)),
        ("pay on friday", "pay friday", Errors(3, lost=1)),
        ("pay on friday", "pay back on friday", Errors(3, added=1)),
        ("pay on friday", "", Errors(3, lost=3)),
        ("", "the the", Errors(0, added=2)),
        ("请问您是王女士吗", "请问 您 是 黄 女士", Errors(8, replaced=1, lost=1)),
    ],
)
def test_errors_are_counted_by_kind(said: str, heard: str, errors: Errors) -> None:
    assert count_errors(said, heard) == errors


@given(WORDS, WORDS)
def test_the_count_is_a_distance(said: str, heard: str) -> None:
    there, back = count_errors(said, heard), count_errors(heard, said)
    assert there.count == back.count
    assert (there.lost, there.added) == (back.added, back.lost)
    assert (there.count == 0) is (units(said) == units(heard))
    assert there.said - there.lost + there.added == len(units(heard))
    assert abs(len(units(said)) - len(units(heard))) <= there.count


@given(WORDS, WORDS, WORDS)
def test_no_way_round_is_shorter(one: str, two: str, three: str) -> None:
    direct = count_errors(one, three).count
    assert direct <= count_errors(one, two).count + count_errors(two, three).count


def test_sums_and_the_rate() -> None:
    both = Errors(10, 1, 2, 0) + Errors(10, 0, 0, 1)
    assert (both, both.rate) == (Errors(20, 1, 2, 1), 0.2)
    assert Errors(0, added=1).rate is None
