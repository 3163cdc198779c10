"""Finds e-mail addresses, written or spoken: `john at gmail dot com`, `john doe gmail com`."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.normalise import fold
from callcoach.words.numbers import english
from callcoach.words.redact.closed import HAS_HAN
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import is_common

_HOSTS: Final = (
    "g ?[ami]{1,4}l|googlemail|yahoo|hotmail|outlook|icloud|aol|msn|proton(?:mail)?|ymail"
    "|rediff(?:mail)?|gmx|zoho|qq|163|126|139|189|foxmail|sina|sohu|aliyun"
)
_TOPS: Final = r"(?:com|net|org|edu|gov|co ?uk|co ?in|co|in|cn|uk|io|de|fr|us|ca|au|me|info|biz)"
_WRITTEN: Final = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+|[\w.+-]+@[\w.-]*\w", re.ASCII)
_DOT: Final = r"(?:\s*\.\s*|\s+(?:dot|period|point|点)\s+|点|點)"
_PART: Final = r"[a-z0-9_+-]+"
_AT: Final = re.compile(r"\s+at\s+(?:the\s+rate\s+(?:of\s+)?)?|\s*[(\[]\s?at\s?[)\]]\s*")
_USER: Final = re.compile(r"(?<![a-z0-9_'])[a-z0-9_+. -]+$")
_HOST: Final = re.compile(
    rf"{_PART}(?:\s(?:(?:dash|hyphen)\s)?{_PART})?(?:{_DOT}{_PART}){{0,4}}?{_DOT}{_TOPS}\b(?:{_DOT}{_TOPS}\b)?"
)
_ANY_HOST: Final = re.compile(
    rf"{_PART}(?:\s(?:(?:dash|hyphen)\s)?{_PART})?(?:\s+dot\s+{_PART}){{1,3}}(?![a-z0-9]|\s+at\b)"
)
"""A host of which somebody says a dot, whatever it ends with."""
_REACH: Final = 60
"""Characters of the longest user's part."""
_BARE: Final = re.compile(
    rf"(?<![a-z0-9_'])(?P<user>(?:[a-z0-9._+-]+\s+){{0,3}}?[a-z0-9._+-]*?)\s*(?:\bat\s+)?"
    rf"(?:{_HOSTS})\s?(?:\.|dot)?\s?(?:co[mn]|net|org|cn|co ?uk|co ?in)(?![a-z0-9])"
)
_PROVIDERS: Final = (
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|protonmail|ymail|rediffmail|gmx)\b"
)
_UNENDED: Final = re.compile(_PROVIDERS)
"""A provider without its end: `f a r i d at hotmail`."""
_ANSWER: Final = re.compile(rf"(?<![a-z0-9_'])[a-z0-9._+-]{{2,}}\s+(?:at\s+)?{_PROVIDERS}")
"""The same where an address was asked for: `bob at gmail`."""
_SPELLED: Final = re.compile(r"\b(?:[a-z]\b|dot\b|underscore\b|\d)|[a-z]\d|[._]")
"""What a user's part holds, and hardly a sentence."""
_SIGN: Final = (
    r"(?:[a-z0-9_.+零〇一二三四五六七八九幺\s-]|下[划劃]?[横线線]|底[线線]|[横杠]"
    r"|[减減][号號]|[点點])"
)
_CHINESE_TOP: Final = (
    r"(?:c\s?o\s?m|c\s?n|n\s?e\s?t|t\s?w|h\s?k|o\s?r\s?g|c\s?o|u\s?k|m\s?e|i\s?o|c\s?c"
    r"|康\s?姆|考\s?姆)"
)
_CHINESE: Final = re.compile(
    rf"{_SIGN}{{2,40}}?(?:艾\s?特|圈\s?儿?\s?a|小\s?老\s?鼠|\bat\b)"
    r"\s*(?:[a-z0-9零〇一二三四五六七八九幺\s-]|企\s?鹅|网\s?易|新\s?浪|谷\s?歌|雅\s?虎){1,20}?"
    rf"(?:(?:[.点點]|dot)\s*{_CHINESE_TOP}\s*)+(?![a-z0-9])"
)
_SIGNED: Final = re.compile(
    r"(?:(?<=[是为為箱址叫：:])(?:(?![是为為箱址叫邮我的])[一-鿿]){1,4})?[a-z0-9_.+零〇一二三四五六七八九幺-]*\s?@\s?"
    rf"(?:[\w-]{{1,20}}?\s?(?:[.点點]|dot)\s?)+{_CHINESE_TOP}(?![a-z0-9])"
)
"""With @, and with Chinese on either side: zhangsan二零八@163点com."""
_GLUED: Final = re.compile(r"\b[a-z][a-z0-9]{5,}com\b|(?<=\d )[a-z]{3,}com\b")
"""Where the marks were lost: joesmithemailplacecom."""
_HINT: Final = re.compile(
    r"@|com\b|\bnet\b|\borg\b|\bdot\b|[点點]|mail|\.[a-z]|yahoo|outlook|icloud|qq|163|126"
)
"""Something that all of these hold, so that other turns cost little."""
_PARTED: Final = re.compile(r"(?:\b[a-z][a-z0-9._]*\s)?\d{1,5}\s$")
_LEAD: Final = frozenset(
    (
        *("is", "it's", "its", "email", "mail", "id", "address", "and", "my", "e", "at", "to"),
        *("mailid", "emailid", "on", "the", "as", "yes", "sure", "ok", "okay", "or", "no", "so"),
        *(
            "that",
            "this",
            "me",
            "contact",
            "use",
            "write",
            "send",
            "phone",
            "number",
            "name",
            "was",
        ),
        *("would", "be", "should", "are", "you", "for", "with", "too", "please", "here", "sir"),
    )
)
_MARKS: Final = frozenset(("dot", "underscore", "dash", "hyphen", "minus", "plus"))
_WORD: Final = re.compile(r"[^\s]+")


