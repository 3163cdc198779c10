"""Finds addresses in English: streets with numbers, postcodes and places, `I live at`."""

import re
from collections.abc import Iterator
from itertools import compress, count
from typing import Final

from callcoach.words.redact.address_answers import ends_sentence, find_told
from callcoach.words.redact.answers import Answer, groups
from callcoach.words.redact.landmarks import (
    find_before_postcodes,
    find_landmarks,
    past_landmark,
)
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.premises import find_premises, is_of_firm
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.street_words import STREETS, WEAK_STREETS, is_street
from callcoach.words.redact.tables import is_common, is_listed, is_place, is_strange

_STRONG: Final = STREETS - WEAK_STREETS
"""Words that end a street's name and are hardly anything else."""
_UNITS: Final = frozenset(
    (
        *("apt", "apartment", "unit", "suite", "ste", "flat", "floor", "block", "room", "building"),
        *("bldg", "po", "box", "p.o", "door", "house", "sector", "phase", "plot", "ward", "near"),
        *("opposite", "opp", "cross", "main", "zip", "zipcode", "code", "pin", "north", "south"),
        *("east", "west", "northeast", "northwest", "southeast", "southwest", "n", "s", "e", "w"),
        *("ne", "nw", "se", "sw", "no", "th", "st", "nd", "rd", "city", "town", "county", "state"),
        *(
            "village",
            "district",
            "postal",
            "post",
            "usa",
            "us",
            "uk",
            "of",
            "upper",
            "lower",
            "new",
        ),
    )
)
_ORDINAL_ENDS: Final = frozenset(("st", "rd"))
_LEADS: Final = re.compile(
    r"\b(?:(?:home|mailing|billing|shipping|delivery|street|postal|residential|current|new|my|your|"
    r"old|correct|full|the|email)\s+)*address(?:\s+(?:would\s+be|should\s+be|will\s+be|is|was|to|as|s|at))*\b(?!\s+on)[:\s]*"
    r"|\b(?:i|we)\s+(?:now\s+)?(?:live|stay|reside|lived)\s+(?:at|in|on)\s+"
    r"|\b(?:i\s?am|i'm|im)\s+(?:living|staying|residing|located)\s+(?:at|in|on)\s+"
    r"|\b(?:moved|moving|relocated|relocating|shifted)\s+to\s+"
    r"|\b(?:deliver(?:ed|y)?|ship(?:ped)?|mail(?:ed)?|send\s+it|sent)\s+to\s+(?=\d)"
    r"|\b(?=(?:barangay|brgy|purok|sitio)\b)|\b(?:current\s+|my\s+|new\s+)?(?:city|state|town|location|area)\s+(?:name\s+)?(?:is\s+)?"
)
_LEAD_WORDS: Final = frozenset((
    "address", "live", "lived", "living", "stay", "staying", "reside", "residing", "located",
    "moved", "moving", "relocated", "relocating", "shifted", "deliver", "delivered", "delivery",
    "ship", "shipped", "mail", "mailed", "send", "sent", "city", "state", "town", "location",
    "area", "barangay", "brgy", "purok", "sitio",
))  # fmt: skip
"""One of these stands in every lead."""
_STOP: Final = frozenset(
    (
        *(
            "and",
            "my",
            "please",
            "thanks",
            "thank",
            "is",
            "i",
            "but",
            "so",
            "phone",
            "email",
            "ssn",
        ),
        *(
            "name",
            "which",
            "that",
            "because",
            "can",
            "could",
            "will",
            "would",
            "you",
            "for",
            "with",
        ),
        *("mobile", "contact", "account", "card", "not", "on", "want", "need", "to", "was", "it"),
        *(
            "ph",
            "cell",
            "tel",
            "telephone",
            "the",
            "a",
            "an",
            "has",
            "have",
            "changed",
            "wrong",
            "correct",
            "this",
            "also",
            "or",
            "just",
            "last",
            "next",
            "ago",
            "yesterday",
            "today",
            "since",
            "when",
            "until",
            "then",
            "if",
        ),
    )
)
_AROUND: Final = frozenset(("yes", "sure", "ok", "okay", "it", "is", "its", "sorry", "oh", "no"))
_OF_TRADE: Final = frozenset(
    ("branch", "store", "court", "office", "shop", "bank", "depot", "station", "showroom", "open")
)
"""A street with one of these and without a number is no home."""
_SIGNS: Final = frozenset(
    ("apt", "apartment", "suite", "flat", "floor", "block", "cross", "city", "box")
)
_MOST = 14
_FEW = 4
"""Words of a turn that tells nothing but a number."""
_BEFORE_STREET = 5


