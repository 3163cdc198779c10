"""Finds Chinese names behind what nothing but a name stands behind: 我叫, 姓名是, 是…先生."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from callcoach.words.redact.chinese_tables import (
    BRANDS,
    CLOSE,
    DOUBLE,
    GIVEN,
    KIN,
    NOBODY,
    ROLE,
    SINGLE,
    STOP,
    TITLES,
)
from callcoach.words.redact.chinese_words import is_word
from callcoach.words.redact.model import Entity

_OWN: Final = (
    "(?:[我俺]|本人)(?:就|现在|的?(?:名字|大名|全名|姓名))?叫做?|[名字]叫做?"
    "|(?:名字|姓名|全名)[是：:]|姓名"
)
_OTHERS: Final = rf"(?:[你您他她]|{KIN})(?:的(?:名字|大名|全名))?叫做?"
_LEAD: Final = rf"(?:(?P<own>{_OWN})|{_OTHERS})[，,：:\s]?"
_FAMILY: Final = rf"(?:{DOUBLE}|[{SINGLE}])"
_CALLED: Final = re.compile(rf"{_LEAD}(?P<name>(?P<family>{_FAMILY})(?P<given>[一-鿿]{{1,2}}))")
_BEFORE_BRAND: Final = re.compile(rf"{_LEAD}$")
_TITLED: Final = re.compile(
    rf"(?:(?P<sure>[是找叫])|^|[\s，,。！？!?、给跟让]|请问|您好|你好|联系|麻烦|通知)"
    rf"(?P<name>{_FAMILY}(?P<given>[一-鿿]{{1,2}}))(?=先生|女士|小姐|太太)"
)
_IS: Final = re.compile(
    rf"(?<=我是)(?P<name>[{SINGLE}](?P<given>[一-鿿]{{1,2}}))(?=$|[\s，,。！？!?])"
)
_LABEL: Final = (
    "(?:户名|开户名|开户人|持卡人|收款人|收件人|收货人|联系人|担保人|共同借款人|借款人|签收人|受益人|被?保险?人|投保人|申请人|经办人|法人代表|法人|户主|车主|机主|业主"
    "|名字|姓名|全名|真名|本名|署名|抬头|对象|销售|介绍人)"
)
_PERSON: Final = rf"(?P<name>{_FAMILY}[一-鿿]{{1,2}}?)"
_CLOSE_OF: Final = r"(?=$|[，,。！？!?、\s]|吗|吧|还是|或者|的|对)"
_SLOTS: Final = tuple(
    (is_sure, re.compile(hint), re.compile(slot.replace("X", _PERSON)))
    for is_sure, hint, slot in (
        (
            True,
            "[名人件主抬对销]",
            rf"{_LABEL}(?:就?是|[写填][的着]?是?|为|叫|：|:)?[，\s]?X{_CLOSE_OF}",
        ),
        (False, "找|有没有|认识", r"(?:找一?下?|有没有|认识)X(?=$|[，,。！？!?\s])"),
        (False, "[叫是]", rf"(?:{KIN})(?:就?[叫是])X(?=$|[，,。！？!?\s])"),
        (
            False,
            "是[我他她]",
            rf"(?:^|[，,。\s])X是(?:我的?|[他她]的?)(?:{KIN})(?=$|[，,。！？!?\s]|[吗吧啊呀])",
        ),
        (
            True,
            "在[吗不家么]|接|听电话|本人",
            rf"(?:^|[，,。！？!?\s]|请问|[您你]好|喂|请|找一?下?|[您你]就?是|{KIN})X(?=在[吗不家么]|接一?下|[接听]电话|本人)",
        ),
        (
            False,
            "[吗吧]|本人",
            r"(?:请问[您你]?|[您你]就?|喂|这里)是X(?=[吗吧]|本人|对吗|家里?[吗吧])",
        ),
        (False, "的", rf"是X的(?:{KIN})(?=$|[，,。！？!?\s]|[吗吧啊呀])"),
        (False, "给", r"[转汇打寄交付借还]给X(?=$|[，,。！？!?\s])"),
        (False, "[跟和]", r"[跟和]X(?=说|讲|商量|沟通|联系|核实|确认|离婚|结婚)"),
        (False, "叫", r"(?:[有个位]|那个|这个|的)叫X(?=的|$|[，,。！？!?\s])"),
    )
)
"""Where nobody but a person stands, and what is there too; X is the name.

