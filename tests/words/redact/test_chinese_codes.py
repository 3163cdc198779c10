"""Plates, user names, e-mail and codes that are spelled in Chinese, and other letters."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_FOUND = """
微信号是{username:l x q 幺九八八}
微信搜{username:sunny_girl99}
登录名是{username:chenjie0921}
支付宝账号是{username:wangfang.78}
昵称{username:一米阳光}
抖音叫{username:老李钓鱼}
微博{username:@小熊饼干的春天}
微信名叫“{username:快乐的大肥猫}”
游戏ID叫{username:孤独的狼}
淘宝名 {username:t b 幺二三四五}
车牌{plate:鲁 q 幺三 k 八二}
是{plate:粤B D12345}，绿牌
{plate:皖A·7K2M9}
{plate:京 n 洞洞七八九}
{plate:浙B}的，{plate:浙B 66K21}
车号{plate:津C 后面 8T231}
电动车牌{plate:034881}
护照 {id:E A 1 2 3 4 5 6 7}
护照号{id:e j 三四五六七八九}
营业执照{id:91440300MA5F2K7X1B}
居留证号{id:AC01234567}
邮箱{email:wang lei 二零零八 艾特 幺二六 点 com}
邮箱是{email:张伟全拼加零七艾特163点com}
安全词是{secret:红烧肉}
密码设{secret:三个七三个八}
"""
_NOT = """
你加我微信吧
微信转给你行不行
我的微信被盗了
我在app上看过了
打开支付宝扫一下
登录名错了进不去
昵称是什么我忘了
q q 上说不清楚
我用的是iPhone 15
密码忘了
答案不对
"""


@pytest.mark.parametrize("marked", _FOUND.strip().splitlines())
def test_what_is_spelled_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _NOT.strip().splitlines())
def test_other_letters_stay(text: str) -> None:
    assert told(text, find(text)) == []
