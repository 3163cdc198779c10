"""Reads a number in Chinese characters, or in digits with Chinese ones behind: 3万5."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from callcoach.words.numbers.model import Reading, short

Words = tuple[str, ...]

_DIGITS: Final[Mapping[str, int]] = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9, "两": 2, "兩": 2, "幺": 1, "壹": 1, "贰": 2, "貳": 2, "叁": 3,
    "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TIMES: Final[Mapping[str, int]] = {
    "十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000,
    "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8,
}  # fmt: skip
_NOUGHTS: Final = frozenset("零〇○")
_IN_WORDS: Final = frozenset("參陆陸伍拾两兩幺")
"""A surname, a measure, a verb: numbers only beside other number characters."""
_LONGEST: Final = 64
"""Digits in a row that are read as one string; nobody says as many."""
_ABOUT: Final = frozenset("几幾数數好若")
"""`几十`, `数千`: nobody said how many."""
_NOT_AFTER: Final = frozenset("第初统統唯其之专專单單逐同张張老小")
"""`第一`, `统一`, `张三`: what follows is no number."""
_WEEKS: Final = frozenset("周週期拜")
"""期 and 拜 end 星期 and 礼拜."""
_WEEKDAYS: Final = frozenset("一二三四五六")
_NOT_BEFORE: Final[Mapping[str, frozenset[str]]] = {
    "二": frozenset("手维維楼话胡房"),
    "三": frozenset("方星农農亚亞包"),
    "四": frozenset("川处處周海季肢"),
    "五": frozenset("官粮糧金险險行脏"),
    "六": frozenset("神合"),
    "七": frozenset("夕匹"),
    "八": frozenset("卦成达"),
    "九": frozenset("江州寨牛"),
    "十": frozenset("分足全佳堰字"),
    "零": frozenset("钱錢售食件碎花用星距"),
}
_UNITS_OF_ONE: Final = frozenset("天日周週年期月号號块塊元圆圓毛角分个個星礼禮小折成")
"""Behind a lone 一 only these make it a number; 一下, 一起, 一定 and 一些 hold none."""
_ONE_IN_WORDS: Final = frozenset(
    ("一块儿", "一成不", "一分都", "一毛不", "一分不", "一天到", "一小部")
)
_HALF: Final = Decimal("0.5")
_MYRIADS: Final = frozenset("万萬")
"""`万一` is no number."""
_DAYS: Final = frozenset("号號日月楼樓栋室")
"""Behind 十五六 these make two of it: 十五，六号."""
_POINTS: Final = frozenset("点點")
_PARTS: Final[Mapping[str, int]] = {"百": 100, "千": 1000, "万": 10**4, "萬": 10**4}

_AFTER_ONE: Final = frozenset((*_DIGITS, *_TIMES)) | _UNITS_OF_ONE | _POINTS
STARTS: Final = frozenset((*_DIGITS, *_TIMES, "半"))
"""The characters with which a number can begin."""
_NOT_BEFORE_HALF: Final = frozenset("一大多小上下前后後过過夜个個年天日月周週期块塊元点點")
_HALVED: Final = (
    *("年", "个月", "個月", "小时", "小時", "个小", "個小", "个钟", "個鐘", "个星", "個星", "个礼"),
    *("個禮", "个周", "個週", "分钟", "分鐘"),
)
"""What there is half of: 半年, 半个月; 半天 and 半路 are words of their own."""


def goes_on(word: str) -> bool:
    """Tell whether a token behind digits makes them a Chinese number: 3万, 5千."""
    return word in _TIMES


def read(words: Words, at: int) -> tuple[Reading | None, int]:
    """Return the number that begins at token `at`, and the token from which to look further."""
    if words[at] == "半":
        return _half(words, at), at + 1
    if words[at] == "一" and _is_lone(words[at + 1] if at + 1 < len(words) else ""):
        return None, at + 1
    shares = _share(words, at)
    if shares is not None:
        return shares, shares.past
    before = words[at - 1] if at else ""
    if before in _WEEKS and _is_behind_week(words, at):
        return (None, at + 1) if _is_weekday(words, at) else _found(words, at)
    is_none = before in _NOT_AFTER or before in _ABOUT or (before in _MYRIADS and words[at] == "一")
    return (None, _past_parts(words, at)) if is_none else _found(words, at)


def _half(words: Words, at: int) -> Reading | None:
    """Read the 半 of 半年; that of 两年半 belongs to what stands before it."""
    is_word = at > 0 and words[at - 1] in _NOT_BEFORE_HALF
    is_half = not is_word and "".join(words[at + 1 : at + 3]).startswith(_HALVED)
    return Reading(at + 1, _HALF, True) if is_half else None


def _found(words: Words, at: int) -> tuple[Reading | None, int]:
    """Return the number at a token, if it counts, and the token from which to look further."""
    found = _plain(words, at)
    if found is None:
        return None, _past_parts(words, at)
    if found.past == at + 1 and not _counts(words, at):
        return None, found.past
    if found.past < len(words) and words[found.past] in "几幾" and words[at] in _TIMES:
        return None, found.past
    return found, found.past


def _is_behind_week(words: Words, at: int) -> bool:
    """Tell 周, 星期 and 礼拜 from other words that end so: 这期三百."""
    before = words[at - 2] if at > 1 else ""
    return words[at - 1] in "周週" or before + words[at - 1] in ("星期", "礼拜", "禮拜")


def _is_weekday(words: Words, at: int) -> bool:
    """Tell whether a digit behind 周 names the day: 周五 | 五百, but 每周 | 五百."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_each = "每" in words[max(at - 3, 0) : at]
    return words[at] in _WEEKDAYS and not is_each and (follows in "十拾" or follows not in _TIMES)


