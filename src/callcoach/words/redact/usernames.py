"""Finds user names in English: `gran underscore may fifty two`, `gran_may52`, `my login is ...`."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.name_shapes import stops
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import BRANDS, is_common, is_place

_LEAD: Final = re.compile(
    r"\b(?:(?:user\s?(?:name|i\s?d)|log\s?in(?:\s+(?:name|id))?|log\s?on(?:\s+name)?|screen\s+name|handle"
    r"|sign\s?in(?:\s+name)?|(?:online|portal|app|profile|my\s+account|member)\s+(?:name|id))"
    r"(?:\s+(?:is|was|would\s+be|will\s+be|should\s+be)\b|'s\b|\s*[:=])(?:\s+still\b|\s+now\b)?"
    r"|(?:logs?|logged|signs?|signed|registered)\s+(?:in\s+|on\s+)?(?:as|under))\s*"
)
_AGAIN: Final = re.compile(
    r"\b(?:(?:one|it|that|mine)(?:'s|\s+is|\s+was)|or|says|tried|try|used|use|changed\s+it\s+to|now|be)\s+"
)
"""What leads to one where one was asked for: `the old one was ...`."""
_OPENERS: Final = re.compile(
    r"(?:\W*\b(?:yes|yeah|yep|no|nope|sure|okay|ok|um|uh|er|so|well|oh|it'?s|it\s+is|that'?s|that\s+is|sorry"
    r"|i\s+think|i\s+believe|should\s+be|would\s+be|mine's|mine\s+is|just|all|please)\b)*\W*"
)
_MARKS: Final = frozenset(("dot", "underscore", "dash", "hyphen", "minus", "plus", "point"))
_ANY_MARKS: Final = ("dot", "underscore", "dash", "hyphen")
_TOLD: Final = re.compile(
    r"\b(?:user\s?names?|log\s?in|log\s?on|sign\s?in|user\s?id|handle|screen\s+name)\b"
)
_REPEATS: Final = frozenset(("double", "triple", "treble"))
_TOPS: Final = frozenset((
    "com", "net", "org", "gov", "edu", "co", "uk", "io", "info", "ie", "ca", "au", "nz", "za",
    "in", "ng", "example", "html", "pdf", "php",
))  # fmt: skip
"""How the address of a page ends."""
_NEVER: Final = frozenset((
    "the", "a", "an", "and", "or", "but", "not", "my", "your", "his", "her", "our", "their", "is",
    "was", "it", "its", "i", "you", "he", "she", "we", "they", "that", "this", "then", "so", "to",
    "for", "of", "on", "in", "at", "with", "from", "wrong", "correct", "same", "still", "just",
    "what", "which", "no", "yes", "please", "do", "does", "did", "have", "has", "let", "us",
    "wait", "right", "okay", "ok", "now", "well", "sorry", "locked", "there", "here", "www",
    "never", "under", "as", "old", "new", "by", "be", "am", "are", "if", "when", "how", "me",
    "him", "them", "forgotten", "forgot", "know", "remember", "think", "sure", "any", "all",
    "also", "only", "working", "one", "it's", "i'm", "where", "because", "blank", "different",
    "something", "oh",
))  # fmt: skip
"""Words that no user name begins with, and that stand beside no mark of one."""
_PAGES: Final = frozenset(("website", "site", "page", "visit", "www", "web", "online", "link"))
"""Before these `dot` belongs to the address of a page."""
_WRITTEN: Final = re.compile(
    r"(?<![\w@./:<>=(-])(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]{2,}[a-z0-9]*(?:\.[a-z][a-z0-9]+)+|[a-z]{4,}\d{1,6}"
    r"|(?=[a-z]*\d)[a-z0-9]+(?:[.-][a-z0-9]+)+)(?![\w@/<>=(-])(?!\.\w)"
)
_PAGE: Final = re.compile(
    r"(?:^|\.)(?:com|net|org|gov|edu|co|uk|io|html?|pdf|www|example)(?:\.|$)|\.(?:ie|ca|au|nz|za|in|ng)$"
)
_MOST: Final = 10


def find_usernames(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield user names: behind what leads to one, where one was asked for, and by their form."""
    if not speech.has_latin:
        return
    low, starts = speech.low, speech.tokens.starts
    wants = Kind.USERNAME in asked.kinds
    places = (
        {found.end(): "said to be a user name" for found in _LEAD.finditer(low)}
        if _may_lead(low)
        else {}
    )
    if wants and "?" not in low:
        opened = _OPENERS.match(low)
        places |= {found.end(): "asked for" for found in _AGAIN.finditer(low)}
        places[opened.end() if opened is not None else 0] = "asked for"
    for place, why in places.items():
        first = bisect_left(starts, place)
        past = _past(speech, first)
        if past == first + 1 and (further := _through_words(speech, first)) > first:
            past = _past(speech, further)
        if past > first and _is_like(speech, first, past):
            yield _entity(speech, first, past, why)
    yield from _spoken(speech)
    yield from _typed(speech)


def _may_lead(low: str) -> bool:
    return any(
        word in low
        for word in ("user", "log", "screen", "handle", "sign", "name", " id", "registered")
    )


