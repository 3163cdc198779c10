"""Finds names in English: after `my name is`, titles and greetings, in lists, alone in a turn."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import compress, count
from typing import Final

from callcoach.words.redact.answers import Answer
from callcoach.words.redact.model import Asked, Entity
from callcoach.words.redact.name_capitals import (
    find_after_initials,
    find_written_large,
    is_called,
    is_initial,
)
from callcoach.words.redact.name_clauses import find_by_clause
from callcoach.words.redact.name_leads import (
    FILLERS,
    GREETED,
    HAILS,
    HONOURS,
    LEADS,
    NEXT,
    NOT_NAMES,
    OF_ONES,
    OF_THINGS,
    POLITE_TITLES,
    PRESENT,
    RELATIONS,
    SPEAKING,
    TITLES,
)
from callcoach.words.redact.name_shapes import (
    MOST,
    entity,
    extent,
    is_firm,
    is_last,
    is_name,
    is_word,
    stops,
)
from callcoach.words.redact.name_slots import (
    DEAR,
    VERBS,
    find_in_slots,
    find_nicked,
    is_of_person,
    is_thing,
)
from callcoach.words.redact.names_alone import find_alone, find_first
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_certain,
    is_common,
    is_family,
    is_given,
    is_listed,
    is_place,
    is_strange,
)

_ALONE: Final = {
    first: found
    for first, leads in LEADS.items()
    if (found := tuple(lead for lead in leads if len(lead[0]) == 1))
}
_PAIRS: Final[dict[tuple[str, ...], tuple[tuple[tuple[str, ...], bool], ...]]] = {
    (first, second): tuple(lead for lead in leads if lead[0][1:2] == (second,))
    for first, leads in LEADS.items()
    for second in {lead[1] for lead, _ in leads if len(lead) > 1}
}
"""The words before a name by the first two, as most turns have the first of some."""
_BENT: Final = ("nt", "ed", "ing", "s", "ly")
"""Endings of a misspelt word that is no name: `my husband dosent work`."""
_BEFORE_MISS: Final = frozenset(("is", "with", "for", "hello", "morning", "afternoon", "evening"))
"""Behind these `miss` is a title and no verb."""
_BEHIND: Final = frozenset(("and", "from", "speaking", "calling", "here"))
"""What goes on behind a whole name."""
_SPEAKS: Final = frozenset(end[0] for end in SPEAKING)
_PLAIN_NAMES: Final = frozenset(("john", "jack", "tom", "bob", "nick", "harry", "peter"))
"""Given names that are words, but rarely."""
_SAINTS: Final = (("saint",), ("st",))
_EXCLAIMED: Final = ("jesus", "christ")
_NO_NICKNAME: Final = frozenset((
    "back", "later", "tomorrow", "again", "then", "now", "today", "soon", "instead", "daily",
))  # fmt: skip
"""Behind `call me`."""
_LONG: Final = 3
_SELVES: Final = (("i", "am"), ("it", "is"), ("this", "is"))
_INTRODUCED: Final = frozenset((
    "may", "how", "calling", "ringing", "speaking", "your", "and", "can", "could", "who", "thanks",
    "thank", "what", "would", "phoning", "just",
))  # fmt: skip
"""What goes on behind `i'm` and a name: `i'm refilwe how can i help`."""


def find_names(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the names of a turn in Latin letters."""
    if not speech.has_latin:
        return
    words = speech.tokens.words
    for one in _candidates(speech, asked, answer):
        first = speech.tokens.starts.index(one.start)
        is_one = speech.tokens.ends[first] == one.end
        is_saint = words[first - 1 : first] in _SAINTS or words[first : first + 2] == _EXCLAIMED
        if not (is_saint or (is_one and is_thing(words, first))):
            yield _untitled(speech, one, first)


def _untitled(speech: Speech, one: Entity, first: int) -> Entity:
    """Return a name without the title that it begins with."""
    if speech.tokens.words[first] not in TITLES or speech.tokens.ends[first] == one.end:
        return one
    start = speech.tokens.starts[first + 1]
    rest = one.value.partition(" ")[2]
    return replace(one, start=start, value=rest) if start < one.end and rest else one


