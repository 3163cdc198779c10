"""Finds what somebody pays or offers to pay, where nobody names a currency.

`I can manage a hundred and fifty`, 我周五先转两百: the verb says that it is money. Who promises
often says no more than a number and a day, so a promise may be read with less.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Final

from callcoach.words.normalise import Tokens
from callcoach.words.numbers.amounts import Amount, amounts_among
from callcoach.words.numbers.around import MEASURES, goes_on, is_counted, is_moment, is_share
from callcoach.words.numbers.model import NumberSpan

_LOOK_BACK: Final = 60
_BETWEEN: Final = (
    r"(?:\s+(?:you(?:\s+guys)?|u|him|her|them|it|that|over|across|through|up|down|in|out|back"
    r"|about|around|roughly|approximately|maybe|perhaps|only|just|like|say|at\s+(?:least|most)"
    r"|up\s+to|close\s+to|as\s+much\s+as|another|an?|the|extra|additional|maximum|minimum|max"
    r"|first|full|payment|deposit|total|sum|amount|of|is|was)){0,4}\s*$"
)
_PAYS: Final = re.compile(
    r"\b(?:pay(?:ing|s)?|paid|repay(?:ing)?|transfer(?:r?ing|red)?|wir(?:e|ing|ed)|remit(?:ting)?"
    r"|deposit(?:ing)?|afford(?:ing)?|spar(?:e|ing)|offer(?:ing)?|zelle|venmo|payment|instal+ment)"
    rf"{_BETWEEN}"
)
_MAY_PAY: Final = re.compile(
    r"\b(?:send(?:ing)?|sent|put(?:ting)?|giv(?:e|ing)|do(?:ing)?|manag(?:e|ing)|scrap(?:e|ing)(?:\s+together)?"
    r"|find(?:ing)?|make\s+(?:it|you|that|a\s+payment)|rais(?:e|ing)|get\s+you|bring(?:ing)?|stretch(?:ing)?(?:\s+to)?|go\s+to|throw"
    r"|chip|drop|stick|pop|bung|sling|whack|cover(?:ing)?|settle|clear(?:ing)?|commit(?:ting)?(?:\s+to)?|contribut(?:e|ing)|part\s+with|chuck|lend|swing)"
    rf"{_BETWEEN}"
)
"""Verbs of other things too: what is paid with them is more than a few."""
_EACH: Final = re.compile(r"\s*(?:an?|per|each|every)\s+(?:week|month|fortnight|day|pay\s?day)")
_GIVES: Final = re.compile(
    r"(?P<verb>转|轉|打|汇|匯|付|还|還|给|給|交|存|凑|湊|拿|补|補|缴|繳|充|掏|垫|墊|筹|籌|清|结|結)"
    r"(?:账|帐|款|钱|錢|支|出来|出|过去|过来|過去|過來|上|进|掉|完|到|了|过|得起|得了|得出|个|個|大概|差不多|最多"
    r"|至少|顶多|先|您|你|们|們|咱|公司|银行|一下|人民币|是|约|再|也|就|只|能|清)*\s*$"
)
_CALLED: Final = re.compile(r"(?:人工|分机|分機|电话|電話|客服|热线|熱線|接)[^，。]{0,4}$")
_TAKEN: Final = re.compile(
    rf"\s*[几幾]?(?:[{MEASURES}天号號点點年岁歲成笔筆公%％]|月(?![底初末中]))"
    r"|\s*(?:小时|小時|分[钟鐘])|[:：]?\d"
)
"""What a number counts, or names with what stands behind it."""
_TRANSFERRED: Final = re.compile(r"\s*(?:过去|过来|過去|過來|给|給|到|进|上|块|款)")
_NAMED: Final = re.compile(
    r"(?:\b(?:number|code|pin|card|phone|account|id|ending|digits|aged?|i\s+am|i'm|room|flat|floor|extension|ext|option|calls?|called|dial|ring|text|through|make|earn|get|income|wages?|salary|rent|mortgage|costs?|exp(?:iry|ires)?)\b"
    r"|第|电话|電話|号码|號碼|尾号|今年|工号|热线|卡号|工资|收入|房租|月供|挣)[^,.;?!，。；？！]*$|[打拨转]\s*$|[/.:-]$"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december)\W*$"
)
"""Behind these a number is one of something else, or what somebody earns or spends."""
_HAN: Final = re.compile(r"\s*[一-鿿]")
_GAPS: Final = re.compile(r"(?<=[一-鿿]) +(?=[一-鿿]|$)")
"""What a recogniser puts between Chinese words."""
_OWED: Final = re.compile(
    r"(?:\bow(?:e|es|ed|ing)\b|\bout\s+of\b|\bof\s+the\b|\bbalance\b|欠|总共|總共|一共|余额|餘額)[^,.;?!，。；？！]{0,12}$"
)
_NOT_PAID: Final = re.compile(
    r"(?:\b(?:can\s?not|can't|cant|won't|wont|couldn't|not|never|unable\s+to)\b[^,.;?!]{0,20}|[没沒不](?:能|会|會|想)?[^，。；？！]{0,6})$"
)
_NEVER: Final = 2
"""The rank of what is owed or cannot be paid."""
_FEW: Final = 20
_TEN: Final = 10
_LONG: Final = 7
"""So many digits in a row are no sum, but a number to call or an account."""
_SERVICE: Final = 5
"""Digits of a line that is called: 12315, 95588."""
_LINES: Final = frozenset(("110", "112", "114", "119", "120", "122", "911", "999"))


def payments_among(
    text: str, tokens: Tokens, numbers: tuple[NumberSpan, ...], *, is_promise: bool = False
) -> tuple[Amount, ...]:
    """Return the amounts in a text, also those that only a verb of paying or a promise makes money.

    Those that are paid come first, then the others, then what is owed or what nobody can pay.
    """
    amounts = amounts_among(text, tokens, numbers)
    low = text.lower() if len(text.lower()) == len(text) else text
    more = _framed(low, tokens, numbers, amounts)
    found = sorted(chain(amounts, more), key=lambda one: (_rank(low, one), one.start))
    if not found and is_promise:
        found = list(_bare(low, tokens, numbers))
    return tuple(found)


def sums_among(text: str, tokens: Tokens, numbers: tuple[NumberSpan, ...]) -> tuple[Amount, ...]:
    """Return every sum that a promise may name, in order: also where only the next one has a verb.

    What is owed, or what nobody can pay, is none.
    """
    amounts = amounts_among(text, tokens, numbers)
    low = text.lower() if len(text.lower()) == len(text) else text
    found = list(amounts)
    bare = _bare(low, tokens, numbers, in_a_row=True)
    for one in chain(_framed(low, tokens, numbers, amounts), bare):
        if not any(other.start < one.end and one.start < other.end for other in found):
            found.append(one)
    paid = (one for one in found if _rank(low, one) < _NEVER)
    return tuple(sorted(paid, key=lambda one: one.start))


def _grouped(numbers: tuple[NumberSpan, ...]) -> frozenset[int]:
    """Return where groups of digits begin that stand beside others: the parts of a card number."""
    return frozenset(
        first
        for one, other in pairwise(numbers)
        if one.past == other.first and one.digits and other.digits
        if len(one.digits) > 1 and len(other.digits) > 1
        for first in (one.first, other.first)
    )


def is_paid(text: str, amount: Amount) -> bool:
    """Tell whether an amount is what somebody pays, not what is owed or cannot be paid."""
    return _rank(text.lower() if len(text.lower()) == len(text) else text, amount) == 0


def _framed(
    low: str, tokens: Tokens, numbers: tuple[NumberSpan, ...], amounts: tuple[Amount, ...]
) -> Iterator[Amount]:
    """Yield the numbers that a verb of paying stands before."""
    grouped = _grouped(numbers)
    known = [one.end for one in amounts]
    for number in numbers:
        start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
        after = bisect_right(known, start)
        if number.first in grouped or (after < len(known) and amounts[after].start < end):
            continue
        if _may_be_sum(low, tokens, number) and _is_paid(low, start, end, number):
            yield Amount(start, end, number.value, None)


def _bare(
    low: str, tokens: Tokens, numbers: tuple[NumberSpan, ...], *, in_a_row: bool = False
) -> Iterator[Amount]:
    """Yield the numbers that can hardly be anything but a sum: 两百，周五.

    Where several stand `in_a_row`, what is said before one of them is not said of the next.
    """
    grouped = _grouped(numbers)
    past = 0
    for number in numbers:
        start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
        is_many = number.value >= _FEW or _EACH.match(low, end) is not None
        is_named = _NAMED.search(_lead(low, start, past)) is not None
        is_named = is_named or number.first in grouped
        past = end if in_a_row else 0
        if is_many and not is_named and _may_be_sum(low, tokens, number):
            yield Amount(start, end, number.value, None)


def _may_be_sum(low: str, tokens: Tokens, number: NumberSpan) -> bool:
    """Tell a number that may be a sum from a moment, a count, a share, or digits of something."""
    start, end = tokens.starts[number.first], tokens.ends[number.past - 1]
    is_read_out = len(number.digits) >= (3 if number.spoken else _LONG)
    if number.unit is not None or is_read_out or number.digits.startswith("0"):
        return False
    if is_moment(low, start, end) or is_share(low, tokens, number):
        return False
    if _HAN.match(low, end) or (end == len(low) and _HAN.search(low)):
        return _TAKEN.match(low, end) is None
    return goes_on(low, end) and not is_counted(low, end, number)


def _lead(low: str, start: int, since: int = 0) -> str:
    """Return what stands before a number, Chinese without spaces."""
    return _GAPS.sub("", low[max(start - _LOOK_BACK, since) : start])


def _is_paid(low: str, start: int, end: int, number: NumberSpan) -> bool:
    """Tell whether a verb of paying stands before a number."""
    lead = _lead(low, start)
    if _PAYS.search(lead) is not None:
        return True
    if _MAY_PAY.search(lead) is not None:
        return number.value >= _FEW or _EACH.match(low, end) is not None
    gives = _GIVES.search(lead)
    if gives is None or number.value < _TEN or _CALLED.search(lead) is not None:
        return False
    is_line = len(number.digits) >= _SERVICE or number.digits in _LINES
    return not (is_line and gives["verb"] in "打给給转轉") or bool(_TRANSFERRED.match(low, end))


def _rank(low: str, one: Amount) -> int:
    """Return 0 for what is paid, 1 for another amount, `_NEVER` for what is owed or not paid."""
    lead = _lead(low, one.start)
    if _OWED.search(lead) or _NOT_PAID.search(lead):
        return _NEVER
    return 0 if any(verb.search(lead) for verb in (_PAYS, _MAY_PAY, _GIVES)) else 1
