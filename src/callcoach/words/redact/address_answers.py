"""Finds the addresses in English that are a whole sentence, where an address was asked for."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Asked, Kind
from callcoach.words.redact.premises import NEVER, is_sign
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.street_words import is_street
from callcoach.words.redact.tables import BRANDS, CALENDAR, is_common, is_place

_AROUND: Final = frozenset(("yes", "sure", "ok", "okay", "it", "is", "its", "sorry", "oh", "no"))
_CLOSING: Final = frozenset(("please", "thanks", "thank", "you", "sir", "madam", "there", "now"))
_LEAD: Final = re.compile(
    r"^(?:\W*(?:yes|yeah|sure|ok|okay|um|uh|so|well|right|oh|it'?s|it\s+is|that'?s|that\s+is)\b)*\W*"
    r"(?:(?:i|we)(?:'m|'re|\s+am|\s+are)?\s*(?:now\s+|still\s+)?(?:live|stay|reside|living|staying)?\s+(?:at|in|on)\s"
    r"|(?:my|our|the)\s+(?:new\s+|current\s+|home\s+)?(?:address|place|house)(?:\s+is|'s)\s)?"
)
_SIGNS: Final = frozenset((
    "opposite", "near", "village", "district", "north", "south", "east", "west", "town", "city",
    "cross", "main", "opp", "county", "po", "zip",
))  # fmt: skip
_OTHERS: Final = frozenset((
    "why", "already", "same", "still", "send", "email", "call", "phone", "correct", "wrong",
    "hello", "bank", "money", "account", "comes", "come", "between", "drive", "went", "parked",
    "drove", "started", "works", "leave", "knows", "everybody", "everyone", "soon", "tomorrow",
    "today", "monday", "friday", "card", "birth", "born", "name", "january", "february", "march",
    "april", "june", "july", "august", "september", "october", "november", "december", "enough",
    "sure", "yes", "yeah", "sorry",
))  # fmt: skip
_SENTENCE: Final = (NEVER | _OTHERS) - {
    *("at", "in", "on", "of", "off", "the", "by", "and", "to", "a", "first", "second", "third"),
    *("next", "under", "over", "up", "down", "no", "new", "old", "long", "short", "big", "mile"),
    *("last", "county", "crown", "bed", "house", "from", "hundred", "thousand", "one"),
}
"""Words of a turn that tells more than an address, or something else."""
_VAGUE: Final = frozenset(
    ("something", "like", "maybe", "probably", "think", "say", "around", "about")
)
_SMALL: Final = frozenset((
    "at", "in", "on", "of", "the", "and", "to", "a", "from", "that", "this", "then", "just",
    "out", "over", "up", "down", "um", "uh", "er", "so", "well", "right", "thats", "no", "by",
))  # fmt: skip
"""What stands at the ends of a part, and is none of it."""
_CUTS: Final = frozenset((
    "or", "ask", "tell", "use", "now", "still", "via", "care", "actually", "but", "sent", "old",
    "postcode", "zip", "zipcode", "eircode", "called", "moved", "yes", "code", "postal", "no",
    "same", "forward",
))  # fmt: skip
_APART: Final = 2
_SHORT: Final = 3
_REST: Final = _SENTENCE | frozenset((
    "please", "thanks", "love", "mate", "same", "sorry", "right", "correct", "anyway", "though",
    "back", "down", "sure", "okay", "fine", "lovely", "cheers", "ta", "name", "number", "that",
    "phone", "one",
))  # fmt: skip
"""Words of what is no further part of an address."""
_CODED: Final = 4
"""Letters and digits of a postcode."""
_MOST: Final = 18
"""Words of the longest address."""


def find_told(speech: Speech, asked: Asked) -> Iterator[tuple[int, int]]:
    """Yield the tokens (first, past) of each sentence that is nothing but an address.

    Of a turn without marks these are the parts between the words that end one.
    """
    is_new = Kind.ADDRESS in asked.whole
    if "?" in speech.text:
        return
    words = speech.tokens.words
    found = _LEAD.match(speech.low)
    first = bisect_left(speech.tokens.starts, found.end() if found is not None else 0)
    ends = [at + 1 for at in range(first, len(words)) if ends_sentence(speech, at)]
    for past in (*ends, len(words)):
        yield from _told(speech, first, past, is_new=is_new)
        first = past


def _told(speech: Speech, first: int, past: int, *, is_new: bool) -> Iterator[tuple[int, int]]:
    words = speech.tokens.words
    while first < past and words[first] in _AROUND:
        first += 1
    while past > first and words[past - 1] in _CLOSING:
        past -= 1
    inner = range(first, past)
    if not 1 < past - first <= _MOST or any(words[at] in _SENTENCE for at in inner):
        if not speech.capitals:
            yield from _chunks(speech, first, past, is_new=is_new)
        return
    if any(at in speech.numbers or _is_of_home(words[at]) for at in inner):
        yield _start(speech, first, past), past


def _start(speech: Speech, first: int, past: int) -> int:
    """Return where an address begins behind words such as `something like`."""
    words = speech.tokens.words
    begin = first
    while begin < past and words[begin] in _VAGUE:
        begin += 1
    return begin if past - begin > 1 else first


def _chunks(speech: Speech, first: int, past: int, *, is_new: bool) -> Iterator[tuple[int, int]]:
    """Yield the parts of a turn without marks that are nothing but an address."""
    words = speech.tokens.words
    begin, last = first, -1
    for at in (*range(first, past), past):
        if at < past and not _cuts(speech, at):
            continue
        start, end = begin, at
        begin = at + 1
        while start < end and words[start] in _AROUND | _VAGUE | _SMALL:
            start += 1
        while end > start and words[end - 1] in _CLOSING | _SMALL:
            end -= 1
        is_whole = end - start <= _SHORT and last >= 0
        if _BESIDE.isdisjoint(words[start:end]) and not is_whole:
            while end > start and _is_plain(speech, end - 1):
                end -= 1
            while end > start and _is_plain(speech, start) and words[start] != "the":
                start += 1
        is_more = 0 <= start - last <= _APART and last >= 0 and end - start <= _SHORT
        is_told = 1 < end - start <= _MOST and _is_told(speech, start, end, is_new=is_new)
        if is_told or (is_more and end > start and _REST.isdisjoint(words[start:end])):
            yield start, end
            last = end


def _is_plain(speech: Speech, at: int) -> bool:
    """Tell whether a word at an end of a part is none of an address: `by the end`."""
    word = speech.tokens.words[at]
    is_part = at in speech.numbers or _is_of_home(word) or word in _UNITS or len(word) == 1
    return not is_part and is_common(word) and not is_place(word)


_BESIDE: Final = frozenset((
    "opposite", "behind", "near", "next", "above", "beside", "corner", "past", "outside", "off",
    "under", "upon", "below",
))  # fmt: skip
_UNITS: Final = frozenset((
    "flat", "apartment", "unit", "block", "lot", "plot", "floor", "room", "suite", "number",
    "box", "po", "tower", "door", "care", "private", "bag",
))  # fmt: skip


def _cuts(speech: Speech, at: int) -> bool:
    """Tell whether a word ends an address: `i`, `because`; the `is` of `tanner's` does not."""
    word = speech.tokens.words[at]
    if word == "is" and at and speech.tokens.starts[at] == speech.tokens.starts[at - 1]:
        return speech.tokens.words[at - 1] in _SENTENCE or speech.tokens.words[at - 1] in _AROUND
    return word in _SENTENCE or word in _CUTS


def _is_told(speech: Speech, first: int, past: int, *, is_new: bool) -> bool:
    """Tell whether words hold what an address has: a street, a house, a place, or a postcode.

    Where the address was not told yet, a number and a name are enough.
    """
    words = speech.tokens.words[first:past]
    inner = range(first, past)
    start, end = speech.span(first, past)
    if any(
        one.currency is not None and one.start < end and start < one.end for one in speech.amounts
    ):
        return False
    is_home = any(_is_of_home(word) and word != "lot" for word in words)
    numbers = sum(at in speech.numbers for at in inner)
    is_named = any(
        at not in speech.numbers and not (is_common(word) or word in BRANDS or word in CALENDAR)
        for at, word in zip(inner, words, strict=True)
    )
    is_coded = all(at in speech.numbers or len(words[at - first]) == 1 for at in inner)
    if is_home:
        return is_new or bool(numbers) or any(map(is_place, words))
    return (is_coded and len(words) >= _CODED) or (is_new and bool(numbers) and is_named)


def _is_of_home(word: str) -> bool:
    return is_street(word) or word in _SIGNS or is_place(word) or is_sign(word)


def ends_sentence(speech: Speech, at: int) -> bool:
    """Tell whether a sentence ends behind a token: `the 19th. Dr Anand`."""
    end = speech.tokens.ends[at]
    word = speech.tokens.words[at]
    is_short = len(word) <= 3 and at not in speech.numbers and word not in ("st", "nd", "rd", "th")
    return speech.text[end : end + 2] in (". ", "? ", "! ") and not is_short
