"""Tells turns that hold nothing but data: `yes sure it's kumar 4412`."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_common,
    is_listed,
    is_place,
    is_strange,
    place_parts,
)

AROUND: Final = frozenset(
    (
        *(
            "yes",
            "yeah",
            "yep",
            "yup",
            "ya",
            "sure",
            "ok",
            "okay",
            "okey",
            "sorry",
            "oh",
            "it",
            "is",
        ),
        *("its", "the", "my", "and", "so", "please", "sir", "madam", "mam", "maam", "here", "are"),
        *(
            "hi",
            "hello",
            "hey",
            "thanks",
            "thank",
            "you",
            "no",
            "nope",
            "number",
            "numbers",
            "that",
        ),
        *("of", "course", "uh", "um", "er", "right", "fine", "well", "actually", "this", "i", "am"),
        *("digits", "correct", "to", "be", "yours", "well", "true", "exactly", "for", "by", "with"),
        *("we", "go", "ah", "hmm", "mm", "would", "will", "again", "one", "name", "full", "last"),
        *(
            "ssn",
            "social",
            "security",
            "account",
            "card",
            "credit",
            "debit",
            "policy",
            "claim",
            "no",
        ),
        *(
            "phone",
            "mobile",
            "zip",
            "code",
            "city",
            "address",
            "email",
            "id",
            "num",
            "ac",
            "a",
            "not",
        ),
        *(
            "date",
            "ending",
            "ends",
            "four",
            "state",
            "town",
            "mail",
            "new",
            "current",
            "lives",
            "live",
        ),
        *("then", "area", "extension", "ext", "did", "say"),
        *("first", "as", "wait", "apologies", "apologize", "mistake", "alright", "good", "great"),
    )
)
"""What people put around an answer."""
SHORT_WORDS: Final = frozenset(
    (
        *("to", "of", "at", "in", "on", "by", "or", "is", "it", "we", "me", "my", "so", "no", "go"),
        *("do", "up", "us", "if", "be", "he", "an", "as", "am", "pm", "ok", "hi", "oh", "th", "st"),
        *("nd", "rd", "gb", "mb", "kg", "km", "vs", "re", "rs", "cc", "tv", "pc", "hd", "lb", "oz"),
    )
)
"""Words and units of two letters, which are no code."""
_PLAIN: Final = frozenset(
    (
        *("on", "at", "in", "or", "if", "up", "me", "us", "he", "all", "see", "sum", "tax"),
        "was",
        "pay",
        "owe",
        "get",
        "has",
        "had",
        "say",
        "put",
        "add",
        "buy",
        "use",
        "due",
        "fee",
    )
)
"""Short words that stand before digits and are no part of a code."""
_CODE: Final = 3
"""Letters at most that digits are prefixed with."""
_LONG: Final = 6
_PAUSES: Final = frozenset("是我的叫姓在嗯呃啊哦对对的好行那个就这了吧呀您你")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn holds besides what is put around an answer; tokens by index."""

    digits: tuple[int, ...]
    names: tuple[int, ...]
    """Words that are on a list of names, or on no list."""
    places: tuple[int, ...]
    letters: tuple[int, ...]
    """Short groups of letters as codes have them."""
    others: tuple[int, ...]

    @property
    def is_data(self) -> bool:
        """Nothing but digits, names, places and codes."""
        return not self.others and bool(self.digits or self.names or self.places or self.letters)


class _Sort(Enum):
    """What a word is by itself."""

    AROUND = "around"
    LETTER = "letter"
    PLACE = "place"
    STRANGE = "strange"
    """On no list of words, or a name and no word."""
    LISTED = "listed"
    """A name and a word."""
    OTHER = "other"


@lru_cache(maxsize=8192)
def _sort(word: str) -> _Sort:
    if word in AROUND or word in _PAUSES:
        return _Sort.AROUND
    if len(word) == 1 and _is_latin(word):
        return _Sort.LETTER
    if is_place(word) and not is_listed(word):
        return _Sort.PLACE
    if word in BRANDS or word in CALENDAR:
        return _Sort.OTHER
    if is_strange(word) or (is_listed(word) and not is_common(word)):
        return _Sort.STRANGE
    return _Sort.LISTED if is_listed(word) else _Sort.OTHER


def read_answer(speech: Speech) -> Answer:
    """Sort the tokens of a turn."""
    digits: list[int] = []
    names: list[int] = []
    places: list[int] = []
    letters: list[int] = []
    others: list[int] = []
    words = speech.tokens.words
    joined = place_parts(words)
    held = {at for run in speech.runs for at in range(run.first, run.past)}
    has_digits = bool(speech.runs)
    for at, word in enumerate(words):
        sort = _sort(word)
        if at in held:
            digits.append(at)
        elif at in joined:
            places.append(at)
        elif has_digits and _is_coded(speech, held, at):
            letters.append(at)
        elif sort is _Sort.AROUND:
            continue
        elif sort is _Sort.LETTER:
            (letters if has_digits else others).append(at)
        elif sort is _Sort.PLACE and (word != "ms" or words[at + 1 :] == ()):
            places.append(at)
        elif has_digits and _is_prefix(speech, held, at):
            letters.append(at)
        elif sort is _Sort.STRANGE:
            is_code = has_digits and len(word) <= _CODE and not is_listed(word)
            (letters if is_code else names).append(at)
        elif sort is _Sort.LISTED:
            names.append(at)
        else:
            others.append(at)
    return Answer(tuple(digits), tuple(names), tuple(places), tuple(letters), tuple(others))


def _is_coded(speech: Speech, held: set[int], at: int) -> bool:
    """Tell whether a single letter stands between digits or other single letters."""
    words = speech.tokens.words
    sides = [place for place in (at - 1, at + 1) if 0 <= place < len(words)]
    beside = [place in held or len(words[place]) == 1 for place in sides]
    return _is_latin(words[at]) and len(words[at]) == 1 and bool(held) and all(beside)


def _is_prefix(speech: Speech, held: set[int], at: int) -> bool:
    """Tell whether a short word belongs to a code: `dew 645298634`, `eh 29 t 5`."""
    word = speech.tokens.words[at]
    if not _is_latin(word) or len(word) > _CODE or word in _PLAIN or word in SHORT_WORDS:
        return False
    is_long = any(run.first == at + 1 and len(run.digits) >= _LONG for run in speech.runs)
    return is_long or (len(word) == 2 and bool({at - 1, at + 1} & held))


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def groups(places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of neighbouring tokens."""
    first = -1
    for index, at in enumerate(places):
        if index == 0 or at != places[index - 1] + 1:
            if first >= 0:
                yield first, places[index - 1] + 1
            first = at
    if first >= 0:
        yield first, places[-1] + 1
