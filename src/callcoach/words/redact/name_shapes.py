"""Tells where a name in English ends, and what beside it makes it none."""

from functools import lru_cache
from typing import Final

from callcoach.words.redact.model import Entity, Kind
from callcoach.words.redact.name_leads import FIRMS, NOT_NAMES, PAIRS, PARTICLES
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_common,
    is_listed,
    is_place,
    is_strange,
)

OF_PLACE: Final = frozenset(("from", "at", "of", "by", "in", "via", "on", "our"))
"""Behind these two strange words are a firm or a place."""
_STOPS: Final = frozenset(",.;!?，。！？；：:")
_AUXILIARIES: Final = frozenset(("will", "may", "can"))
"""Verbs that are names too: `rusty will not pay`."""
_OF_TRADE: Final = frozenset((
    "card", "home", "credit", "auto", "car", "student", "consumer", "personal", "payment",
    "customer", "direct", "express", "national", "premier", "business", "retail", "vehicle",
    "property", "asset", "community", "commercial", "mobile", "health", "general", "mutual",
    "building", "housing",
))  # fmt: skip
"""What stands in the name of a firm before `services` or `bank`."""
MOST: Final = 3
"""Words of the longest name, particles apart."""


def is_firm(speech: Speech, at: int) -> bool:
    """Tell whether a word belongs to the name of a firm: `harrow finance`, `marks and spencer`."""
    words = speech.tokens.words
    past = at + 1
    while past < len(words) and past - at < MOST and not stops(speech, past - 1):
        if words[past] in FIRMS:
            return True
        if is_common(words[past]) and words[past] not in _OF_TRADE:
            break
        past += 1
    pair = (words[max(at - 2, 0)], words[at])
    is_pair = at > 1 and words[at - 1] == "and"
    return is_pair and (pair in PAIRS or words[max(at - 3, 0)] in OF_PLACE)


@lru_cache(maxsize=8192)
def is_name(word: str) -> bool:
    """Tell whether a word is no common one: on no list, or on one of names."""
    return is_strange(word) or (is_listed(word) and not is_common(word))


def is_last(speech: Speech, at: int) -> bool:
    """Tell whether nothing but an end, a joint or digits follows a word."""
    words = speech.tokens.words
    after = words[at + 1] if at + 1 < len(words) else "and"
    return after in NOT_NAMES or after[0].isdecimal() or is_listed(after) or stops(speech, at)


def stops(speech: Speech, at: int) -> bool:
    """Tell whether punctuation stands right behind a token."""
    end = speech.tokens.ends[at]
    return speech.text[end : end + 1] in _STOPS


def _ends(speech: Speech, at: int) -> bool:
    """Tell whether punctuation behind a token ends a name: a point behind an initial does not."""
    is_initial = len(speech.tokens.words[at]) == 1 and speech.is_capital(at)
    return stops(speech, at) and not (is_initial and speech.text[speech.tokens.ends[at]] == ".")


def is_word(word: str) -> bool:
    """Tell whether a token is a word in Latin letters, and no contraction."""
    is_latin = "a" <= word[0] <= "z" or "à" <= word[0] <= "ɏ" or "ḁ" <= word[0] <= "ỿ"
    return (
        is_latin and word.replace("'", "").replace("-", "").isalpha() and not word.endswith("n't")
    )


def extent(speech: Speech, first: int) -> int:
    """Return the token past a name: up to three words that may be its parts, and `de la`."""
    words = speech.tokens.words
    past, parts = first + 1, 1
    while past < len(words) and parts < MOST and not _ends(speech, past - 1):
        is_particle = words[past] in PARTICLES and past + 1 < len(words)
        if not is_particle and not _is_part(speech, past):
            break
        parts += not is_particle
        past += 1
    while words[past - 1] in PARTICLES and past - first > 1:
        past -= 1
    return past


def _is_part(speech: Speech, at: int) -> bool:
    """Tell whether a word goes on with a name."""
    word = speech.tokens.words[at]
    if not is_word(word) or word in NOT_NAMES or word in BRANDS:
        return False
    if is_listed(word):
        is_last_part = is_last(speech, at) and word not in _AUXILIARIES
        return not is_common(word) or speech.is_capital(at) or is_last_part
    if word in CALENDAR:
        return False
    is_initial = len(word) == 1 and word not in ("i", "a")
    is_free = not is_common(word) and not is_place(word)
    return is_free or is_initial or speech.is_capital(at)


def entity(speech: Speech, first: int, past: int, why: str) -> Entity:
    """Return the name that some tokens are."""
    start, end = speech.span(first, past)
    return Entity(Kind.NAME, start, end, why, " ".join(speech.tokens.words[first:past]))
