"""Finds passwords, codes, user names, answers to security questions, plates and IP addresses."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.answers import Answer
from callcoach.words.redact.closed import HAS_HAN
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import is_common

_CODEWORD: Final = (
    r"(?:pass\s?word|pass\s?code|pass\s?phrase|pwd|pin(?:\s+(?:code|number))?"
    r"|(?:security|verification|access|one[\s-]time|secret|telephone|phone|voice)\s+(?:code|answer|word|password|phrase|pin)"
    r"|memorable\s+(?:word|name|place|phrase|date)|code\s?word|key\s?word|safe\s?word|otp|cvv2?|cvc)"
)
_USER: Final = r"(?:user\s?(?:name|id)|login(?:\s+(?:name|id))?|screen\s+name|handle)"
_IS: Final = (
    r"\s*(?:\b(?:number|no|id)\b\s*)?"
    r"(?P<is>:|=|\bis\b|'s\b|\bwas\b|\bto\b|\bas\b|\bwould\s+be\b|\bwill\s+be\b)?\s*"
)
_ENGLISH: Final = (
    (Kind.SECRET, "said to be a secret", re.compile(rf"\b{_CODEWORD}\b{_IS}")),
    (Kind.USERNAME, "said to be a user name", re.compile(rf"\b{_USER}\b{_IS}")),
    (
        Kind.SECRET,
        "answer to a security question",
        re.compile(
            r"\b(?:maiden\s+name|first\s+pet(?:'s\s+name)?|name\s+of\s+my\s+(?:first\s+)?pet|first\s+school"
            r"|security\s+answer|favou?rite\s+(?:colou?r|teacher|movie|food))\s*(?P<is>\bis\b|\bwas\b|:|'s)\s*"
        ),
    ),
)
_CHINESE: Final = (
    (
        Kind.SECRET,
        "said to be a secret",
        re.compile(
            r"(?:密码|密碼|验证码|驗證碼|口令|安全码|动态码|校验码)(?:就)?(?:是|为|為|：|:|\s)*(?P<value>[a-z0-9!@#$%^&*_.-]{3,20}|[两三四五六七八九]个[零一二三四五六七八九0-9])"
        ),
    ),
    (
        Kind.USERNAME,
        "said to be a user name",
        re.compile(
            r"(?:用户名|用戶名|登录名|微信号?|微信號|qq号?|账号名)(?:就)?(?:是|为|：|:|\s)*(?P<value>[a-z0-9_.-]{4,24})"
        ),
    ),
)
_HINT: Final = re.compile(
    r"[\d密验驗口码微用登账]|pass|p[iw][nd]|code|otp|cv|user|login|handle|maiden|pet|school|screen"
    r"|answer|favo|word|phrase|qq"
)
"""Something that all of these leads hold, so that other turns cost little."""
_TYPED: Final = re.compile(
    rf"\b{_CODEWORD}\b.{{0,60}}?\b(?:put|use|used|enter|entered|type|typed|tried)\s+(?P<value>(?=\S*\d)\S{{4,}}[^\s.,?!])"
)
_NEVER: Final = frozenset(
    (
        *("not", "wrong", "expired", "reset", "incorrect", "invalid", "locked", "for", "and", "or"),
        *("the", "a", "an", "my", "your", "to", "in", "on", "of", "please", "is", "was", "that"),
        *("it", "i", "but", "so", "because", "again", "change", "changed", "recovery", "issue"),
        *("problem", "well", "working", "correct", "required", "needed", "still", "now", "also"),
        *("too", "can", "could", "would", "what", "which", "this", "there", "with", "from", "has"),
        *(
            "sir",
            "madam",
            "ma'am",
            "love",
            "mate",
            "coming",
            "sent",
            "here",
            "valid",
            "only",
            "always",
        ),
        *("being", "going", "stored", "saved", "like", "more", "less", "supposed", "never", "over"),
        *("does", "did", "do", "you", "we", "they", "number", "code", "no", "just", "very"),
    )
)
_REFUSED: Final = frozenset(
    (
        *(
            "do",
            "not",
            "have",
            "know",
            "forgot",
            "forget",
            "cannot",
            "can",
            "what",
            "why",
            "remember",
        ),
        *(
            "which",
            "lost",
            "never",
            "none",
            "received",
            "got",
            "see",
            "send",
            "idea",
            "moment",
            "hold",
        ),
        *(
            "where",
            "mean",
            "later",
            "check",
            "let",
            "looking",
            "find",
            "second",
            "minute",
            "course",
        ),
        *("speaking", "understand", "need", "want", "pay", "call", "bye", "done", "already", "did"),
    )
)
"""Words of a turn that answers otherwise: `I do not have it`."""
_GOES_ON: Final = re.compile(
    r"\s+(?:and|but|two\s+words|one\s+word|all\s+(?:one|lower|small|caps)|with|i\s+think|no\s+spaces?)\b"
)
"""What is said behind the last word of a secret."""
_TOKEN: Final = re.compile(r"\S+")
_MOST = 4
_IP: Final = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])"
)
_INDIAN: Final = re.compile(r"(?<![a-z0-9])[a-z]{3}[abcfghljpt][a-z]\d{4}[a-z](?![a-z0-9])")
"""A permanent account number of the Indian tax office."""
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·\s]?[a-z0-9]{4,5}[a-z0-9挂学警港澳](?![a-z0-9])"
)


def find_passwords(speech: Speech) -> Iterator[Entity]:
    """Yield what follows `password is` and the like, plates and IP addresses."""
    low = speech.low
    if _HINT.search(low) is None:
        return
    for kind, why, lead in _ENGLISH:
        for found in lead.finditer(low):
            end = _value_end(low, found.end(), is_said=found["is"] not in (None, "'s"))
            if end > found.end():
                yield _entity(kind, low, found.end(), end, why)
    for found in _TYPED.finditer(low):
        yield _entity(Kind.SECRET, low, *found.span("value"), "typed as a secret")
    for kind, why, lead in _CHINESE:
        for found in lead.finditer(low):
            yield _entity(kind, low, *found.span("value"), why)
    for found in _IP.finditer(low):
        yield _entity(Kind.IP, low, *found.span(), "IP address")
    for found in _INDIAN.finditer(low):
        yield _entity(Kind.ID, low, *found.span(), "form of a tax number")
    for found in _PLATE.finditer(low):
        yield _entity(Kind.PLATE, low, *found.span(), "number plate")


def find_answers(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the whole of a short answer to a question for a secret or a user name."""
    kind = next((one for one in (Kind.SECRET, Kind.USERNAME) if one in asked.kinds), None)
    words = speech.tokens.words
    parts = sorted((*answer.digits, *answer.names, *answer.places, *answer.letters, *answer.others))
    is_short = 0 < len(parts) <= _MOST and "?" not in speech.text and "？" not in speech.text
    if kind is None or not is_short or any(words[at] in _REFUSED for at in parts):
        return
    start, end = speech.span(parts[0], parts[-1] + 1)
    if parts[-1] - parts[0] < 2 * _MOST and not HAS_HAN.search(speech.text[start:end]):
        yield Entity(kind, start, end, "asked for", "".join(words[at] for at in parts))


def _value_end(low: str, at: int, is_said: bool) -> int:
    """Return where the secret that begins at `at` ends: its first word, and strange ones after."""
    end = at
    for count, found in enumerate(_TOKEN.finditer(low, at)):
        word = found.group().strip(".,!?;\"'")
        if count == _MOST or word in _NEVER or not word:
            break
        is_plain = word.isalpha() and is_common(word)
        if is_plain and (not is_said or (count > 0 and not _is_last(low, found))):
            break
        end = found.start() + len(found.group().rstrip(".,!?;\"'"))
        if found.group()[-1] in ".,!?;":
            break
    return end


def _is_last(low: str, found: re.Match[str]) -> bool:
    """Tell whether a common word ends a secret: `purple rain, two words`, `blue kettle and`."""
    return (
        found.group()[-1] in ".,!?;"
        or found.end() == len(low)
        or _GOES_ON.match(low, found.end()) is not None
    )


def _entity(kind: Kind, low: str, start: int, end: int, why: str) -> Entity:
    return Entity(kind, start, end, why, re.sub(r"\s+", "", low[start:end]))
