"""Finds the days that somebody was born on, in digits or in words."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.months import MONTH
from callcoach.words.numbers import find_days
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech

_BORN: Final = re.compile(
    r"\bbirth\w*\b|\b(?:turn\w*|be)\s+(?:[a-z]+ty(?:[\s-][a-z]+)?|\d\d)\s+(?:on|in)\b|\bd\.?o\.?b\b|\bborn\b|生日|出生|生于|生於",
    re.IGNORECASE,
)
_HINTS: Final = ("turn", "ty on", "ty in", "birth", "born", "dob", "d.o", "生")
_IS_BORN: Final = re.compile(
    r"\s*(?:(?:is|was)\s+(?:my|his|her|the)\s+(?:birth|date\s+of\s+b)|(?:的|是我)?\s*生日|出?\s*生的|出\s*生)",
    re.IGNORECASE,
)
_ORDINAL: Final = (
    r"(?:(?:the\s+)?(?:(?:twenty|thirty)[\s-]+)?(?:first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|twentieth|thirtieth|\d{1,2}(?:st|nd|rd|th)?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty))"
)
_WORD: Final = (
    r"(?:oh|o|and|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
_YEAR: Final = (
    rf"(?:[\s,]*(?:of\s+|in\s+)?(?:(?:19|20)?\d\d\b|{_WORD}(?:[\s-]+{_WORD}){{0,4}}(?<!and)\b))?"
)
_ENGLISH: Final = re.compile(
    rf"\b(?:{_ORDINAL}(?:\s+of)?\s+(?:{MONTH}|the\s+{_ORDINAL})\b{_YEAR}|{MONTH}\s+{_ORDINAL}\b{_YEAR}"
    rf"|{_ORDINAL}\s+(?:of\s+)?{_ORDINAL}\s+(?:{_WORD}|\d\d)(?:[\s-]+{_WORD})?\b"
    rf"|{MONTH}\s+(?:of\s+|in\s+)?(?:'\d\d|(?:19|20)\d\d)\b|{_ORDINAL}(?:\s+of)?\s+{MONTH}[\s,]+'\d\d\b"
    rf"|(?!and){_WORD}(?:[\s-]+{_WORD}){{2,7}}(?<!and)\b|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d\d\b)"
)
_NUM: Final = r"[零〇一二三四五六七八九十初廿正腊臘冬\d]"
_CHINESE: Final = re.compile(
    rf"(?:{_NUM}\s*){{2,4}}年(?:\s*{_NUM}){{1,3}}\s*月(?:\s*{_NUM}){{1,3}}\s*[号日號]?"
    rf"|(?:{_NUM}\s*){{1,3}}月(?:\s*{_NUM}){{1,3}}\s*(?:[号日號]|(?<=初.))?|(?:{_NUM}\s*){{2,4}}年(?:的|生|出生)"
)
_LONG_AGO: Final = re.compile(
    rf"\b(?!and\b)(?:(?:{MONTH}|{_ORDINAL}|{_WORD}|the|of)[\s,-]+){{2,6}}nineteen[\s-]+(?:[a-z]+ty)(?:[\s-]+{_WORD})?\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-][4-9]\d\b|(?:(?<=我)|(?<=我是)|(?<=[他她]是))[四五六七八九]\s*[零一二三四五六七八九]\s*年(?=的)"
    rf"|一\s*九\s*[二三四五六七八九]\s*{_NUM}\s*年\s*{_NUM}{{1,2}}\s*月|"
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19[2-9]\d|200[0-8])\b|\b(?:19[2-9]\d|200[0-8])[/.-]\d{1,2}[/.-]\d{1,2}\b"
    rf"|(?:19[2-9]\d|200[0-8]|一\s*九\s*[二三四五六七八九]\s*{_NUM}|二\s*零\s*零\s*[零〇一二三四五六七八]|[三四五六七八九]\s*十(?:\s*[一二三四五六七八九])?"
    rf"|[四五六七八九]\s*[零一二三四五六七八九]|[4-9]\d)\s*年(?:\s*{_NUM}){{1,2}}\s*月(?:\s*{_NUM}){{1,3}}\s*[号日號]?"
)
"""A day so long ago that it is hardly one of a contract."""
_YEARS: Final = ("19", "200", "年", "nineteen", "-", "/", ".")
_MENDED: Final = re.compile(
    rf"\W*(?:(?:no|sorry|wait|not|it's|its|it|is|that's|actually|the|yes|yeah)\W+)+(?P<day>{_ORDINAL}|{MONTH}|(?:{_WORD}\s+){{1,3}}{_WORD}|\d{{2,4}})\W*"
)
"""A part of a day that is mended: `no the thirteenth`."""
_OTHER_DAY: Final = re.compile(
    r"\b(?:pay(?:ing|day|ment)?|paid|due|until|till|next|last|from|starts?|started|ends?|sent|rang|called|moved|by|since|before|after)"
    r"\s+(?:(?:on|the|in|it)\s+){0,2}$"
)
"""What leads to another day than that of a birth."""
_REACH: Final = 40


def find_births(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the days behind `born on` or 生日, or that were asked for."""
    is_asked = Kind.BIRTH in asked.kinds
    if speech.numbers and any(map(speech.low.__contains__, _YEARS)):
        for day in _LONG_AGO.finditer(speech.low):
            yield Entity(Kind.BIRTH, *day.span(), "a day long ago", day.group())
    if not is_asked and not any(hint in speech.low for hint in _HINTS):
        return
    mended = _MENDED.fullmatch(speech.low) if is_asked else None
    if mended is not None:
        yield Entity(Kind.BIRTH, *mended.span("day"), "day of birth", mended["day"])
    for day in (*_ENGLISH.finditer(speech.low), *_CHINESE.finditer(speech.low)):
        yield from _entity(speech, day.start(), day.end(), is_asked)
    for mention in speech.days or find_days(speech.text):
        yield from _entity(speech, mention.start, mention.end, is_asked)


def _entity(speech: Speech, start: int, end: int, is_asked: bool) -> Iterator[Entity]:
    before = speech.low[max(start - _REACH, 0) : start]
    behind = speech.low[end : end + 20]
    is_said = speech.low[start:end].endswith(("生", "年生"))
    if is_asked and _OTHER_DAY.search(before) and not _BORN.search(before):
        return
    if is_asked or is_said or _BORN.search(before) or _IS_BORN.match(behind):
        yield Entity(Kind.BIRTH, start, end, "day of birth", speech.low[start:end])
