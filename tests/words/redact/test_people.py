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
{name:石磊}早就不用这个号了
你把电话给{name:孙丽华}听
让{name:谭志强}自己来跟你们说
我们公司{name:金}总监知道这件事
给{name:韩梅梅}打的还是给{name:李雷}打的
你问{name:彪}哥去
{name:小戴}调岗了
您好，{name:依力亚尔}在家吗
我是{name:扎西顿珠}，在拉萨开店
让我儿子{name:浩宇}给你打过去
{name:孟凡成}上周就还了三千
我 同事 {name:霍 东} 会 联系 您
不是{name:王字旁的玲}
{name:杨柳的柳}，{name:树林的林}
{name:清楚的清}还是{name:青草的青}
{name:草字头的蔡}
{phone:一五九 然后 八八二零 后面是 三三四七}
{phone:一三八 三个零 一三八二二}
我個號碼係{phone:六一二三 八八四五}
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
万一下个月还不上怎么办
成天打电话，烦不烦
黄金周我回家再说
张口闭口就是起诉
花了不少钱给孩子看病
江西那边发大水了
曾经办过一次延期
康复出院再说
施工队没结账
我的意思是还钱的钱不够
这是公司的公章
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_what_stands_where_a_name_stands_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_words_that_only_look_like_names_stay(text: str) -> None:
    assert told(text, find(text)) == []


@pytest.mark.parametrize(
    ("pair", "expected"),
    [("高兴", True), ("微信", True), ("王建", False), ("", False), ("高", False)],
)
def test_a_pair_is_a_word_where_the_table_has_it(pair: str, expected: bool) -> None:
    assert is_word(pair) is expected
