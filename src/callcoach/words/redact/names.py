"""Finds names in English: after `my name is`, titles and greetings, in lists, alone in a turn."""

from collections.abc import Iterator, Mapping
from typing import Final

from callcoach.words.ordinary import is_ordinary
from callcoach.words.redact.answers import Answer, groups
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_certain,
    is_family,
    is_given,
    is_listed,
    is_place,
    is_strange,
)

_SAID: Final = (
    ("my", "name", "is"), ("name", "is"), ("names",), ("my", "name"), ("name", "as"),
     ("names", "are"), ("named",), ("i", "go", "by"), ("first", "name"),
    ("last", "name"), ("surname", "is"), ("surname",), ("full", "name"), ("name", "on", "it", "is"),
    ("in", "the", "name", "of"), ("under", "the", "name"), ("under", "the", "name", "of"),
    ("account", "holder", "is"), ("holder", "name"), ("spouse", "is"),
)  # fmt: skip
"""Behind these almost anything is a name."""
_MEANT: Final = (
    ("this", "is"), ("call", "me"), ("i", "am"), ("it", "is"), ("speaking", "with"),
    ("speaking", "to"),
    ("speak", "with"), ("speak", "to"), ("talk", "to"), ("talking", "to"), ("talking", "with"),
    ("is", "this"), ("are", "you"), ("myself",), ("name",), ("you", "are"), ("is", "that"),
    ("calling", "for"), ("looking", "for"), ("reach",), ("ask", "for"), ("here", "is"),
)  # fmt: skip
"""Behind these a name is what is on a list of names, or on no list of words."""
_LEADS: Final[Mapping[str, tuple[tuple[tuple[str, ...], bool], ...]]] = {
    first: tuple(
        (lead, leads is _SAID) for leads in (_SAID, _MEANT) for lead in leads if lead[0] == first
    )
    for first in {lead[0] for lead in (*_SAID, *_MEANT)}
}
"""By first word: the words before a name, and whether anything behind them is one."""
_GREETED: Final = frozenset(
    (
        *(
            "hi",
            "hello",
            "hey",
            "hii",
            "dear",
            "thanks",
            "thank",
            "bye",
            "goodbye",
            "sorry",
            "morning",
        ),
        *("afternoon", "evening", "welcome", "you", "okay", "ok", "sure", "yes", "no", "please"),
    )
)
_TITLES: Final = frozenset(
    ("mr", "mrs", "ms", "miss", "mister", "missus", "dr", "doctor", "prof", "professor", "mx")
)
_NOT_NAMES: Final = frozenset(
    (
        *("not", "the", "a", "an", "on", "in", "at", "is", "it", "my", "and", "or", "but", "so"),
        *("to", "for", "of", "from", "with", "by", "as", "that", "this", "what", "who", "i", "you"),
        *("he", "she", "we", "they", "his", "her", "your", "our", "please", "spelled", "spelt"),
        *("ssn", "number", "no", "card", "account", "phone", "email", "mobile", "address", "are"),
        *("same", "wrong", "correct", "required", "there", "here", "speaking", "calling", "yes"),
        *("okay", "ok", "sure", "sir", "madam", "just", "also", "be", "can", "could", "would"),
        *("policy", "claim", "new", "old", "change", "changed", "registered", "was", "has", "last"),
        *(
            "first",
            "name",
            "full",
            "middle",
            "me",
            "am",
            "do",
            "does",
            "did",
            "if",
            "when",
            "where",
        ),
    )
)
_SPEAKING: Final = (("speaking",), ("here",), ("on", "the", "line"), ("calling",))
_PARTICLES: Final = frozenset(
    ("de", "da", "del", "van", "von", "bin", "al", "la", "el", "mc", "o", "di")
)
_VOWELS: Final = frozenset("aeiouy")
_OF_THINGS: Final = frozenset(
    (
        "model",
        "brand",
        "product",
        "company",
        "firm",
        "business",
        "organization",
        "organisation",
        "employer",
        "file",
        "user",
        "car",
        "city",
        "town",
        "domain",
        "street",
    )
)
"""`model name is` gives no person's name."""
_MOST = 3
_SHORT = 8
"""Words of a turn in which a greeted stranger is a name."""


