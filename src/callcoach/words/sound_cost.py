"""What it costs to take a heard word for the word of a phrase, and words that are never mistaken.

Costs are shares of a word: 0 for the same word, 1 for a word that has nothing of it. Those of
Chinese characters go by syllable and tone, those of English words by likeness of sound.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf

from callcoach.words.normalise import is_character
from callcoach.words.phonetic import likeness
from callcoach.words.phrase import ANY_NUMBER
from callcoach.words.pinyin import FARTHEST, near, table

SAME_TONE, OTHER_TONE, NEAR = 0.1, 0.2, 0.3
"""A homophone; one of another tone; what comes on top of the distance of a near syllable."""
OTHER_CHARACTER = 0.95
"""A character that sounds different, within a long phrase."""
SAME_SOUNDS = 0.05
"""An English word that sounds the same."""
SAME_PERSON, OTHER_FUNCTION = 0.15, 0.6
"""`your` for `you`; one word of grammar for another."""
LEAST_WEIGHT = 8.0
"""Letters of a phrase, and of a row of it that holds an error: three Chinese characters."""
BRIEF_WEIGHT = 6.0
"""The same of a brief phrase, which stands at an end of an utterance: two Chinese characters."""
LONG = 4
"""From how many words on one may be lost, and one too many that is no word of grammar; from how
many characters on one may be a near one; with one more it may be any."""
JOINED = 0.3
"""Two words written as one, or one as two: in letters."""
LEAST_LIKE, CLOSE = 0.8, 0.85
"""How alike English words must sound to be taken for one another; and with one word beside only."""
CHARACTER_WEIGHT = 3.0
"""A Chinese character counts as three letters."""

NEGATIONS = frozenset(
    ("not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "without", "cannot")
) | frozenset("不没别未无非莫勿甭")
"""Never taken for other words, skipped or made up: they turn a sentence round."""
PERSONS = {
    word: person
    for person, words in enumerate(
        ("i me my mine", "you your yours", "we us our", "he him his", "she her", "they them their")
    )
    for word in words.split()
}
"""Words that say who; one person is never taken for another."""
_GRAMMAR = "a an the to of in on at for from with by and or as is are was am be been it that this"
FUNCTION_WORDS = frozenset(_GRAMMAR.split())
"""Short words of grammar, that recognisers confuse, lose and make up most."""
_COUNTED = """
zero oh one two three four five six seven eight nine ten eleven twelve double hundred thousand
first second third january february march april may june july august september october november
december monday tuesday wednesday thursday friday saturday sunday
"""
NUMBERS = frozenset(_COUNTED.split())
"""Words that are one of many alike; only said exactly do they mean something."""
FIXED = NEGATIONS | NUMBERS
TELLING = frozenset("我咱你您他她它一二两三四五六七八九十百千万零")
"""Characters that say who or how many; they are taken for others of the same sound only."""

_CLOSE_PRICE = round(1 - CLOSE, 4)
is_han = lru_cache(maxsize=65536)(is_character)
"""`is_character`, remembered."""


@lru_cache(maxsize=8192)
def weight(word: str) -> float:
    """Return how much of a phrase a word makes up, in letters: 2 to 8; 3 for a character."""
    if is_han(word):
        return CHARACTER_WEIGHT
    return 2.0 if word == ANY_NUMBER or word in NUMBERS else float(min(max(len(word), 2), 8))


@lru_cache(maxsize=65536)
def cost(heard: str, wanted: str) -> float:
    """Return what it costs to take `heard` for `wanted`: 0 to 1, or infinity for never."""
    if heard == wanted or (wanted == ANY_NUMBER and heard[0].isdecimal()):
        return 0.0
    if heard in FIXED:
        return inf
    if is_han(wanted):
        return _character_cost(heard, wanted) if is_han(heard) else inf
    if wanted in FIXED or not (heard.isalpha() and wanted.isalpha()):
        return inf
    person = PERSONS.get(heard)
    if person is not None and wanted in PERSONS:
        return SAME_PERSON if person == PERSONS[wanted] else inf
    price = max(round(1 - likeness(heard, wanted, LEAST_LIKE), 4), SAME_SOUNDS)
    if heard in FUNCTION_WORDS:
        if wanted in FUNCTION_WORDS:
            return min(price, OTHER_FUNCTION)
        return price if price <= _CLOSE_PRICE else inf
    return price if price < 1 else inf


def _character_cost(heard: str, wanted: str) -> float:
    is_telling = heard in TELLING or wanted in TELLING or wanted in NEGATIONS
    best = inf if is_telling else OTHER_CHARACTER
    known = table().readings
    for mine in known.get(heard, ()):
        for theirs in known.get(wanted, ()):
            if mine == theirs:
                return SAME_TONE
            if mine.syllable == theirs.syllable:
                best = min(best, OTHER_TONE)
            elif not is_telling:
                best = min(best, NEAR + near(mine.syllable).get(theirs.syllable, inf))
    return best


def is_same_sound(wanted: str, price: float) -> bool:
    """Tell whether a word at this price counts as heard: the same one, or a homophone."""
    return price <= (OTHER_TONE if is_han(wanted) else SAME_SOUNDS)


def dearest(row: Sequence[str]) -> float:
    """Return what another word may cost at most in a row of words."""
    if is_han(row[-1]):
        if len(row) < LONG:
            return OTHER_TONE
        return OTHER_CHARACTER if len(row) > LONG else NEAR + FARTHEST
    return 1.0 if len(row) > 2 else _CLOSE_PRICE


def loss(wanted: str) -> float:
    """Return what it costs that a word of a phrase was not heard, in letters."""
    if is_han(wanted):
        return 0.75 * CHARACTER_WEIGHT
    return (0.7 if wanted in FUNCTION_WORDS else 0.99) * weight(wanted)


def surplus(heard: str) -> float:
    """Return what it costs that a word was heard within a phrase, in letters."""
    if is_han(heard):
        return 0.75 * CHARACTER_WEIGHT
    return 1.2 if heard in FUNCTION_WORDS else 1.8


def heaviness(words: Iterable[str]) -> float:
    """Return how much words weigh together, in letters; a number weighs nothing."""
    return sum(weight(word) for word in words if word != ANY_NUMBER)


def is_losable(row: tuple[str, ...], wanted: str) -> bool:
    """Tell whether a word within a row may be missing from what was heard."""
    return len(row) >= LONG + is_han(wanted) and wanted not in FIXED and wanted != ANY_NUMBER


def is_spare(row: tuple[str, ...], heard: str) -> bool:
    """Tell whether a word that was heard within a row may be too many."""
    return heard not in NEGATIONS and (len(row) >= LONG or heard in FUNCTION_WORDS)
