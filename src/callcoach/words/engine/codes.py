"""Turns utterances into strings of one code point per token, which automata run over."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count, filterfalse
from typing import Final, TypeVar

from callcoach.words.engine.thin import FILLERS, STUTTERED, Stumbles
from callcoach.words.normalise import (
    characters,
    is_character,
    straight,
    tokenise,
)
from callcoach.words.numbers.find import NUMERALS

Sound = Callable[[str], str]
"""What is put in place of every word and character, of phrases and utterances alike."""

UNKNOWN: Final = "\ue001"
"""A word that is in no phrase."""
SOME_NUMBER: Final = "\ue002"
"""A number in digits that no phrase names."""
_FILLERS_FROM, _STUTTERED_FROM, _NUMERALS_FROM, _WORDS_FROM = 0xE010, 0xE040, 0xE0A0, 0xE100
_MORE_WORDS_FROM = 0x100000
_WORDS_TO = 0xF8FF
_NUMBERS_FROM = 0xF0000


def _reserved(words: Iterable[str], begin: int, end: int) -> tuple[str, frozenset[str]]:
    """Return the codes from `begin` to `end`, and those with the characters among `words`."""
    codes = "".join(map(chr, range(begin, end)))
    return codes, frozenset(codes).union(filter(is_character, words))


_FILLER_CODES, FILLER = _reserved(FILLERS, _FILLERS_FROM, _STUTTERED_FROM)
_STUTTERED_CODES, STUTTER = _reserved(STUTTERED, _STUTTERED_FROM, _NUMERALS_FROM)
_NUMERALS: Final = NUMERALS - FILLERS - STUTTERED
_NUMERAL_CODES, _NUMERAL = _reserved(_NUMERALS, _NUMERALS_FROM, _WORDS_FROM)
_ANY_NUMERAL: Final = re.compile(
    f"[{SOME_NUMBER}{chr(_NUMBERS_FROM)}-{chr(_MORE_WORDS_FROM - 1)}{''.join(sorted(_NUMERAL))}]"
)
_ANY: Final = re.compile("(?s:.)")
STUMBLES: Final = Stumbles(FILLER, STUTTER)
"""What is left out of strings of codes where the words as they stand are not all there is."""

_Value = TypeVar("_Value")
_MOST_KEPT: Final = 65_536
"""How many different pieces of utterances are remembered."""
_LONGEST_KEPT: Final = 24
"""Longer pieces are not likely to come again, in characters."""
_LONGEST_NUMBER_KEPT: Final = 3


class Kept(dict[str, _Value]):
    """What was found out about pieces of utterances; empties itself before it is large."""

    def __init__(self, find: Callable[[str], _Value]) -> None:
        self._find = find

    def __missing__(self, piece: str) -> _Value:
        value = self._find(piece)
        is_word = piece.isalpha() or not any(map(str.isdecimal, piece))
        if len(piece) <= (_LONGEST_KEPT if is_word else _LONGEST_NUMBER_KEPT):
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[piece] = value
        return value


class Alphabet:
    """The codes of the words of all phrases; a Chinese character is its own code.

    Words and numbers of no phrase share a code each. It only grows while phrases are compiled;
    afterwards it may be shared between threads.
    """

    def __init__(self, words: Sequence[str] = (), sound: Sound | None = None) -> None:
        """Begin with the words that an alphabet of before had, in its order."""
        self._sound = sound
        self._codes: dict[str, str] = {}
        for reserved, codes in (
            (FILLERS, _FILLER_CODES),
            (STUTTERED, _STUTTERED_CODES),
            (_NUMERALS, _NUMERAL_CODES),
        ):
            unlike = sorted({self._sounded(word) for word in reserved})
            self._codes |= zip(filterfalse(is_character, unlike), codes, strict=False)
        self.numerals = _ANY_NUMERAL if sound is None else _ANY
        """Matches every code with which a number may begin, in digits or in words."""
        self._words = 0
        self._numbers = 0
        self.words: list[str] = []
        """The words that have a code of their own, in the order they came."""
        self._give(words)
        self._said = Kept(_said)
        self._chunks = Kept(self._chunk)
        self._single = Kept(self._known)

    def learn(self, word: str) -> str:
        """Return the code of a phrase's word, a new one where it had none."""
        sounded = self._sounded(word)
        if is_character(sounded):
            return sounded
        if sounded not in self._codes:
            self._give((sounded,))
        return self._codes[sounded]

    def encode(self, text: str) -> str | None:
        """Return an utterance as one code per token of `tokenise(text)`.

        None for one that is neither ASCII nor all in Chinese characters: tokenise that once.
        No token holds a space, and what stands between spaces comes again and again: most of it
        is looked up, not tokenised.
        """
        if not text.isascii():
            plain = characters(text) if self._sound is None else None
            if plain is not None:
                return plain
            text = straight(text)
            if not text.isascii():
                return None
        return "".join(map(self._chunks.__getitem__, text.lower().split()))

    def encode_words(self, words: Iterable[str]) -> str:
        """Return the tokens of an utterance as codes."""
        return "".join(map(self._single.__getitem__, words))

    def spoken(self, text: str) -> tuple[str, ...]:
        """Return the words of `tokenise(text)`."""
        if text.isascii():
            return tuple(chain.from_iterable(map(self._said.__getitem__, text.lower().split())))
        return tuple(characters(text) or tokenise(text).words)

    def _give(self, words: Sequence[str]) -> None:
        """Give words that have no code one each, in their order."""
        numbers = [word for word in words if word[0].isdecimal()]
        others = [word for word in words if not word[0].isdecimal()]
        self._codes |= zip(numbers, map(chr, count(_NUMBERS_FROM + self._numbers)), strict=False)
        self._codes |= zip(others, map(chr, _points(self._words)), strict=False)
        self._numbers += len(numbers)
        self._words += len(others)
        self.words += words

    def _sounded(self, word: str) -> str:
        if self._sound is None or word in FILLERS or word[0].isdecimal():
            return word
        return self._sound(word)

    def _known(self, word: str) -> str:
        """Return the code of a token, be it in a phrase or not."""
        sounded = self._sounded(word)
        if is_character(sounded):
            return sounded
        code = self._codes.get(sounded)
        if code is None:
            code = SOME_NUMBER if word[0].isdecimal() else UNKNOWN
        return code

    def _chunk(self, chunk: str) -> str:
        """Return the codes of what stands between two spaces."""
        return self.encode_words(self._said[chunk])


def _said(chunk: str) -> tuple[str, ...]:
    return tokenise(chunk).words


def _points(first: int) -> Iterator[int]:
    """Yield the code points of words from the one that is `first` among all."""
    room = range(_WORDS_FROM, _WORDS_TO + 1)
    return chain(room[first:], count(_MORE_WORDS_FROM + max(first - len(room), 0)))