def find_names(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the names of a turn in Latin letters."""
    words = speech.tokens.words
    for at in range(len(words)):
        for lead, is_sure in _LEADS.get(words[at], ()):
            is_of_thing = lead[0] == "name" and at > 0 and words[at - 1] in _OF_THINGS
            if words[at : at + len(lead)] != lead or is_of_thing:
                continue
            why = "after “name is”" if is_sure else "after “this is”"
            yield from _named(speech, at + len(lead), why, is_sure)
        if words[at] in _TITLES:
            yield from _titled(speech, at + 1)
        if words[at] in _GREETED and at + 1 < len(words) and _may_be_greeted(speech, at + 1):
            yield _entity(speech, at + 1, _extent(speech, at + 1), "after a greeting")
        if is_certain(words[at]):
            first = at - 1 if at and _is_family_before(speech, at - 1) else at
            yield _entity(speech, first, _extent(speech, at), "given name")
    yield from _before_speaking(speech)
    yield from _first(speech, answer)
    yield from _alone(speech, asked, answer)


def _is_family_before(speech: Speech, at: int) -> bool:
    """Tell whether a family name stands before a given one, as forms have it."""
    word = speech.tokens.words[at]
    if _stops(speech, at) or not _is_word(word) or word in _NOT_NAMES or word in _GREETED:
        return False
    return (is_family(word) and not is_ordinary(word)) or (at == 0 and is_strange(word))


def _named(speech: Speech, at: int, why: str, is_sure: bool) -> Iterator[Entity]:
    """Yield the name that begins at a token, if one does."""
    words = speech.tokens.words
    if at < len(words) and words[at] == "is":
        at += 1
    while at < len(words) and words[at] in _TITLES:
        at += 1
    if at >= len(words) or not _begins(speech, at, is_sure):
        return
    past = _extent(speech, at)
    if past == at + 1 and past < len(words) and _may_be_family(speech, past):
        past += 1
    yield _entity(speech, at, past, why)


def _may_be_family(speech: Speech, at: int) -> bool:
    """Tell whether a common word may be the family name that ends `I am david hawk`."""
    word = speech.tokens.words[at]
    is_free = _is_word(word) and word not in _NOT_NAMES and word not in _GREETED and len(word) > 2
    return is_free and not _stops(speech, at - 1) and _is_last(speech, at)


def _begins(speech: Speech, at: int, is_sure: bool) -> bool:
    """Tell whether a name can begin here; behind `my name is` also a common word may."""
    word = speech.tokens.words[at]
    if not _is_word(word) or word in _NOT_NAMES or (word in CALENDAR and not is_listed(word)):
        return False
    if is_sure:
        after = speech.tokens.words[at + 1] if at + 1 < len(speech.tokens.words) else ""
        is_named = is_listed(word) or not is_ordinary(word) or speech.is_capital(at)
        return is_named or _is_last(speech, at) or is_strange(after)
    if is_ordinary(word) and not speech.is_capital(at):
        return is_given(word) and _is_last(speech, at)
    return is_listed(word) or (is_strange(word) and not _goes_on(speech, at))


def _goes_on(speech: Speech, at: int) -> bool:
    """Tell whether a sentence goes on behind a strange word: `this is ridicolous service`."""
    words = speech.tokens.words
    after = words[at + 1] if at + 1 < len(words) else ""
    return is_ordinary(after) and after not in _NOT_NAMES and not speech.is_capital(at)


def _is_last(speech: Speech, at: int) -> bool:
    """Tell whether nothing but an end, a joint or digits follows a word."""
    words = speech.tokens.words
    after = words[at + 1] if at + 1 < len(words) else "and"
    return after in _NOT_NAMES or after[0].isdecimal() or is_listed(after) or _stops(speech, at)


def _stops(speech: Speech, at: int) -> bool:
    """Tell whether punctuation stands right behind a token."""
    end = speech.tokens.ends[at]
    return speech.text[end : end + 1] in set(",.;!?，。！？；：:")


def _is_word(word: str) -> bool:
    is_latin = "a" <= word[0] <= "z" or "à" <= word[0] <= "ÿ"
    return is_latin and word.replace("'", "").isalpha()


def _extent(speech: Speech, first: int) -> int:
    """Return the token past a name: up to three words that may be its parts, and `de la`."""
    words = speech.tokens.words
    past, parts = first + 1, 1
    while past < len(words) and parts < _MOST and not _stops(speech, past - 1):
        is_particle = words[past] in _PARTICLES and past + 1 < len(words)
        if not is_particle and not _is_part(speech, past):
            break
        parts += not is_particle
        past += 1
    while words[past - 1] in _PARTICLES and past - first > 1:
        past -= 1
    return past


def _is_part(speech: Speech, at: int) -> bool:
    """Tell whether a word goes on with a name."""
    word = speech.tokens.words[at]
    if not _is_word(word) or word in _NOT_NAMES or word in BRANDS:
        return False
    if is_listed(word):
        return not is_ordinary(word) or speech.is_capital(at) or _is_last(speech, at)
    if word in CALENDAR:
        return False
    is_initial = len(word) == 1 and word not in ("i", "a")
    is_free = not is_ordinary(word) and not is_place(word)
    return is_free or is_initial or speech.is_capital(at)


def _titled(speech: Speech, at: int) -> Iterator[Entity]:
    """Yield what stands behind Mr or Dr."""
    words = speech.tokens.words
    if at >= len(words) or not _is_word(words[at]) or words[at] in _NOT_NAMES:
        return
    if is_listed(words[at]) or not is_ordinary(words[at]) or speech.is_capital(at):
        yield _entity(speech, at, _extent(speech, at), "after a title")


def _may_be_greeted(speech: Speech, at: int) -> bool:
    """Tell whether a greeting's next word is a name: `thanks spencer`, `hey jesse`."""
    words = speech.tokens.words
    word = words[at]
    if not _is_word(word) or word in _NOT_NAMES or len(word) < 3:
        return False
    is_close = words[at - 1] not in ("you", "no", "yes", "please", "sure", "ok", "okay", "sorry")
    if is_ordinary(word):
        is_alone = at + 1 == len(words) or _stops(speech, at)
        return is_given(word) and is_alone and (is_close or speech.is_capital(at))
    return is_given(word) or (
        is_close and is_strange(word) and len(words) <= 3 and at + 1 == len(words)
    )


def _before_speaking(speech: Speech) -> Iterator[Entity]:
    """Yield the name before `speaking` and `here`."""
    words = speech.tokens.words
    for at in range(1, len(words)):
        if not any(words[at : at + len(end)] == end for end in _SPEAKING):
            continue
        first = at
        while first > 0 and at - first < _MOST and _is_part_before(speech, first - 1):
            first -= 1
        if first < at:
            yield _entity(speech, first, at, "before “speaking”")


def _is_part_before(speech: Speech, at: int) -> bool:
    word = speech.tokens.words[at]
    if not _is_word(word) or word in _NOT_NAMES or word in _GREETED:
        return False
    return (
        (is_listed(word) and not is_ordinary(word))
        or is_strange(word)
        or (is_listed(word) and speech.is_capital(at))
    )


def _alone(speech: Speech, asked: Asked, answer: Answer) -> Iterator[Entity]:
    """Yield the name that is the whole answer, or stands there between digits."""
    words = speech.tokens.words
    wants = Kind.NAME in asked.kinds
    sure = [at for at in answer.names if is_listed(words[at])]
    if wants and len(words) <= _SHORT:
        inner = [at for at in answer.others if is_listed(words[at]) or _is_inner(speech, at)]
        for first, past in groups(sorted((*answer.names, *inner, *answer.places))):
            yield from _unbroken(speech, first, past)
        return
    is_open = not asked.is_known
    yield from _given_first(speech, answer)
    if not answer.is_data or not answer.names or len(answer.names) > _MOST + 1:
        return
    is_wordlike = any(len(words[at]) > 3 and set(words[at]) & _VOWELS for at in answer.names)
    if sure or (is_open and is_wordlike and len(words) <= _SHORT):
        for first, past in groups(list(answer.names)):
            yield _entity(speech, first, past, "nothing but a name")


def _first(speech: Speech, answer: Answer) -> Iterator[Entity]:
    """Yield the strange word that a turn begins with: `athulya from riverside`."""
    words = speech.tokens.words
    first = next(iter(sorted((*answer.names, *answer.others))), None)
    if first is None or first + 1 >= len(words) or len(words[first]) < 4:
        return
    if is_strange(words[first]) and words[first + 1] in ("and", "from", "here"):
        yield _entity(speech, first, first + 1, "first of a turn")


def _is_inner(speech: Speech, at: int) -> bool:
    """Tell whether a common word is written large inside of a sentence."""
    return at > 0 and speech.is_capital(at) and not _stops(speech, at - 1)


def _unbroken(speech: Speech, first: int, past: int) -> Iterator[Entity]:
    """Yield the parts of a name that was asked for; punctuation ends it."""
    begin = first
    for at in range(first, past):
        if at + 1 == past or _stops(speech, at):
            yield _entity(speech, begin, at + 1, "asked for")
            begin = at + 1


def _given_first(speech: Speech, answer: Answer) -> Iterator[Entity]:
    """Yield a turn of a given name and a common word for a family name: `jane doe`."""
    words = speech.tokens.words
    if len(answer.others) != 1 or len(answer.names) != 1:
        return
    first, last = answer.names[0], answer.others[0]
    is_next = last == first + 1 and not _stops(speech, first)
    if is_next and is_certain(words[first]) and words[last] not in _GREETED | _NOT_NAMES:
        yield _entity(speech, first, last + 1, "nothing but a name")


def _entity(speech: Speech, first: int, past: int, why: str) -> Entity:
    start, end = speech.span(first, past)
    return Entity(Kind.NAME, start, end, why, " ".join(speech.tokens.words[first:past]))