def _spoken(speech: Speech) -> Iterator[Entity]:
    """Yield the words that `underscore`, or `dot` beside no page's ending, joins."""
    words = speech.tokens.words
    if _MARKS.isdisjoint(words):
        return
    joints = _ANY_MARKS if _TOLD.search(speech.low) else ("dot", "underscore")
    for at in range(1, len(words) - 1):
        if words[at] not in joints or words[at - 1] in _NEVER:
            continue
        is_beside = words[at + 1] in _NEVER and words[at] == "dot"
        first = _first(speech, at - 1)
        past = _to_end(speech, _past(speech, at - 1))
        if past <= at + 1:
            continue
        is_page = (
            words[past - 1] in _TOPS
            or words[past : past + 1] in (("at",), ("slash",))
            or not _PAGES.isdisjoint(words[max(first - 4, 0) : first])
        )
        if not is_beside and not is_page:
            yield _entity(speech, first, past, "joined as user names are")


def _to_end(speech: Speech, past: int) -> int:
    """Return the end of a turn of which a plain word or two are left behind a user name."""
    rest = speech.tokens.words[past:]
    is_name = 0 < len(rest) <= _PLAIN and _NEVER.isdisjoint(rest) and _CLOSING.isdisjoint(rest)
    is_joined = not stops(speech, past - 1) and speech.text.islower()
    return past + len(rest) if is_name and is_joined else past


_CLOSING: Final = frozenset((
    "please", "thanks", "thank", "yes", "right", "okay", "sir", "madam", "mate", "love", "capitals",
    "lowercase", "again", "maybe", "instead", "too", "see", "dear", "together",
))  # fmt: skip


def _first(speech: Speech, at: int) -> int:
    """Return where the user name begins to which the word at a token belongs."""
    words = speech.tokens.words
    is_open, left = False, _PLAIN
    while at > 0:
        before = words[at - 1]
        is_mark = before in _MARKS and at > 1 and words[at - 2] not in _NEVER
        is_digit = at in speech.numbers and before not in _NEVER
        is_letter = len(before) == 1 and len(words[at]) == 1 and before not in "ai"
        is_free = words[at + 1 : at + 2] == ("underscore",) or is_open
        is_open = is_free and before not in _NEVER and before not in _MARKS and left > 0
        left -= is_open
        is_letter = is_letter or is_open
        if not (is_mark or is_digit or is_letter or (before in _REPEATS)):
            break
        at -= 1
    return at


def _past(speech: Speech, first: int) -> int:
    """Return the token past the user name that begins at a token; that token where none does."""
    words = speech.tokens.words
    if first >= len(words) or words[first] in _NEVER or words[first] in _MARKS:
        return first
    past = first + 1
    while past < min(len(words), first + _MOST):
        gap = speech.text[speech.tokens.ends[past - 1] : speech.tokens.starts[past]]
        is_glued = gap in ("", "_", ".", "-", "+")
        is_joined = words[past - 1] in _MARKS | _REPEATS
        is_mark = words[past] in _MARKS and past + 1 < len(words) and words[past + 1] not in _NEVER
        is_digit = past in speech.numbers and gap == " "
        is_letter = len(words[past]) == 1 and gap == " " and words[past] not in "ai"
        is_letter = is_letter or (
            gap == " " and not is_common(words[past]) and not is_common(words[past - 1])
        )
        if not (is_glued or is_joined or is_mark or is_digit or is_letter):
            break
        past += 1
    return past


def _through_words(speech: Speech, first: int) -> int:
    """Return the token before the digits that plain words lead to: `fishing king sixty one`."""
    words = speech.tokens.words
    for at in range(first, min(first + _WORDS, len(words))):
        if at > first and (at in speech.numbers or words[at] in _MARKS):
            return at - 1
        if words[at] in _NEVER or words[at] in _MARKS or at in speech.numbers:
            break
        if at + 1 < len(words) and words[at + 1 : at + 4] in _ONE_WORD:
            return at
        gap = speech.text[speech.tokens.ends[at] : speech.tokens.ends[at] + 1]
        if gap in tuple(",.?!;"):
            break
    return first


_WORDS: Final = 5
_PLAIN: Final = 2
"""Plain words of one before `underscore`: `mad hatter underscore six`."""
_ONE_WORD: Final = (
    ("all", "one", "word"),
    ("no", "spaces", "and"),
    ("all", "lower", "case"),
    ("all", "together", "and"),
)


def _is_like(speech: Speech, first: int, past: int) -> bool:
    """Tell whether words are no sentence's: a strange one, or several that are joined."""
    return past - first > 1 or not is_common(speech.tokens.words[first])


def _typed(speech: Speech) -> Iterator[Entity]:
    """Yield what is written as user names are: `gran_may52`, `bricky907`, `ada.kowal`."""
    if not ("_" in speech.low or speech.numbers or "." in speech.low.rstrip(" .")):
        return
    for found in _WRITTEN.finditer(speech.text):
        form = found.group()
        letters = re.split(r"[._-]|\d+", form)
        plain = [word for word in letters if word]
        is_word = all(is_common(word) or is_place(word) or word in BRANDS for word in plain)
        if (
            _PAGE.search(form)
            or (is_word and "_" not in form)
            or not any(len(word) > 2 for word in plain)
        ):
            continue
        yield Entity(Kind.USERNAME, *found.span(), "written as user names are", form)


def _entity(speech: Speech, first: int, past: int, why: str) -> Entity:
    start, end = speech.span(first, past)
    return Entity(Kind.USERNAME, start, end, why, "".join(speech.tokens.words[first:past]))