def _is_lone(after: str) -> bool:
    """Tell by what is behind it a 一 that is no number: most are in words such as 一下 and 一起."""
    return after not in _AFTER_ONE and not after[:1].isdecimal()


def _past_parts(words: Words, at: int) -> int:
    """Return the token past the number characters that begin at `at`, and past `at` itself."""
    past = at
    while past < len(words) and (words[past] in _DIGITS or words[past] in _TIMES):
        past += 1
    return max(past, at + 1)


def _share(words: Words, at: int) -> Reading | None:
    """Read `百分之十`, `万分之五` and `三分之一`."""
    if words[at + 1 : at + 3] != ("分", "之") or at + 3 >= len(words):
        return None
    number = _plain(words, at + 3)
    if number is None:
        return None
    of = _PARTS.get(words[at])
    if of is not None:
        return Reading(number.past, number.value * 100 / of, True, unit="percent")
    whole = _DIGITS.get(words[at], 10 if words[at] == "十" else 0)
    return Reading(number.past, number.value / whole, True) if whole else None


def _plain(words: Words, at: int) -> Reading | None:
    """Read a number with its decimals and what multiplies them: 一点五万."""
    found = _string(words, at) or _positional(words, at)
    if found is None:
        return None
    past, value = found.past, found.value
    digits, after = _decimals(words, past)
    if digits and value == int(value):
        scale = 1
        while after < len(words) and words[after] in _TIMES:
            scale, after = scale * _TIMES[words[after]], after + 1
        total = Decimal(f"{int(value)}.{digits}")
        return Reading(after, short(total * scale) if scale > 1 else total, True)
    return found


def _string(words: Words, at: int) -> Reading | None:
    """Read digits that were said one by one: 一三八零; two only where they are no guess."""
    past, digits = at, ""
    end = min(len(words), at + _LONGEST)
    while past < end and words[past] in _DIGITS:
        if words[past] in "两兩":
            return None
        digits, past = digits + str(_DIGITS[words[past]]), past + 1
    if len(digits) < 2 or (past < len(words) and words[past] in _TIMES):
        return None
    is_guess = len(digits) == 2 and "0" < digits[0] < digits[1] and int(digits) % 11 != 0
    if is_guess and int(digits[1]) - int(digits[0]) <= 2:
        return Reading(past, Decimal(digits[0]), True)
    return Reading(past, Decimal(digits), True, digits)


