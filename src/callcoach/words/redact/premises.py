"""Finds homes in English by their grammar: flats, buildings, streets with spoken numbers.

Every token is told by one letter, and patterns over these letters are the grammar: `flat four the
old mill` is `UDTOB`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.redact.model import Asked, Kind
from callcoach.words.redact.name_leads import FIRMS
from callcoach.words.redact.name_shapes import stops
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.street_words import STREETS, WEAK_STREETS
from callcoach.words.redact.tables import is_common, is_listed, is_place

_UNITS: Final = frozenset((
    "flat", "apartment", "apt", "unit", "suite", "ste", "room", "rm", "plot", "block", "blk",
    "shop", "door", "lot", "level", "floor", "tower", "number", "no", "wing", "building", "bldg",
    "hse", "penthouse", "erf", "site", "kilometre", "kilometer", "km", "basement", "section",
    "sector", "phase", "ward", "lane", "alley", "villa", "stand", "rmb", "rsd", "cabin", "berth",
    "mooring", "trailer", "lodge", "cubicle", "bedroom", "bed", "stall",
))  # fmt: skip
"""What stands before the number of a home."""
_BUILDINGS: Final = frozenset((
    "cottage", "cottages", "mansion", "mansions", "house", "mill", "lodge", "tower", "towers",
    "wharf", "farm", "farmhouse", "manor", "villa", "villas", "residency", "residences",
    "residence", "apartments", "flats", "barn", "vicarage", "rectory", "hall", "chambers",
    "works", "quay", "maisonette", "bungalow", "forge", "granary", "gatehouse", "stables",
    "maltings", "grange", "smithy", "oast", "chapel", "brewery", "ward", "condos", "condominiums",
    "hostel", "enclave", "complex", "building", "bhavan", "bhawan", "nivas", "nilayam", "caravan",
    "motel", "quarters", "lofts", "subdivision", "society", "niwas", "almshouses", "almshouse",
    "laurels", "willows", "oaks", "poplars", "firs", "elms", "beeches", "hawthorns", "cedars",
    "limes", "pines", "birches", "hollies", "paddocks", "glebe", "spinney", "steading",
    "smallholding", "parsonage", "deanery", "presbytery", "manse", "toft", "homestead", "bothy",
    "cabin", "chalet", "houseboat", "annexe", "annex", "bedsit", "tollhouse", "schoolhouse",
    "coachhouse", "heights", "point", "precinct", "quayside", "wharfside", "riverside",
    "waterside", "dockside", "gardens",
))  # fmt: skip
"""What ends the name of a building."""
NEVER: Final = frozenset((
    "i", "you", "he", "she", "it", "we", "they", "me", "him", "us", "them", "my", "your", "his",
    "her", "our", "their", "this", "that", "these", "those", "is", "are", "was", "were", "be",
    "been", "am", "do", "does", "did", "done", "have", "has", "had", "will", "would", "can",
    "could", "should", "may", "might", "must", "not", "and", "or", "but", "so", "if", "then",
    "because", "when", "while", "for", "from", "with", "at", "to", "in", "on", "of", "by", "as",
    "about", "into", "over", "under", "down", "up", "off", "out", "than", "just", "only", "even",
    "very", "too", "also", "really", "actually", "please", "thanks", "thank", "what", "which",
    "who", "where", "why", "how", "all", "some", "any", "no", "none", "every", "each", "more",
    "most", "other", "another", "same", "next", "last", "first", "second", "third", "long",
    "short", "good", "bad", "big", "small", "new", "whole", "few", "many", "much", "minute",
    "minutes", "hour", "hours", "mile", "miles", "day", "days", "week", "weeks", "month",
    "months", "year", "years", "time", "times", "percent", "pound", "pounds", "dollar", "dollars",
    "quid", "rupees", "grand", "people", "kids", "bed", "bedroom", "bedrooms", "payment",
    "payments", "instalment", "instalments", "installment", "installments", "got", "get", "go",
    "going", "went", "come", "came", "live", "living", "pay", "paid", "paying", "said", "say",
    "see", "know", "want", "need", "make", "made", "take", "took", "a", "an", "one's", "county",
    "crown", "magistrates", "magistrate",
))  # fmt: skip
"""Words of a sentence, and measures: none stands inside of a street's name."""
_TALKED: Final = frozenset((
    "yes", "yeah", "yep", "nope", "okay", "ok", "oh", "sure", "hello", "hi", "sorry", "um", "uh",
    "er", "well", "now", "still", "today", "yesterday", "tomorrow", "here", "there", "right",
    "there's", "officially", "anymore", "ask", "tell", "call", "put", "use", "try", "send", "or",
    "email", "phone", "mobile", "card", "account", "name", "what", "high", "supreme", "food",
    "tennis", "basketball", "named", "small", "claims", "court's", "via",
))  # fmt: skip
"""Words around an address, and of courts that nobody lives in."""
_LEADS: Final = frozenset((
    "have", "says", "got", "at", "to", "place", "address", "live", "lives", "living", "on",
    "stay", "stays", "from", "near", "of", "moved", "staying",
))  # fmt: skip
"""Behind these a number begins an address, even where plain words follow."""
_FLATS: Final = frozenset(("flat", "apartment", "apt", "suite", "maisonette"))
_HOMES: Final = frozenset(("address", "place", "home", "house", "flat", "property", "street"))
"""`the house is rose cottage` names a home, `it is rosa hall` a person."""
_HOME_LEADS: Final = _HOMES | {
    *("block", "building", "trailer", "shop", "plot", "apartment", "room", "caravan", "unit"),
    *("parked", "kept", "delivered", "wrote", "sent", "send", "post", "posted", "van", "car"),
}
"""A few words behind these `in` and `on` lead to a home too: `the trailer is on old mill road`."""
_LIVES: Final = frozenset((
    "live", "lives", "living", "lived", "stay", "stays", "staying", "reside", "home", "house",
    "flat",
))  # fmt: skip
_LIVED: Final = frozenset(
    (verb, at)
    for verb in (
        "am",
        "is",
        "are",
        "still",
        "been",
        "now",
        "based",
        "out",
        "live",
        "lives",
        "living",
        "stay",
        "stays",
        "staying",
        "lived",
    )
    for at in ("on", "at")
)
"""Behind these a street of plain words is one: `i live on maple drive`."""
_SHORT: Final = 3
"""Letters of a word that may be shortened with a point: `no. 7`, `ave.`."""
_COUNTED: Final = frozenset(
    ("bay", "cottage", "chalet", "cabin", "gate", "house", "villa", "building", "tower", "no")
)
"""Before a number they are units: `House 14, Street 7`."""
_SIGNS: Final = frozenset("SWBUX")
_UNIT: Final = "B?U+(?:D+L?|LD*)(?:D+L)?"
_STREET: Final = "D+L?(?:[NPOWB]{1,3}?|[NO]D{1,2})S"
_WAY: Final = "[NPOBW]{1,3}?[SW]"
_BUILDING: Final = "T?[NPO]{1,3}?BB?"
_SURE: Final = re.compile(
    rf"(?:{_UNIT})+(?:{_UNIT}|{_STREET}|D+L?{_WAY}|{_BUILDING}|T?{_WAY}|T?[SW]|TB)+"
    rf"|T?[NPOBW]{{1,2}}[SWB](?:U(?:D+L?|LD*))+|(?:T[NP]{{1,2}})?{_STREET}(?:{_UNIT})*|D+L?[NP]{{1,2}}[BW]|{_BUILDING}[NPOWB]{{1,3}}?S|L[LD]XD+|XD+|D+L?TB(?:{_UNIT})*"
)
"""Homes that nothing has to lead to."""
_LED: Final = re.compile(
    rf"D+L?[NPOBW]{{1,3}}?[WB](?:{_UNIT})*|D+L?(?:T[SWB]|S)|{_BUILDING}(?:T?{_WAY})?|{_WAY}|{_UNIT}T?[NPOB]{{1,2}}(?:DL?)?|D+L?[NO]{{1,2}}P"
)
"""Homes behind `at`, `my address is` or a question for the address."""


