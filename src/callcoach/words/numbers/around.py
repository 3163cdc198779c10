"""Tells by what stands around a number what it is not: a moment, a count, a share."""

import re
from typing import Final

from callcoach.words.normalise import Tokens
from callcoach.words.numbers.model import NumberSpan

_BEFORE_MOMENT: Final = re.compile(
    r"\b(?:at|by|before|after|until|till|since|on|in|from|aged?|turn(?:ed|ing)?|past|half"
    r"|quarter\s+to|card|account|number|ending|policy|ref(?:erence)?|code|pin|room|flat|floor|page)\s*$"
    r"|\d[:./]$"
)
"""Behind these a bare number is a time, a day, an age or what something is called: `pay by 5`."""
_CLOCK: Final = re.compile(
    r"[:/]\d|\s*(?:o'?clock|[ap]\.?m\b|past\b|ish\b|st\b|nd\b|rd\b|th\b|years?\s+old|minutes?\s+(?:past|to))"
    r"|\s*[点點]|\s*[岁歲]"
)
_SHARED: Final = re.compile(r"\s*[%％]|\s*成(?![了为員员功])")
MEASURES: Final = "个個次通遍口人家套张張封条條位名倍折楼樓层層路室栋页頁本件台辆趟句声聲顿"
"""Chinese words between a number and what it counts."""
_COUNTED: Final = re.compile(
    r"\s+(?:more\s+|other\s+|different\s+|of\s+(?:them|these|those|us|you)\b|kids?\b|child|people|persons?\b|times\b|calls\b"
    r"|cards\b|accounts\b|loans\b|letters\b|instal+ments\b|payments\b|debts\b|bills\b|jobs\b|things\b"
    r"|years?\b|weeks?\b|days?\b|hours?\b|minutes?\b|mins?\b|seconds?\b|months?\b|guys\b|men\b|women\b)"
    rf"|\s*[{MEASURES}]"
    r"|\s*(?:小时|小時|公里|分[钟鐘])"
)
"""What a small number before it counts."""
_ON: Final = (
    "today|tonight|tomorrow|now|on|by|before|until|till|this|next|at|in|each|every|per|an?|weekly|monthly"
    "|fortnightly|then|and|or|but|to|towards?|for|off|down|up|upfront|straight|right|first|as|from|via"
    "|through|into|over|if|when|once|after|max(?:imum)?|tops|most|min(?:imum)?|more|less|maybe|only|is"
    "|will|would|can|could|should|please|back|here|there|with|because|so|the|extra|instead|i|we|that"
    "|it|which|ok(?:ay)?|yes|yeah|no|not|sir|madam|ma'am|mate|love|again|payment|deposit|instal+ment|plus"
    "|out|last|later|soon|early|end|asap|cash|total|altogether|just|like|thanks?|probably|immediately"
    "|you|all|of\\s+(?:it|that|this|what|the)|myself|alone|or|for|thereabouts|ish|directly"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|thurs|fri|sat|sun)"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_GOES_ON: Final = re.compile(rf"\s*(?:$|[.,;!?。，；！？…—–)”\"]|\s-|\s(?:{_ON})\b)")
"""What stands behind a sum and not behind a count: no name of a thing."""
_NAME: Final = re.compile(r"\s[a-z]")
_FEW: Final = 20


def is_moment(low: str, start: int, end: int) -> bool:
    """Tell a time, a day or an age from a sum: `by 5`, `3:30`, `5 pm`, 三点."""
    is_led = _BEFORE_MOMENT.search(low, max(start - 12, 0), start) is not None
    return is_led or _CLOCK.match(low, end) is not None


def goes_on(low: str, end: int) -> bool:
    """Tell whether nothing stands behind a number that could be counted with it."""
    return _GOES_ON.match(low, end) is not None


def is_counted(low: str, end: int, number: NumberSpan) -> bool:
    """Tell whether something is counted with a number: `3 kids`, 两个孩子."""
    if number.value < _FEW and _NAME.match(low, end) is not None and not goes_on(low, end):
        return True
    found = _COUNTED.match(low, end)
    return found is not None and (number.value < _FEW or not found.group().startswith(" of"))


def is_share(low: str, tokens: Tokens, number: NumberSpan) -> bool:
    """Tell a part of something from a number of its own: 三分之一, 50 %, 三成."""
    said = tokens.words[number.first : number.past]
    is_fraction = "之" in said and "分" in said
    return is_fraction or _SHARED.match(low, tokens.ends[number.past - 1]) is not None
