"""Finds names in Chinese by reading a text in words: a name stands where words explain it worse.

Every way to cut the text into words and names is weighed, and the likeliest holds. A word costs
how rare it is (`chinese_words`), a name how rare its characters are in names and how little what
stands beside it leads to one. Costs are decimal logarithms. (The idea of names as arcs of a lattice
of words: Sproat et al., "A Stochastic Finite-State Word-Segmentation Algorithm for Chinese", 1996.)
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.redact.chinese_tables import (
    CLOSE,
    COMMON,
    DOUBLES,
    FOREIGN,
    GIVEN,
    KIN,
    NICKS,
    OFTEN_WORDS,
    ROLE,
    SINGLE,
    STOP,
    TITLES,
)
from callcoach.words.redact.chinese_words import tongues, words_from

_UNKNOWN: Final = 6.6
"""What a character costs that is no word."""
_ACROSS: Final = 1.0
"""What it costs that a word goes on over a gap."""
_INSIDE: Final = 1.0
"""What it costs that a name begins or ends where there is no gap."""
_RARE: Final = 6.0
"""What a word costs that is no likelier than a name of the same characters."""
_NAME: Final = 2.1
"""What it costs that there is a name at all."""
_ALONE: Final = 0.6
"""What it costs that a given name has one character."""
_OFTEN: Final = frozenset("有可之先起进然里中大天少才千百万九家子生能成方")
"""Characters of given names that are words more often."""
_ONE: Final = "一"
"""It begins given names of two characters: 一鸣."""
_LONGEST: Final = 4
_SOUNDS: Final = 6
"""Characters of the longest name written by its sound that is read as one."""
_REACH: Final = 7
"""Characters before a name that may lead to it."""
_LEADS: Final = re.compile(
    rf"(?:(?P<sure>(?:我|名|大名|全名|本名|你|他|她|一?个|位)叫|叫做|小时候叫|[后从]来叫|改名叫?|原名|曾用名|小名|乳名|外号|绰号|花名|人称|名字是|姓名是?|户名是?)"
    rf"|(?P<strong>[叫喊问][他她我]?|[我您你他她佢]就?[是系係]|是不是|请问|找(?:一下)?|揾|认识|[写填登记]+的是|[我俺咱他她]们?家|这里是|这边是|您好|你好|喂|姓名[:：]|本名|登记的是|客服"
    rf"|(?:{KIN}|{ROLE})(?:叫|是|写|填)?)[，,\s]?"
    r"|(?P<weak>[是给跟和让与替帮由向对写姓那]|联系|转告|通知|麻烦|没有|[的我你们]|上次|刚才)"
    r"|(?P<open>^|[，,。！？!?、：:“（(])|(?P<pause>\s))$"
)
_OF_FIRM: Final = re.compile(r"(?:[我您你]就?[是系係在]|[这里那]边?是|里是|的)$")
"""Behind these a firm is named as often as a person."""
_LEAD_WEIGHTS: Final = {"sure": 4.0, "strong": 2.5, "weak": 0.9, "open": 0.9, "pause": 0.6}
_TRAILS: Final = re.compile(
    rf"(?P<hail>[您你]好|[他她]?的(?:{KIN})|[他她](?:[爸妈爹娘哥姐弟妹婶叔]|媳妇|老公|老婆|男人|女人|儿子|女儿)|妈妈|爸爸|家长|先生|女士|小姐|太太|老师|师傅|本人|同学)"
    r"|(?P<strong>[在唔]?[在喺]?[吗呀]|在不在|在家|在唔|这个人|[这那](?:家伙|小子|丫头|人|货|混蛋|孩子|老头|姑娘|小伙|女人|男人)|是我|不是我|是谁|接电话|接一下|听电话|[哥姐叔婶嫂伯姨爷]|跟我|给我|说[的过她他]?|你|您)"
    r"|(?P<close>$|[\s，,。！？!?、：:；）)”])|(?P<weak>的|在|是|吧|呢|啊|啦|和|跟|也|就|他|她|我|已|都|没|会|要|来|去|有|不|那|什么|怎么|这|唔|喺|仲|话|帮|家|给|让|早|自己|用|打|签|答应|还|[明今昨前]天|[上下]周|上[个次午]|下午|早上|离婚|结婚|发烧|生病|住院|买|卖|拿|开|办|管|借|担保|欠|收|骗|过来|回来|上班|出差|又|再|从|把|被)"
)
_TRAIL_WEIGHTS: Final = {"hail": 2.5, "strong": 1.5, "close": 0.7, "weak": 0.5, "pause": 0.5}
_SAID_TWICE: Final = frozenset(
    "谢拜明对好是行嗯哦喂等天慢看说听想试常刚渐偏白家人妈爸爷奶哥弟姐妹叔伯公婆宝"
)
"""Characters that make a word where they are said twice."""
_NO_NICK: Final = frozenset("赖板师婆公家人实样百时区心额贷")
"""Characters that make a word behind 老 and 小."""
_OF_PLACES: Final = frozenset("园庄桥村路峪山湖寺宫门城源店记街坊镇殿楼馆阁洲岛港湾站")
"""Characters that end the name of a place or shop as often as a person's."""
_PLACE_AFTER: Final = frozenset(
    "店路园庄村桥炒烤煮卤面鸡鸭肉锅餐酒宾馆楼厅街镇寺宫庙湖坊站记斋殿祠塔"
)
"""Behind these a name is a place's or a shop's."""
_OF_TRADE: Final = frozenset("金银恒鑫汇盛宏达通融贷信诚源丰泰隆昌盾联创宝捷易速优农商惠")
"""Two of these are a firm's name as often as a person's: 金源."""
_ELDERS: Final = frozenset("哥姐叔嫂爷姨")
"""What somebody is called behind a character of the given name: 彪哥."""
_CLOSED_BY: Final = re.compile(r"$|[，,。！？!?\s]|先生|女士|小姐|太太")
_MOST_PARTS: Final = 4
"""Of a name of another tongue: 古丽·阿依·买买提."""
_Arc = tuple[float, int, int, int]
"""What a name costs, where the part that is hidden begins and ends, and where the arc ends."""


