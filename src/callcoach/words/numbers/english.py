"""Reads a number in English words, or in digits with English words behind them."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Final

from callcoach.words.numbers.english_days import ORDINALS, TENS, is_ordinal, read_day
from callcoach.words.numbers.model import Reading, short

Words = tuple[str, ...]

_SINGLE: Final[Mapping[str, int]] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS: Final[Mapping[str, int]] = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_NOUGHTS: Final = frozenset(("oh", "o", "nought", "naught", "nil"))
_REPEATS: Final[Mapping[str, int]] = {"double": 2, "triple": 3, "treble": 3}
_SCALES: Final[Mapping[str, int]] = {
    "k": 1_000, "grand": 1_000, "thousand": 1_000,
    "million": 1_000_000, "mil": 1_000_000, "billion": 1_000_000_000,
    "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "crore": 10_000_000, "crores": 10_000_000,
    "fiver": 5, "fivers": 5, "tenner": 10, "tenners": 10, "dozen": 12,
}  # fmt: skip
MONEY: Final = frozenset(("grand", "fiver", "fivers", "tenner", "tenners"))
"""Words for so much money, of whatever currency."""
_NOT_BEFORE_ONE: Final = frozenset(
    (
        *("no", "any", "every", "each", "this", "that", "the", "which", "what", "another"),
        *("some", "new", "old", "last", "next", "other", "only", "good", "wrong", "right"),
        *("right", "same", "big", "small", "number", "my", "your", "his", "her", "our"),
    )
)
"""`that one`, `no one`: here it stands for something that was named before."""
_NOT_AFTER_ONE: Final = frozenset(
    (
        *("moment", "second", "sec", "mo", "thing", "another", "by", "on", "at", "who", "that"),
        *("way", "is", "of", "more", "last", "other", "can", "would", "could", "should"),
    )
)

_LONGEST: Final = 64
"""Digits in a row that are read as one string; nobody says as many."""
BEHIND_A: Final = frozenset(
    ("hundred", "thousand", "million", "billion", "grand", "lakh", "crore", "fiver", "tenner")
)
"""Before all other words `a` is no number."""
_NO_GRAND: Final = frozenset(
    (
        *("total", "piano", "opening", "plan", "scheme", "idea", "sum", "day", "old", "time"),
        *("way", "jury", "slam", "prix", "canyon", "finale", "tour", "gesture", "design"),
    )
)
"""`a grand total` is no thousand."""
_ROUND: Final = frozenset(("a", "hundred", "thousand", "fiver", "tenner"))
_SOME: Final = frozenset(("few", "several", "couple", "some", "many"))
STARTS: Final = frozenset(
    (
        *(*_SINGLE, *_TEENS, *TENS, *_NOUGHTS, *_REPEATS, *ORDINALS),
        *("hundred", "thousand", "a", "half", "fiver", "tenner"),
    )
)
"""The words with which a number can begin."""


def read(words: Words, at: int) -> Reading | None:
    """Return the number that begins at token `at`; None where none does."""
    if words[at] == "half":
        return _half(words, at)
    if words[at] == "a" and BEHIND_A.isdisjoint(words[at + 1 : at + 2]):
        return None
    if words[at : at + 2] == ("a", "grand") and not _NO_GRAND.isdisjoint(words[at + 2 : at + 3]):
        return None
    if words[at] in BEHIND_A and is_some(words, at):
        return None
    found = _digit_run(words, at) or read_day(words, at)
    if found is None and not is_ordinal(words, at):
        found = _cardinal(words, at)
    if found is None or _is_pronoun(words, at, found.past):
        return None
    return found


def _half(words: Words, at: int) -> Reading | None:
    """Read `half a million`."""
    scale = _scale(words, at + 2) if words[at + 1 : at + 2] == ("a",) else 0
    is_read = scale and _NO_GRAND.isdisjoint(words[at + 3 : at + 4])
    return Reading(at + 3, short(Decimal(scale) / 2), True) if is_read else None


def is_some(words: Words, at: int) -> bool:
    """Tell `a few hundred` and `a couple of thousand`: nobody said how many."""
    before = words[at - 1] if at else ""
    return before in _SOME or (before == "of" and at > 1 and words[at - 2] == "couple")


def small(words: Words, at: int) -> tuple[int, int] | None:
    """Return a number below 100 in words and the token past it."""
    word = words[at] if at < len(words) else ""
    if word in TENS:
        ones = _SINGLE.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return (TENS[word] + ones, at + 2) if ones else (TENS[word], at + 1)
    value = _SINGLE.get(word, _TEENS.get(word))
    return None if value is None else (value, at + 1)


def digit_of(words: Words, at: int) -> tuple[str, int] | None:
    """Return the digits that one spoken digit stands for (`double four`: 44), and past it."""
    word = words[at] if at < len(words) else ""
    if word in _REPEATS:
        is_twice = at + 1 < len(words) and words[at + 1] in _REPEATS
        one = None if is_twice else digit_of(words, at + 1)
        return None if one is None else (one[0] * _REPEATS[word], one[1])
    if word in _SINGLE:
        return str(_SINGLE[word]), at + 1
    if word in _NOUGHTS:
        return "0", at + 1
    if len(word) == 1 and word.isdecimal():
        return word, at + 1
    return None


def _digit_run(words: Words, at: int) -> Reading | None:
    """Read digits that were said one by one: two words or more, three where in digits."""
    digits, past, ends = "", at, [at]
    while past - at < _LONGEST and (one := digit_of(words, past)) is not None:
        digits, past = digits + one[0], one[1]
        ends.append(past)
    if past < len(words) and (words[past] == "hundred" or words[past] in _SCALES):
        digits, past = digits[:-1], ends[max(len(ends) - 2, 0)]
    if len(digits) < 2:
        return None
    run = words[at:past]
    is_spoken = any(not word.isdecimal() for word in run)
    if len(digits) < (2 if is_spoken else 3) or not any(
        word in _SINGLE or word.isdecimal() for word in run
    ):
        return None
    if run[0] in _NOUGHTS and len(digits) < 3:
        return None
    if len(run) == 2 and _is_guess(run):
        return Reading(past, Decimal(digits[0]), True)
    return Reading(past, Decimal(digits), is_spoken, digits)


def _is_guess(run: Words) -> bool:
    """Tell `two three` (days): about so many, not a string of digits."""
    return all(
        one in _SINGLE and other in _SINGLE and _SINGLE[other] == _SINGLE[one] + 1
        for one, other in pairwise(run)
    )


def _cardinal(words: Words, at: int) -> Reading | None:
    """Read a cardinal: `twelve hundred and five`, `a thousand`, `5 million`, `one point five`."""
    total, limit, here = Decimal(0), 10**12, at
    spoken, found = False, False
    while True:
        start = here + 1 if found and here < len(words) and words[here] == "and" else here
        group = _group(words, start, found)
        if group is None:
            break
        value, past, is_spoken = group
        scale = _scale(words, past)
        joined = start != here
        if scale:
            past, is_spoken = past + 1, True
        size = scale or 1
        if found and (value * size >= limit or (joined and value >= 100 and not scale)):
            break
        if joined and _goes_on(words, past):
            break
        total += value * size
        spoken, found, here, limit = spoken or is_spoken, True, past, size
        if size == 1:
            break
    if not found:
        return None
    if here + 2 < len(words) and words[here : here + 3] == ("and", "a", "half"):
        half = Decimal(1) / 2
        scale = _scale(words, here + 3)
        if scale and limit == 1:
            return Reading(here + 4, short((total + half) * scale), True)
        return Reading(here + 3, short(total + half * limit), True)
    digits = words[at] if here == at + 1 and words[at].isdecimal() else ""
    return Reading(here, short(total) if spoken else total, spoken, digits)


def _scale(words: Words, at: int) -> int:
    """Return what the word at `at` multiplies with; 0 where it does not."""
    return _SCALES.get(words[at], 0) if at < len(words) else 0


def size_of(word: str) -> int:
    """Return what a word behind a number multiplies it with; 0 where it does not."""
    return 100 if word == "hundred" else _SCALES.get(word, 0)


def _goes_on(words: Words, at: int) -> bool:
    """Tell whether a hundred or a scale follows: `one hundred and two hundred` are two."""
    return at < len(words) and (words[at] == "hundred" or words[at] in _SCALES)


def _group(words: Words, at: int, is_inner: bool) -> tuple[Decimal, int, bool] | None:
    """Read what stands before a scale: below 10,000, or any number in digits; with `hundred`."""
    if at >= len(words):
        return None
    word = words[at]
    if word in _ROUND:
        return _round(words, at, is_inner)
    if word[0].isdecimal():
        value, past, is_spoken = Decimal(word), at + 1, False
        if is_inner and (words[at - 1] not in _SCALES and words[at - 1] not in ("and", "hundred")):
            return None
        if len(word) == 1 and word != "0" and not is_inner:
            both, past = _pair(words, past, value)
            value, is_spoken = both, both != value
    else:
        read_small = small(words, at)
        if read_small is None:
            return None
        value, past, is_spoken = Decimal(read_small[0]), read_small[1], True
    if past < len(words) and words[past] == "hundred" and value < 100:
        rest, past = _below_hundred(words, past + 1)
        return value * 100 + rest, past, True
    if is_spoken:
        value, past = _decimals(words, past, value)
        if value == value.to_integral() and 0 < value < 100 and not is_inner:
            value, past = _pair(words, past, value)
    return value, past, is_spoken


def _round(words: Words, at: int, is_inner: bool) -> tuple[Decimal, int, bool] | None:
    """Read `a hundred and five`, `a thousand` or `hundred` alone; `a` belongs to them."""
    past = at + 1 if words[at] == "a" else at
    if is_inner or past >= len(words):
        return None
    if words[past] == "hundred":
        rest, past = _below_hundred(words, past + 1)
        return 100 + rest, past, True
    return (Decimal(1), past, True) if words[past] in BEHIND_A else None


def _below_hundred(words: Words, at: int) -> tuple[Decimal, int]:
    """Return what follows `hundred`: `and five`, `twenty`; 0 where nothing does."""
    start = at + 1 if at < len(words) and words[at] == "and" else at
    rest = small(words, start)
    if rest is None or (rest[1] < len(words) and words[rest[1]] == "hundred"):
        return Decimal(0), at
    return Decimal(rest[0]), rest[1]


def _decimals(words: Words, at: int, whole: Decimal) -> tuple[Decimal, int]:
    """Return a number with what follows `point`."""
    if at >= len(words) or words[at] != "point":
        return whole, at
    digits, past = "", at + 1
    while past < len(words) and (one := digit_of(words, past)) is not None:
        digits, past = digits + one[0], one[1]
    if not digits:
        tens = small(words, at + 1)
        if tens is None:
            return whole, at
        digits, past = str(tens[0]), tens[1]
    return Decimal(f"{whole}.{digits}"), past


def _pair(words: Words, at: int, first: Decimal) -> tuple[Decimal, int]:
    """Return `twelve fifty` as 1250, `nineteen oh five` as 1905; else the number as it is."""
    if at < len(words) and words[at] in ("oh", "o") and first >= 10:
        ones = _SINGLE.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return (first * 100 + ones, at + 2) if ones else (first, at)
    second = small(words, at)
    if second is None or second[0] < 10:
        return first, at
    if second[1] < len(words) and (words[second[1]] == "hundred" or _scale(words, second[1])):
        return first, at
    return first * 100 + second[0], second[1]


def _is_pronoun(words: Words, at: int, past: int) -> bool:
    """Tell `one` that counts nothing: `no one`, `one moment`, `that one`."""
    if past != at + 1 or words[at] != "one":
        return False
    before = words[at - 1] if at else ""
    after = words[past] if past < len(words) else ""
    return before in _NOT_BEFORE_ONE or after in _NOT_AFTER_ONE
