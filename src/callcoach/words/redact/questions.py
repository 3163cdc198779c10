"""Tells what a turn asks the other speaker for: a name, a card number, a code."""

import re
from typing import Final

from callcoach.words.redact.contexts import senses
from callcoach.words.redact.model import Asked, Kind

_REQUEST: Final = re.compile(
    r"[?？]|\b(?:may|can|could|would|will)\s+(?:i|you|we)\b|\bplease\b|\bwhat(?:'s|\s+is|\s+are)?\b|\bprovide\b"
    r"|\bconfirm\b|\bverify\b|\bgive\b|\btell\b|\bneed\b|\bhave\s+(?:your|the)\b|\benter\b|\bshare\b"
    r"|\bspell\b|\bread\b|\brepeat\b|\blet\s+me\s+have\b|\bask\b|\bwho\b|\bwhere\b|\bhelp\s+me\s+with\b"
    r"|请|麻烦|提供|报一下|说一下|念一下|输入|是多少|多少|核实|核对|告诉|什么|贵姓|称呼|您的|哪里|哪儿|确认|吗",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"\bnames?\b(?!\s+of\s+the\s+(?:company|bank))|\bwho(?:m)?\s+(?:am|is|do|are)\b|\bspeaking\s+(?:with|to)\b"
    r"|名字|姓名|贵姓|貴姓|称呼|稱呼|哪位|您是谁|叫什么|全名",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"\be-?\s?mail\b|邮箱|郵箱|电子邮件|邮件地址", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?<!mail )(?<!email )\baddress\b|\bwhere\s+do\s+you\s+live\b|\bzip\b|\bpost\s?code\b|\bcity\b"
    r"|地址|住在哪|住哪|哪里住|住址|邮编",
    re.IGNORECASE,
)
_USER: Final = re.compile(r"\buser\s?(?:name|id)\b|\blogin\b|用户名|微信号", re.IGNORECASE)
_SECRET: Final = re.compile(
    r"\bpass\s?(?:word|code)\b|\bpin\b|\bmaiden\b|\bsecurity\s+(?:question|code|answer|word)\b|\bcode\b|验证码|密码|口令",
    re.IGNORECASE,
)
_LAST_DIGITS: Final = re.compile(r"\blast\s+(?:four|4)\b|[后後]四位|尾号|尾號", re.IGNORECASE)
_NUMERIC: Final = frozenset(
    (Kind.CARD, Kind.ID, Kind.SSN, Kind.ACCOUNT, Kind.PHONE, Kind.SECRET, Kind.BIRTH)
)
_SHORT: Final = 5
"""Words of a turn that only listens: `okay, go on`."""


def read_question(text: str, before: Asked) -> Asked:
    """Return what is asked for after a turn; a turn that only listens leaves it as it was."""
    kinds = _kinds(text) if _REQUEST.search(text) else frozenset[Kind]()
    if kinds:
        return Asked(kinds, is_known=True)
    is_listening = (
        len(text.split()) <= _SHORT and len(text) <= 24 and "?" not in text and "？" not in text
    )
    return Asked(before.kinds, is_known=True) if is_listening else Asked(frozenset(), is_known=True)


def _kinds(text: str) -> frozenset[Kind]:
    kinds = {sense for sense in senses(text) if isinstance(sense, Kind) and sense in _NUMERIC}
    for kind, asks in (
        (Kind.NAME, _NAME),
        (Kind.EMAIL, _EMAIL),
        (Kind.ADDRESS, _ADDRESS),
        (Kind.USERNAME, _USER),
        (Kind.SECRET, _SECRET),
    ):
        if asks.search(text):
            kinds.add(kind)
    if not kinds and _LAST_DIGITS.search(text):
        kinds.add(Kind.CARD)
    if kinds == {Kind.NAME} and Kind.USERNAME in kinds:
        kinds.discard(Kind.NAME)
    return frozenset(kinds)
