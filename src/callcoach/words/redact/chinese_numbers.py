"""Finds numbers told in Chinese with words between: 幺三八 然后 四个零, 三幺二叉, 转 八零二."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Asked, Entity, Kind

_DIGITS: Final = "[0-9零〇一二三四五六七八九幺洞拐]"
_CROSSED: Final = re.compile(rf"(?<![a-z]){_DIGITS}(?:\s?{_DIGITS}){{2,16}}\s?(?:叉|x(?![a-z0-9]))")
"""The end of an identity number: 三幺二叉."""
_LAST: Final = re.compile(
    r"(?:最后|末尾?|尾巴)(?:那?一?[位个])?(?:数字?|字母)?(?:是|为)?(?:一?个|大写的?|字母|\s)*(?P<x>x|叉)(?![a-z])"
)
_CROSS: Final = re.compile(r"(?<![a-z])(?:x|叉)(?![a-z])")
"""What the last of its signs is, alone."""
_TAIL: Final = re.compile(
    rf"(?:尾号|[后末][三四六]位)(?:就?是|为|[\s：:])*(?P<x>{_DIGITS}\s?{_DIGITS}\s?(?:叉|x(?![a-z0-9])))"
)
_THREE: Final = re.compile(rf"(?:{_DIGITS}\s?){{3}}|个\s?{_DIGITS}")
_HONG_KONG: Final = re.compile(
    rf"(?<![a-z])[a-z]{{1,2}}\s?(?:{_DIGITS}\s?){{6}}(?:[(（]\s?(?:{_DIGITS}|a)\s?[)）]?|括号\s?(?:里面?)?(?:是)?\s?(?:{_DIGITS}|a))"
)
_EXTENDED: Final = re.compile(
    rf"{_DIGITS}(?:[\s-]?{_DIGITS}){{6,11}}\s?[，,]?(?:转|分机)\s?{_DIGITS}(?:\s?{_DIGITS}){{1,4}}"
)
_MANY: Final = rf"(?:[两二三四五六七八]个\s?{_DIGITS}|{_DIGITS})"
_MOBILE: Final = re.compile(
    rf"(?<!{_DIGITS})[幺一1]\s?[三四五六七八九3-9](?:(?:\s|[，,、]|然后是?|后面是?|再|接着|中间是?|最后是?)*{_MANY}){{3,9}}(?!{_DIGITS}|\s?[元块万千百期])"
)
"""A mobile number with words between its groups: 幺三八 然后 四个零 八八八八."""
_HOW_MANY: Final = "零一两三四五六七八"
_JOINED: Final = re.compile("[个然后再接中最，,、]")
"""Something that other rules do not read over."""
_TIMES: Final = re.compile(rf"([两二三四五六七八])个\s?({_DIGITS})")
_WHOLE_MOBILE: Final = 11
_SERIAL: Final = re.compile(
    r"(?:(?![是为号证])[一-鿿]){1,2}字第?\s?[0-9零〇一二三四五六七八九幺\s-]{5,14}号?"
)
"""An officer's card: 南字第 2034567 号."""
_DICTATED: Final = re.compile(
    r"(?<![第\d、，,.])\d(?:\s?[、，,]\s?\d){3,18}(?![\d、]|\s?[期个月号天点楼块元年])"
)
_MARKED: Final = re.compile(r"\d\s?[、，,]\s?\d")
"""Single digits with marks between: 7、3、9、2."""
_ALNUM: Final = re.compile("[a-z0-9零〇一二三四五六七八九幺洞拐]")
_ASKABLE: Final = (Kind.SECRET, Kind.ID, Kind.CARD, Kind.PHONE, Kind.ACCOUNT)


def find_chinese_numbers(text: str, asked: Asked) -> Iterator[Entity]:
    """Yield the numbers of a text in simplified characters that other rules do not read as one."""
    low = text.lower()
    if len(low) != len(text):
        return
    for serial in _SERIAL.finditer(low) if "字" in low else ():
        yield Entity(Kind.ID, *serial.span(), "serial number", _plain(serial.group()))
    for found in _DICTATED.finditer(low) if _MARKED.search(low) is not None else ():
        kind = next((one for one in _ASKABLE if one in asked.kinds), Kind.NUMBER)
        yield Entity(kind, *found.span(), "digits with marks between", _plain(found.group()))
    if "x" in low or "叉" in low:
        for found in (*_LAST.finditer(low), *_TAIL.finditer(low)):
            yield Entity(Kind.ID, *found.span("x"), "sign of an identity number", found["x"])
        for found in _CROSS.finditer(low) if Kind.ID in asked.kinds else ():
            yield Entity(Kind.ID, *found.span(), "sign of an identity number", "x")
    if _THREE.search(low) is None:
        return
    for kind, pattern in ((Kind.ID, _CROSSED), (Kind.ID, _HONG_KONG), (Kind.PHONE, _EXTENDED)):
        for found in pattern.finditer(low):
            yield Entity(kind, *found.span(), "number with a sign", _plain(found.group()))
    for found in _MOBILE.finditer(low):
        told = _TIMES.sub(_repeated, found.group())
        if _JOINED.search(found.group()) and len(_ALNUM.findall(told)) == _WHOLE_MOBILE:
            yield Entity(Kind.PHONE, *found.span(), "mobile number", _plain(told))


def _repeated(many: re.Match[str]) -> str:
    """Return the digits that 三个八 is."""
    return many[2] * _HOW_MANY.index(many[1].replace("二", "两"))


def _plain(part: str) -> str:
    return "".join(_ALNUM.findall(part))