@lru_cache(maxsize=1024)
def find_people(
    text: str, *, is_asked: bool, gaps: frozenset[int] = frozenset()
) -> tuple[tuple[int, int], ...]:
    """Return the characters (start, end) of names in a text without spaces between them.

    `is_asked` says that the turn before asked for a name; `gaps` are the places where a recogniser
    that parts its words parted them, and where words and names are likelier to begin and end.
    """
    best = [0.0] + [float("inf")] * len(text)
    back: list[tuple[int, tuple[int, int] | None]] = [(0, None)] * (len(text) + 1)
    for start, char in enumerate(text):
        base = best[start]
        words = words_from(char)
        for end in range(start + 1, min(start + _LONGEST, len(text)) + 1):
            cost = words.get(text[start + 1 : end])
            if cost is None and end == start + 1:
                cost = _UNKNOWN
            if cost is None:
                continue
            if gaps:
                cost += _ACROSS * sum(gap in gaps for gap in range(start + 1, end))
            if base + cost < best[end]:
                best[end] = base + cost
                back[end] = (start, None)
        if not _may_begin(char, text[start + 1 : start + 2]):
            continue
        for cost, begin, past, end in _names(text, start, is_asked):
            if gaps:
                cost += _INSIDE * ((begin not in gaps) + (past not in gaps))
            if base + cost < best[end]:
                best[end] = base + cost
                back[end] = (start, (begin, past))
    found = []
    end = len(text)
    while end > 0:
        end, name = back[end]
        if name is not None:
            found.append(name)
    return tuple(reversed(found))


@lru_cache(maxsize=8192)
def _may_begin(char: str, after: str) -> bool:
    """Tell whether a name may begin with two characters; most begin none."""
    if char + after in tongues():
        return True
    if char in SINGLE or char in "老小阿" or char + after in DOUBLES or char + after in NICKS:
        return True
    is_given = char in GIVEN and (after in GIVEN or after in _ELDERS)
    return bool(after) and (is_given or (char in FOREIGN and after in FOREIGN))


