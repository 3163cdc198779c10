"""Finds names in English by what a clause says of them: `rose is the first name`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.redact.model import Entity
from callcoach.words.redact.name_leads import FIRMS, NOT_NAMES, RELATIONS
from callcoach.words.redact.name_shapes import entity, extent, is_firm, is_name, is_word, stops
from callcoach.words.redact.name_slots import DEAR, VERBS
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_certain,
    is_common,
    is_given,
    is_listed,
    is_place,
    is_strange,
)

_VERBS: Final = frozenset(("will", "may", "pay", "trust", "page", "tab", "way", "happy"))
"""What stands before somebody's name as another word: `will okafor pay`."""
_SORTS: Final = frozenset((
    "first", "last", "family", "given", "middle", "maiden", "christian", "sur", "second", "clan",
    "married", "full", "real", "legal", "pet", "nick", "proper",
))  # fmt: skip
"""Before `name`: `rose is the first name`."""
_NAMES: Final = frozenset(("surname", "nickname", "name"))
_OF: Final = frozenset(("the", "my", "his", "her", "our", "a", "their"))
_SPELT: Final = frozenset(("spelled", "spelt", "spells", "pronounced"))
_LEAST: Final = 4
"""Letters of a strange word that is hardly a slip of the recogniser."""
_OWNED: Final = frozenset((
    "cell", "mobile", "phone", "number", "email", "address", "place", "house", "flat", "car",
    "wife", "husband", "mum", "mom", "dad", "boyfriend", "girlfriend", "partner", "account",
    "name", "room", "landline", "brother", "sister", "son", "daughter", "boss", "kids", "office",
    "signature", "birthday", "funeral", "estate", "wages", "card", "loan", "debt", "line",
    "voicemail", "side",
))  # fmt: skip
"""What is somebody's: `have you got joy's number`."""
_PLURALS: Final = frozenset(("the", "a", "an", "this", "that", "which", "these", "no", "of"))
_NO_LEAD: Final = frozenset(("in", "at", "near", "on", "the", "a", "an", "via", "than"))
_ENDS: Final = frozenset((
    "and", "or", "but", "is", "was", "has", "does", "did", "will", "would", "can", "could",
    "please", "here", "speaking", "calling", "from", "with", "at", "on", "who", "that", "she",
    "he", "they", "my", "her", "his", "the", "i", "in", "there", "about", "for", "it", "not",
    "still", "thanks", "yes", "no", "so", "again", "said", "says", "told", "asked", "now", "as",
    "to", "by", "of", "are", "you", "we", "am", "were", "born", "a", "if", "when", "because",
    "instead", "too", "right", "correct", "actually", "date", "account", "number", "phone",
    "mobile", "reference",
))  # fmt: skip
"""What a sentence goes on with behind a whole name."""


def find_by_clause(speech: Speech) -> Iterator[Entity]:
    """Yield the names that a clause is about."""
    words = speech.tokens.words
    has_name = not _NAMES.isdisjoint(words)
    for at, word in enumerate(words):
        if not (_may_be(word) or (has_name and is_word(word) and word not in NOT_NAMES)):
            continue
        if is_given(word) and _is_whole(speech, at):
            yield entity(speech, at, max(extent(speech, at + 1), at + 2), "given and family name")
        elif (
            word not in RELATIONS
            and _is_sort_of_name(words, at)
            and not (word in CALENDAR or (at == 0 and len(word) < 2))
        ):
            yield entity(speech, at, at + 1, "said to be a name")
        elif _is_explained(speech, at):
            yield entity(speech, _begin(speech, at), at + 1, "explained as a name")
        elif _is_kin_of(speech, at):
            yield entity(speech, at, at + 1, "asked whether kin")
        elif _is_owner(speech, at) or _is_contracted(speech, at):
            yield entity(speech, at, at + 1, "whose it is")


@lru_cache(maxsize=8192)
def _may_be(word: str) -> bool:
    """Tell whether a word may be a name by itself; most are none, and cost little."""
    is_free = is_word(word) and word not in NOT_NAMES and word not in BRANDS
    return is_free and (is_given(word) or is_name(word))


