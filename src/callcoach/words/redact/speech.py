"""A text prepared for the rules: its tokens, its numbers and its runs of digits."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count
from typing import Final

from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.numbers import (
    Amount,
    DayMention,
    amounts_among,
    chinese,
    english,
    find_days,
    find_numbers,
)
from callcoach.words.redact.dictated import dictated

_BETWEEN: Final = re.compile(r"[\s\-–—./()·_+#*]{0,3}")
"""What may stand between written groups of digits that belong together."""
_BETWEEN_SPOKEN: Final = re.compile(r"[\s\-–—./()·_,，、。…]*")
_PAUSES: Final = frozenset(
    ("uh", "um", "er", "erm", "ah", "dash", "hyphen", "space", "then", "嗯", "呃", "啊", "杠", "横")
)
_DAY: Final = re.compile(
    r"[/月日号號-]|\d\.\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE
)
"""Something that every date of a year holds."""
_LARGE: Final = {"hundred": "00", "thousand": "000"}
_GROUP: Final = 3
"""Digits of the shortest group of a number that words stand behind."""
_LATIN: Final = re.compile("[a-zà-ɏ]")
_JOINTS: Final = tuple(
    tuple(joint)
    for joint in (
        "然后",
        "然後",
        "后面是",
        "後面是",
        "接着",
        "接著",
        "再",
        "后面",
        "後面",
        "中间是",
        "最后是",
        "最後是",
    )
)
"""What is said between the groups of one number; tokens of Chinese are characters."""
_REMEMBERED: Final = 512
"""Texts that are remembered: the turns of a long call, which is read twice."""
_NOT_DIGITS: Final = frozenset("两兩")


@dataclass(frozen=True, slots=True)
class Run:
    """Digits that were written or said in a row."""

    first: int
    past: int
    """Tokens, past exclusive; spoken pauses inside are part of it."""
    start: int
    end: int
    """Characters of the text."""
    groups: tuple[str, ...]
    """As they were grouped: `657`, `890`, `5678`."""
    is_spoken: bool

    @property
    def digits(self) -> str:
        """All digits, an X at the end of an identity number included."""
        return "".join(self.groups)


@dataclass(frozen=True, slots=True)
class Speech:
    """One turn, prepared."""

    text: str
    low: str
    """In lower case, character for character."""
    tokens: Tokens
    runs: tuple[Run, ...]
    amounts: tuple[Amount, ...]
    days: tuple[DayMention, ...]
    """Empty where there are no digits that could be a part of one."""
    numbers: frozenset[int]
    """The tokens that are digits or a number in words."""
    capitals: frozenset[int]
    """The tokens that begin with a capital letter; none in a text that has no small ones."""
    has_latin: bool
    """There is a word in Latin letters; without one no rule for English has anything to find."""

    def span(self, first: int, past: int) -> tuple[int, int]:
        """Return the characters of tokens."""
        return self.tokens.starts[first], self.tokens.ends[past - 1]

    def is_capital(self, at: int) -> bool:
        """Tell whether a token begins with a capital letter, in a text that has small ones."""
        return at in self.capitals


@lru_cache(maxsize=_REMEMBERED)
def prepare(text: str, least: int = 3) -> Speech:
    """Return a text prepared for the rules; fewer than `least` spoken digits are no run."""
    tokens = tokenise(text)
    low = _lower(text)
    numbers = frozenset(compress(count(), map(is_number, tokens.words)))
    runs = tuple(_runs(text, tokens, numbers, least)) if numbers else ()
    readings = find_numbers(tokens.words) if numbers else ()
    return Speech(
        text,
        low,
        tokens,
        runs,
        amounts_among(text, tokens, readings) if readings else (),
        find_days(text) if runs and _DAY.search(text) else (),
        numbers,
        _capitals(text, tokens) if low != text else frozenset(),
        _LATIN.search(low) is not None,
    )


def _capitals(text: str, tokens: Tokens) -> frozenset[int]:
    if text.isupper():
        return frozenset()
    return frozenset(at for at, start in enumerate(tokens.starts) if text[start].isupper())


def _lower(text: str) -> str:
    """Return a text in lower case, character for character."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@lru_cache(maxsize=8192)
def is_number(word: str) -> bool:
    """Tell whether a word is digits or may begin or go on with a number in words."""
    if word[0].isdecimal() or word in _LARGE:
        return True
    if word.isascii():
        is_small = english.small((word,), 0) is not None
        return is_small or english.digit_of((word, "one"), 0) is not None
    return chinese.is_digit(word)


@dataclass(frozen=True, slots=True)
class _Atom:
    past: int
    digits: str
    is_spoken: bool


def _runs(text: str, tokens: Tokens, numbers: frozenset[int], least: int) -> Iterator[Run]:
    listed = dict(_listed(text, tokens))
    at = 0
    while at < len(tokens.words):
        if at in listed:
            yield listed[at]
            at = listed[at].past
            continue
        atom = _atom(text, tokens, at) if at in numbers else None
        if atom is None:
            at += 1
            continue
        run = _extended(text, tokens, at, atom, least)
        if run is not None:
            yield run
        at = run.past if run is not None else at + 1


