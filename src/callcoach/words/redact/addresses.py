"""Finds addresses in English: streets with numbers, postcodes and places, `I live at`."""

from collections.abc import Iterator
from itertools import compress, count
from typing import Final

from callcoach.words.redact.address_answers import ends_sentence, find_told
from callcoach.words.redact.address_leads import (
    MOST,
    STOP,
    address,
    address_parts,
    find_after_leads,
)
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
    "road", "route", "highway", "pitch", "site", "level", "box", "phase", "sector", "ward", "door",
    "plot",
))  # fmt: skip
"""Behind these a number of an address is said in words."""
_FEW = 4
"""Words of a turn that tells nothing but a number."""
_BEFORE_STREET = 5


def find_addresses(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the addresses of a turn, and the places and postcodes that are its whole answer."""
    if speech.has_latin:
        for first, past in find_told(speech) if Kind.ADDRESS in asked.kinds else ():
            yield address(speech, first, past, "asked for")
        yield from _whole(speech)
        yield from _streets(speech)
        is_of_trade = not _OF_TRADE.isdisjoint(speech.tokens.words)
        for first, past in find_premises(speech, asked):
            if is_of_trade and speech.numbers.isdisjoint(range(first, past)):
                continue
            yield address(speech, first, past_landmark(speech, _tail(speech, past)), "home")
        yield from find_after_leads(speech)
        for first, past in find_landmarks(speech):
            yield address(speech, first, past, "beside a landmark")
        for first, past in find_before_postcodes(speech):
            yield address(speech, first, past, "before a postcode")
        for first, past in _on_grid(speech):
            yield address(speech, first, _tail(speech, past), "street")
    yield from _places(speech, asked, answer)


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
        )
        if is_part:
            past = place + 1
        elif place > at + 1 or place + 1 >= len(words) or not _is_near(speech, place + 1):
            break
    return past


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


def _places(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield a place and a postcode where the turn holds nothing else, or they stand together."""
    words = speech.tokens.words
    wants = Kind.ADDRESS in asked.kinds
    if wants and len(words) <= _FEW and speech.numbers:
        yield address(speech, min(speech.numbers), max(speech.numbers) + 1, "asked for")
    if wants and len(words) <= 3 * MOST:
        parts = sorted((*answer.digits, *answer.names, *answer.places, *answer.letters))
        if parts and (not answer.others or answer.places):
            for first, past in _sentences(speech, parts):
                yield address(speech, first, past, "asked for")
        return
    if answer.is_data and not _is_way(speech, answer):
        near = set(answer.places) | set(_towns(speech, answer))
        parts = sorted(near | {at for at in answer.digits if _is_beside(at, near)}) if near else []
        for first, past in groups(parts):
            yield address(speech, first, past, "nothing but a place")
    for run in speech.runs:
        if len(run.digits) not in (5, 6, 9) or run.is_spoken or run.first == 0:
            continue
        if is_place(words[run.first - 1]):
            yield address(speech, run.first - 1, run.past, "place with a postcode")


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


def _is_way(speech: Speech, answer: Answer) -> bool:
    """Tell whether a turn says from where to where somebody goes: `delhi to goa`."""
    words = speech.tokens.words
    beside = {*answer.places, *answer.names}
    return any(words[at - 1] == "to" and at - 2 in beside for at in beside)


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
