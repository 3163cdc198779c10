"""Reads places in Chinese part by part: 都安县 地苏镇 大定村, 科苑路 大冲国际中心 3座 18楼."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from callcoach.words.redact.chinese_place_words import (
    BESIDE,
    NAMED,
    NUM,
    PROVINCES,
    SUFFIX,
    SUFFIXES,
    TRAPS,
    UNIT,
    Part,
)
from callcoach.words.table_file import table_lines

_SEPARATED: Final = re.compile(
    r"[\s，,]{0,2}(?:(?:那边|那里|这边)?的?那个|这个|那边的?|的(?=[^，。]{1,8}(?:楼|店|宿舍|小区|家属院|公寓|院子|平房)))?"
)
_HOUSE: Final = re.compile(
    rf"{NUM}(?:号楼|栋|幢|座|单元)(?:[东西]?)\s?[A-Za-z]?{NUM}(?!\s?[元块万千百天个月年])"
)
PROVINCE: Final = re.compile(f"(?:{PROVINCES})省?")
"""Alone nobody's address."""
_YARD: Final = re.compile(
    r"(?:那[个栋座户家排]|的)[一-鿿]{0,4}(?:院子|房子?|楼|平房|店|门面|铺子)$"
)
_OF_SHOP: Final = re.compile(
    "[^，。！？]{0,4}?(?:店|支行|分行|网点|营业[部厅]|酒店|餐[厅馆]|食堂|景点|景区|公园|服务区|收费站|人民?法院|政府|街道办|公司|集团)"
)
"""Behind a place these make it a shop's or an office's."""
_SIGN: Final = re.compile(
    "[省市区县旗州盟镇乡村屯寨庄路街巷弄栋幢座苑邨阁庭轩厂]|[0-9零一二三四五六七八九十百]\\s?(?:[号弄坊连团组队层楼室单杠-])|国际|中心|胡同|[农林牧团渔茶盐工]场|嘎查|苏木|大[厦院队]|社区|公寓|花园|家园|[东西南北后前对旁][边面头]|老家|[城园湾里]"
)
"""Something that every address holds, near its beginning."""
_REACH: Final = 10
"""Characters of the longest name before a sign."""
_MOST: Final = 80


_NAME_OF_HOUSE: Final = re.compile(
    rf"(?P<estate>{NAMED}{{2,7}}?)(?=[，,\s]?(?:[A-Za-z东西南北]?\s?{NUM}?(?:号楼|栋|幢|座|单元|期|区)|[A-Za-z]?[0-9]{{1,3}}-[0-9]"
    rf"|{NUM}[楼层室]|门面|地下室|[一二三四五六七八九十]排|对面|后门|楼下|旁边|那[栋幢]|门口))"
)
"""An estate that nothing but its name tells, behind a wider place and before a house."""
_WIDER: Final = frozenset((Part.REGION, Part.DISTRICT, Part.TOWN, Part.ROAD, Part.UNIT, Part.LOOSE))


Chain = tuple[tuple[Part, ...], int, int]
"""Parts that follow one another, and where they begin and end."""


_HOUSED: Final = (
    rf"(?P<loose_>{NAMED}{{2,7}}?(?=[A-Za-z]座\s?[0-9]|{NUM}(?:栋|幢|号楼)[A-Za-z0-9一"
    rf"二三四五六七八九十]|[0-9]{{1,3}}-[0-9]{{1,3}}-[0-9]{{2,4}}))"
)
"""An estate before a house and a room."""


@lru_cache(maxsize=1)
def _known() -> str:
    """Return a pattern of the places that everybody knows, the longest first."""
    words = {word for line in table_lines("redact/chinese_places.txt") for word in line.split()}
    by_first: dict[str, list[str]] = {}
    for word in sorted((*words, *PROVINCES.split("|"))):
        by_first.setdefault(word[0], []).append(word[1:])
    return "|".join(
        f"{first}(?:{'|'.join(sorted(rest, key=len, reverse=True))})"
        for first, rest in by_first.items()
    )


