"""Finds the days that a text names: dates, weekdays, `the 15th`, 下周五, 月底."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from callcoach.words.months import MONTH


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day named in a text."""

    start: int
    """In characters of the text."""
    end: int
    text: str
    """The words that name it, as they were said; no spaces between Chinese characters."""


_ORDINAL: Final = (
    "(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    "|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
_NTH: Final = r"(?:[12]?\d|3[01])\s?(?:st|nd|rd|th)"
_DAY: Final = rf"(?:{_NTH}|{_ORDINAL}|[12]?\d|3[01])"
_WEEKDAY: Final = (
    "(?:mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?"
    "|tues?|weds|thurs?|thu|fri)"
)
_SHORT_DAY: Final = "(?:mon|wed|sat|sun)"
"""Words of their own: days only behind or before what days stand with."""
_DAY_LEADS: Final = (
    *(
        "on",
        "by",
        "before",
        "until",
        "till",
        "this",
        "next",
        "last",
        "coming",
        "following",
        "every",
    ),
    *("each", "from", "since", "after", "come", "early", "late", "or", "for"),
)
_LED_DAY: Final = "(?:" + "|".join(rf"(?<=\b{lead}\s)" for lead in _DAY_LEADS) + ")"
_EACH: Final = "(?:this|next|last|coming|following)"
_COUNT: Final = (
    "(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|fourteen|fifteen|thirty"
    r"|forty[ -]eight|\d{1,3})"
)
_LATER: Final = rf"(?:{_COUNT}\s+weeks?|a\s+fortnight)"
"""So much later than a day: `a week on Friday` is not this Friday."""
_COUNTED: Final = "of|time|call|one|payment|instal+ment"
"""Behind an ordinal: no day."""
_ENGLISH: Final = (
    rf"{MONTH}\.?\s+(?:the\s+)?{_DAY}(?![\d:])(?:,?\s+(?:19|20)\d\d)?",
    rf"(?:the\s+)?{_DAY}(?:\s+day)?\s+(?:of\s+)?{MONTH}(?:,?\s+(?:19|20)\d\d)?",
    rf"(?:the\s+)?(?:{_NTH}|{_ORDINAL})\s+of\s+(?:the|this|next|every|each)\s+month",
    rf"{_EACH}\s+month(?:'s)?(?:\s+on)?(?:\s+the)?\s+{_NTH}",
    rf"the\s+{_NTH}",
    _NTH,
    rf"(?<=\bon\s)the\s+(?:{_ORDINAL})(?!\s+(?:{_COUNTED}|day|month))",
    rf"(?<=\bby\s)the\s+(?:{_ORDINAL})(?!\s+(?:{_COUNTED}))",
    (
        r"the\s+(?:twenty|thirty)[ -](?:first|second|third|(?:four|fif|six|seven|eigh|nin)th)"
        rf"(?!\s+(?:{_COUNTED}|birthday|century|floor))"
    ),
    rf"\Athe\s+(?!first|second|third)(?:{_ORDINAL})(?=\W*\Z)",
    rf"(?:{_EACH}\s+)?{_WEEKDAY}(?:\s+(?:next|after\s+next))?(?:\s+week)?",
    rf"{_EACH}\s+{_SHORT_DAY}",
    rf"{_LED_DAY}{_SHORT_DAY}",
    rf"{_SHORT_DAY}(?=,?\s+(?:morning|afternoon|evening|night|noon|the\s+{_NTH}|{_NTH}))",
    (
        rf"{_LATER}\s+(?:today|tomorrow|(?:on|from|after|this|next)\s+(?:{_EACH}\s+)?{_WEEKDAY})"
        rf"|(?:today|tomorrow)\s+(?:week|fortnight)|the\s+{_WEEKDAY}\s+after(?:\s+(?:next|that))?"
    ),
    r"(?:the\s+)?day\s+(?:after\s+tomorrow|before\s+yesterday)",
    r"tomorrow|today|tonight|yesterday",
    r"(?:the\s+)?(?:end|beginning|start|middle)\s+of\s+(?:the|this|next|last)\s+(?:week|month|year)",
    rf"{_EACH}\s+(?:week(?:end)?|month|year|pay\s?day)",
    r"(?:by|before|over|at|after|on)\s+the\s+weekend",
    (
        rf"(?:in|within)\s+{_COUNT}\s+(?:(?:couple\s+of|more)\s+)?(?:\w+\s+)?"
        r"(?:days?|weeks?|fortnights?|months?)(?:'?\s+time)?"
    ),
    rf"(?:in|within)\s+{_COUNT}\s+hours?(?:'?\s+time)?",
    rf"{_COUNT}\s+(?:days?|weeks?|months?)\s+from\s+(?:now|today)",
    r"month[ -]end|(?<=\bon\s)pay\s?day",
    r"(?:before|after|by|until|till|over)\s+(?:christmas|new\s+year|easter)",
    r"(?:christmas|new\s+year'?s)\s+(?:eve|day)",
)
_NUMERAL: Final = "(?:[0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR: Final = "(?:[0-9]{4}|[0-9]{2}|[零〇一二三四五六七八九]{2,4}|今|明|去|后|後)"
_WHICH: Final = "(?:上上|上|下下|下|本|这|這|当|當)(?:个|個)?"
_CHINESE: Final = (
    rf"(?:{_YEAR}年)?{_NUMERAL}月份?(?:{_NUMERAL}(?:日|号|號)|[0-9]{{1,2}}|底|初|中旬|上旬|下旬|末)",
    rf"{_WHICH}(?:月|月份)(?:的)?(?:{_NUMERAL}(?:日|号|號)|底|初|末|中旬|上旬|下旬)?",
    rf"(?:{_WHICH})?(?:周|週|星期|礼拜|禮拜)(?:[一二三四五六日天末])",
    rf"{_WHICH}(?:周|週|星期|礼拜|禮拜)",
    rf"{_NUMERAL}(?:号|號|日)(?!楼|樓|线|線|店|馆|院|门|門|机|元|子)",
    r"大(?:后|後|前)天|(?:今|明|后|後|昨|前)(?:天|日)|[今明昨]晚|[今明]早|月(?:底|初|末|中(?![国间間]))|年(?:底|末)|今儿|明儿",
    (
        rf"(?:{_NUMERAL}|[两兩半])(?:个|個)?(?:天|周|週|星期|礼拜|禮拜|月|年|小时|小時)"
        r"(?:之后|之後|之内|之內|以内|以內|以后|以後|后|後|内|內)"
    ),
    r"(?:春节|春節|过年|過年|元旦|除夕|国庆|國慶|中秋|端午)(?:节|節)?(?:之|以)?(?:前|后|後)",
    r"发(?:了)?(?:工资|薪水)(?:那天|当天|以后|之后|后)|(?:發薪|发薪)日",
)
_WRITTEN: Final = (
    r"(?:19|20)\d\d[-/.年](?:1[0-2]|0?[1-9])[-/.月](?:3[01]|[12]\d|0?[1-9])(?!\d)[日号]?",
    r"(?:1[0-2]|0?[1-9])[-/](?:3[01]|[12]\d|0?[1-9])[-/](?:(?:19|20)\d\d|\d\d)(?![\d/-])",
    r"(?:3[01]|[12]\d|0?[1-9])[-/.](?:1[0-2]|0?[1-9])[-/.](?:19|20)\d\d(?![\d/-])",
    r"(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\d/])",
)
_GAP: Final = re.compile("(?<=[一-鿿]) +(?=[一-鿿0-9])|(?<=[0-9]) +(?=[一-鿿])")


@cache
def _forms() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return what any day of a form holds, and the form; compiling them takes 20 ms."""
    return (
        (
            re.compile(r"[0-9]"),
            re.compile("|".join(rf"(?<![\d/.-]){one}" for one in _WRITTEN)),
        ),
        (
            re.compile(
                r"day|\b(?:mon|tues?|weds?|thu|thurs?|fri|sat|sun)\b|to(?:night|morrow)|week|month|year|\d\s?(?:st|nd|rd|th)\b"
                r"|first|second|third|th\b|hour|fortnight|easter|christmas|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
                re.IGNORECASE,
            ),
            re.compile("|".join(rf"\b(?:{one})\b" for one in _ENGLISH), re.IGNORECASE),
        ),
        (
            re.compile("[日号號月天年周週期拜儿薪晚早节節旦夕庆慶秋时時]"),
            re.compile("|".join(rf"(?<![\d第]){one}" for one in _CHINESE)),
        ),
    )


def find_days(text: str) -> tuple[DayMention, ...]:
    """Return the days that `text` names, in order: dates, weekdays, days counted from today.

    A span of time that ends on some day counts as naming it (`in three days`, 三天内); a length
    of time alone (`for three days`) does not.
    """
    plain, places = _closed(text)
    spans = [
        found.span()
        for hint, form in _forms()
        if hint.search(plain) is not None
        for found in form.finditer(plain)
    ]
    days: list[DayMention] = []
    past = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= past:
            past = end
            days.append(DayMention(places[start], places[end - 1] + 1, plain[start:end]))
    return tuple(days)


def _closed(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without the spaces inside of Chinese, and where each character stood in it.

    Some recognisers put spaces between words: 下 周五 is no other day than 下周五.
    """
    gaps = [] if text.isascii() or " " not in text else [*_GAP.finditer(text)]
    if not gaps:
        return text, range(len(text))
    edges = [0, *(edge for gap in gaps for edge in gap.span()), len(text)]
    kept = list(zip(edges[::2], edges[1::2], strict=True))
    places = [at for start, end in kept for at in range(start, end)]
    return "".join(text[start:end] for start, end in kept), places