def _is_whole(speech: Speech, at: int) -> bool:
    """Tell whether a given name, be it a word too, and a family name stand together."""
    words = speech.tokens.words
    word = words[at]
    if at + 1 >= len(words) or stops(speech, at) or word in _VERBS or word in DEAR:
        return False
    if is_place(word) or (at > 0 and words[at - 1] in _NO_LEAD and not speech.is_capital(at)):
        return False
    last = words[at + 1]
    if (
        not is_word(last)
        or last in BRANDS
        or last in CALENDAR
        or is_place(last)
        or is_firm(speech, at + 1)
    ):
        return False
    if speech.capitals and speech.is_capital(at) != speech.is_capital(at + 1):
        return False
    if not FIRMS.isdisjoint(words[at + 1 : at + 4]):
        return False
    if is_listed(last) and not is_common(last):
        return True
    if word in VERBS:
        return False
    after = words[at + 2] if at + 2 < len(words) else "and"
    is_end = stops(speech, at + 1) or after in _ENDS
    return is_strange(last) and len(last) > _LEAST and is_end


def _is_sort_of_name(words: tuple[str, ...], at: int) -> bool:
    """Tell whether it is said that a word is a name: `mbeki is my surname`."""
    rest = words[at + 1 : at + 5]
    if len(words[at]) < 2 or len(rest) < 3 or rest[0] not in ("is", "was") or rest[1] not in _OF:
        return False
    if rest[2] in _SORTS and rest[3:4] == ("name",):
        return True
    return rest[2] in _NAMES and rest[3:4] != ("of",)


def _is_explained(speech: Speech, at: int) -> bool:
    """Tell whether it is told of a strange word where it is from: `kowal it's polish`."""
    words = speech.tokens.words
    word = words[at]
    if not is_name(word) or is_place(word) or word in CALENDAR or len(word) < _LEAST:
        return False
    rest = words[at + 1 : at + 5]
    if rest[:2] in (("it", "is"), ("that", "is")) and rest[2:3] != ():
        return rest[2] in CALENDAR or rest[2] in _SPELT or rest[2:4] == ("a", "name")
    if rest[:2] == ("with", "a") and rest[2:3] != () and len(rest[2]) == 1:
        return True
    return bool(rest) and (rest[0] in _SPELT or rest[:2] == ("is", "spelled"))


def _begin(speech: Speech, at: int) -> int:
    """Return where a name begins of which a word is the last."""
    words = speech.tokens.words
    is_first = at > 0 and is_certain(words[at - 1]) and not stops(speech, at - 1)
    return at - 1 if is_first else at


def _is_kin_of(speech: Speech, at: int) -> bool:
    """Tell whether it is asked who somebody is: `is rusty your husband`."""
    words = speech.tokens.words
    is_asked = words[max(at - 1, 0)] in ("is", "was") and (
        at < 2 or words[at - 2] in _OPENS or stops(speech, at - 2)
    )
    is_kin = words[at + 1 : at + 2] in (
        ("your",),
        ("the",),
        ("his",),
        ("her",),
    ) and not RELATIONS.isdisjoint(words[at + 2 : at + 3])
    return at > 0 and is_asked and is_kin and (is_given(words[at]) or is_name(words[at]))


_OPENS: Final = frozenset(("and", "so", "but", "okay", "right", "sorry", "then", "also", "well"))


def _is_contracted(speech: Speech, at: int) -> bool:
    """Tell whether a verb is a name because `is` is drawn to it: `mark's here now`."""
    words = speech.tokens.words
    if words[at] not in VERBS or words[at + 1 : at + 2] != ("is",) or not is_given(words[at]):
        return False
    return (
        speech.tokens.starts[at + 1] == speech.tokens.starts[at]
        and words[at + 2 : at + 3] in _WHERE
    )


_WHERE: Final = tuple(
    (word,)
    for word in (
        "here",
        "not",
        "my",
        "got",
        "been",
        "away",
        "at",
        "out",
        "gone",
        "fine",
        "in",
        "home",
        "asleep",
    )
)


def _is_owner(speech: Speech, at: int) -> bool:
    """Tell whether something of a person's is spoken of: `joy's number`, `zawadi's mum`."""
    words = speech.tokens.words
    word = words[at]
    if not speech.low.endswith("'s", 0, speech.tokens.ends[at]) or words[at + 1 : at + 2] != (
        "is",
    ):
        return False
    if speech.tokens.starts[at + 1] != speech.tokens.starts[at]:
        return False
    is_person = is_given(word) or (is_strange(word) and len(word) >= _LEAST)
    is_thing = word in CALENDAR or word in RELATIONS or is_place(word) or word in DEAR
    before = words[at - 1] if at else ""
    behind = words[at + 2 : at + 4]
    is_owned = behind[:1] != () and (
        behind[0] in _OWNED or behind[:1] == ("new",) or behind[:1] == ("old",)
    )
    return is_person and not is_thing and before not in _PLURALS and is_owned
