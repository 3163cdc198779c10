"""Which part of a sum somebody names, and what only sounds like one."""

from decimal import Decimal

import pytest

from callcoach.words.normalise import tokenise
from callcoach.words.numbers import find_numbers, find_share, names_part


def share(text: str) -> Decimal | None:
    """Return the part of a sum that a text names."""
    tokens = tokenise(text)
    return find_share(text, tokens, find_numbers(tokens.words))


@pytest.mark.parametrize(
    ("text", "numerator", "denominator"),
    [
        ("half", 1, 2),
        ("I can pay half on Friday", 1, 2),
        ("half of it now and half next week", 1, 2),
        ("half the balance", 1, 2),
        ("Half, maybe?", 1, 2),
        ("I'll pay a third of it tomorrow", 1, 3),
        ("two thirds of that", 2, 3),
        ("three quarters now", 3, 4),
        ("a quarter today", 1, 4),
        ("at quarter past five I'll pay half of it", 1, 2),
        ("half now and a half later", 1, 2),
        ("quarter of it", 1, 4),
        ("½ of it", 1, 2),
        ("1/3 of what I owe", 1, 3),
        ("50% on Friday", 1, 2),
        ("thirty percent tomorrow", 3, 10),
        ("我明天先还一半", 1, 2),
        ("我 明天 先 还 一 半", 1, 2),
        ("还 三分 之 一", 1, 3),
        ("一半 一半 还", 1, 2),
        ("还三分之一", 1, 3),
        ("先还三成", 3, 10),
        ("百分之二十", 1, 5),
        ("先付50%", 1, 2),
    ],
)
def test_a_part_of_a_sum_is_a_share(text: str, numerator: int, denominator: int) -> None:
    found = share(text)
    assert found is not None
    assert abs(found - Decimal(numerator) / denominator) < Decimal("1e-9")


@pytest.mark.parametrize(
    "text",
    [
        *("half past five", "in half an hour", "half an hour", "two and a half thousand"),
        *("the third of May", "on the third", "a third party", "a third time", "quarter past two"),
        *("a quarter to five", "a quarter of an hour", "half my salary goes on rent", "half five"),
        *("the first half of the month", "5 percent interest", "20% off", "1/3", "半天", "半年"),
        *("半个月", "一半天", "第三", "三成功", "200", "一百", "利率百分之五利息", ""),
        *(
            "利率百分之五",
            "年化是24%",
            "interest rate of 3.5 percent",
            "I need two and a half today",
        ),
        *("a million and a half", "a year and a half on"),
    ],
)
def test_what_is_no_part_of_a_sum_is_no_share(text: str) -> None:
    found = share(text)
    assert found is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "I'll pay part of it tomorrow",
            "some of it on Friday",
            "a couple of hundred",
            "a few quid",
        ),
        *("I'll pay what I can", "I will pay the rest", "I'll send something on Friday"),
        *(
            "先 还 一 部分",
            "周五 先 还 一点",
            "先还一部分",
            "周五先还一点",
            "先给几百",
            "剩下的月底还",
            "转一些过去",
        ),
    ],
)
def test_a_part_of_no_known_size_is_told_from_all(text: str) -> None:
    assert names_part(text)


@pytest.mark.parametrize(
    "text",
    [
        *("I'll pay it on Friday", "something came up", "half past five", "some day", "all of it"),
        *("我周五还", "晚一点还", "早点休息", "全部还清", "我一点前给你回电话"),
    ],
)
def test_all_of_it_is_no_part(text: str) -> None:
    assert not names_part(text)
