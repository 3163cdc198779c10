"""Tells from a label who speaks: 坐席, Agent 2, Mr Li (customer)."""

import re
import unicodedata
from functools import lru_cache

from callcoach.script.model import Speaker

_AGENT = (
    "agent", "rep", "representative", "operator", "collector", "advisor", "adviser", "associate",
    "csr", "specialist", "officer", "staff", "employee", "consultant", "clerk", "teller",
    "salesperson", "sales", "manager", "supervisor", "account manager", "customer service",
    "customer care", "customer support", "debt collector", "loan officer", "client service",
    "client services", "client manager", "collection agent", "collections", "assistant", "bot",
    "坐席", "座席", "客服", "业务员", "業務員", "专员", "專員", "催收", "债务催收", "话务员",
    "話務員", "接线员", "接線員", "员工", "員工", "工作人员", "工作人員", "客户经理", "客戶經理",
    "客户服务", "客戶服務", "客户代表", "客戶代表", "顾问", "顧問", "经理", "經理", "销售", "銷售",
    "代表", "机器人", "機器人",
)  # fmt: skip
_CUSTOMER = (
    "customer", "client", "caller", "debtor", "borrower", "consumer", "cardholder", "card holder",
    "account holder", "user", "buyer", "payer", "member",
    "客户", "客戶", "用户", "用戶", "顾客", "顧客", "客人", "来电人", "來電人", "借款人", "欠款人",
    "债务人", "債務人", "持卡人", "消费者", "消費者", "机主", "機主",
    "会员", "會員", "被催收人",
)  # fmt: skip
_OTHER = (
    "other", "others", "third party", "someone else", "somebody else", "ivr", "system",
    "第三方", "第三人", "其他", "其他人", "他人", "旁人", "系统", "系統",
)  # fmt: skip

_ROLES = (
    dict.fromkeys(_AGENT, Speaker.AGENT)
    | dict.fromkeys(_CUSTOMER, Speaker.CUSTOMER)
    | dict.fromkeys(_OTHER, Speaker.OTHER)
)
_LONGEST_FIRST = sorted(_ROLES, key=len, reverse=True)
_ROLE = re.compile(
    "|".join(
        rf"(?<![a-z]){re.escape(word)}(?:s(?![a-z])|(?![a-z]))" if word.isascii() else word
        for word in _LONGEST_FIRST
    )
)
_WORDS_OF_ROLES = frozenset(part for word in _ROLES for part in word.split())
_PUNCTUATION = frozenset(',，。;；!！?？、…“”"')
_CLAUSE = frozenset("的了是我你您吗呢吧在有请到把被就也都这那")
_MAX_WORDS = 4
_MAX_HAN = 4


@lru_cache(maxsize=1024)
def speaker_of(label: str) -> Speaker | None:
    """Return who speaks under a label; None where it names neither or both of the two sides."""
    folded = unicodedata.normalize("NFKC", label).casefold()
    plain = " ".join(re.sub(r"[_\-/]", " ", folded).split())
    found = {_role(match.group()) for match in _ROLE.finditer(plain)}
    return found.pop() if len(found) == 1 else None


def _role(word: str) -> Speaker:
    return _ROLES[word] if word in _ROLES else _ROLES[word.removesuffix("s")]


def is_label(text: str) -> bool:
    """Tell whether what stands before a colon looks like a label rather than like a sentence.

    A label is up to four words, of which those after the first are capitalised, numbers or
    words for a role; or up to four Chinese characters, a name before or after a role apart.
    """
    if not text or not _PUNCTUATION.isdisjoint(text):
        return False
    words = text.split()
    if len(words) > _MAX_WORDS:
        return False
    if text.isascii():
        return all(_is_name(word) for word in words[1:])
    if not _CLAUSE.isdisjoint(text):
        return False
    room = 2 * _MAX_HAN if speaker_of(text) else _MAX_HAN
    return sum(1 for char in text if not char.isascii()) <= room


def _is_name(word: str) -> bool:
    bare = word.lstrip("([#'\"")
    return not bare[:1].islower() or bare.rstrip(")]'\"").casefold() in _WORDS_OF_ROLES
