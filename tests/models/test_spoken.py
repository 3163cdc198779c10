"""What is written becomes the words that a recogniser hears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import tokenise
from callcoach.words.numbers.find import find_numbers
from models.tiny.spoken import cardinal, english, han_number, mandarin, ordinal, year


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("That's fine.", "that's fine"),
        (
            "CN¥1,280.40, due on Nov 5.",
            "one thousand two hundred and eighty point four yuan due on november fifth",
        ),
        (
            "CN¥426.80, Dec 10, 2026.",
            "four hundred and twenty six point eight yuan december tenth twenty twenty six",
        ),
        ("It's March 15, 1990.", "it's march fifteenth nineteen ninety"),
        ("The last four are 3017.", "the last four are three zero one seven"),
        ("500 dollars on May 3", "five hundred dollars on may third"),
        ("I was born in 1975.", "i was born in nineteen seventy five"),
        ("I may pay 20 by e-mail", "i may pay twenty by email"),
        ("the 21st", "the twenty first"),
        ("Ring 4008001", "ring four zero zero eight zero zero one"),
        ("¥4,200", "four thousand two hundred yuan"),
    ],
)
def test_english(written: str, said: str) -> None:
    assert english(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("可以。", "可以"),
        ("分期1,280.40元，11月5日到期", "分期一千二百八十元四角十一月五日到期"),
        ("每期426.85元", "每期四百二十六元八角五分"),
        ("10,050.05元", "一万零五十元零五分"),
        ("2026年12月10日星期四", "二零二六年十二月十日星期四"),
        ("一九九〇年，3月15日", "一九九零年三月十五日"),
        ("92年11月3号", "九二年十一月三号"),
        ("后四位是3017", "后四位是三零一七"),
        ("分2期，12元", "分两期十二元"),
    ],
)
def test_mandarin(written: str, said: str) -> None:
    assert mandarin(written) == said


@given(st.integers(20, 999_999))
def test_the_product_reads_back_the_number_that_was_said(number: int) -> None:
    for said in (cardinal(number), han_number(number)):
        read = find_numbers(tokenise(said).words)
        assert [span.value for span in read] == [number], said


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "first"), (12, "twelfth"), (20, "twentieth"), (23, "twenty third"), (6, "sixth")],
)
def test_ordinals(number: int, said: str) -> None:
    assert ordinal(number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1990, "nineteen ninety"),
        (1905, "nineteen oh five"),
        (1900, "nineteen hundred"),
        (2005, "two thousand and five"),
        (2026, "twenty twenty six"),
    ],
)
def test_years(number: int, said: str) -> None:
    assert year(number) == said
