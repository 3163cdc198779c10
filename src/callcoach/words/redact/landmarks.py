"""Finds homes in English that are told by what stands beside them, or that a postcode ends."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.name_shapes import stops
from callcoach.words.redact.speech import Speech, is_number
from callcoach.words.redact.tables import CALENDAR, is_place

_BESIDE: Final = (
    ("next", "to"), ("next", "door", "to"), ("across", "from"), ("in", "front", "of"),
    ("just", "off"), ("close", "to"), ("round", "the", "back", "of"), ("at", "the", "back", "of"),
    ("behind",), ("near",), ("opposite",), ("beside",), ("above",), ("adjacent", "to"), ("off",),
    ("along",), ("over", "the"), ("past",),
)  # fmt: skip
_DIRECTED: Final = (
    ("up", "from"), ("down", "from"), ("round", "from"),
    ("second", "left"), ("first", "left"), ("third", "left"), ("second", "right"), ("off", "the"),
    ("first", "right"), ("third", "right"), ("below",), ("under", "the"), ("by", "the"),
    ("at", "the", "end", "of"), ("at", "the", "top", "of"), ("at", "the", "bottom", "of"),
    ("second", "on", "the"), ("first", "on", "the"), ("after", "the"),
    ("down", "the", "road", "from"),
)  # fmt: skip
_LEADS: Final = re.compile(
    r"\b(?:i|we|he|she|they)(?:'m|'re|\s+am|\s+are)?\s+(?:now\s+|still\s+)?(?:live|lives|stay|stays|reside|staying|living)\b"
    r"|\b(?:my|our|the)\s+(?:\w+(?:'s)?\s+)?(?:house|place|home|shop|flat|apartment|room|office|compound|gate)(?:'s|\s+is)\b"
    r"|\b(?:the|a|our|my)\s+(?:flat|room|rooms|place|unit|bedsit)\s+(?=above|behind|over|below|next|opposite|beside|across)"
    r"|\baddress(?:\s+is|'s)\b|\b(?:it|that)(?:'s|\s+is)\s+the\s+\w+\s+(?:house|gate|building|flat|shop)\b"
)
_CORNER: Final = re.compile(
    r"\b(?:corner|cnr|junction)\s+of\s+\w+(?:\s+\w+)?\s+and\s+(?!i\b|we\b|you\b)\w+(?:\s+(?:streets?|roads?|avenues?))?"
)
_FAR: Final = 6
"""Tokens between what leads to a home and what stands beside it."""
_ENDS: Final = frozenset((
    "i", "we", "you", "he", "she", "they", "it", "my", "but", "so", "because", "please", "thanks",
    "is", "are", "was", "which", "if", "when", "can", "could", "ask", "call", "just", "that",
    "everybody", "everyone", "you'll", "it's", "i'm", "for", "with", "until", "since", "okay",
    "now", "and", "work", "area", "here", "there", "thank",
))  # fmt: skip
"""Words with which a sentence goes on behind a home."""
_TIMES: Final = CALENDAR | frozenset((
    "end", "time", "start", "month", "week", "weekend", "year", "morning", "evening", "fact",
    "way", "deadline", "date", "holidays", "record", "phone", "line", "book", "books", "hook",
    "last", "next", "same", "other", "beginning", "middle", "moment", "minute", "due", "payment",
    "fees", "half", "past", "noon", "midday", "looks", "sounds", "sound", "look", "court",
))  # fmt: skip
"""Behind `by the` and `after the` these are no landmark."""
_MOST: Final = 9
_FEWEST: Final = 2
"""Tokens behind `near` that name something."""
_POSTCODE: Final = re.compile(
    r"\b(?:[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}|[a-z]\d[a-z]\s?\d[a-z]\d|[a-z]\d[\dw]\s?[a-z\d]{4}(?=.*\d)|\d{5}(?:-\d{4})?|\d{6})\b"
)
"""Of the United Kingdom, Canada and Ireland; of digits: behind a place."""
_BEFORE: Final = 10
"""Tokens of an address before its postcode."""
_SMALL: Final = frozenset(("the", "of", "on", "upon", "in", "de", "la", "by", "le"))


def find_landmarks(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield the tokens (first, past) of homes beside something: `I live behind the mosque`."""
    words = speech.tokens.words
    for found in _CORNER.finditer(speech.low):
        first = bisect_right(speech.tokens.starts, found.start()) - 1
        yield first, bisect_left(speech.tokens.starts, found.end())
    leads = [bisect_left(speech.tokens.starts, it.end()) for it in _LEADS.finditer(speech.low)]
    if not leads:
        return
    for at in range(len(words)):
        past = past_landmark(speech, at, is_directed=True)
        if past == at:
            continue
        lead = next((lead for lead in leads if 0 <= at - lead <= _FAR), None)
        if lead is not None:
            yield lead, past


def past_landmark(speech: Speech, at: int, *, is_directed: bool = False) -> int:
    """Return the token past `behind the anglican church` that begins at `at`; else `at`.

    `is_directed` says that a way may be told too: `second left past the dairy`.
    """
    words = speech.tokens.words
    for beside in (*_BESIDE, *_DIRECTED) if is_directed else _BESIDE:
        if words[at : at + len(beside)] != beside:
            continue
        past = start = at + len(beside)
        thing = words[past + (words[past : past + 1] == ("the",)) :][:1]
        if thing and (thing[0] in _TIMES or is_number(thing[0])):
            return at
        while past < len(words) and past - start < _MOST and words[past] not in _ENDS:
            past += 1
            if stops(speech, past - 1):
                break
        return past if past - start >= _FEWEST else at
    return at


def past_tail(speech: Speech, at: int) -> int:
    """Return the token past a landmark that goes on with an address, but for `just off`."""
    return at if speech.tokens.words[at : at + 2] == ("just", "off") else past_landmark(speech, at)


def find_before_postcodes(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield the tokens of a written address that a postcode ends: `Kirk Wynd, Pittenweem KY10 2LE`.

    Its words begin with capitals or are numbers; without capitals nothing tells where it begins.
    """
    if not speech.numbers or not speech.capitals:
        return
    for found in _POSTCODE.finditer(speech.low):
        first = bisect_left(speech.tokens.starts, found.start())
        last = bisect_left(speech.tokens.ends, found.end())
        if max(first, last) == len(speech.tokens.words):
            continue
        is_digits = found.group().replace("-", "").isdecimal()
        if is_digits and (first == 0 or not is_place(speech.tokens.words[first - 1])):
            continue
        begin = first
        while begin > 0 and first - begin < _BEFORE and _is_part(speech, begin - 1):
            begin -= 1
        while begin < first and speech.tokens.words[begin] in _SMALL - {"the"}:
            begin += 1
        if first - begin > 1:
            yield begin, last + 1


def _is_part(speech: Speech, at: int) -> bool:
    """Tell whether a word may belong to an address before its postcode."""
    end = speech.tokens.ends[at]
    if speech.text[end : end + 2] in (". ", "? ", "! "):
        return False
    word = speech.tokens.words[at]
    is_inside = at > 0 and speech.is_capital(at) and word not in ("i", "i'm", "it's", "my")
    return is_inside or at in speech.numbers or word in _SMALL