_BEFORE_NUMBER: Final = frozenset((
    "covers", "cover", "between", "outside", "home", "not", "still", "own", "sold", "renting",
    "property", "no", "keep", "leave", "letters",
))  # fmt: skip
"""Behind these a number begins an address, too."""
_AT_HOME: Final = _LIVES | {
    "moved",
    "address",
    "letters",
    "post",
    "postie",
    "parcel",
    "parcels",
    "delivered",
}
_ANY_ROAD: Final = frozenset((
    "main", "wrong", "right", "other", "same", "this", "that", "long", "one", "way", "busy",
    "wall", "city", "back", "side", "single", "private", "bumpy", "rocky", "next", "last", "new",
    "every",
))  # fmt: skip
"""Before `road` these name no certain one."""
_ALONE: Final = re.compile("U(?:D{1,3}L?)")
"""A flat with its number."""
_RATES: Final = (
    ("months",),
    ("weeks",),
    ("days",),
    ("years",),
    ("payments",),
    ("times",),
    ("percent",),
    ("per",),
    ("hundred",),
    ("a",),
    ("quid",),
)


def find_premises(speech: Speech, asked: Asked) -> Iterator[tuple[int, int]]:
    """Yield the tokens (first, past) of homes."""
    words = speech.tokens.words
    if not any(map(is_sign, words)):
        return
    letters = "".join(_letter(speech, at) for at in range(len(words)))
    for found in _SURE.finditer(letters):
        first, past = found.span()
        if not _is_broken(speech, first, past):
            has_office = letters[first] == "X" and speech.tokens.words[first - 1 : first] == ("po",)
            yield first - has_office, past
    wants = Kind.ADDRESS in asked.kinds
    for found in _ALONE.finditer(letters):
        first, past = found.span()
        start, end = speech.span(first, past)
        is_sum = any(
            one.currency is not None and one.start < end and start < one.end
            for one in speech.amounts
        )
        is_rate = words[past : past + 1] in _RATES or words[first - 1 : first] in (("a",), ("of",))
        is_home = words[first] in _FLATS - {"suite"} and (wants or words[first] != "unit")
        is_home = is_home and not (stops(speech, first) and wants is False)
        if is_home and not is_sum and not is_rate and not _is_broken(speech, first, past):
            yield first, past
    for found in _LED.finditer(letters):
        first, past = found.span()
        is_flat = speech.tokens.words[first] in _FLATS
        is_led = (
            wants
            or is_flat
            or _is_led(
                speech,
                first - (letters[first - 1 : first] == "T"),
                has_number=letters[first] == "D",
            )
        )
        is_lived = speech.tokens.words[max(first - 2, 0) : first] in _LIVED
        is_named = bool(set("NP") & set(found.group())) or "D" in found.group() or wants or is_lived
        is_near = not _AT_HOME.isdisjoint(words[max(first - 6, 0) : first])
        is_named = is_named or (
            found.group()[-1] == "S" and is_near and words[past - 2] not in _ANY_ROAD
        )
        if is_led and is_named and not _is_broken(speech, first, past):
            yield first, past


