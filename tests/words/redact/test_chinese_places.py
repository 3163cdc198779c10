"""Places in Chinese part by part, and places that are nobody's."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_FOUND = """
我现在租在{address:浦东三林镇凌兆新村十二街坊六号四零二}
我家是{address:大石桥市沟沿镇后腰村三组}的
老家{address:四川仪陇县马鞍镇}，现在在{address:东莞厚街宝屯村一巷十二号}打工
是{address:鼓楼区湖南路1号凤凰广场A座1802}对吗
我在{address:建设兵团八师一四三团六连}
我搬到{address:天通苑西三区32号楼}去了
现住{address:新北市板橋區文化路一段188巷16弄3號5樓之2}
到{address:滨河佳苑南门丰巢柜}就行
{address:北京市海淀区西二旗大街39号院5号楼1502}
门牌号{address:幺零幺杠三}
我人在{address:阿克苏地区库车市乌尊镇}摘棉花
我家在{address:老街粮站后面第三家}
送到{address:西丽大学城哈工大宿舍荔园7栋}
我妈家{address:苏州吴中木渎金枫路金运花园24幢}
您登记的是{address:新街口街道}对吧
房子在{address:保利香槟国际二期}，你们要来看就来
住{address:光谷}那边，{address:保利时代K18栋}
住在{address:五道口华清嘉园}
{address:4幢2单元}
是{address:绵竹市汉旺镇}不是汉王
村子叫{address:牛角塘}
"""
_NOT = """
我明天去区里开证明，镇上让我等三天
我一个小区的邻居说你们乱收费
一楼大厅那个柜台可以办吗
村里修路，我家房子拆了
我在路上，开车呢，一会儿打过来
两个门店都关了，市场不好
你们总部在深圳吧，我查过
省点钱还你们
街道办的人来过了，说可以申请低保
还了三期了，第四期在下个月十号
我去北京出差了
我是湖南人
中国银行宝安支行
我在高铁上，快到武汉了
二期工程款没结
我家三室一厅
住院花了两万
住在朋友家里
厂家在出换件方案
"""


@pytest.mark.parametrize("marked", _FOUND.strip().splitlines())
def test_homes_are_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _NOT.strip().splitlines())
def test_places_of_all_stay(text: str) -> None:
    assert told(text, find(text)) == []