def _candidates(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    words = speech.tokens.words
    for at in list(compress(count(), map(_may_begin, words))):
        for lead, is_sure in _leads(words, at):
            if words[at : at + len(lead)] == lead and not _is_of_thing(words, at, lead):
                why = "after “name is”" if is_sure else "after “this is”"
                yield from _named(speech, at + len(lead), why, is_sure)
        if words[at] in TITLES:
            yield from _titled(speech, at + 1)
        if words[at] in GREETED and at + 1 < len(words) and _may_be_greeted(speech, at + 1):
            yield entity(speech, at + 1, extent(speech, at + 1), "after a greeting")
        is_honoured = words[at + 1 : at + 2] in HONOURS and not stops(speech, at)
        if is_honoured and is_name(words[at]):
            yield entity(speech, at, at + 1, "before sir")
        if is_called(speech, at):
            yield entity(speech, at, extent(speech, at), "called by name")
        if words[at] == "is" and at + 2 < len(words) and words[at + 2] in PRESENT:
            yield from _present(speech, at + 1)
        if at not in answer.places and is_certain(words[at]) and not is_firm(speech, at):
            first = at - 1 if at and _is_first_before(speech, at - 1) else at
            if words[max(first - 1, 0)] != "at":
                yield entity(speech, first, extent(speech, at), "given name")
        if len(words[at]) == 1 and is_initial(speech, at):
            yield from find_after_initials(speech, at)
        is_owner = (
            is_name(words[at])
            and words[at] not in TITLES | RELATIONS
            and speech.low.endswith("'s", 0, speech.tokens.ends[at])
        )
        if is_owner and not OF_ONES.isdisjoint(words[at + 1 : at + 3]):
            yield entity(speech, at, at + 1, "whose it is")
        if words[at] not in BRANDS and not is_place(words[at]) and is_of_person(speech, at):
            yield entity(speech, at, at + 1, "where a person stands")
    yield from find_in_slots(speech)
    yield from find_by_clause(speech)
    yield from find_nicked(speech)
    yield from find_written_large(speech)
    yield from _before_speaking(speech)
    yield from find_first(speech, answer)
    yield from find_alone(speech, asked, answer)


def _is_of_thing(words: tuple[str, ...], at: int, lead: tuple[str, ...]) -> bool:
    """Tell whether a lead is of a thing: `model name is`, `a named driver`."""
    before = words[at - 1] if at else ""
    is_role = lead == ("named",) and before in ("a", "an", "the", "any", "no", "only")
    return is_role or (lead[0] == "name" and before in OF_THINGS)


def _leads(words: tuple[str, ...], at: int) -> tuple[tuple[tuple[str, ...], bool], ...]:
    """Return the leads to a name that may begin at a token, by its word and the next."""
    if words[at] not in LEADS:
        return ()
    return _ALONE.get(words[at], ()) + _PAIRS.get(words[at : at + 2], ())


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """Tell whether a word may lead to a name or begin one; no other needs a look."""
    return (
        word in LEADS
        or word in TITLES
        or word in GREETED
        or word == "is"
        or (len(word) == 1 and "a" <= word <= "z")
        or is_given(word)
        or is_name(word)
    )


def _present(speech: Speech, at: int) -> Iterator[Entity]:
    """Yield the name of whom somebody asks for: `is rose there`."""
    word = speech.tokens.words[at]
    is_name = is_given(word) or (is_strange(word) and is_word(word))
    if is_name and (not is_common(word) or speech.is_capital(at)):
        yield entity(speech, at, at + 1, "asked whether present")


def _is_first_before(speech: Speech, at: int) -> bool:
    """Tell whether a name stands before a given one: a family name as in forms, or a first one."""
    word = speech.tokens.words[at]
    is_free = word not in NOT_NAMES and word not in GREETED and word not in TITLES
    if stops(speech, at) or not is_word(word) or not is_free:
        return False
    is_family_name = is_family(word) and not is_common(word)
    is_first = is_given(word) and (speech.is_capital(at) or word in _PLAIN_NAMES)
    return is_family_name or is_first or (at == 0 and is_strange(word))


def _named(speech: Speech, at: int, why: str, is_sure: bool) -> Iterator[Entity]:
    """Yield the name that begins at a token, if one does."""
    words = speech.tokens.words
    if at < len(words) and words[at] == "is":
        at += 1
    while at < len(words) and words[at] in FILLERS:
        at += 1
    if at >= len(words) or not _begins(speech, at, is_sure):
        return
    past = extent(speech, at)
    if past == at + 1 and past < len(words) and _may_be_family(speech, past, is_sure):
        past += 1
    yield entity(speech, at, past, why)


def _may_be_family(speech: Speech, at: int, is_sure: bool) -> bool:
    """Tell whether a common word may be the family name that ends `I am david hawk`."""
    words = speech.tokens.words
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else "and"
    is_cut = after in _BEHIND or after[0].isdecimal() or stops(speech, at)
    if not (is_sure or is_cut) or speech.is_capital(at - 1) != speech.is_capital(at):
        return False
    is_free = is_word(word) and word not in NOT_NAMES and word not in GREETED and len(word) > 2
    return is_free and not stops(speech, at - 1) and is_last(speech, at)


def _begins(speech: Speech, at: int, is_sure: bool) -> bool:
    """Tell whether a name can begin here; behind `my name is` also a common word may."""
    word = speech.tokens.words[at]
    if len(word) == 1 and word not in "ia" and at + 1 < len(speech.tokens.words):
        is_second = len(speech.tokens.words[at + 1]) == 1 and at + 2 < len(speech.tokens.words)
        is_pair = len(speech.tokens.words[at + 1]) == 1 and is_last(speech, at + 1)
        if is_pair and speech.tokens.words[max(at - 2, 0) : at] in (*_SELVES, ("call", "me")):
            return True
        return is_name(speech.tokens.words[at + 1 + is_second]) and not stops(speech, at)
    if not is_word(word) or word in NOT_NAMES or (word in CALENDAR and not is_listed(word)):
        return False
    is_self = is_given(word) and speech.tokens.words[max(at - 2, 0) : at] == ("i", "am")
    if not is_sure and ((word in BRANDS and not is_self) or is_firm(speech, at)):
        return False
    if word in CALENDAR and not is_sure:
        return speech.is_capital(at) and is_last(speech, at) and not stops(speech, at)
    if is_sure:
        after = speech.tokens.words[at + 1] if at + 1 < len(speech.tokens.words) else ""
        is_named = is_listed(word) or not is_common(word) or speech.is_capital(at)
        return is_named or is_last(speech, at) or is_strange(after)
    if _is_calling(speech, at):
        return True
    if is_common(word) and not speech.is_capital(at):
        after = speech.tokens.words[at + 1] if at + 1 < len(speech.tokens.words) else ""
        is_new = speech.tokens.words[max(at - 2, 0) : at] in _SELVES and after in _INTRODUCED
        is_free = word not in VERBS and word not in DEAR
        return is_given(word) and (is_last(speech, at) or (is_new and is_free))
    if is_common(word) and speech.tokens.words[at - 1] == "me":
        return is_last(speech, at) and word not in _NO_NICKNAME
    is_kin = speech.tokens.words[at - 1] in RELATIONS and not word.endswith(_BENT)
    if (
        is_strange(word)
        and len(word) > _LONG
        and speech.tokens.words[max(at - 2, 0) : at] == ("i", "am")
    ):
        rest = speech.tokens.words[at + 1 : at + 2]
        return not _goes_on(speech, at) or rest == () or rest[0] in _INTRODUCED
    return is_listed(word) or (is_strange(word) and (is_kin or not _goes_on(speech, at)))


def _is_calling(speech: Speech, at: int) -> bool:
    """Tell whether somebody says who calls: `this is ebony calling`."""
    words = speech.tokens.words
    return words[max(at - 2, 0) : at] == ("this", "is") and words[at + 1 : at + 2] == ("calling",)


def _goes_on(speech: Speech, at: int) -> bool:
    """Tell whether a sentence goes on behind a strange word: `this is ridicolous service`."""
    words = speech.tokens.words
    after = words[at + 1] if at + 1 < len(words) else ""
    return is_common(after) and after not in NOT_NAMES and not speech.is_capital(at)


def _titled(speech: Speech, at: int) -> Iterator[Entity]:
    """Yield what stands behind Mr or Dr."""
    words = speech.tokens.words
    if at >= len(words) or not is_word(words[at]) or words[at] in NOT_NAMES:
        return
    is_plain = words[at - 1] in POLITE_TITLES or (at > 1 and words[at - 2] in _BEFORE_MISS)
    if is_listed(words[at]) or not is_common(words[at]) or speech.is_capital(at) or is_plain:
        yield entity(speech, at, extent(speech, at), "after a title")


def _may_be_greeted(speech: Speech, at: int) -> bool:
    """Tell whether a greeting's next word is a name: `thanks spencer`, `hey jesse`."""
    words = speech.tokens.words
    word = words[at]
    if not is_word(word) or word in NOT_NAMES or len(word) < 3 or is_firm(speech, at):
        return False
    is_close = words[at - 1] not in ("you", "no", "yes", "please", "sure", "ok", "okay", "sorry")
    if is_common(word):
        is_alone = at + 1 == len(words) or stops(speech, at)
        return is_given(word) and is_alone and (is_close or speech.is_capital(at))
    is_told = (
        at == 1
        and len(word) > 4
        and words[at + 1 : at + 2]
        in (*(("so",), ("let",), ("i",), ("could",), ("can",), ("just",), ("we",)),)
    )
    if not is_close or not is_strange(word):
        return is_given(word) or (is_told and is_strange(word))
    is_alone = len(words) <= 3 and at + 1 == len(words)
    is_new = at + 1 < len(words) and words[at + 1] in NEXT
    is_hail = words[at - 1] in HAILS or words[at - 1] in ("thanks", "cheers")
    is_hailed = is_hail and len(word) > 3 and (is_new or not _goes_on(speech, at))
    return is_given(word) or is_alone or is_hailed or speech.is_capital(at)


def _before_speaking(speech: Speech) -> Iterator[Entity]:
    """Yield the name before `speaking` and `here`."""
    words = speech.tokens.words
    if _SPEAKS.isdisjoint(words):
        return
    for at in range(1, len(words)):
        if words[at] not in _SPEAKS or not any(
            words[at : at + len(end)] == end for end in SPEAKING
        ):
            continue
        first = at
        while first > 0 and at - first < MOST and _is_part_before(speech, first - 1):
            first -= 1
        if first < at:
            yield entity(speech, first, at, "before “speaking”")


def _is_part_before(speech: Speech, at: int) -> bool:
    word = speech.tokens.words[at]
    if not is_word(word) or word in NOT_NAMES or word in GREETED:
        return False
    return (
        (is_listed(word) and not is_common(word))
        or is_strange(word)
        or (is_listed(word) and speech.is_capital(at))
    )
