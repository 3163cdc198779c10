"""Finds homes in English that no street tells: `i'm in benoni now`, `at plas newydd`."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from callcoach.words.redact.home_words import (
    ALWAYS,
    CALLED,
    CALLED_SO,
    ENDED,
    ENDINGS,
    FARMS,
    FEW,
    GEO,
    GROUNDS,
    HERE,
    HOUSES,
    IT,
    JOINED,
    JOINTS,
    MOST,
    NAMED,
    NO_HOME,
    OPENED,
    PLAIN,
    PREFIXES,
    READ,
    ROOM_WORDS,
    ROOMS,
    ROUTE_WORDS,
    ROUTES,
    SELVES,
    SHORT,
    SMALL,
    TALK,
    TO,
    WITHIN,
)
from callcoach.words.redact.landmarks import past_landmark
from callcoach.words.redact.model import Asked, Kind
from callcoach.words.redact.name_leads import FIRMS
from callcoach.words.redact.name_shapes import is_word, stops
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_common,
    is_given,
    is_listed,
    is_place,
    is_strange,
)


def find_homes(speech: Speech, asked: Asked) -> Iterator[tuple[int, int]]:
    """Yield the tokens (first, past) of where somebody says to be, to live or to have moved."""
    low, starts = speech.low, speech.tokens.starts
    words = frozenset(speech.tokens.words)
    for found in HERE.finditer(low) if not words.isdisjoint(TO) else ():
        first = bisect_left(starts, found.end())
        past = _past(
            speech,
            first,
            is_street=found["at"] == "on" or (found["at"] == "in" and found["who"] not in SELVES),
        )
        if past > first:
            yield first, past
    for found in ROOMS.finditer(low) if not words.isdisjoint(ROOM_WORDS) else ():
        first = bisect_left(starts, found.end())
        if (
            first < len(starts)
            and _is_odd(speech, first)
            and not is_given(speech.tokens.words[first])
        ):
            yield first, _through(speech, first)
    for found in (
        ROUTES.finditer(low) if speech.numbers and not words.isdisjoint(ROUTE_WORDS) else ()
    ):
        first, past = bisect_left(starts, found.start()), bisect_left(starts, found.end())
        while past in speech.numbers:
            past += 1
        if past - 1 in speech.numbers:
            yield first, past
    for found in CALLED_SO.finditer(low) if not words.isdisjoint(("called", "named")) else ():
        first = bisect_left(starts, found.end())
        past = first
        while past < min(first + 3, len(starts)) and _is_of_name(speech, past):
            past += 1
            if stops(speech, past - 1):
                break
        if past > first:
            yield first, past
    for found in READ.finditer(low) if speech.numbers else ():
        yield from _numbered(speech, bisect_left(starts, found.end()))
    if not words.isdisjoint(GROUNDS):
        yield from _markets(speech)
    for found in NAMED.finditer(low) if not words.isdisjoint(FARMS) else ():
        first = bisect_left(starts, found.end())
        if (
            first < len(starts)
            and _is_odd(speech, first)
            and not is_listed(speech.tokens.words[first])
        ):
            yield first, _through(speech, first)
    if Kind.ADDRESS in asked.kinds:
        yield from _after_yes(speech)
        for at, word in enumerate(speech.tokens.words):
            past = past_house(speech, at) if word == "the" else at
            if past > at and speech.tokens.words[at - 1 : at] in IT and _is_home(speech, past):
                yield at, past
    if any(map(_is_foreign, words)):
        yield from _foreign(speech)


def _is_of_name(speech: Speech, at: int) -> bool:
    """Tell whether a word may belong to the name of a house: no word of a sentence."""
    word = speech.tokens.words[at]
    return is_word(word) and word not in TALK


def _numbered(speech: Speech, at: int) -> Iterator[tuple[int, int]]:
    """Yield a number and a strange word that are read out: `i've got twenty two ashfield`."""
    words = speech.tokens.words
    past = at
    while past in speech.numbers:
        past += 1
    is_short = 0 < past - at <= FEW and not words[at][0].isdecimal()
    if is_short and past < len(words) and not stops(speech, past - 1) and _is_odd(speech, past):
        end = _through(speech, past)
        is_end = end == len(words) or stops(speech, end - 1) or words[end] in JOINED
        if not is_given(words[past]) and len(words[past]) > SHORT and is_end:
            yield at, end


def _markets(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield `at makola market`, `near kasoa roundabout`."""
    words = speech.tokens.words
    for at in range(1, len(words) - 1):
        if (
            words[at + 1] in GROUNDS
            and words[at - 1] in ("at", "near", "opposite", "behind")
            and _is_odd(speech, at)
        ):
            yield at, at + 2


def past_house(speech: Speech, at: int) -> int:
    """Return the token past `the pink cottage` or `number two` that begins at a token."""
    words = speech.tokens.words
    if words[at : at + 1] in (("number",), ("no",)) and at + 1 in speech.numbers:
        past = at + 2
        while past in speech.numbers:
            past += 1
        return past if past - at <= FEW else at
    if words[at : at + 1] != ("the",):
        return at
    for place in range(at + 1, min(at + 4, len(words))):
        if words[place] in HOUSES:
            return place + 1
        if words[place] in PLAIN or stops(speech, place) or place in speech.numbers:
            break
    return at


@lru_cache(maxsize=8192)
def _is_foreign(word: str) -> bool:
    """Tell whether a word begins a street's name in another language, or is one."""
    return word in PREFIXES or (len(word) > ENDED and word.endswith(ENDINGS))


