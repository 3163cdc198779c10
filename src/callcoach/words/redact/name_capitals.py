"""Finds names in English by capital letters and initials: `ask Dragan`, `m k patel`, `, Jon,`."""

from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.model import Entity
from callcoach.words.redact.name_leads import DOES, FIRMS, OF_OURS, TITLES, TO_SOMEBODY
from callcoach.words.redact.name_shapes import MOST, OF_PLACE, entity, extent, is_firm, stops
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_common,
    is_family,
    is_given,
    is_listed,
    is_place,
    is_strange,
)

_THEN: Final = frozenset(("then", "now", "so", "right", "well", "okay", "ok", "again", "alright"))
"""Behind these somebody is called: `right then Dot, let's see`."""


def find_written_large(speech: Speech) -> Iterator[Entity]:
    """Yield two words on no list of words that are written large inside of a sentence."""
    words = speech.tokens.words
    yield from _alone_large(speech)
    at = 1
    for capital in sorted(speech.capitals):
        if capital < at or capital + 1 >= len(words):
            continue
        at = past = capital
        while past < len(words) and past - at < MOST and _is_large(speech, past):
            past += 1
            if stops(speech, past - 1):
                break
        is_inside = past - at > 1 and not stops(speech, at - 1) and words[at - 1] not in OF_PLACE
        if is_inside and not is_firm(speech, past - 1) and FIRMS.isdisjoint(words[at:past]):
            yield entity(speech, at, past, "written large")
        at = max(past, at + 1)


def _alone_large(speech: Speech) -> Iterator[Entity]:
    """Yield a strange word that is written large where a person is spoken of: `ask Dragan`."""
    words = speech.tokens.words
    for at in sorted(speech.capitals):
        is_thing = words[at] in CALENDAR or words[at] in BRANDS
        if at == 0 or is_thing or not _is_large(speech, at) or stops(speech, at - 1):
            continue
        after = words[at + 1] if at + 1 < len(words) and not stops(speech, at) else ""
        is_ours = words[at - 1] == "our" and after in OF_OURS
        is_home = words[at - 1] == "at" and speech.low.endswith("'s", 0, speech.tokens.ends[at])
        is_person = is_ours or is_home or words[at - 1] in TO_SOMEBODY or after in DOES
        past = extent(speech, at)
        is_of_firm = is_firm(speech, at) or not FIRMS.isdisjoint(words[at:past])
        if is_person and not is_of_firm and words[at - 1] not in ("the", "a"):
            yield entity(speech, at, past, "written large")


def _is_large(speech: Speech, at: int) -> bool:
    word = speech.tokens.words[at]
    is_name = is_strange(word) or (is_listed(word) and not is_common(word))
    is_free = word not in TITLES and not is_place(word)
    return is_name and speech.is_capital(at) and is_free


def is_called(speech: Speech, at: int) -> bool:
    """Tell whether a given name stands between commas: `dry off, Jon, please`."""
    word = speech.tokens.words[at]
    is_name = is_given(word) or (is_strange(word) and word not in BRANDS)
    if at == 0 or not is_name or word in CALENDAR or not speech.is_capital(at):
        return False
    start, end = speech.span(at, at + 1)
    if speech.low[start:end] != word or not stops(speech, at):
        return False
    if not stops(speech, at - 1):
        return is_given(word) and speech.tokens.words[at - 1] in _THEN
    end = speech.tokens.ends[at - 1]
    is_new = speech.text[end : end + 1] not in (",", "，")
    return is_given(word) or not is_new


def is_initial(speech: Speech, at: int) -> bool:
    """Tell whether a letter may be an initial: `a` and `i` with a point only."""
    word, end = speech.tokens.words[at], speech.tokens.ends[at]
    is_pointed = speech.is_capital(at) and speech.text[end : end + 1] == "."
    return "a" <= word <= "z" and (word not in "ai" or is_pointed)


def find_after_initials(speech: Speech, at: int) -> Iterator[Entity]:
    """Yield a family name behind its initials: `m k patel`, `T. Wojcik`."""
    words = speech.tokens.words
    last = at + 1
    while (
        last < len(words)
        and len(words[last]) == 1
        and "a" <= words[last] <= "z"
        and last - at < MOST
    ):
        last += 1
    if (
        last == len(words)
        or not words[last].isascii()
        or at + 2 < last
        or (at > 0 and len(words[at - 1]) == 1 and words[at - 1] != "a")
    ):
        return
    is_pointed = speech.text[speech.tokens.ends[last - 1]] == "."
    is_large = (is_pointed or speech.is_capital(last)) and is_strange(words[last])
    is_family_name = is_family(words[last]) and not is_common(words[last])
    if (is_large or is_family_name) and not is_place(words[last]):
        yield entity(speech, at, last + 1, "behind initials")
