"""Finds names in English: after `my name is`, titles and greetings, in lists, alone in a turn."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count
from typing import Final

from callcoach.words.redact.answers import AROUND, Answer, groups
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.name_capitals import (
    find_after_initials,
    find_written_large,
    is_called,
    is_initial,
)
from callcoach.words.redact.name_leads import (
    FILLERS,
    FIRMS,
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

_BENT: Final = ("nt", "ed", "ing", "s", "ly")
"""Endings of a misspelt word that is no name: `my husband dosent work`."""
_BEFORE_MISS: Final = frozenset(("is", "with", "for", "hello", "morning", "afternoon", "evening"))
"""Behind these `miss` is a title and no verb."""
_BEHIND: Final = frozenset(("and", "from", "speaking", "calling", "here"))
"""What goes on behind a whole name."""
_SPEAKS: Final = frozenset(end[0] for end in SPEAKING)
_PLAIN_NAMES: Final = frozenset(("john", "jack", "tom", "bob", "nick", "harry", "peter"))
"""Given names that are words, but rarely."""
_OF_FIRMS: Final = frozenset(("tech", "pvt", "enterprises", "software", "industries", "airport"))
_SAINTS: Final = (("saint",), ("st",))
_EXCLAIMED: Final = ("jesus", "christ")
_NO_NICKNAME: Final = frozenset((
    "back", "later", "tomorrow", "again", "then", "now", "today", "soon", "instead", "daily",
))  # fmt: skip
"""Behind `call me`."""
_VOWELS: Final = frozenset("aeiouy")
_SHORT = 8
"""Words of a turn in which a greeted stranger is a name."""


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
            yield one


def _candidates(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    words = speech.tokens.words
    for at in list(compress(count(), map(_may_begin, words))):
        for lead, is_sure in LEADS.get(words[at], ()):
            is_of_thing = lead[0] == "name" and at > 0 and words[at - 1] in OF_THINGS
            if words[at : at + len(lead)] == lead and not is_of_thing:
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
    yield from find_nicked(speech)
    yield from find_written_large(speech)
    yield from _before_speaking(speech)
    yield from _first(speech, answer)
    yield from _alone(speech, asked, answer)


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
        return is_name(speech.tokens.words[at + 1]) and not stops(speech, at)
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
        return is_given(word) and is_last(speech, at)
    if is_common(word) and speech.tokens.words[at - 1] == "me":
        return is_last(speech, at) and word not in _NO_NICKNAME
    is_kin = speech.tokens.words[at - 1] in RELATIONS and not word.endswith(_BENT)
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


def _alone(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the name that is the whole answer, or stands there between digits."""
    words = speech.tokens.words
    wants = Kind.NAME in asked.kinds
    names = [at for at in answer.names if not _is_verb(speech, at)]
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


def _first(speech: Speech, answer: Answer) -> Iterator[Entity]:
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
    if is_next and is_certain(words[first]) and words[last] not in GREETED | NOT_NAMES | PRESENT:
        yield entity(speech, first, last + 1, "nothing but a name")
