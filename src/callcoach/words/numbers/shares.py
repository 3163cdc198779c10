"""Reads which part of a sum somebody names: half of it, a third, 30 percent, 一半, 三成."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from callcoach.words.normalise import Tokens
from callcoach.words.numbers.around import is_share
from callcoach.words.numbers.model import NumberSpan

_PARTS: Final[Mapping[str, int]] = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10,
}  # fmt: skip
_COUNTS: Final[Mapping[str, int]] = {
    "a": 1, "one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4,
    "five": 5, "seven": 7, "nine": 9,
}  # fmt: skip
_SUM: Final = (
    r"(?:it|that|this|what|the\s+(?:\w+\s+)?(?:balance|amount|debt|money|sum|total|bill|arrears|loan|payment|instal+ment|rest)"
    r"|my\s+(?:\w+\s+)?(?:balance|debt|arrears|loan|bill|payment|instal+ment))\b"
)
_ON: Final = (
    r"now|today|tonight|tomorrow|on|by|before|this|next|then|and|or|but|at|up|down|first|upfront|straight|right"
    r"|if|when|once|please|only|for|with|back|is|will|would|can|each|every|in|from|as|immediately|maybe|so|i|we"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_BEHIND: Final = rf"(?=\s*(?:$|[.,;!?]|\s(?:of\s+)?{_SUM}|\s(?:{_ON})\b(?!\s+(?:past|of\s+an)\b)))"
_ENGLISH: Final = re.compile(
    r"(?<![\w'])(?:(?:(?P<count>a|one|two|three|four|five|seven|nine|[1-4])[\s-]+)?"
    r"(?P<part>half|halves|thirds?|quarters?|fourth|fifths?|tenths?)|(?P<mark>[½⅓⅔¼¾])"
    rf"|(?P<over>[1-3])/(?P<under>[2-5])(?=\s+of\b)){_BEHIND}"
)
_NOT_BEFORE: Final = re.compile(
    r"\b(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million"
    r"|hours?|days?|weeks?|months?|years?)\s+and\s+$"
    r"|\b(?:and\s+a|past|the|my|at|about|this|next|last|first|second|better|\d|"
    r"on|hundred|thousand)\s+$"
)
_MARKS: Final[Mapping[str, Decimal]] = {
    "½": Decimal(1) / 2, "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3, "¼": Decimal(1) / 4,
    "¾": Decimal(3) / 4,
}  # fmt: skip
_CHINESE_HALF: Final = re.compile(r"一半(?!天|会|夜|以上|多)|半数|半數|对半|對半")
_NO_PART: Final = re.compile(
    r"\s*(?:%|％|percent|per\s+cent)?\s*(?:interest|discount|off|less|apr|折|利息|的?利率)"
)
_RATE: Final = re.compile(
    r"(?:\b(?:interest|apr|rate|fee)\b(?:\s+(?:rate|is|was|of|at|about))*|(?:利率|利息|年息|月息|日息|年化|罚息|费率|手续费)"
    r"(?:率|是|为|按|大概|约)*)[\s:：]*$"
)
"""Before a percentage that is no part of a sum."""
_TENTHS: Final = re.compile(r"\s*成")
_LOOK_BACK: Final = 40
_VAGUE: Final = re.compile(
    r"\b(?:(?:a\s+)?(?:part|portion|bit|fraction|chunk)\s+of|some\s+of|most\s+of|as\s+much\s+as"
    r"|what(?:ever)?\s+i\s+(?:can|have|'ve|could)|the\s+(?:rest|remainder|remaining)"
    r"|(?:the\s+)?other\s+half|half\s+(?:of|my|the|their)\b"
    r"|(?:a\s+)?(?:few|couple(?:\s+of)?|several|some)\s+"
    r"(?:hundred|thousand|grand|quid|dollars|pounds|bucks|k)\b"
    r"|(?:pay|send|give|put|transfer|do|manage|offer)(?:\s+(?:you|in|down|over|up))?\s+"
    r"(?:some(?:thing)?|part|a\s+(?:bit|little|part|portion)|partial\w*)\b)"
)
_VAGUE_CHINESE: Final = re.compile(
    "部分|几[百千万]|幾[百千萬]|[数數][百千万萬]|一半|半数|零头|尾款|剩下|剩余|余下|其余"
    "|能还多少|有多少"
    "|[还還付转轉打给給交存凑湊][^，。？！]{0,4}(?:一?[点點]|一?些)(?!前|钟|鐘)"
)


def find_share(text: str, tokens: Tokens, numbers: tuple[NumberSpan, ...]) -> Decimal | None:
    """Return the first part of a sum that a text names, above 0 and below 1; else None."""
    low = text.lower()
    found = next(filter(None, map(_english, _ENGLISH.finditer(low))), None)
    if found is not None:
        return found
    if _CHINESE_HALF.search(low.replace(" ", "")) is not None:
        return Decimal(1) / 2
    return next(filter(None, (_numbered(low, tokens, number) for number in numbers)), None)


def names_part(text: str) -> bool:
    """Tell whether a text speaks of less than all without saying how much: 先还一点."""
    low = text.lower()
    return _VAGUE.search(low) is not None or _VAGUE_CHINESE.search(low.replace(" ", "")) is not None


def _english(found: re.Match[str]) -> Decimal | None:
    """Return the part that words name; None for `the third`, `half past` and the like."""
    if found["mark"]:
        return _MARKS[found["mark"]]
    if found["over"]:
        return _below_one(Decimal(found["over"]) / Decimal(found["under"]))
    start = found.start()
    if _NOT_BEFORE.search(found.string, max(start - _LOOK_BACK, 0), start) is not None:
        return None
    count = found["count"]
    of_it = found["part"] == "quarter" and found.string.startswith(" of", found.end())
    if count is None and found["part"] != "half" and not of_it:
        return None
    return _below_one(Decimal(_COUNTS[count or "a"]) / _PARTS[found["part"]])


def _numbered(low: str, tokens: Tokens, number: NumberSpan) -> Decimal | None:
    """Return 三分之一, 50 %, 30 percent or 三成 as a part of one."""
    end = tokens.ends[number.whole - 1]
    start = tokens.starts[number.first]
    is_rate = _RATE.search(low, max(start - _LOOK_BACK, 0), start) is not None
    if is_rate or _NO_PART.match(low, end) is not None:
        return None
    if number.unit == "percent":
        return _below_one(number.value / 100)
    if number.unit is not None or not is_share(low, tokens, number):
        return None
    if "之" in tokens.words[number.first : number.past]:
        return _below_one(number.value)
    return _below_one(number.value / (100 if _TENTHS.match(low, end) is None else 10))


def _below_one(value: Decimal) -> Decimal | None:
    return value if 0 < value < 1 else None