def find_addresses(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the addresses of a turn, and the places and postcodes that are its whole answer."""
    if speech.has_latin:
        for first, past in find_told(speech) if Kind.ADDRESS in asked.kinds else ():
            yield _entity(speech, first, past, "asked for")
        yield from _whole(speech)
        yield from _streets(speech)
        is_of_trade = not _OF_TRADE.isdisjoint(speech.tokens.words)
        for first, past in find_premises(speech, asked):
            if is_of_trade and speech.numbers.isdisjoint(range(first, past)):
                continue
            yield _entity(speech, first, past_landmark(speech, _tail(speech, past)), "home")
        yield from _after_leads(speech)
        for first, past in find_landmarks(speech):
            yield _entity(speech, first, past, "beside a landmark")
        for first, past in find_before_postcodes(speech):
            yield _entity(speech, first, past, "before a postcode")
    yield from _places(speech, asked, answer)


def _streets(speech: Speech) -> Iterator[Entity]:
    """Yield `123 Maple Street, Apt 4, Springfield IL 62704`."""
    words = speech.tokens.words
    for at in list(compress(count(), map(is_street, words))):
        word = words[at]
        if at == 0:
            continue
        if word in _ORDINAL_ENDS and words[at - 1][0].isdecimal():
            continue
        first = _number_before(speech, at)
        if first is None:
            is_named = (
                is_strange(words[at - 1]) or is_listed(words[at - 1]) or is_place(words[at - 1])
            )
            is_firm = at + 1 < len(words) and is_of_firm(speech, at + 1)
            if word not in _STRONG or not is_named or is_firm or not _OF_TRADE.isdisjoint(words):
                continue
            first = at - 1
            while first > 0 and at - first < 3 and is_strange(words[first - 1]):
                first -= 1
        yield _entity(speech, first, _tail(speech, at + 1), "street")


def _is_confirmed(speech: Speech, first: int, at: int) -> bool:
    """Tell whether a street of a weak word is one: `29840 Aaron Groves Suite 289`.

    A name stands between the number and the word, and a unit, a place or a postcode behind it.
    """
    words = speech.tokens.words
    named = any(is_listed(word) or is_strange(word) for word in words[first + 1 : at])
    near = words[at + 1 : at + 6]
    return named and any(
        word in _SIGNS or is_place(word) or (word.isdecimal() and len(word) == 5) for word in near
    )


def _number_before(speech: Speech, at: int) -> int | None:
    """Return the token of the house number that stands before a street's name."""
    words = speech.tokens.words
    for first in range(at - 1, max(at - 2 - _BEFORE_STREET, -1), -1):
        if ends_sentence(speech, first):
            return None
        if words[first] in _STOP and (first != at - 1 or words[first] not in ("the", "a", "is")):
            return None
        if words[first][0].isdecimal() or any(run.past - 1 == first for run in speech.runs):
            run = next((run for run in speech.runs if run.first <= first < run.past), None)
            begin = run.first if run is not None else first
            is_known = words[at] in STREETS or _is_confirmed(speech, first, at)
            if is_known and (at - first > 1 or words[at] in _STRONG):
                return begin - 1 if begin and words[begin - 1] in ("no", "number") else begin
    return None


def _tail(speech: Speech, at: int) -> int:
    """Return the token past an address whose street ends before `at`."""
    words = speech.tokens.words
    past = at
    for place in range(at, min(at + _MOST, len(words))):
        word = words[place]
        if word in _STOP and not (word == "a" and words[place - 1][0].isdecimal()):
            break
        is_part = (
            word[0].isdecimal()
            or word in _UNITS
            or word in STREETS
            or is_place(word)
            or is_listed(word)
            or not is_common(word)
            or len(word) == 1
            or speech.is_capital(place)
            or (place in speech.numbers and _is_coded(speech, place))
        )
        if is_part:
            past = place + 1
        elif place > at + 1 or place + 1 >= len(words) or not _is_near(speech, place + 1):
            break
    return past


def _is_coded(speech: Speech, at: int) -> bool:
    """Tell whether a spoken digit belongs to a postcode: four digits and more in a row."""
    return any(run.first <= at < run.past and len(run.digits) > 3 for run in speech.runs)


def _is_near(speech: Speech, at: int) -> bool:
    """Tell whether a place or a postcode follows an ordinary word: `north bridge city wa`."""
    word = speech.tokens.words[at]
    return word[0].isdecimal() or is_place(word) or word in _UNITS or word in STREETS


def _after_leads(speech: Speech) -> Iterator[Entity]:
    """Yield what follows `my address is` and `I live at`."""
    words = speech.tokens.words
    if _LEAD_WORDS.isdisjoint(words):
        return
    for found in _LEADS.finditer(speech.low):
        if "email" in found.group():
            continue
        first = next(
            (at for at, start in enumerate(speech.tokens.starts) if start >= found.end()),
            len(words),
        )
        past = _stretch(speech, first)
        has_sign = any(
            words[at][0].isdecimal() or is_place(words[at]) or is_strange(words[at])
            for at in range(first, past)
        )
        if (
            past > first
            and has_sign
            and not any("@" in speech.text[s:e] for s, e in [speech.span(first, past)])
        ):
            yield _entity(speech, first, past, "said to be an address")


def _stretch(speech: Speech, first: int) -> int:
    """Return the token past an address that begins at `first`: up to what goes on otherwise."""
    words = speech.tokens.words
    past = first
    while past < min(first + _MOST, len(words)) and words[past] not in _STOP:
        is_end = speech.text[speech.tokens.ends[past] : speech.tokens.ends[past] + 1] in set(".!?;")
        past += 1
        if is_end:
            break
    while past > first and words[past - 1] in _STOP:
        past -= 1
    return past


def _places(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield a place and a postcode where the turn holds nothing else, or they stand together."""
    words = speech.tokens.words
    wants = Kind.ADDRESS in asked.kinds
    if wants and len(words) <= _FEW and speech.numbers:
        yield _entity(speech, min(speech.numbers), max(speech.numbers) + 1, "asked for")
    if wants and len(words) <= 3 * _MOST:
        parts = sorted((*answer.digits, *answer.names, *answer.places, *answer.letters))
        if parts and (not answer.others or answer.places):
            for first, past in _sentences(speech, parts):
                yield _entity(speech, first, past, "asked for")
        return
    if answer.is_data:
        near = set(answer.places) | set(_towns(speech, answer))
        parts = sorted(near | {at for at in answer.digits if _is_beside(at, near)}) if near else []
        for first, past in groups(parts):
            yield _entity(speech, first, past, "nothing but a place")
    for run in speech.runs:
        if len(run.digits) not in (5, 6, 9) or run.is_spoken or run.first == 0:
            continue
        if is_place(words[run.first - 1]):
            yield _entity(speech, run.first - 1, run.past, "place with a postcode")


def _sentences(speech: Speech, parts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield from the first to past the last of some tokens in each sentence, but one of a name."""
    starts = [0, *(at + 1 for at in range(len(speech.tokens.words)) if ends_sentence(speech, at))]
    for first, past in zip(starts, [*starts[1:], len(speech.tokens.words)], strict=True):
        inside = [at for at in parts if first <= at < past]
        is_only = len(starts) < 3 or any(
            at in speech.numbers or is_place(speech.tokens.words[at]) for at in inside
        )
        if inside and is_only:
            yield min(inside), max(inside) + 1


def _towns(speech: Speech, answer: Answer) -> Iterator[int]:
    """Yield the strange words that stand before or behind a postcode: `nashua 85426`."""
    for run in speech.runs:
        if len(run.groups) == 1 and len(run.digits) in (5, 6) and not run.is_spoken:
            yield from (at for at in answer.names if at in (run.first - 1, run.first - 2, run.past))


def _is_beside(at: int, places: set[int]) -> bool:
    return at - 1 in places or at + 1 in places


def _whole(speech: Speech) -> Iterator[Entity]:
    """Yield a turn that is an address from its house number to its end."""
    words = speech.tokens.words
    lead = 0
    while lead < len(words) and words[lead] in _AROUND:
        lead += 1
    rest = words[lead:]
    if not 3 <= len(rest) <= _MOST + 2 or not any(word[0].isdecimal() for word in rest):
        return
    signs = 0
    for at, word in enumerate(rest, lead):
        is_sign = is_street(word) or word in _SIGNS or is_place(word)
        is_part = (
            is_sign
            or word[0].isdecimal()
            or word in _UNITS
            or not is_common(word)
            or is_listed(word)
            or len(word) == 1
            or speech.is_capital(at)
        )
        if not is_part or (word in _STOP and len(word) > 1):
            return
        signs += is_sign
    if signs >= 2:
        yield _entity(speech, lead, len(words), "nothing but an address")


def _entity(speech: Speech, first: int, past: int, why: str) -> Entity:
    start, end = speech.span(first, past)
    return Entity(Kind.ADDRESS, start, end, why, " ".join(speech.tokens.words[first:past]))