In some of them words of any meaning are names.
"""
_ANY_CALLED: Final = re.compile(
    r"(?:我(?:的?名字)?就?叫做?|大名叫?|小名叫?|我的名字是|姓名[是：:])(?P<name>[一-鿿]{2,3})(?=$|[，,。！!\s])"
)
"""A name that begins like no other: 我叫点点."""
_ANSWERS: Final = re.compile(
    rf"(?:^|[，,。\s]|嗯|哦|对)(?:我是|是|我叫|叫)?{_PERSON}(?=$|[，,。！？!?\s])"
)
_SAID_AS_NAME: Final = re.compile(
    rf"(?:^|{KIN}|{ROLE}|[，,。！？!?：:\s“\"（(、]|[叫是找请给跟让问姓写填和]|[您你]好|联系|通知|提醒|转告|喂)$"
)
_NAME_ENDS: Final = re.compile(
    r"$|[，,。！？!?\s”\"）)、]|先生|女士|小姐|太太|本人|在[吗不家么]|[吗吧的呢]|还是|您|你|接|[他她]|回|签|借|欠|名下|[今明昨]天|现在|已经|刚|不在|说|去|也|还没|跟|和"
)
_CLOSED: Final = re.compile(r"$|[\s，,。！？!?、：:；;（）()·]")
_GOES_ON: Final = re.compile(
    r"[我你您他她是的在吗啊呀吧呢哦嘛住欠今明昨现想要请这那身电手就不没有也都和跟说来打可给备帮转回发]"
)
"""What stands behind a name where a recogniser writes no marks."""
_NO_GIVEN: Final = frozenset("这那位个们的什么你我他她您人")
_NOWHERE: Final = frozenset(
    "的了吗呢吧是在我你您他她不没也都就还要会能想给把被让请谁哪什这那与和跟们个钱款啊呀哦嘛位人号些么对将已很"
)
"""Characters of no given name at all, where nobody but a person stands."""
_NO_OTHERS: Final = (STOP - GIVEN) | _NO_GIVEN
_MOVES: Final = frozenset("去来走开")
"""What somebody does with what was called: 我叫车去的."""
_LONGEST_LEAD: Final = 12


_NO_TITLED: Final = frozenset(
    ("谢谢", "明白", "房东", "单身", "高龄", "年轻", "年长", "商户", "农民", "司机", "成年", "相关")
)
"""Words that stand before 先生 and are nobody's name, whatever stands behind it."""
_HAILED: Final = re.compile(r"(?:先生|女士|小姐|太太)(?:[，,]?\s?[您你]|[，,：:！!。]|$)")
"""A hail: 时间先生，您好."""