def _is_led(speech: Speech, first: int, has_number: bool) -> bool:
    """Tell whether the words before a stretch lead to an address: `I live at`, `the house is`."""
    before = speech.tokens.words[max(first - 2, 0) : first]
    if before == ("is", "on") or before == ("am", "on"):
        return True
    if has_number and bool(before) and before[-1] in _BEFORE_NUMBER:
        return True
    if before[-1:] == ("is",) and not _AT_HOME.isdisjoint(
        speech.tokens.words[max(first - 6, 0) : first]
    ):
        return True
    if before[-1:] == ("is",):
        return has_number or before[0] in _HOMES
    is_near = not _HOME_LEADS.isdisjoint(speech.tokens.words[max(first - 5, 0) : first])
    return bool(before) and (before[-1] in _LEADS or (before[-1] in ("in", "on") and is_near))


def _is_broken(speech: Speech, first: int, past: int) -> bool:
    """Tell whether a sentence ends inside of a stretch, or a firm is named by it."""
    ends = speech.tokens.ends
    for at in range(first, past - 1):
        mark = speech.text[ends[at] : ends[at] + 1]
        is_short = len(speech.tokens.words[at]) <= _SHORT and at not in speech.numbers
        if mark in ("?", "!", ";") or (mark == "." and not is_short):
            return True
    return past < len(ends) and first not in speech.numbers and is_of_firm(speech, past)


def is_of_firm(speech: Speech, past: int) -> bool:
    """Tell whether a firm's name goes on behind a street's: `linden lane credit union`."""
    word = speech.tokens.words[past]
    is_next = speech.text[speech.tokens.ends[past - 1] : speech.tokens.starts[past]] == " "
    is_trade = word in FIRMS or (speech.is_capital(past) and not is_place(word) and is_common(word))
    return is_next and is_trade and _of_table(word) is None


def _letter(speech: Speech, at: int) -> str:
    """Return what a token is: Digits, Letter, Unit, Building, Street, Weak street, Name, ..."""
    word = speech.tokens.words[at]
    if at in speech.numbers or _is_inside(speech, at):
        return "D"
    if word == "is" and at and speech.tokens.starts[at] == speech.tokens.starts[at - 1]:
        return "Z" if speech.tokens.words[at - 1] in NEVER | _TALKED else "O"
    if word in _TALKED or (word == "i" and at + 1 < len(speech.tokens.words)):
        return "Z"
    if word in ("st", "rd") and at - 1 in speech.numbers:
        return "Z"
    if len(word) == 1 and "a" <= word <= "z":
        follows = speech.tokens.words[at + 1] if at + 1 < len(speech.tokens.words) else ""
        is_article = word in "ai" and at - 1 not in speech.numbers
        return "Z" if is_article and follows else "L"
    letter = _of_table(word)
    if word in _COUNTED:
        is_counted = at + 1 in speech.numbers
        return "U" if is_counted else (letter if word != "no" and letter is not None else "Z")
    if letter is not None:
        return letter
    if is_place(word):
        return "P"
    is_name = is_listed(word) or not is_common(word) or speech.is_capital(at)
    return "N" if is_name else "O"


@lru_cache(maxsize=8192)
def _of_table(word: str) -> str | None:
    """Return the letter of the table that a word stands in."""
    return next((letter for letter, table in _TABLES if word in table), None)


def _is_inside(speech: Speech, at: int) -> bool:
    """Tell whether `and` stands inside of a number: `two hundred and four`."""
    words = speech.tokens.words
    is_large = at > 0 and words[at - 1] in ("hundred", "thousand")
    return words[at] == "and" and is_large and at + 1 in speech.numbers


def is_sign(word: str) -> bool:
    """Tell whether a word names a street, a building or a part of one."""
    return _of_table(word) in _SIGNS


_TABLES: Final = (
    ("T", frozenset(("the",))),
    ("X", frozenset(("box",))),
    ("Z", NEVER - {"no"}),
    ("U", _UNITS - {"lane", "alley", "villa"}),
    ("W", WEAK_STREETS - _BUILDINGS),
    ("S", STREETS - WEAK_STREETS - _BUILDINGS),
    ("B", _BUILDINGS),
)