def _names(text: str, start: int, is_asked: bool) -> Iterator[_Arc]:
    """Yield the names that begin at a character at which one may begin."""
    char = text[start]
    family = _family(text, start)
    is_nick = char in "老小阿"
    lead = _lead(text, start)
    if is_asked and lead in (_LEAD_WEIGHTS["open"], _LEAD_WEIGHTS["pause"]):
        lead += 1.5
    base = _NAME - lead
    if family:
        first = start + family
        cost = base + _family_cost(text[start:first])
        yield from _titled(text, start, first, cost)
        for end in range(first + 1, min(first + 2, len(text)) + 1):
            given = _given_cost(text[first:end])
            if given < _IMPOSSIBLE:
                yield _arc(text, start, end, cost + given)
    if text[start : start + 2] in NICKS and lead > 0:
        yield _arc(text, start, start + 2, base + 3.0)
    if is_nick and start + 1 < len(text):
        yield from _nicks(text, start, base)
    if char in GIVEN:
        yield from _given_alone(text, start, lead)
    if char in FOREIGN:
        yield from _foreign(text, start, lead)
    if text[start : start + 2] in tongues():
        yield from _of_tongue(text, start, lead)
    elif family and text[start + family : start + family + 2] in tongues():
        for end, _ in _told(text, start + family, 1):
            yield _arc(text, start, end, base + _family_cost(text[start : start + family]) + 2.0)


def _arc(text: str, start: int, end: int, cost: float) -> _Arc:
    """Return a name with what stands behind it."""
    word = words_from(text[start]).get(text[start + 1 : end], _UNKNOWN)
    penalty = 1.5 if word < _RARE else 0.0
    is_place = text[end - 1] in _OF_PLACES or text[end : end + 1] in _PLACE_AFTER
    penalty += (
        2.0 if end < len(text) and is_place and text[end] not in "吗说在签欠是的打接" else 0.0
    )
    penalty += 1.2 if end - start == 2 and _OF_TRADE.issuperset(text[start:end]) else 0.0
    return cost + penalty - _trail(text, end), start, end, end


def _titled(text: str, start: int, first: int, cost: float) -> Iterator[_Arc]:
    """Yield a family name with the title behind it, which is not hidden."""
    if text[first : first + 2] in TITLES:
        yield cost + 0.3, start, first, first + 2
    elif text[first : first + 1] in CLOSE:
        trail = _trail(text, first + 1) or -0.8
        yield cost + 1.5 - trail, start, first, first + 1
    if first - start > 1:
        yield cost + 1.5 - _trail(text, first), start, first, first


def _nicks(text: str, start: int, base: float) -> Iterator[_Arc]:
    """Yield 老王, 小贺 and 阿珍."""
    char, after = text[start], text[start + 1]
    if after in _NO_NICK or after in STOP:
        return
    end = start + 2
    if after in SINGLE:
        yield _arc(text, start, end, base + 1.0 + _family_cost(after))
    elif after in GIVEN and char != "老":
        yield _arc(text, start, end, base + 1.0 + 2.9)


def _given_alone(text: str, start: int, lead: float) -> Iterator[_Arc]:
    """Yield a given name without a family name: 儿子浩宇, 丽丽您好, 彪哥."""
    after = text[start + 1 : start + 2]
    if (
        after in _ELDERS
        and text[start] not in "小大老"
        and text[start] not in _OFTEN
        and text[start] not in STOP
    ):
        trail = _trail(text, start + 2)
        yield _NAME - lead + 4.4 - trail, start, start + 1, start + 2
    if not after or after not in GIVEN or text[start] in STOP or after in STOP:
        return
    end = start + 2
    trail = _trail(text, end)
    is_twice = after == text[start]
    if lead + trail < (1.3 if is_twice else 1.4) or (is_twice and after in _SAID_TWICE):
        return
    is_kin = trail == _TRAIL_WEIGHTS["hail"]
    if not is_kin and _OF_FIRM.search(text, max(start - 4, 0), start):
        return
    word = words_from(text[start]).get(after, _UNKNOWN)
    if word >= _RARE or lead >= _LEAD_WEIGHTS["strong"]:
        cost = _NAME - lead + 1.0 + _given_cost(text[start:end])
        yield _arc(text, start, end, cost - (1.5 if is_twice else 0.0))
        if text[end : end + 1] in _ELDERS:
            yield cost - _trail(text, end + 1), start, end, end + 1