def find_called(
    text: str, known: Mapping[int, int], *, is_asked: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the characters (start, end) of names that are said to be names.

    `is_asked` says that the turn before asked for a name. `known` are the places where names were
    found to begin and end: there it only adds what is left of one.
    """
    if "叫" in text or "名" in text:
        for found in _CALLED.finditer(text):
            end = _end(text, found, known.get(found.start("name"), 0))
            if end:
                yield found.start("name"), end
        for found in _ANY_CALLED.finditer(text):
            name = found["name"]
            is_twice = name == name[0] * 2
            is_name = not (is_word(name) or is_word(name[:2]) or is_word(name[-2:]))
            if is_twice or (is_name and _NO_OTHERS.isdisjoint(name)):
                yield found.span("name")
    for found in _IS.finditer(text) if "我是" in text else ():
        name, given = found["name"], found["given"]
        is_names = not is_word(name[:2]) or name[:2] == name
        if (
            is_names
            and _is_person(name)
            and given not in TITLES
            and (STOP | _NO_GIVEN).isdisjoint(given)
        ):
            yield found.span("name")
    for is_sure, hint, slot in _SLOTS:
        for found in slot.finditer(text) if hint.search(text) is not None else ():
            if _is_person(found["name"], is_sure=is_sure):
                yield found.span("name")
    for found in _ANSWERS.finditer(text) if is_asked else ():
        if _is_person(found["name"]):
            yield found.span("name")
    if any(title in text for title in ("先生", "女士", "小姐", "太太")):
        yield from (
            found.span("name")
            for found in _TITLED.finditer(text)
            if _is_titled(found, found.start("name") in known)
        )


def _is_person(name: str, *, is_sure: bool = False) -> bool:
    """Tell whether characters that stand where a name does are one: any, but words of no person."""
    given = name[2:] if re.match(DOUBLE, name) else name[1:]
    if not given or given in TITLES or given in CLOSE or name in TITLES or name[:2] in TITLES:
        return False
    if name in NOBODY or name[:2] in NOBODY or re.fullmatch(KIN, name):
        return False
    if len(name) == 2 and is_word(name):
        return is_sure or given in GIVEN
    is_words = len(name) > 2 and (is_word(name) or is_word(name[:2]))
    return not is_words and (_NOWHERE if len(name) > 2 else _NO_OTHERS).isdisjoint(given)


def stands_as_name(text: str, start: int, end: int) -> bool:
    """Tell whether a word that is somebody's name too is meant as one: 找高兴, not 很高兴."""
    if not is_word(text[start:end]):
        return True
    before = text[max(start - _LONGEST_LEAD, 0) : start]
    return _SAID_AS_NAME.search(before) is not None and _NAME_ENDS.match(text, end) is not None


def _is_titled(found: re.Match[str], is_known: bool) -> bool:
    """Tell whether what stands before 先生 is a name: not in 谢谢先生 and 房东先生."""
    name, given = found["name"], found["given"]
    if name in TITLES or name[:2] in TITLES or (is_known and given[-1] in SINGLE):
        return False
    if len(name) == 2 and name not in _NO_TITLED and _HAILED.match(found.string, found.end()):
        return _NO_GIVEN.isdisjoint(given)
    if found["sure"]:
        return _NO_GIVEN.isdisjoint(given)
    if len(name) == 2 and is_word(name):
        return given in GIVEN and name not in NOBODY
    return not (is_word(name) or is_word(name[:2])) and _NO_OTHERS.isdisjoint(given)


def is_brand(text: str, one: Entity) -> bool:
    """Tell whether a name is a make or somebody everybody knows, and nobody says it is theirs."""
    brand = BRANDS.match(text, one.start)
    if brand is None or brand.end() < one.end:
        return False
    return _BEFORE_BRAND.search(text, max(one.start - _LONGEST_LEAD, 0), one.start) is None


def _end(text: str, found: re.Match[str], known: int) -> int:
    """Return where a name ends that begins behind a lead; 0 for none, or no more than is known."""
    given, start = found["given"], found.start("given")
    if given in TITLES or (len(given) == 1 and given in CLOSE):
        return 0
    is_any = found["own"] or (len(given) == 1 and not is_word(found["name"]))
    none = _NO_GIVEN if is_any else _NO_OTHERS
    if _CLOSED.match(text, found.end()) and none.isdisjoint(given):
        return found.end()
    if known and (_CLOSED.match(text, known) or _GOES_ON.match(text, known)):
        return 0
    for length in range(len(given), 0, -1):
        part = given[:length]
        if part in _MOVES:
            continue
        is_name = not any(char in STOP and char not in GIVEN for char in part)
        if start + length <= known:
            break
        if (is_name or (length == 1 and found["own"])) and _GOES_ON.match(text, start + length):
            return start + length
    return 0
