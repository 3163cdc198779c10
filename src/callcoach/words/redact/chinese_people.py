"""Finds names in Chinese by evidence: the family name, its characters and what stands around.

Each place where a family name may begin is weighed with one and with two characters behind it; the
pieces of evidence are added, and the heavier reading holds if it is heavy enough.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.redact.chinese_tables import (
    DOUBLES,
    GIVEN,
    KIN,
    OFTEN_WORDS,
    ROLE,
    SINGLE,
    STOP,
    TITLES,
    WORDS,
)
from callcoach.words.redact.chinese_words import is_word

_COMMON: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万覃武戴莫孔汤"
)
"""The family names of nine people in ten."""
_WITH_SURNAME: Final = re.compile(f"[{SINGLE}阿小]|{'|'.join(sorted(DOUBLES))}")
_GIVEN_ONLY: Final = re.compile(
    rf"(?:{KIN}|我家|我们家)(?:叫|是)?(?P<name>[一-鿿]{{2}})"
    r"|(?:^|(?<=[，,。！？!?\s叫]))(?P<twice>(?P<one>[一-鿿])(?P=one))(?=您好|你好|[，,]|的|在|啊|$)"
    r"|(?<=叫)(?P<child>[一-鿿]子)(?=[，,。的]|$)"
)
"""A given name behind who it is, or said twice: 丽丽."""
_LEADS: Final = re.compile(
    rf"(?:(?P<strong>叫|名字是|姓名是?|户名是?|[我您你他她]就?[是系]|是不是|请问|找(?:一下)?|认识|这里是|这边是|您好|你好|喂|姓名[:：]"
    rf"|(?:{KIN})(?:叫|是)?|(?:{ROLE})(?:叫|是)?)"
    r"|(?P<weak>[是给跟和让请问与替帮喊由向对写有的姓那]|联系|转告|通知|麻烦|没有)|(?P<open>^|[\s，,。！？!?、：:“（(]))$"
)
_LEAD_WEIGHTS: Final = {"strong": 3.0, "weak": 1.75, "open": 1.5}
_SAID_TWICE: Final = frozenset(
    "谢拜明对好是行嗯哦喂等天慢看说听想试常刚渐偏白家人妈爸爷奶哥弟姐妹叔伯公婆宝"
)
"""Characters that make a word where they are said twice."""
_CLOSE: Final = frozenset("生太姐哥叔婶嫂伯总队工董姨")
"""Titles of one character."""
_REACH: Final = 6
"""Characters before a name that may lead to it."""
_TRAILS: Final = re.compile(
    r"(?P<strong>先生|女士|小姐|太太|老师|师傅|本人|[在来]?吗|在不在|在家|这个人|是我|不是我|是谁|接电话|接一下|听电话|跟我|给我|说[的过她他]?)"
    r"|(?P<close>$|[\s，,。！？!?、：:；）)”])|(?P<weak>的|在|是|吧|呢|啊|和|跟|也|就|他|她|您|你|我|已|都|没|会|要|来|去|有|不|那|什么|怎么|这|唔|喺|仲|话|帮)"
)
_TRAIL_WEIGHTS: Final = {"strong": 2.0, "close": 1.5, "weak": 0.75}
_LEAST: Final = 4.5
"""The weight of a name."""


def find_people(text: str) -> Iterator[tuple[int, int]]:
    """Yield the characters (start, end) of names in a text without spaces between them."""
    for found in _GIVEN_ONLY.finditer(text):
        start, end = found.span(found.lastgroup or "name")
        name = text[start:end].replace("子", "")
        is_free = not is_word(name) and name not in TITLES and _TRAILS.match(text, end) is not None
        is_twice = name == name[:1] * 2 and name[0] not in STOP and name[0] not in _SAID_TWICE
        is_given = name[:1] != name[1:] and name[0] not in SINGLE and GIVEN.issuperset(name)
        if is_free and (is_twice or is_given):
            yield start, end
    past = 0
    for found in _WITH_SURNAME.finditer(text):
        start = found.start()
        if start < past:
            continue
        best, end = max(_readings(text, start))
        if best >= _LEAST:
            yield start, end
            past = end


def _readings(text: str, start: int) -> Iterator[tuple[float, int]]:
    """Yield the weight of each reading of what begins at `start`, and where it ends."""
    family = 2 if text[start : start + 2] in DOUBLES else 1
    lead = _LEADS.search(text, max(start - _REACH, 0), start)
    before = _LEAD_WEIGHTS[lead.lastgroup or ""] if lead is not None else -0.5
    yield 0.0, start
    if before <= 0:
        return
    if is_word(text[max(start - 1, 0) : start + 1]) and (
        lead is None or lead.lastgroup != "strong"
    ):
        before -= 2.0
    for end in range(start + family + 1, min(start + family + 2, len(text)) + 1):
        trail = _TRAILS.match(text, end)
        after = _TRAIL_WEIGHTS[trail.lastgroup or ""] if trail is not None else -1.0
        if trail is None and is_word(text[end - 1 : end + 1]):
            after -= 1.0
        if text[end - 1] == text[start] and text[end : end + 2] in TITLES:
            after -= 3.0
        yield before + after + _weight(text[start:end], family), end


def _nick_weight(name: str) -> float:
    """Return how much 阿德 and 小军 speak for themselves: one character, and no word."""
    if len(name) != 2 or is_word(name) or name[1] in STOP or name in ("小额", "小贷", "小区"):
        return -9.0
    if name[0] == "阿" and name[1] in GIVEN:
        return 2.5
    return 2.0 if name[1] in GIVEN or name[1] in SINGLE else 1.0 if name[0] == "阿" else -9.0


@lru_cache(maxsize=4096)
def _weight(name: str, family: int) -> float:
    """Return how much characters by themselves speak for a name."""
    given = name[family:]
    if given in TITLES or given in _CLOSE:
        return -9.0
    if not given.isalpha() or not all("一" <= char <= "鿿" for char in given):
        return -9.0
    if name[0] in "阿小":
        return _nick_weight(name)
    weight = 2.0 if family == 2 else 1.0 if name[0] in _COMMON else 0.5
    if name[0] in OFTEN_WORDS:
        weight -= 1.5
    if family == 1 and (is_word(name[:2]) or name[:2] in WORDS or name[:3] in WORDS):
        weight -= 3.0
    is_doubled = len(given) == 2 and given[0] == given[1]
    for char in given:
        weight += 0.75 if char in GIVEN else -3.0 if char in STOP and not is_doubled else 0.0
    if len(given) == 2:
        weight += 0.5 - (0.75 if is_word(given) else 0.0) + (0.5 if is_doubled else 0.0)
    return weight