@lru_cache(maxsize=1)
def _part() -> re.Pattern[str]:
    """Return the pattern of one part of an address."""
    region = rf"(?P<region>(?:{_known()})(?:[省市县区]|自治区|地区)?(?![省市县区镇乡村路街巷屯道]))"
    beside = (
        rf"(?P<beside>(?:的)?{BESIDE}(?:(?:那[个排栋家座]|的)[一-鿿]{{1,4}}?(?:院子|"
        rf"房子?|楼|平房|铺子|小卖部|店|门面)(?!租))?)"
    )
    return re.compile(
        rf"(?P<unit>{UNIT})|{region}|{beside}|(?P<village_>嘎查(?=[一-鿿]))|(?P<landmark_>{SUFFIXES[Part.LANDMARK]})|{NAMED}{{1,7}}?(?:[0-9]{{1,3}}(?=[城区院街路]))?(?:{SUFFIX})|{_HOUSED}"
    )


def read_places(text: str, leads: Sequence[int] = ()) -> Iterator[Chain]:
    """Yield the parts of addresses that follow one another, and where they begin and end.

    Behind `leads` a place may stand that nothing but its name tells.
    """
    pattern, at = _part(), 0
    while True:
        sign = _SIGN.search(text, at)
        lead = min((place for place in leads if place >= at), default=len(text))
        near = len(text) if sign is None else max(at, sign.start() - _REACH)
        if min(near, lead) == len(text):
            return
        first = pattern.match(text, lead) if lead <= near else None
        first = first or pattern.search(text, max(at, near))
        if first is None:
            return
        parts: list[Part] = []
        begin = end = first.start()
        found: re.Match[str] | None = first
        while found is not None and end - begin < _MOST:
            if found.group() in TRAPS or (found.group().endswith("期") and not parts):
                break
            parts.append(Part((found.lastgroup or "").rstrip("_")))
            end = found.end()
            gap = _SEPARATED.match(text, end)
            past = gap.end() if gap is not None else end
            found = pattern.match(text, end) or (pattern.match(text, past) if past > end else None)
            found = found or (_NAME_OF_HOUSE.match(text, past) if parts[-1] in _WIDER else None)
        if parts:
            yield tuple(parts), begin, end
        at = max(end, first.start() + 1) if parts else first.end()


def is_address(
    parts: tuple[Part, ...], said: str, behind: str, *, is_led: bool, is_near: bool = False
) -> bool:
    """Tell whether parts are somebody's address, and no town, shop or line of talk.

    `behind` is what stands right behind them; `is_led` says that a word like 住在 leads to them, or
    that an address was asked for, `is_near` that one like 人在 does.
    """
    kinds, units = set(parts), parts.count(Part.UNIT)
    wide = kinds & {Part.REGION, Part.DISTRICT}
    if not is_led and not units and _OF_SHOP.match(behind) is not None:
        return False
    firm = kinds & {Part.TOWN, Part.VILLAGE, Part.ROAD, Part.ESTATE}
    if _HOUSE.search(said) is not None:
        return True
    if units and firm and parts[0] is not Part.UNIT:
        return True
    if units > 1 and (wide or Part.LOOSE in kinds) and parts[0] is not Part.UNIT:
        return True
    is_fine = Part.DISTRICT in kinds or Part.TOWN in kinds or Part.UNIT in kinds or len(parts) > 2
    if wide and firm & {Part.TOWN, Part.VILLAGE, Part.ROAD} and is_fine:
        return True
    if {Part.TOWN, Part.VILLAGE} <= kinds or {Part.TOWN, Part.LOOSE} <= kinds:
        return True
    if (
        Part.ROAD in parts[:-1]
        and parts[-1] in (Part.LOOSE, Part.ESTATE)
        and not said.endswith("里")
    ):
        return True
    is_beside = Part.BESIDE in kinds and parts[0] is not Part.BESIDE
    if is_beside and wide and kinds & {Part.ESTATE, Part.LOOSE}:
        return True
    if is_beside and (Part.LANDMARK in kinds or Part.LOOSE in kinds) and _YARD.search(said):
        return True
    if is_beside and Part.LANDMARK in kinds and (is_led or wide or firm):
        return True
    if {Part.LANDMARK, Part.ESTATE} <= kinds:
        return True
    if Part.BESIDE in kinds and firm & {Part.TOWN, Part.VILLAGE} and parts[0] is not Part.BESIDE:
        return True
    if is_near and wide and kinds & {Part.ESTATE, Part.LOOSE}:
        return True
    return is_led and bool(firm or units or Part.DISTRICT in kinds or (wide and len(parts) > 1))
