"""What is paid in parts: sums and days that take turns, and nothing that only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import tokenise
from callcoach.words.numbers import find_days, instalments_among, numbers_among

ENGLISH = ("pay", "300", "200", "two", "hundred", "on", "friday", "monday", "first", "15th", "now")
CHINESE = ("还", "三百", "五百", "再", "周五", "下周五", "一号", "月底", "半", "不", "工资")
WORDS = (*ENGLISH, *CHINESE, "the", "and", "or", "not", "owe", "£50", "，", ",", "。", ".")


def told(text: str) -> list[tuple[str, str]]:
    """Return the words for each sum and its day."""
    tokens = tokenise(text)
    parts = instalments_among(text, tokens, numbers_among(text, tokens), find_days(text))
    return [(text[one.start : one.end], text[day.start : day.end]) for one, day in parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pay 300 on Friday and 200 on Monday", [("300", "Friday"), ("200", "Monday")]),
        ("on Friday I pay 300, on Monday 200", [("300", "Friday"), ("200", "Monday")]),
        ("周五还三百，月底再还五百", [("三百", "周五"), ("五百", "月底")]),
        ("三百周五还，五百月底还", [("三百", "周五"), ("五百", "月底")]),
        ("pay 300 on Friday, on Monday 200", []),
        ("pay 300 on Friday or 200 on Monday", []),
        ("pay 300 on Friday, not 200 on Monday", []),
        ("pay 300 on Friday and 200 on Friday", []),
        ("pay 300 and 200 on Friday and Monday", []),
        ("pay 300 on Friday", []),
        ("周五还三百，不行就月底还五百", []),
        ("周五发工资五千，月底还五百", []),
    ],
)
def test_sums_and_days_take_turns(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@given(st.lists(st.sampled_from(WORDS), max_size=16))
def test_parts_lie_apart_in_order_each_with_a_day_of_its_own(words: list[str]) -> None:
    text = " ".join(words)
    tokens = tokenise(text)
    parts = instalments_among(text, tokens, numbers_among(text, tokens), find_days(text))
    assert len(parts) != 1
    places = [place for one, day in parts for place in ((one.start, one.end), (day.start, day.end))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    ends = [max(one.end, day.end) for one, day in parts]
    starts = [min(one.start, day.start) for one, day in parts]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert len({day.text for _, day in parts}) == len(parts)
