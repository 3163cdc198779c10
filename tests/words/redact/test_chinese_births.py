"""Days of birth in Chinese as they are said, and other days."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_FOUND = """
我生日{birth:腊月初八}，身份证上是{birth:一九七八年一月十六}
我{birth:八八年}的，属龙
他{birth:零三年六月}生的，刚毕业
您是{birth:民国七十三年五月}的吗
阳历是{birth:五月二十号}生日
我 {birth:九月九号} 过生日
生日 {birth:大年初一}
我属羊的 {birth:六七年}
{birth:一九九二零八一五} 生日
他是 {birth:零零年} 的
{birth:七六年} 生的
她{birth:九四年冬月初三}生的
您是{birth:九二年八月}的对吧
"""
_NOT = """
九八年三月买的房子
我去年三月份开始逾期的
二零一九年五月办的卡
腊月二十三还一半
正月十五之前给您
这张卡是零五年开的
"""


@pytest.mark.parametrize("marked", _FOUND.strip().splitlines())
def test_days_of_birth_are_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _NOT.strip().splitlines())
def test_other_days_stay(text: str) -> None:
    assert told(text, find(text)) == []