def _positional(words: Words, at: int) -> Reading | None:
    """Read a number with its tens, hundreds and 万: 三万五, 一百零五, 3万5."""
    total, section, last, past = Decimal(0), Decimal(0), 10**12, at
    digit: Decimal | None = None
    gap = spoken = found = False
    while past < len(words):
        word = words[past]
        if word in _NOUGHTS and found and digit is None:
            gap, past, spoken = True, past + 1, True
            continue
        if word in _DIGITS or word[0].isdecimal():
            value = Decimal(_DIGITS[word]) if word in _DIGITS else Decimal(word)
            if digit is not None:
                is_last = last < 10**12 and _is_about(words, past, digit, value)
                if not (is_last or _is_guess(words, past, digit, value)):
                    break
            elif found and value >= last:
                break
            else:
                digit = value
            spoken = spoken or word in _DIGITS
        elif word in _TIMES:
            size = _TIMES[word]
            if size < 10**4:
                is_out = size >= last or (digit is None and (size > 10 or (found and not gap)))
                is_out = is_out or (digit is not None and digit >= size)  # 还300，十五号
            else:
                is_out = section + (digit or 0) + total == 0
                is_out = is_out or (0 < total < 10**8 if size == 10**4 else total >= 10**8)
            if is_out:
                is_fifteen = size == 10 and words[at] in "十拾"  # 十五，十六号
                if digit is not None and last < 10**12 and not is_fifteen:
                    digit, past = None, past - 1
                break
            if size < 10**4:
                section += (Decimal(1) if digit is None else digit) * size
            else:
                section += digit or 0
                total = (total + section) * size if size == 10**8 else total + section * size
                section = Decimal(0)
            digit, last, gap, spoken = None, size, False, True
            if size >= 10**4 and past + 1 < len(words) and words[past + 1] in ("亿", "億"):
                total, past, last = total * 10**8, past + 1, 10**8
        else:
            break
        found, past = True, past + 1
    if not found:
        return None
    while past > at + 1 and words[past - 1] in _NOUGHTS and last < 10**12:
        past -= 1
    if digit is not None:
        is_short = last in (100, 1000, 10**4, 10**8) and not gap and digit < 10
        section += digit * (last // 10) if is_short else digit
    plain = words[at] if past == at + 1 and words[at].isdecimal() else ""
    total += section
    return Reading(past, short(total) if spoken else total, spoken, plain)


def _is_guess(words: Words, at: int, one: Decimal, other: Decimal) -> bool:
    """Tell 两三 of 两三千: about so many."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    return words[at] in _DIGITS and follows in _TIMES and one < other <= one + 2


def _is_about(words: Words, at: int, one: Decimal, other: Decimal) -> bool:
    """Tell the 六 of 十五六块 and 三百五六: about so many."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_end = follows not in _DIGITS and follows not in _TIMES and not follows[:1].isdecimal()
    return words[at] in _DIGITS and other == one + 1 and is_end and follows not in _DAYS


def size_of(word: str) -> int:
    """Return what a character behind a digit multiplies it with, from 百 on; 0 for any other."""
    size = _TIMES.get(word, 0)
    return size if size > 10 else 0


def _decimals(words: Words, at: int) -> tuple[str, int]:
    """Return the digits behind 点 and the token past them; none where it tells the time."""
    if at >= len(words) or words[at] not in _POINTS:
        return "", at
    past, digits = at + 1, ""
    while past < len(words):
        if words[past] in _DIGITS:
            digits += str(_DIGITS[words[past]])
        elif words[past].isdecimal() and not digits:
            digits += words[past]
        else:
            break
        past += 1
    follows = words[past] if past < len(words) else ""
    if not digits or follows in ("十", "分", "刻"):
        return "", at
    return digits, past


def _counts(words: Words, at: int) -> bool:
    """Tell whether a lone character is a number here, and not a part of a word."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    if word == "一" or word == "壹":
        three = "".join(words[at : at + 3])
        if after not in _UNITS_OF_ONE or three in _ONE_IN_WORDS:
            return False
        if after in "个個" and words[at + 2 : at + 3] == ("半",):
            return words[at + 3 : at + 4] in (("月",), ("星",), ("礼",), ("禮",), ("小",), ("钟",))
        if after in "个個":
            return words[at + 2 : at + 3] in (("月",), ("星",), ("礼",), ("禮",), ("小",), ("周",))
        if after in "块塊":
            return words[at + 2 : at + 3] not in (("儿",), ("去",), ("来",), ("兒",))
        if after in "星礼禮小":
            return three in ("一星期", "一礼拜", "一禮拜", "一小时", "一小時")
        if three == "一分钱" and words[at + 3 : at + 4] in (("都",), ("也",), ("不",), ("没",)):
            return False
        return after != "分" or three == "一分钟" or three == "一分鐘" or three == "一分钱"
    if word == "十" and after == "分":
        return "".join(words[at + 2 : at + 3]) in ("钟", "鐘", "之")
    if word in _IN_WORDS and word not in "两兩":
        return False
    return after not in _NOT_BEFORE.get(word, frozenset())


def digit(word: str) -> int:
    """Return the value of one number character; 0 for any other."""
    return _DIGITS.get(word, 0)


def is_digit(word: str) -> bool:
    """Tell whether a token is one digit in a character, 零 included."""
    return word in _DIGITS
