"""Finds codes told letter by letter and digit by digit: `k t nine w b d`, `KOWAL-471902`.

A plate, a policy, an identity or member number holds letters and digits in turn. How they are said
does not matter here: one by one, `double four`, `d for delta`, `delta tango`, with `dash` between.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Final

from callcoach.words.numbers import english
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech, is_number
from callcoach.words.redact.spelled import ACRONYMS, letter_at
from callcoach.words.redact.tables import BRANDS, CALENDAR, is_common, is_listed, is_place

_MARKS: Final = frozenset((
    "dash", "hyphen", "slash", "stroke", "space", "then", "capital", "capitals", "uppercase",
    "um", "uh", "er", "erm", "forward", "comma", "gap",
))  # fmt: skip
"""What is said between the parts of a code."""
_BEFORE_ONE: Final = frozenset(
    ("in", "on", "at", "is", "was", "and", "number", "it", "its", "reg", "plate")
)
"""Behind these `one` is a digit, and not the white one."""
_HINT: Final = re.compile(
    r"\b[b-hj-z]\b|[a-z]\d|\d[a-z]|\b[b-df-hj-np-tv-xz]{2,7}\b|[a-z]{2,7}[-/]\d|\b[ai]\s(?:one|two|three"
    r"|four|five|six|seven|eight|nine|zero|oh|double|\d)|\b(?:alpha|bravo|charlie|delta|echo|foxtrot|lima|tango)\b"
)
"""Something that all of these hold, so that other turns cost little."""
_LARGE: Final = re.compile(r"\b[A-Z]{2,6}\b\W?\d")
_PLATE: Final = (
    r"reg|registration|registered|rego|regs|plates?|tag|vrm|v\s?r\s?m|number\s?plate|bike|scooter"
    r"|car|van|truck|bakkie|ute|lorry|vehicle|motorbike"
)
_ID: Final = (
    r"n\s?i|n\.i|national\s+insurance|nino|passport|licen[cs]e|permit|p\s?p\s?s|ppsn|s\s?i\s?n"
    r"|social\s+insurance|tax\s+file|tfn|ird|medicare|health\s+card|nhs|bvn|nin|trn|i\s?d|identity"
    r"|pan|aadhaar|nric|visa\s+(?:number|no)|utr|tax\s+(?:number|code|id)|citizen\s+\w+"
    r"|philsys|umid|curp|voter'?s?|insurance\s+number|birth\s+certificate"
)
_NUMBER: Final = (
    r"policy|polic\w+'s|account|reference|ref|customer|claim|agreement|contract|member(?:ship)?"
    r"|case|booking|loan|card|code|number|serial|confirmation|lease|tenancy|meter|iban|swift"
)
_LEADS: Final = re.compile(
    rf"\b(?:(?P<plate>{_PLATE})|(?P<id>{_ID})|(?P<number>{_NUMBER}))(?:'s)?\b"
)
_THING: Final = re.compile(
    r"\b(?:model|type|form|section|flight|room|invoice|order|version|size|part|item|product|route|band"
    r"|page|paragraph|clause|channel|gate|terminal|washer|dryer|engine|ticket|tracking|parcel|option)"
    r"(?:'s|\s+(?:is|was|number|no|code|the|a))*\W*$"
)
"""Behind these a code names a thing that nobody is known by."""
_ORDER: Final = re.compile(
    r"\b(?:order|tracking|ticket|invoice|report|parcel)\s+(?:number|no|code|ref\w*)\b"
)
_MODEL: Final = re.compile(
    r"\s+(?:\w+\s+)?(?:models?|washer|version|engine|tv|telly|fridge|freezer|washing|dryer|printer|laptop"
    r"|cooker|oven|boiler|mower|drill|console|range|series|edition|mixer|vacuum|hoover|speaker|camera"
    r"|sofa|mattress|tablet|watch|headphones|microwave|dishwasher|flight|bus|train|form)\b"
)
_GROUP_LEAST: Final = 2
_UNITS: Final = frozenset((
    "cal", "cals", "ph", "tel", "num", "qty", "ext", "apt", "ste", "pcs", "pkt", "btu", "rpm",
    "mpg", "mph", "kmh", "psi", "usd", "gbp", "eur", "zar", "ngn", "kes", "inr", "aud", "nzd",
    "cad", "rs", "fax", "mob", "gb", "mb", "kg", "km", "ml", "mg", "oz", "lb", "lbs", "hrs", "hr",
    "min", "mins", "sec", "yrs", "yr", "mth", "wk", "wks", "th", "st", "nd", "rd", "vs", "pm",
    "am", "bhp", "cc", "ssn", "dob", "zip", "pin", "otp", "cvv", "blvd", "ave", "hwy", "po",
))  # fmt: skip
"""Short for a measure, a currency or what the digits are."""
_FIRMS: Final = frozenset(name for name in ACRONYMS if len(name) > _GROUP_LEAST)
"""Short names that no code begins with, but where one was asked for."""
_REACH: Final = 44
_NEAR: Final = 26
"""Characters between a word that says what a code is and the code."""
_LEAST: Final = 5
_LEAST_LED: Final = 4
_DIGITS: Final = 2
_TURNS: Final = 2
_LONG: Final = 8
"""Characters of a code that is one word."""
_GROUP: Final = 4
_LONG_GROUP: Final = 7
_GAP: Final = re.compile(r"[\s\-–/.,·…]{0,4}")
_UNSPOKEN: Final = re.compile(r"[\s\-–/·]{0,3}")
_KINDS: Final = (Kind.PLATE, Kind.ID, Kind.ACCOUNT, Kind.SECRET)


@dataclass(frozen=True, slots=True)
class _Part:
    """One letter, a group of letters, or digits."""

    said: str
    first: int
    past: int
    is_sure: bool
    """Nothing but a letter or digits: no word that may be one by chance."""

    @property
    def is_digits(self) -> bool:
        return self.said.isdecimal()


def find_spoken_codes(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield codes of letters and digits."""
    if not (speech.numbers and speech.has_latin) or (
        _HINT.search(speech.low) is None and _LARGE.search(speech.text) is None
    ):
        return
    at, count = 0, len(speech.tokens.words)
    words = speech.tokens.words
    while at < count:
        if not (_may_begin(words[at]) or speech.capitals):
            at += 1
            continue
        parts = _parts(speech, at)
        if not parts:
            at += 1
            continue
        at = parts[-1].past
        if len(parts) > 1:
            yield from _code(speech, parts, asked)


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """Tell whether a word may be a part of a code; most are none, and cost little."""
    is_letter = len(word) == 1 or letter_at((word, "a"), 0) is not None
    return is_letter or is_number(word) or (len(word) < _GROUP and not is_common(word))


