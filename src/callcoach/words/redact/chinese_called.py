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
    rf"(?<=我是)(?P<name>[{SINGLE}](?P<given>[一-鿿]{{2}}))(?=$|[\s，,。！？!?])"
)
_CLOSED: Final = re.compile(r"$|[\s，,。！？!?、：:；;（）()·]")
_GOES_ON: Final = re.compile(
    r"[我你您他她是的在吗啊呀吧呢哦嘛住欠今明昨现想要请这那身电手就不没有也都和跟说来打可给]"
)
"""What stands behind a name where a recogniser writes no marks."""
_NO_GIVEN: Final = frozenset("这那位个们的什么你我他她您人")
_NO_OTHERS: Final = (STOP - GIVEN) | _NO_GIVEN
_LONGEST_LEAD: Final = 12


def find_called(text: str, known: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the characters (start, end) of names that are said to be names.

    `known` are the places where names were found to begin and end: there it only adds what is
    left of one.
    """
    if "叫" in text or "名" in text:
        for found in _CALLED.finditer(text):
            end = _end(text, found, known.get(found.start("name"), 0))
            if end:
                yield found.start("name"), end
    for found in _IS.finditer(text) if "我是" in text else ():
        name, given = found["name"], found["given"]
        is_names = is_word(given) and not is_word(name) and not is_word(name[:2])
        if is_names and (STOP | _NO_GIVEN).isdisjoint(given):
            yield found.span("name")
    if any(title in text for title in ("先生", "女士", "小姐", "太太")):
        yield from (
            found.span("name")
            for found in _TITLED.finditer(text)
            if _is_titled(found, found.start("name") in known)
        )


def _is_titled(found: re.Match[str], is_known: bool) -> bool:
    """Tell whether what stands before 先生 is a name: not in 谢谢先生 and 房东先生."""
    name, given = found["name"], found["given"]
    if name in TITLES or name[:2] in TITLES or (is_known and given[-1] in SINGLE):
        return False
    if found["sure"]:
        return _NO_GIVEN.isdisjoint(given)
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
        is_name = not any(char in STOP and char not in GIVEN for char in part)
        if start + length <= known:
            break
        if (is_name or (length == 1 and found["own"])) and _GOES_ON.match(text, start + length):
            return start + length
    return 0