def _foreign(text: str, start: int, lead: float) -> Iterator[_Arc]:
    """Yield a name written by its sound: 依力亚尔, 穆罕默德."""
    end = start + 1
    while end < len(text) and end - start < _SOUNDS and text[end] in FOREIGN:
        end += 1
        is_led = lead >= _LEAD_WEIGHTS["strong"] or _trail(text, end) >= _TRAIL_WEIGHTS["strong"]
        if end - start > 2 and is_led:
            yield _arc(text, start, end, _NAME - lead + 1.5 + 2.2 * (end - start))


def _of_tongue(text: str, start: int, lead: float) -> Iterator[_Arc]:
    """Yield names of another tongue, with a Chinese given name behind: 巴特尔, 爱新觉罗启星."""
    for end, count in _told(text, start, _MOST_PARTS):
        is_titled = text[end : end + 2] in TITLES
        trail = _TRAIL_WEIGHTS["hail"] if is_titled else _trail(text, end)
        if end - start > 2 or lead + trail > _ALONE:
            yield _arc(text, start, end, _NAME - lead + count - (trail if is_titled else 0.0))
        if lead >= _LEAD_WEIGHTS["strong"]:
            for past in range(end + 1, min(end + 3, len(text)) + 1):
                is_closed = _CLOSED_BY.match(text, past) is not None
                if is_closed and STOP.isdisjoint(text[end:past]):
                    yield _arc(text, start, past, _NAME - lead + count + 2.0 + past - end)
        for past in (end + 1, end + 2) if _trail(text, end) < _TRAIL_WEIGHTS["close"] else ():
            given = text[end:past]
            if len(given) == past - end and all(char in GIVEN for char in given):
                yield _arc(text, start, past, _NAME - lead + count + 1.0 + _given_cost(given))


def _told(text: str, start: int, most: int) -> Iterator[tuple[int, int]]:
    """Yield where names of other tongues end that follow one another, and how many they are."""
    ends = {start}
    for count in range(1, most + 1):
        ends = {
            at + 2 + len(rest)
            for at in ends
            for rest in tongues().get(text[at : at + 2], ())
            if text.startswith(rest, at + 2)
        }
        for end in sorted(ends):
            yield end, count
        ends = {end + (text[end : end + 1] == "·") for end in ends}


_IMPOSSIBLE: Final = 20.0


@lru_cache(maxsize=4096)
def _given_cost(given: str) -> float:
    """Return how rare the characters of a given name are."""
    if not all("一" <= char <= "鿿" for char in given) or given in TITLES or given in CLOSE:
        return _IMPOSSIBLE
    is_twice = len(given) == 2 and given[0] == given[1]
    cost = 0.15 if len(given) == 2 else _ALONE
    for char in given[:1] if is_twice else given:
        if char in GIVEN:
            cost += 3.3 if char in _OFTEN else 2.6
        elif char in STOP and not is_twice:
            return _IMPOSSIBLE
        elif given[0] == char == _ONE and given[1:] and given[1] in GIVEN:
            cost += 3.3
        else:
            often = words_from(char).get("", _UNKNOWN)
            cost += 4.0 + 1.5 * max(0.0, 5.1 - often) + _ALONE * (len(given) == 1)
    return cost + (4.0 if is_twice and given[0] in _SAID_TWICE else 1.5 * is_twice)


def _family(text: str, start: int) -> int:
    """Return of how many characters the family name is that may begin here; 0 for none."""
    if text[start : start + 2] in DOUBLES:
        return 2
    return 1 if text[start] in SINGLE else 0


@lru_cache(maxsize=1024)
def _family_cost(family: str) -> float:
    if len(family) == 2:
        return 2.6
    place = COMMON.find(family)
    cost = 2.8 if place < 0 else 1.3 if place < 10 else 1.8
    return cost + (1.5 if family in OFTEN_WORDS else 0.0)


def _lead(text: str, start: int) -> float:
    """Return how much what stands before a character leads to a name."""
    found = _LEADS.search(text, max(start - _REACH, 0), start)
    return _LEAD_WEIGHTS[found.lastgroup or ""] if found is not None else 0.0


def _trail(text: str, end: int) -> float:
    """Return how much what stands behind speaks for a name."""
    found = _TRAILS.match(text, end)
    return _TRAIL_WEIGHTS[found.lastgroup or ""] if found is not None else 0.0
