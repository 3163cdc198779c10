"""Names and other data that are told by where they stand in a Chinese sentence."""

import pytest

from callcoach.words.redact import find
from callcoach.words.redact.chinese_words import is_word
from tests.words.redact.marked import told, unmark

_DATA = """
喂，{name:赵铁柱}在不在
我是她嫂子，{name:彭玉霞}
让{name:老周}接电话
我系{name:黄志明}
{name:丽丽}你好
{name:阿强}唔喺度
这是{name:玛丽亚·桑托斯}的卡
我叫{name:戴维}
我家在{address:柳林镇街上}
就住在{address:大桥村村委会旁边}
我们家就在{address:幸福里小区三号楼}
邮箱 {email:z h 九 八 七 艾特 一 六 三 点 c o m}
{phone:幺 三 九 拐 拐 洞 两 五 六 七 八}
我是{birth:九零年六月十二}的
""".strip().splitlines()
_OTHERS = """
谢谢，好的
拜拜
高利贷吗
康师傅我吃一个月了
一三五个月还
北京市市场监管局
我去银行对面吃饭
马上给你们说
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_what_stands_where_a_name_stands_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_words_that_only_look_like_names_stay(text: str) -> None:
    assert told(text, find(text)) == []


@pytest.mark.parametrize(
    ("pair", "expected"), [("高兴", True), ("王建", False), ("", False), ("高", False)]
)
def test_a_pair_is_a_word_where_the_table_has_it(pair: str, expected: bool) -> None:
    assert is_word(pair) is expected
