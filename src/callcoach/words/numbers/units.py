"""Looks for the unit behind a number, and adds the small change: 十二块五, five dollars fifty."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from callcoach.words.numbers import chinese, english
from callcoach.words.numbers.model import NumberSpan, Reading

Words = tuple[str, ...]

CURRENCIES: Final[Mapping[str, str]] = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "usd": "USD",
    "pound": "GBP", "pounds": "GBP", "quid": "GBP", "gbp": "GBP",
    "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "yuan": "CNY", "rmb": "CNY", "renminbi": "CNY", "kuai": "CNY", "cny": "CNY",
    "rupee": "INR", "rupees": "INR", "inr": "INR", "hkd": "HKD",
    "ringgit": "MYR", "naira": "NGN", "rand": "ZAR", "cedis": "GHS", "dirhams": "AED",
    "baht": "THB", "yen": "JPY", "镑": "GBP", "鎊": "GBP",
    "元": "CNY", "圆": "CNY", "圓": "CNY", "块": "CNY", "塊": "CNY",
}  # fmt: skip
"""What a currency is called, in one token."""
_LONGER: Final[Mapping[tuple[str, ...], str]] = {
    ("us", "dollars"): "USD", ("canadian", "dollars"): "CAD", ("australian", "dollars"): "AUD",
    ("singapore", "dollars"): "SGD", ("hong", "kong", "dollars"): "HKD",
    ("人", "民", "币"): "CNY", ("人", "民", "幣"): "CNY",
    ("美", "元"): "USD", ("美", "金"): "USD", ("港", "元"): "HKD", ("港", "币"): "HKD",
    ("港", "幣"): "HKD", ("英", "镑"): "GBP", ("英", "鎊"): "GBP", ("欧", "元"): "EUR",
    ("歐", "元"): "EUR", ("日", "元"): "JPY",
    ("加", "元"): "CAD", ("澳", "元"): "AUD", ("澳", "币"): "AUD", ("日", "币"): "JPY",
    ("新", "币"): "SGD", ("台", "币"): "TWD", ("台", "幣"): "TWD", ("新", "台", "币"): "TWD",
    ("新", "台", "幣"): "TWD", ("马", "币"): "MYR", ("馬", "幣"): "MYR", ("令", "吉"): "MYR",
    ("per", "cent"): "percent", ("百", "分", "点"): "percent", ("百", "分", "點"): "percent",
    ("星", "期"): "week", ("礼", "拜"): "week", ("禮", "拜"): "week",
    ("小", "时"): "hour", ("小", "時"): "hour", ("钟", "头"): "hour",
    ("分", "钟"): "minute", ("分", "鐘"): "minute",
}  # fmt: skip
_LONGER_BEGIN: Final = frozenset(words[0] for words in _LONGER)
_PERIODS: Final[Mapping[str, str]] = {
    "percent": "percent", "pct": "percent",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
    "hour": "hour", "hours": "hour", "day": "day", "days": "day", "week": "week",
    "weeks": "week", "month": "month", "months": "month", "year": "year", "years": "year",
    "instalment": "instalment", "instalments": "instalment", "installment": "instalment",
    "installments": "instalment",
    "天": "day", "日": "day", "号": "day", "號": "day", "周": "week", "週": "week",
    "月": "month", "年": "year", "期": "instalment",
}  # fmt: skip
_BETWEEN: Final = frozenset(
    (
        "business",
        "working",
        "calendar",
        "more",
        "odd",
        "full",
        "多",
        "来",
        "來",
        "余",
        "餘",
        "个",
        "個",
    )
)
"""What may stand between a number and its unit: 三十多天, 3个月, ten business days."""
_CENTS: Final[Mapping[str, str]] = {
    "cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP", "p": "GBP",
}  # fmt: skip
_BEHIND_CENTS: Final = frozenset(("", "a", "per", "each", "every", "on", "by", "now", "today"))
"""Behind written ones: `12 pounds 50 a week`, but `12 pounds 50 times`."""
_TENTHS: Final = frozenset("毛角")
_HALF: Final = Decimal("0.5")
_LENGTHS: Final = frozenset(("hour", "day", "week", "month", "year", "minute"))
"""Units of time, of which there are halves."""
_MANY: Final = 20
"""Nobody counts as many weeks or months."""
_DAY_PARTS: Final = frozenset("一二三四五六日天末底初中")
"""What makes a day of 周 and 月."""
_MEASURES: Final = frozenset("十百千万萬亿億天日号號周週月年期个個分次笔筆点點折张張位成小星")
"""Behind a digit after 块 these begin something new: 十二块 五天."""


_BEHIND_YUAN: Final = _MEASURES | frozenset("块塊元圆圓毛角至到或多几岁歲人%％")
"""Behind two digits after 块 these begin something new: 12块 25号."""


def with_unit(words: Words, first: int, number: Reading) -> NumberSpan:
    """Return a number with its unit and its small change."""
    past, value = number.past, number.value
    if number.unit is not None:
        return _span(first, number, past, value, number.unit, past)
    half = _halves(words, past)
    if half is not None:
        return _span(first, number, past, value + _HALF, *half)
    unit, whole = _unit(words, past)
    if unit in ("week", "month") and value >= _MANY and _is_day(words, past):
        unit, whole = None, past
    if words[past : past + 1] and words[past] in _TENTHS:
        jiao, after = _fen(words, past + 1, value / 10)
        end = after if after > past + 1 else past
        return _span(first, number, end, jiao, "CNY", max(after, past + 1))
    if words[past : past + 2] in (("分", "钱"), ("分", "錢")):
        return _span(first, number, past, value / 100, "CNY", past + 2)
    if words[past : past + 1] and words[past] in _CENTS and words[past + 1 : past + 2] != ("m",):
        return _span(first, number, past, value / 100, _CENTS[words[past]], past + 1)
    if unit == "CNY" and words[past] in "块塊元圆圓":
        small, after = _yuan_change(words, past, whole)
        if small:
            return _span(first, number, after, value + small, unit, after)
    if unit in ("USD", "GBP", "EUR") and number.past < len(words):
        small, after = _cents(words, whole)
        if small:
            return _span(first, number, after, value + small, unit, after)
    return _span(first, number, past, value, unit, whole)


def _halves(words: Words, at: int) -> tuple[str, int] | None:
    """Return the unit of 两个半月 or 两年半, and the token past it; None where there is no half."""
    if words[at : at + 2] in (("个", "半"), ("個", "半")):
        unit, whole = _unit(words, at + 2)
        return None if unit not in _LENGTHS else (unit, whole)
    unit, whole = _unit(words, at)
    is_night = words[whole + 1 : whole + 2] == ("夜",)
    if unit is None or words[whole : whole + 1] != ("半",) or is_night:
        return None
    is_length = unit in _LENGTHS and words[at] not in "号號日月期"
    return (unit, whole + 1) if is_length or words[at] in "块塊" else None


def _is_day(words: Words, at: int) -> bool:
    """Tell 两百 | 周五 and 三百 | 月底 from weeks and months."""
    return (
        at < len(words) and words[at] in "周週月" and "".join(words[at + 1 : at + 2]) in _DAY_PARTS
    )


def _span(
    first: int, number: Reading, past: int, value: Decimal, unit: str | None, whole: int
) -> NumberSpan:
    digits = number.digits if past == number.past else ""
    return NumberSpan(first, past, value, unit, number.spoken, whole, digits)


def _unit(words: Words, at: int) -> tuple[str | None, int]:
    """Return the unit at a token, and the token past it."""
    start = at
    for _ in range(3):
        word = words[start] if start < len(words) else ""
        for length in (3, 2) if word in _LONGER_BEGIN else ():
            several = words[start : start + length]
            if several in _LONGER:
                return _LONGER[several], start + len(several)
        unit = CURRENCIES.get(word) or _PERIODS.get(word)
        if unit is not None:
            more = words[start + 1 : start + 2]
            is_money = word in "块塊元圆圓" and more in (("钱",), ("錢",))
            return unit, start + 2 if is_money else start + 1
        if word not in _BETWEEN:
            break
        start += 1
    return None, at


def _yuan_change(words: Words, at: int, whole: int) -> tuple[Decimal, int]:
    """Return what follows 块 in 两块八毛五, 三百块钱五毛 or 十二块五, and the token past it."""
    start = whole
    if words[start : start + 1] and words[start] in "零〇":
        start += 1
    number, after = _one_digit(words, start)
    if number is None:
        return _written_cents(words, start) or (Decimal(0), whole)
    follows = words[after] if after < len(words) else ""
    if follows in _TENTHS:
        return _fen(words, after + 1, number / 10)
    if follows == "分" and words[after + 1 : after + 2] != ("钟",):
        return number / 100, after + 1
    is_lone = words[at] in "块塊" and start == at + 1 and follows not in _MEASURES
    return (number / 10, after) if is_lone else (Decimal(0), whole)


def _written_cents(words: Words, at: int) -> tuple[Decimal, int] | None:
    """Return what two digits in a row behind 块 are, and the token past them: 91块25."""
    word = words[at] if at < len(words) else ""
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_cents = len(word) == 2 and word.isdecimal() and follows not in _BEHIND_YUAN
    return (Decimal(word) / 100, at + 1) if is_cents else None


def _fen(words: Words, at: int, so_far: Decimal) -> tuple[Decimal, int]:
    """Return an amount with the 分 behind its 毛 or 角: 八毛五."""
    number, after = _one_digit(words, at)
    follows = words[after] if number is not None and after < len(words) else ""
    if number is None or (follows in _MEASURES and follows != "分"):
        return so_far, at
    return so_far + number / 100, after + 1 if follows == "分" else after


def _one_digit(words: Words, at: int) -> tuple[Decimal | None, int]:
    word = words[at] if at < len(words) else ""
    if len(word) == 1 and word.isdecimal():
        return Decimal(word), at + 1
    value = chinese.digit(word)
    return (Decimal(value), at + 1) if value else (None, at)


def _cents(words: Words, at: int) -> tuple[Decimal, int]:
    """Return what follows `dollars`: `and fifty cents`, `fifty`; and the token past it."""
    start = at + 1 if words[at : at + 1] == ("and",) else at
    word = words[start] if start < len(words) else ""
    is_written = word.isdecimal() and len(word) <= 2
    number = (int(word), start + 1) if is_written else english.small(words, start)
    if number is None:
        return Decimal(0), at
    value, after = number
    follows = words[after] if after < len(words) else ""
    if follows in _CENTS:
        return Decimal(value) / 100, after + 1
    is_bare = start == at and value >= 10
    if is_written:
        ends = follows in _BEHIND_CENTS
    else:
        ends = follows not in CURRENCIES and follows not in _PERIODS and follows not in _BETWEEN
    return (Decimal(value) / 100, after) if is_bare and ends else (Decimal(0), at)