def _code(speech: Speech, parts: list[_Part], asked: Asked) -> Iterator[Entity]:
    """Yield the code that some parts are, if they are one."""
    parts = _trimmed(speech, parts)
    if len(parts) < 2:
        return
    start, end = speech.span(parts[0].first, parts[-1].past)
    before = speech.low[max(start - _REACH, 0) : start]
    if _THING.search(before) or _ORDER.search(before) or _MODEL.match(speech.low, end):
        return
    led = _lead(before)
    if led is None and parts[0].first and speech.tokens.words[parts[0].first - 1] in BRANDS:
        return
    wanted = next((kind for kind in _KINDS if kind in asked.kinds), None)
    is_led = wanted is not None or (led is not None and led[1] <= _NEAR)
    if not is_led and _opening(parts) in _FIRMS:
        return
    letters = sum(len(part.said) for part in parts if not part.is_digits)
    digits = sum(len(part.said) for part in parts if part.is_digits)
    if not letters or digits + letters < (_LEAST_LED if is_led else _LEAST):
        return
    if digits < (1 if is_led else _DIGITS) or _is_other(speech, parts, start, end, is_led=is_led):
        return
    kind = led[0] if led is not None else wanted or Kind.ACCOUNT
    value = "".join(part.said for part in parts)
    yield Entity(kind, start, end, "a code that is told", value)


def _opening(parts: list[_Part]) -> str:
    """Return the letters that a code begins with."""
    return "".join(part.said for part in takewhile(lambda part: not part.is_digits, parts))


def _lead(before: str) -> tuple[Kind, int] | None:
    """Return what the words before a code say that it is, and how far off they stand."""
    leads = tuple(_LEADS.finditer(before))
    if not leads:
        return None
    found = leads[-1]
    kinds = {"plate": Kind.PLATE, "id": Kind.ID, "number": Kind.ACCOUNT}
    return kinds[found.lastgroup or "number"], len(before) - found.end()


def _is_other(speech: Speech, parts: list[_Part], start: int, end: int, *, is_led: bool) -> bool:
    """Tell whether letters and digits are a sum, a day or a row of words by chance."""
    if any(
        one.currency is not None and one.start < end and start < one.end for one in speech.amounts
    ):
        return True
    if is_led:
        return False
    if any(day.start < end and start < day.end for day in speech.days):
        return True
    sure = [part for part in parts if part.is_sure and not part.is_digits]
    is_written = all(
        speech.tokens.words[part.first][0].isdecimal() for part in parts if part.is_digits
    )
    if is_written and any(len(part.said) > 1 for part in sure):
        is_large = speech.text[start : start + 2].isupper() and bool(speech.capitals)
        digits = sum(len(part.said) for part in parts if part.is_digits)
        is_long = is_large and digits >= _LEAST
        return not is_long and not _is_glued(speech.text[start:end]) and _changes(parts) < _TURNS
    return not sure or (len(sure) == 1 and sure[0].said in "ai")


def _is_glued(form: str) -> bool:
    """Tell a code that is written without spaces: `KOWAL-471902`."""
    return not any(map(str.isspace, form)) and len(form) >= _LONG


