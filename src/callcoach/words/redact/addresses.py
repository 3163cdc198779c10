"""Finds addresses in English: streets with numbers, postcodes and places, `I live at`."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import compress, count
from typing import Final

from callcoach.words.redact.address_answers import ends_sentence, find_told
from callcoach.words.redact.address_leads import (
    CLAUSES,
    MOST,
    STOP,
    address,
    address_parts,
    find_after_leads,
)
from callcoach.words.redact.address_places import find_places
from callcoach.words.redact.answers import Answer
from callcoach.words.redact.described import find_described
from callcoach.words.redact.homes import find_homes, is_named_before, past_house, past_joint
from callcoach.words.redact.landmarks import (
    find_before_postcodes,
    find_landmarks,
    past_landmark,
    past_tail,
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
            "lot",
            "route",
            "tower",
            "wing",
            "pitch",
            "site",
            "level",
        ),
    )
)
_ORDINAL_ENDS: Final = frozenset(("st", "rd"))
_AROUND: Final = frozenset(("yes", "sure", "ok", "okay", "it", "is", "its", "sorry", "oh", "no"))
_OF_TRADE: Final = frozenset(
    ("branch", "store", "court", "office", "shop", "bank", "depot", "station", "showroom", "open")
)
"""A street with one of these and without a number is no home."""
_SIGNS: Final = frozenset(
    ("apt", "apartment", "suite", "flat", "floor", "block", "cross", "city", "box")
)
_COUNTED: Final = frozenset((
    "tower", "wing", "lot", "unit", "apt", "apartment", "suite", "flat", "floor", "room", "block",
    "avenue", "street", "lorong", "jalan", "cross", "main", "hash", "road", "route", "highway",
    "pitch", "site", "level", "box", "phase", "sector", "ward", "door", "plot",
))  # fmt: skip
"""Behind these a number of an address is said in words."""
_NO_WAY: Final = frozenset((
    "the", "this", "that", "either", "any", "no", "same", "half", "right", "long", "best", "only",
    "other", "all", "one", "what", "my", "your", "which",
))  # fmt: skip
"""Behind these `way` is no street: `by the way`."""
_FEWEST: Final = 3
"""Words of a turn that leads to an address."""
_TOLD: Final = 5
"""Tokens of `sixty one two one` behind `number` at most."""
_BEFORE_STREET = 5


def find_addresses(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the addresses of a turn, and the places and postcodes that are its whole answer."""
    if speech.has_latin:
        found = tuple(_in_english(speech, asked))
        yield from found
        if found or Kind.ADDRESS in asked.kinds:
            yield from _numbered(speech)
    yield from find_places(speech, asked, answer)


