"""Finds the addresses in English that are a whole sentence, where an address was asked for."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.premises import NEVER, is_sign
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.street_words import is_street
from callcoach.words.redact.tables import is_place

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
_MOST: Final = 18
"""Words of the longest address."""


def find_told(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield the tokens (first, past) of each sentence that is nothing but an address."""
    if "?" in speech.text:
        return
    words = speech.tokens.words
    found = _LEAD.match(speech.low)
    first = bisect_left(speech.tokens.starts, found.end() if found is not None else 0)
    ends = [at + 1 for at in range(first, len(words)) if ends_sentence(speech, at)]
    for past in (*ends, len(words)):
        yield from _told(speech, first, past)
        first = past


def _told(speech: Speech, first: int, past: int) -> Iterator[tuple[int, int]]:
    words = speech.tokens.words
    while first < past and words[first] in _AROUND:
        first += 1
    while past > first and words[past - 1] in _CLOSING:
        past -= 1
    inner = range(first, past)
    if not 1 < past - first <= _MOST or any(words[at] in _SENTENCE for at in inner):
        return
    if any(at in speech.numbers or _is_of_home(words[at]) for at in inner):
        yield first, past


def _is_of_home(word: str) -> bool:
    return is_street(word) or word in _SIGNS or is_place(word) or is_sign(word)


def ends_sentence(speech: Speech, at: int) -> bool:
    """Tell whether a sentence ends behind a token: `the 19th. Dr Anand`."""
    end = speech.tokens.ends[at]
    word = speech.tokens.words[at]
    is_short = len(word) <= 3 and at not in speech.numbers and word not in ("st", "nd", "rd", "th")
    return speech.text[end : end + 2] in (". ", "? ", "! ") and not is_short