def find_emails(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the e-mail addresses of a turn."""
    low = fold(speech.text)
    is_told = speech.has_latin or "艾" in low
    if not is_told or _HINT.search(low) is None:
        return
    for found in _WRITTEN.finditer(low):
        yield _entity(low, *found.span(), "address with @")
    for at in _AT.finditer(low):
        host = _HOST.match(low, at.end()) or _ANY_HOST.match(low, at.end())
        user = _USER.search(low, max(at.start() - _REACH, 0), at.start())
        if host is not None and user is not None:
            start = _user_start(low, *user.span())
            yield _entity(low, start, host.end(), "spoken address")
        provider = _UNENDED.match(low, at.end())
        if host is None and provider is not None and user is not None:
            start = _user_start(low, *user.span())
            if _SPELLED.search(low, start, at.start()):
                yield _entity(low, start, provider.end(), "spoken address without its end")
    for found in _ANSWER.finditer(low) if Kind.EMAIL in asked.kinds else ():
        if found.group().split()[0] not in _LEAD:
            yield _entity(low, *found.span(), "asked for")
    for found in _BARE.finditer(low):
        start = _user_start(low, found.start(), found.end("user"), is_bare=True)
        yield _entity(low, start, found.end(), "mail provider")
    for found in _CHINESE.finditer(low) if HAS_HAN.search(low) else ():
        yield _entity(low, *found.span(), "spoken address")
    for found in _SIGNED.finditer(low) if "@" in low and HAS_HAN.search(low) else ():
        yield _entity(low, *found.span(), "address with @")
    for found in _GLUED.finditer(low):
        word = found.group()
        if not (is_common(word) or is_common(word.removesuffix("com"))):
            yield _entity(
                low, _with_digits(low, found.start()), found.end(), "ends like an address"
            )


def _entity(low: str, start: int, end: int, why: str) -> Entity:
    while start < end and low[start].isspace():
        start += 1
    return Entity(Kind.EMAIL, start, end, why, re.sub(r"\s+", "", low[start:end]))


def _user_start(low: str, start: int, end: int, is_bare: bool = False) -> int:
    """Return where the user's part begins: its words without the sentence before it.

    Spoken parts are joined by `dot` and the like, or are digits and single letters; the word
    before digits belongs to them, whatever it is: `rock 85 gmail com`.
    """
    words = [(start + one.start(), one.group()) for one in _WORD.finditer(low[start:end])]
    begin = end
    is_open = True
    for place in range(len(words) - 1, -1, -1):
        at, word = words[place]
        if word in _LEAD and word not in _MARKS:
            break
        if not is_open and not _joins(word, words[place + 1][1]):
            break
        begin = at
        is_digit = word[0].isdigit() or english.small((word,), 0) is not None
        is_open = word in _MARKS or is_digit or (is_bare and word[:1] == ".")
    return begin


def _with_digits(low: str, start: int) -> int:
    """Return where an address begins from which digits, and a word before them, were parted."""
    before = _PARTED.search(low, 0, start)
    return start if before is None else before.start()


def _joins(word: str, after: str) -> bool:
    """Tell whether a word goes on to the next: a mark, digits, a letter, a name."""
    return word in _MARKS or after in _MARKS or len(word) == 1 or not is_common(word)