def _in_english(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the addresses that a rule for English finds."""
    if len(speech.tokens.words) < _FEWEST and Kind.ADDRESS not in asked.kinds:
        yield from _by_form(speech, asked)
        return
    strict = (*_told(speech, asked), *_by_form(speech, asked))
    yield from strict
    starts = speech.tokens.starts
    spans = [(bisect_left(starts, one.start), bisect_left(starts, one.end)) for one in strict]
    for first, past in find_described(speech, asked, spans):
        yield address(speech, first, past, "described")
    for first, past in find_landmarks(speech):
        yield address(speech, first, past, "beside a landmark")


def _told(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield what leads to addresses, or the question for one, tells to be one."""
    for first, past in find_told(speech, asked) if Kind.ADDRESS in asked.kinds else ():
        yield address(speech, first, past, "asked for")
    yield from find_after_leads(speech)
    for first, past in find_homes(speech, asked):
        yield address(speech, first, _end(speech, past), "where somebody lives")


def _by_form(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the addresses that are told by their streets, houses, numbers and postcodes."""
    yield from _whole(speech)
    yield from _streets(speech)
    is_of_trade = not _OF_TRADE.isdisjoint(speech.tokens.words)
    for first, past in find_premises(speech, asked):
        if is_of_trade and speech.numbers.isdisjoint(range(first, past)):
            continue
        yield address(speech, first, past_tail(speech, _tail(speech, past)), "home")
    for first, past in find_before_postcodes(speech):
        yield address(speech, first, past, "before a postcode")
    for first, past in _on_grid(speech):
        yield address(speech, first, _tail(speech, past), "street")


def _numbered(speech: Speech) -> Iterator[Entity]:
    """Yield `number sixty one` of a turn that tells an address."""
    words = speech.tokens.words
    for at, word in enumerate(words):
        is_led = at > 0 and words[at - 1] in _OF_NUMBERS
        if word not in ("number", "no") or is_led or at + 1 not in speech.numbers:
            continue
        past = at + 1
        while past in speech.numbers:
            past += 1
        if past - at <= _TOLD and (word == "number" or words[at + 1].isdecimal()):
            yield address(speech, at + 1, past, "number of a house")


_OF_NUMBERS: Final = frozenset((
    "phone", "account", "card", "reference", "my", "the", "your", "mobile", "policy", "member",
    "pin", "his", "her", "new", "old", "customer", "contract", "order", "serial", "plate",
))  # fmt: skip


def _on_grid(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield `twelve hundred south wabash`: a number, a direction and a name."""
    words = speech.tokens.words
    for at in range(1, len(words) - 1):
        if words[at] not in _DIRECTIONS or at - 1 not in speech.numbers:
            continue
        is_end = at + 2 == len(words) or words[at + 2] in _UNITS or at + 2 in speech.numbers
        if is_common(words[at + 1]) and not (is_end or speech.is_capital(at + 1)):
            continue
        first = at - 1
        while first - 1 in speech.numbers:
            first -= 1
        yield first, at + 2


_DIRECTIONS: Final = frozenset(("north", "south", "east", "west", "northeast", "northwest"))


def _streets(speech: Speech) -> Iterator[Entity]:
    """Yield `123 Maple Street, Apt 4, Springfield IL 62704`."""
    words = speech.tokens.words
    for at in list(compress(count(), map(is_street, words))):
        word = words[at]
        if at == 0:
            continue
        if word in _ORDINAL_ENDS and words[at - 1][0].isdecimal():
            continue
        if word == "way" and words[at - 1] in _NO_WAY:
            continue
        first = _number_before(speech, at)
        if first is None and _has_house_name(speech, at):
            first = at - 2
        if first is None:
            is_named = (
                is_strange(words[at - 1]) or is_listed(words[at - 1]) or is_place(words[at - 1])
            )
            is_firm = at + 1 < len(words) and is_of_firm(speech, at + 1)
            if word not in _STRONG or not is_named or is_firm or _is_trade(words, at):
                continue
            first = at - 1
            while first > 0 and at - first < 3 and is_strange(words[first - 1]):
                first -= 1
        yield address(speech, _begin(speech, first), _tail(speech, at + 1), "street")


def _has_house_name(speech: Speech, at: int) -> bool:
    """Tell whether a street is written behind the name of a house: `Rosebank, Station Road`."""
    if at < 2 or speech.text[speech.tokens.ends[at - 2]] != ",":
        return False
    return all(map(speech.is_capital, (at - 2, at - 1, at))) and speech.tokens.words[at] in _STRONG


def _begin(speech: Speech, first: int) -> int:
    """Return where an address begins: with the unit or house before, `unit 8, 41 to 45`."""
    words = speech.tokens.words
    while first > 0:
        before = words[first - 1]
        is_range = before == "to" and first > 1 and first - 2 in speech.numbers
        is_unit = before in _COUNTED or before in ("house", "bay", "gate", "villa")
        if not (is_range or (first - 1 in speech.numbers) or (is_unit and first in speech.numbers)):
            break
        if ends_sentence(speech, first - 1):
            break
        first -= 2 if is_range else 1
    return first


def _is_trade(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a branch or a shop is spoken of near a street."""
    return not _OF_TRADE.isdisjoint(words[max(at - 4, 0) : at + 3])


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
        if words[first] in STOP and (first != at - 1 or words[first] not in ("the", "a", "is")):
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
    for place in range(at, min(at + MOST, len(words))):
        word = words[place]
        if ends_sentence(speech, place - 1) or word in CLAUSES:
            break
        if (joined := past_joint(speech, place)) > place:
            past = max(past, joined)
            continue
        if place < past:
            continue
        if word in STOP and not (word == "a" and words[place - 1][0].isdecimal()):
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
            or (place in speech.numbers and _is_counted(speech, place))
            or is_named_before(speech, place)
        )
        if is_part:
            past = place + 1
        elif place > at + 1 or place + 1 >= len(words) or not _is_near(speech, place + 1):
            break
    return past


def _end(speech: Speech, past: int) -> int:
    """Return the token past an address with the house and the landmark that go on with it."""
    while True:
        further = past_landmark(speech, past_house(speech, _tail(speech, past)), is_directed=True)
        if further == past:
            return past
        past = further


def _is_counted(speech: Speech, at: int) -> bool:
    """Tell whether a spoken number is a road's or a unit's: `county road nineteen lot six`."""
    before = speech.tokens.words[at - 1]
    is_second = at - 1 in speech.numbers and speech.tokens.words[at - 2] in _COUNTED
    return before in _COUNTED or is_second


def _is_coded(speech: Speech, at: int) -> bool:
    """Tell whether a spoken digit belongs to a postcode: four digits and more in a row."""
    return any(run.first <= at < run.past and len(run.digits) > 3 for run in speech.runs)


def _is_near(speech: Speech, at: int) -> bool:
    """Tell whether a place or a postcode follows an ordinary word: `north bridge city wa`."""
    word = speech.tokens.words[at]
    return word[0].isdecimal() or is_place(word) or word in _UNITS or word in STREETS


def _whole(speech: Speech) -> Iterator[Entity]:
    """Yield a turn that is an address from its house number to its end."""
    words = speech.tokens.words
    lead = 0
    while lead < len(words) and words[lead] in _AROUND:
        lead += 1
    rest = words[lead:]
    if not 3 <= len(rest) <= MOST + 2 or not any(word[0].isdecimal() for word in rest):
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
        if not is_part or (word in STOP and len(word) > 1):
            return
        signs += is_sign
    if signs >= 2:
        yield from address_parts(speech, lead, len(words), "nothing but an address")