def _after_yes(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield the place that an answer mends or adds: `yes in polokwane`, `no benoni`."""
    words = speech.tokens.words
    at = 0
    while at < len(words) and words[at] in (
        "yes",
        "yeah",
        "no",
        "nope",
        "it",
        "is",
        "that",
        "well",
        "um",
        "uh",
        "correct",
        "right",
        "oh",
    ):
        at += 1
    at += words[at : at + 1] in (("in",), ("at",), ("near",), ("outside",))
    if 0 < at < len(words) and _is_odd(speech, at) and not is_given(words[at]):
        yield at, _through(speech, at)


def _is_home(speech: Speech, past: int) -> bool:
    """Tell whether a house of which a place is told ends before a token, or the turn does."""
    words = speech.tokens.words
    if past >= len(words) or stops(speech, past - 1) or past in speech.numbers:
        return True
    return past_landmark(speech, past) > past


def _past(speech: Speech, first: int, *, is_street: bool) -> int:
    """Return the token past a place that begins at a token; that token where none does."""
    words = speech.tokens.words
    at = first + (words[first : first + 1] == ("the",))
    if at >= len(words) or words[at] in NO_HOME or is_street:
        return first
    if words[at] in PREFIXES:
        return _through(speech, at)
    is_pair = (
        at + 1 < len(words) and words[at + 1] in GEO and is_word(words[at]) and _may_open(words[at])
    )
    is_new = words[at] in OPENED and at + 1 < len(words) and _is_odd(speech, at + 1)
    if at > first:
        return first
    if is_pair and not stops(speech, at):
        return _through(speech, at + 1)
    if is_new:
        return _through(speech, at + 1)
    return _through(speech, at) if _is_odd(speech, at) else first


def _may_open(word: str) -> bool:
    """Tell whether a word may be the first of a place: no word that sentences are full of."""
    return word not in PLAIN and len(word) > 3


def _is_odd(speech: Speech, at: int) -> bool:
    """Tell whether a word may name a place: on no list, a place, or written large inside."""
    word = speech.tokens.words[at]
    if not is_word(word) or word in BRANDS or word in CALENDAR or word in NO_HOME:
        return False
    if _is_of_firm(speech, at):
        return False
    is_large = speech.is_capital(at) and at > 0 and not stops(speech, at - 1)
    is_free = (
        is_place(word)
        or (is_strange(word) and len(word) > 3)
        or (is_listed(word) and not is_common(word))
    )
    return is_free or (is_large and not is_common(word))


def _is_of_firm(speech: Speech, at: int) -> bool:
    """Tell whether a hospital or a firm is named: `the linden clinic`."""
    words = speech.tokens.words
    for place in range(at, min(at + 3, len(words))):
        if words[place] in FIRMS:
            return True
        if stops(speech, place):
            break
    return False


def _through(speech: Speech, at: int) -> int:
    """Return the token past the words of a place of which one stands at a token."""
    words = speech.tokens.words
    past = at + 1
    while past < len(words) and past - at < MOST:
        end = speech.text[speech.tokens.ends[past - 1] : speech.tokens.ends[past - 1] + 1]
        if end in tuple(".?!;"):
            break
        if words[past] in CALLED:
            break
        if (
            words[past] in SMALL
            and past + 1 < len(words)
            and (not is_common(words[past + 1]) or is_listed(words[past + 1]))
        ):
            past += 2
        elif words[past] in GEO or (
            _is_odd(speech, past) and not (is_given(words[past]) and end != ",")
        ):
            past += 1
        else:
            break
    return past


def _foreign(speech: Speech) -> Iterator[tuple[int, int]]:
    """Yield streets and houses whose names are of other languages: `calle de la luna`."""
    words = speech.tokens.words
    for at, word in enumerate(words):
        if word in PREFIXES and at + 1 < len(words) and not stops(speech, at):
            behind = at + 1 + (words[at + 1] in SMALL)
            if behind < len(words) and is_word(words[behind]) and not is_common(words[behind]):
                yield at, _through(speech, behind)
        if len(word) > ENDED and word.endswith(ENDINGS) and not is_common(word):
            first = at
            while first - 1 in speech.numbers:
                first -= 1
            past = at + 1
            while past in speech.numbers:
                past += 1
            if past - first > 1:
                yield first, past


def past_joint(speech: Speech, at: int) -> int:
    """Return the token past `by the sea`, `care home` or `in jarrow` that begins at a token."""
    words = speech.tokens.words
    after = words[at + 1] if at + 1 < len(words) else ""
    is_within = words[at] in WITHIN and after and (is_place(after) or not is_given(after))
    if is_within and _is_odd(speech, at + 1):
        return _through(speech, at + 1)
    if words[at] == "hash" and at + 1 in speech.numbers:
        return at + 1
    for joint in JOINTS:
        if words[at : at + len(joint)] == joint:
            return at + len(joint)
    return at


def is_named_before(speech: Speech, at: int) -> bool:
    """Tell whether a common word goes on with a street: the `elder` of `elder grove road`."""
    words = speech.tokens.words
    after = words[at + 1 : at + 3]
    behind = words[at + 2] if at + 2 < len(words) else ""
    is_place_end = (
        after[:1] != ()
        and after[0] in GEO
        and (not behind or behind.isdecimal() or at + 2 in speech.numbers or len(behind) == 1)
    )
    if is_place_end and words[at] not in PLAIN and is_word(words[at]) and len(words[at]) > 3:
        return True
    return any(word in ALWAYS for word in after) and words[at] not in PLAIN and is_word(words[at])