def _listed(text: str, tokens: Tokens) -> Iterator[tuple[int, Run]]:
    """Yield the numbers that were dictated in groups with commas between, by their first tokens."""
    for start, end, groups in dictated(text):
        first, past = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        yield first, Run(first, past, start, end, groups, is_spoken=False)


def _extended(text: str, tokens: Tokens, first: int, atom: _Atom, least: int) -> Run | None:
    """Join the digits that follow on the first ones; None for a lone spoken word."""
    groups, past, is_spoken = [atom.digits], atom.past, atom.is_spoken
    is_all_spoken = atom.is_spoken
    while past < len(tokens.words):
        is_long = len("".join(groups)) >= _GROUP
        follows = _behind_joint(text, tokens, past) if is_long else None
        follows = follows or _behind(text, tokens, past, is_spoken)
        if follows is None:
            break
        groups.append(follows.digits)
        past, is_spoken = follows.past, follows.is_spoken
        is_all_spoken = is_all_spoken and follows.is_spoken
    digits = "".join(groups)
    if len(digits) == 17 and tokens.words[past : past + 1] in (("x",), ("叉",)):
        groups.append("X")
        past += 1
    is_open = least < _GROUP  # digits were asked for: a lone `nineteen` may be some of them
    is_said = is_open or _is_dictated(tokens.words[first:past])
    if is_all_spoken and (len(digits) < least or not is_said):
        return None
    return Run(
        first, past, tokens.starts[first], tokens.ends[past - 1], tuple(groups), is_all_spoken
    )


def _behind_joint(text: str, tokens: Tokens, past: int) -> _Atom | None:
    """Return the digits behind words that join two groups of a number: 然后 4412."""
    for joint in _JOINTS:
        start = past + len(joint)
        if tokens.words[past:start] == joint:
            return _atom(text, tokens, start) if start < len(tokens.words) else None
    return None


def _behind(text: str, tokens: Tokens, past: int, is_spoken: bool) -> _Atom | None:
    """Return the digits right behind others, or behind a pause where both are spoken."""
    start = past
    while start < len(tokens.words) and start - past < 2 and tokens.words[start] in _PAUSES:
        start += 1
    follows = _atom(text, tokens, start) if start < len(tokens.words) else None
    if follows is None:
        return None
    if start > past:
        return follows if is_spoken and follows.is_spoken else None
    between = text[tokens.ends[past - 1] : tokens.starts[start]]
    gap = _BETWEEN_SPOKEN if is_spoken or follows.is_spoken else _BETWEEN
    return follows if gap.fullmatch(between) else None


def _is_dictated(words: tuple[str, ...]) -> bool:
    """Tell digits that are read out from `one`, `twenty` or a plain cardinal."""
    return len(words) > 1 or len(words[0]) > 2


def _atom(text: str, tokens: Tokens, at: int) -> _Atom | None:
    """Return the digits at a token: `4412`, `four`, `double four`, `forty four`, 一."""
    word = tokens.words[at]
    if word[0].isdecimal():
        return _written(text, tokens, at)
    one = english.digit_of(tokens.words, at)
    if one is None:
        small = english.small(tokens.words, at)
        one = (str(small[0]), small[1]) if small is not None else None
    if one is not None:
        digits, past = one
        large = _LARGE.get(tokens.words[past]) if past < len(tokens.words) else None
        return _Atom(past + 1, digits + large, True) if large else _Atom(past, digits, True)
    if not chinese.is_digit(word):
        return None
    said = tokens.words[at + 1 : at + 3]
    if len(said) == 2 and said[0] in "个個" and chinese.is_digit(said[1]) and at > 0:
        goes_on = at + 3 < len(tokens.words) and chinese.goes_on(tokens.words[at + 3])
        times = int(chinese.digit(word))
        if not goes_on and times > 1 and chinese.is_digit(tokens.words[at - 1]):
            return _Atom(at + 3, str(chinese.digit(said[1])) * times, True)
    if word in _NOT_DIGITS:
        return None
    follows = tokens.words[at + 1] if at + 1 < len(tokens.words) else ""
    before = tokens.words[at - 1] if at else ""
    if chinese.goes_on(follows) or chinese.goes_on(before):
        return None
    return _Atom(at + 1, str(chinese.digit(word)), True)


def _written(text: str, tokens: Tokens, at: int) -> _Atom | None:
    """Return written digits; None for an amount with marks: 1,280.40."""
    word = tokens.words[at]
    given = text[tokens.starts[at] : tokens.ends[at]]
    if "," in given or "，" in given:
        return None
    whole, _, rest = word.partition(".")
    if rest and not (len(whole) >= 3 and len(rest) >= 3):
        return None
    digits = "".join(str(int(char)) for char in whole + rest)
    return _Atom(at + 1, digits, False)
