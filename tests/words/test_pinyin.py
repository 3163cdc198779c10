"""How characters are read, and which syllables are near one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.pinyin import FARTHEST, near, split, syllables, table

SYLLABLES = st.sampled_from(sorted(table().characters))


@pytest.mark.parametrize(
    ("char", "read"),
    [
        ("好", ("hao",)),
        ("还", ("hai", "huan")),
        ("行", ("xing", "hang")),
        ("重", ("zhong", "chong")),
        ("长", ("zhang", "chang")),
        ("了", ("le", "liao")),
        ("都", ("dou", "du")),
        ("得", ("de", "dei")),
        ("地", ("di", "de")),
        ("女", ("nv",)),
        ("還", ("huan", "hai")),
        ("a", ()),
        ("の", ()),
        ("", ()),
    ],
)
def test_a_character_has_its_readings_the_commonest_first(char: str, read: tuple[str, ...]) -> None:
    assert syllables(char) == read


def test_the_table_reads_every_character_of_gb_2312() -> None:
    places = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    chars = [place.decode("gb2312", "ignore") for place in places]
    unread = [char for char in chars if char and not syllables(char)]
    assert len(chars) > 6700
    assert unread == []


def test_the_commonest_character_of_a_reading_comes_first() -> None:
    assert table().characters["shi"][4].startswith("是")
    assert table().characters["wo"][3].startswith("我")


@pytest.mark.parametrize(
    ("syllable", "parts"),
    [("zhang", ("zh", "ang")), ("an", ("", "an")), ("yi", ("y", "i")), ("lv", ("l", "v"))],
)
def test_a_syllable_splits_into_initial_and_final(syllable: str, parts: tuple[str, str]) -> None:
    assert split(syllable) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhang", "zang"), ("shi", "si"), ("lan", "nan"), ("fei", "hei"), ("xin", "xing")],
)
def test_what_speakers_confuse_is_near(one: str, other: str) -> None:
    assert 0 < near(one)[other] <= FARTHEST


def test_what_nobody_confuses_is_not() -> None:
    assert not {"ma", "kuai", "shi"} & near("wo").keys()


@given(SYLLABLES)
def test_near_goes_both_ways_and_never_to_itself(syllable: str) -> None:
    assert syllable not in near(syllable)
    for other, distance in near(syllable).items():
        assert near(other)[syllable] == pytest.approx(distance)
        assert 0 < distance <= FARTHEST