def _changes(parts: list[_Part]) -> int:
    """Return how often letters and digits take turns."""
    return sum(one.is_digits != other.is_digits for one, other in pairwise(parts))


def _trimmed(speech: Speech, parts: list[_Part]) -> list[_Part]:
    """Return parts without an `a` or `i` at either end that belongs to the sentence."""
    words = speech.tokens.words
    while parts and parts[0].said in ("a", "i") and (len(parts) == 1 or parts[1].is_digits):
        first = parts[0].first
        is_called = first > 0 and _LEADS.fullmatch(words[first - 1]) is not None
        if (first == 0 and parts[0].said == "a") or is_called:
            break
        parts = parts[1:]
    if len(parts) > 1 and words[parts[0].first] == "one" and not parts[1].is_digits:
        before = words[parts[0].first - 1] if parts[0].first else "is"
        if _LEADS.fullmatch(before) is None and before not in _BEFORE_ONE:
            parts = parts[1:]
    if not any(part.is_sure is False for part in parts[1:]):
        parts = parts[parts[0].is_sure is False :]
    if parts and words[parts[-1].past : parts[-1].past + 1] in (("hundred",), ("thousand",)):
        parts = parts[:-1]
    while parts and parts[-1].said in ("a", "i") and parts[-1].past < len(words):
        if _is_cut(speech, parts[-1].past - 1):
            break
        parts = parts[:-1]
    return parts


def _is_cut(speech: Speech, at: int) -> bool:
    end = speech.tokens.ends[at]
    return speech.text[end : end + 1] in tuple(",.;!?")


def _parts(speech: Speech, at: int) -> list[_Part]:
    """Return the parts that are said in a row from a token on."""
    words = speech.tokens.words
    parts: list[_Part] = []
    while at < len(words):
        if parts and words[at] in _MARKS:
            at += 1
            continue
        part = _part(speech, at, parts)
        if part is None or (parts and not _follows(speech, parts[-1], part)):
            break
        parts.append(part)
        at = part.past
    return _without_acronyms(parts)


def _follows(speech: Speech, before: _Part, after: _Part) -> bool:
    """Tell whether a part stands right behind another."""
    between = speech.text[speech.tokens.ends[before.past - 1] : speech.tokens.starts[after.first]]
    if after.first > before.past:
        return True
    is_spoken = not (speech.tokens.words[before.first][0].isdecimal() or len(before.said) > 1)
    return (_GAP if is_spoken else _UNSPOKEN).fullmatch(between) is not None


def _part(speech: Speech, at: int, parts: list[_Part]) -> _Part | None:
    """Return the letter, the group of letters or the digits that a token begins."""
    words = speech.tokens.words
    word = words[at]
    if word[0].isdecimal():
        return _Part(word, at, at + 1, is_sure=True) if word.isdecimal() else None
    letter = letter_at(words, at)
    if letter is not None and not (word in ("o", "oh") and at in speech.numbers):
        said, past, is_sure = letter
        return _Part(said, at, past, is_sure)
    if at in speech.numbers:
        number = english.digit_of(words, at) or english.small(words, at)
        if number is not None:
            return _Part(str(number[0]), at, number[1], is_sure=True)
        if word == "hundred" and parts and parts[-1].is_digits and len(parts) > 1:
            return _Part("00", at, at + 1, is_sure=True)
        return None
    return _Part(word, at, at + 1, is_sure=True) if _is_group(speech, at) else None


def _is_group(speech: Speech, at: int) -> bool:
    """Tell whether a token is a few letters of a code: `vkj`, `KOWAL` before digits."""
    word = speech.tokens.words[at]
    if not (word.isascii() and word.isalpha()) or len(word) > _LONG_GROUP or word in _UNITS:
        return False
    start, end = speech.span(at, at + 1)
    is_beside = speech.text[end : end + 1] in ("-", "/") or speech.text[end : end + 1].isdecimal()
    is_behind = (
        speech.text[start - 1 : start] in ("-", "/") or speech.text[start - 1 : start].isdecimal()
    )
    is_large = speech.text[start:end].isupper() and bool(speech.capitals)
    if is_large and (is_beside or is_behind or len(word) <= _GROUP):
        return word not in CALENDAR and word not in ("pm", "am")
    is_word = is_common(word) or is_listed(word) or is_place(word)
    return len(word) < _GROUP and not is_word and word not in BRANDS and word not in CALENDAR


def _without_acronyms(parts: list[_Part]) -> list[_Part]:
    """Return the parts up to letters that are a firm or a thing: `nineteen b m w`."""
    at = 0
    while at < len(parts):
        past = at
        while past < len(parts) and not parts[past].is_digits:
            past += 1
        letters = "".join(part.said for part in parts[at:past])
        if letters in ACRONYMS and at > 0:
            return parts[:at]
        at = max(past, at + 1)
    return parts
