"""Tells what a turn in Chinese asks for, where no word of `contexts` says it: 宠物叫什么."""

import re
from typing import Final

from callcoach.words.redact.model import Kind

_KINDS: Final = (
    (
        Kind.USERNAME,
        re.compile(
            r"用户名|微信(?:号|名|账号|是|多少|叫)|(?:加|[您你]的?)微信|登[录陆](?:名|账号|帐号)|昵称|网名|qq|抖音号|游戏(?:账号|名|id)|账号名|会员名"
            r"|\bline\b\s?的?\s?id|支付[宝寶](?:账号|帳號)"
        ),
    ),
    (Kind.PLATE, re.compile("车牌|車牌|牌照|车号|車號|号牌")),
    (
        Kind.SECRET,
        re.compile(
            "宠物|寵物|最喜[欢歡]|最爱|(?:母亲|妈妈|父亲|爸爸)的?(?:姓|名)|第[一二两三]个?[問问][题題]|第一[份辆輛只隻部台]"
            "|班主任|偶像|初恋|座右铭|(?:小学|中学|高中|大学)(?:叫|是哪|的名|在哪)|纪念日"
        ),
    ),
    (Kind.BIRTH, re.compile("哪一?年的|属(?:什么|啥)|多大(?:年纪|岁数)|生辰|几月几[号日]的?生")),
)
MAY_ASK: Final = re.compile(
    "微信|qq|line|游戏|昵称|网名|抖音|名|牌|车号|車號|宠物|寵物|最喜|最爱|问题|第一|班主任|偶像|初恋|纪念日|[妈亲爸]|学|属|多大|生"
)
"""Something that each of these holds, and each request to say it again."""
_AGAIN: Final = re.compile(
    r"(?:再|重新)(?:[说說报報念讲講来來]|确认)一?[遍次下]|重[复複]一[遍下次]|[没沒]听清|[听聽]不清|慢一?[点點]|什么来着"
    r"|(?:然后|后面|后边|接着|下面|接下来|还有)(?:的|是|就是)?呢|继续|接着[说說报報念]"
)


def kinds_asked(text: str) -> set[Kind]:
    """Return what a turn asks for, if it asks."""
    found = {kind for kind, asks in _KINDS if asks.search(text) is not None}
    return found - ({Kind.USERNAME} if Kind.SECRET in found else set())


def with_asked(text: str, kinds: set[Kind]) -> set[Kind]:
    """Return what a turn asks for with what other words of it ask for.

    The name and the number of an account on which somebody writes are its user name.
    """
    asked = kinds_asked(text)
    return (kinds - {Kind.NAME, Kind.ACCOUNT} if Kind.USERNAME in asked else kinds) | asked


def is_again(text: str) -> bool:
    """Tell whether the same is wanted once more: 麻烦再说一遍."""
    return _AGAIN.search(text) is not None
