"""Numbers told in Chinese with words between them, and sums and lists."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_FOUND = """
电话 {phone:幺三八 两个零 六八八 四个九}
打我办公室 {phone:八八二三四五六七 转 三零二}
后四位 {id:三幺二叉}
后四位是{id:123X}
证件号末尾是字母{id:X}
身份证 {id:k 四八二九幺七 括号 三}
军官证是{id:南字第2034567号}
退伍证{id:退字第20190233号}
台胞证号码{id:0823 1145}
号码是{number:7、3、9、2、0、4}
"""
_NOT = """
分3、6、9期还
第1、2、3期都没还
我有三个孩子
先还五百再还三百
"""


@pytest.mark.parametrize("marked", _FOUND.strip().splitlines())
def test_such_numbers_are_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _NOT.strip().splitlines())
def test_sums_and_lists_stay(text: str) -> None:
    assert told(text, find(text)) == []
