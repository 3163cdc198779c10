"""Names that are words or that stand where nobody but a person does, and such words."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_FOUND = """
{name:马上}先生，您好
{name:温暖}女士，您的账单出来了
请问{name:白雪}在吗
您就是{name:何苦}本人吗
{name:牛奶}小姐您好
喂，是{name:钱包}先生吗
收件人是{name:常青}吗
法人是{name:卢俊义}，跟我没关系
户名{name:蒋勤勤}，工行的
你们有个叫{name:丁一}的
我爱人是{name:江河}
{name:甘甜}是我媳妇
{name:朱}女士，您先生{name:何必}在吗
我是{name:路遥}
{name:佟}掌柜，{name:佟湘玉}
"""
_NOT = """
请问方便说话吗
您是明天还吗
联系人是房东
收件人写公司
好的先生
明白先生
那位先生
我叫车去的
我叫你别打了
那个叫什么微粒贷
找时间再说
找方法解决
我是时间不够
我是高级技工
"""


@pytest.mark.parametrize("marked", _FOUND.strip().splitlines())
def test_names_are_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _NOT.strip().splitlines())
def test_words_stay(text: str) -> None:
    assert told(text, find(text)) == []
