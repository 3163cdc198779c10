"""Names of other tongues in Chinese, and how names are written."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_FOUND = """
您好，{name:巴特尔}先生
我叫{name:苏日娜}，草原上的
我男人{name:依力亚尔}不在家
我老公叫{name:艾尔肯}
现在是{name:德吉卓玛}在管
请{name:吉克阿木}接电话
我叫{name:宫泽理惠}
{name:木村}先生说他下周回国
{name:麦克}的账单寄哪了
我叫{name:皮埃尔}，法国人
我是{name:爱新觉罗启星}
我老板{name:Peter}知道
找一下 {name:lisa} 在不在
请问是{name:阮氏红绒}女士吗
我是{name:高桥真理子}
我同事{name:卡洛斯·门德斯}欠的
租客{name:法比安·舒尔茨}，德国人
您是{name:Tanaka}女士吗
收件人写{name:WANG FANG}
{name:左边一个女右边一个亭}
{name:海纳百川的海}
{name:王字旁加个令}
{name:木易杨}的{name:杨帆}
"""
_NOT = """
村里古树倒了
今日火车停了
我的日子不好过
阿里的花呗
我用的是美的空调
"""


@pytest.mark.parametrize("marked", _FOUND.strip().splitlines())
def test_names_of_other_tongues_are_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _NOT.strip().splitlines())
def test_what_sounds_like_them_stays(text: str) -> None:
    assert told(text, find(text)) == []
