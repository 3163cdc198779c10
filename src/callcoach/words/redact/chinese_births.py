"""Finds days of birth in Chinese as they are said: 九五年冬月十八, 民国七十九年四月八号."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Asked, Entity, Kind

_DIGIT: Final = r"[零〇一二三四五六七八九幺0-9]"
_GAP: Final = r"[\s，,、]?"
_YEAR: Final = (
    rf"(?:民国\s?(?:{_DIGIT}|十|百){{1,3}}|(?:{_DIGIT}\s?){{2}}(?:{_DIGIT}\s?){{0,2}}"
    rf"|[一二三四五六七八九]十[一二三四五六七八九]?)\s?年"
)
_LONG_AGO: Final = (
    rf"(?:民国\s?(?:{_DIGIT}|十|百){{1,3}}|(?:[一幺1]\s?[九9]\s?)[二三四五六七八九2-9]\s?{_DIGIT}|[二2]\s?[零〇0]\s?[零〇0]\s?{_DIGIT}"
    rf"|(?<!{_DIGIT})[三四五六七八九3-9]\s?{_DIGIT}|[四五六七八九]十[一二三四五六七八九]?)\s?年"
)
_MONTH: Final = (
    r"(?:闰?(?:十[一二]?|[正冬腊]|元(?!旦)|1[0-2]|0?[1-9]|[零〇]?[一二两三四五六七八"
    r"九])\s?月(?:份)?)"
)
_DAY: Final = (
    r"(?:(?:大年)?初[一二三四五六七八九十]|廿[一二三四五六七八九]?|卅|三十[一]?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?"
    r"|[一二三]\s?[零〇一二三四五六七八九](?![零〇一二三四五六七八九])|[零〇]?[一二三四五六七八九]|[0-3]?[0-9](?![0-9]))\s?[号日]?(?![个年月天元块期万千百点])"
)
_FEAST: Final = (
    r"(?:除夕|大年三十|大年初[一二三四五六七八]|年三十|元宵|端午|中秋|重阳|[八七正]月"
    r"半|国庆|元旦|小年|八一)(?:节|那天)?"
)
_ERA: Final = r"(?:农历|阴历|旧历|阳历|公历|新历|阴|老历|古历)?(?:的|是)?"
_MONTH_DAY: Final = rf"(?:{_MONTH}{_GAP}的?{_DAY}|{_FEAST})"
_OLD_DAY: Final = re.compile(rf"{_LONG_AGO}{_GAP}{_ERA}(?:{_MONTH_DAY}|{_MONTH}(?:底|初|中旬)?)")
_ANY_DAY: Final = re.compile(
    rf"(?:{_YEAR}{_GAP}{_ERA})?(?:{_MONTH_DAY}|{_FEAST})|{_YEAR}{_GAP}{_ERA}{_MONTH}|{_YEAR}"
)
_WRITTEN: Final = re.compile(
    r"(?<![\d.])(?:19|20)?\d\d[./-]\d{1,2}[./-]\d{1,2}(?![\d.])|(?<!\d)(?:19[2-9]\d|200\d|201\d)(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
)
_HINT: Final = re.compile("[年月]|[./-]|生")
_ARRIVED: Final = re.compile(
    r"\s?(?:[号日份]|那会儿?|的时候|左右|前后|就|才|我|我们|他们|已经|在[^，。]{1,6})*\s?(?:买|借|贷|办|开(?:的|户|通|始)|入|结|毕|搬|还|到期|签|装|建|工作|参加|嫁|来的?|退|转|离|去|起|以|至|到|上|下|拆|盖|修|当|分|申请|注册|成立|发|做|逾期|放|进)"
)
"""What is told of other days."""
_BORN_BEFORE: Final = re.compile(
    r"(?:生日|出生|生于|[几哪]年生|周岁|寿辰|诞辰|八字)(?:[^。！？!?；;]{0,16})$"
)
_BORN_BEHIND: Final = re.compile(
    r"[号日]?[，,]?(?:那[天年]|的|我|他|她|是我|是他|是她|您)*(?:出生|过(?:[一二三四五六七八九十]{1,3})?(?:岁生|大寿|寿|生)|满月|周岁|生(?![意气活病效产])|生日|生人|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|满月)"
)
_OF_PERSON: Final = re.compile(
    r"[号日]?的(?:人|老人|嘛|吧|对吧|对吗|吗|啊|呀|哦|[，,。？！?!\s]|$)"
)
_PERSON: Final = re.compile(
    r"(?:[我您你他她]|妈|爸|先生|女士|老公|老婆|爱人|儿子|女儿|人)(?:本人)?(?:就|也|才)?(?:是|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?[，,\s]?)?$"
)
_REACH: Final = 24


def find_chinese_births(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the days of birth of a text in simplified characters without spaces between them.

    A day so long ago that nobody pays for it is one, unless it is said what else happened then.
    """
    if _HINT.search(text) is None:
        return
    is_asked = Kind.BIRTH in asked.kinds
    for day in _OLD_DAY.finditer(text):
        if _ARRIVED.match(text, day.end()) is None:
            yield _entity(day, "a day long ago")
    for pattern in (_ANY_DAY, _WRITTEN):
        for day in pattern.finditer(text):
            if is_asked or _is_birth(text, day.start(), day.end()):
                yield _entity(day, "day of birth")


def _is_birth(text: str, start: int, end: int) -> bool:
    """Tell whether what stands around a day says that somebody was born on it."""
    before = text[max(start - _REACH, 0) : start]
    if _BORN_BEHIND.match(text, end) or _BORN_BEFORE.search(before):
        return True
    is_day = "月" in text[start:end] and before.endswith(("是", "我", "属"))
    return (
        (text[start:end].endswith("年") or (is_day and text[end : end + 1] == "的"))
        and _PERSON.search(before) is not None
        and (_OF_PERSON.match(text, end) is not None or "属" in before[-4:])
    )


def _entity(day: re.Match[str], why: str) -> Entity:
    return Entity(Kind.BIRTH, *day.span(), why, "".join(day.group().split()))
