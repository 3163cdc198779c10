"""Finds names in English that are the whole of a turn, or what it begins with."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.redact.answers import AROUND, Answer, groups
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.name_leads import (
    FIRMS,
    GREETED,
    NOT_NAMES,
    PRESENT,
    RELATIONS,
)
from callcoach.words.redact.name_shapes import (
    MOST,
    entity,
    is_firm,
    stops,
)
from callcoach.words.redact.name_slots import (
    DEAR,
    VERBS,
)
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    is_certain,
    is_common,
    is_given,
    is_listed,
    is_strange,
)

_OF_FIRMS: Final = frozenset(("tech", "pvt", "enterprises", "software", "industries", "airport"))


_VOWELS: Final = frozenset("aeiouy")

_SHORT: Final = 8
"""Words of a turn in which a greeted stranger is a name."""


def find_alone(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the name that is the whole answer, or stands there between digits."""
    words = speech.tokens.words
    wants = Kind.NAME in asked.kinds
    names = [at for at in answer.names if not _is_verb(speech, at) and words[at] not in RELATIONS]
    sure = [at for at in names if is_listed(words[at])]
    if wants and len(words) <= _SHORT:
        inner = [at for at in answer.others if is_listed(words[at]) or _is_inner(speech, at)]
        for first, past in groups(sorted((*answer.names, *inner, *answer.places))):
            yield from _unbroken(speech, first, past)
        return
    is_open = not asked.is_known
    yield from _given_first(speech, answer)
    if not answer.is_data or not names or len(names) > MOST + 1 or _names_firm(words):
        return
    if len(names) == 1 and not is_given(words[names[0]]) and is_common(words[names[0]]):
        return
    names = [at for at in names if not _is_run_together(words[at])]
    is_wordlike = any(len(words[at]) > 3 and set(words[at]) & _VOWELS for at in names)
    is_one = not {"the", "a", "an"} & set(words) and len(list(groups(names))) == 1
    if sure or (is_open and is_one and is_wordlike and len(words) <= _SHORT):
        for first, past in groups(names):
            yield entity(speech, first, past, "nothing but a name")


def _names_firm(words: tuple[str, ...]) -> bool:
    """Tell whether a turn is the name of a firm, or a way from one town to another."""
    return not FIRMS.isdisjoint(words) or not _OF_FIRMS.isdisjoint(words)


@lru_cache(maxsize=8192)
def _is_run_together(word: str) -> bool:
    """Tell whether a word is two that somebody typed without a space: `okno`, `somuch`."""
    return not is_listed(word) and any(
        is_common(word[:cut])
        and is_common(word[cut:])
        and (word[:cut] in AROUND or word[cut:] in AROUND)
        for cut in range(2, len(word) - 1)
    )


def _is_verb(speech: Speech, at: int) -> bool:
    """Tell whether a name is another word of a sentence: `i hope you are`."""
    word = speech.tokens.words[at]
    is_inside = at > 0 and not stops(speech, at - 1)
    is_other = (word in VERBS and is_inside) or (word in DEAR and len(speech.tokens.words) > 1)
    return is_other and not speech.is_capital(at)


def find_first(speech: Speech, answer: Answer) -> Iterator[Entity]:
    """Yield the strange word that a turn begins with: `athulya from riverside`."""
    words = speech.tokens.words
    first = next(iter(sorted((*answer.names, *answer.others))), None)
    if first is None or first + 1 >= len(words) or len(words[first]) < 4:
        return
    if is_strange(words[first]) and words[first + 1] in ("and", "from", "here"):
        yield entity(speech, first, first + 1, "first of a turn")


def _is_inner(speech: Speech, at: int) -> bool:
    """Tell whether a common word is written large inside of a sentence."""
    return at > 0 and speech.is_capital(at) and not stops(speech, at - 1)


def _unbroken(speech: Speech, first: int, past: int) -> Iterator[Entity]:
    """Yield the parts of a name that was asked for; punctuation ends it."""
    begin = first
    for at in range(first, past):
        if at + 1 == past or stops(speech, at):
            if not is_firm(speech, begin):
                yield entity(speech, begin, at + 1, "asked for")
            begin = at + 1


def _given_first(speech: Speech, answer: Answer) -> Iterator[Entity]:
    """Yield a turn of a given name and a common word for a family name: `jane doe`."""
    words = speech.tokens.words
    if len(answer.others) != 1 or len(answer.names) != 1:
        return
    first, last = answer.names[0], answer.others[0]
    is_next = last == first + 1 and not stops(speech, first)
    others = GREETED | NOT_NAMES | PRESENT | FIRMS
    if is_next and is_certain(words[first]) and words[last] not in others:
        yield entity(speech, first, last + 1, "nothing but a name")
