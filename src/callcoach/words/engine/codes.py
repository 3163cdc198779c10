"""Turns utterances into strings of one code point per token, which automata run over."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, compress, count, filterfalse
from string import ascii_lowercase, ascii_uppercase
from typing import Final, TypeVar

from callcoach.words.engine.thin import FILLERS, STUTTERED, Stumbles
from callcoach.words.normalise import (
    characters,
    is_character,
    only_characters,
    straight,
    tokenise,
    unmarked,
)
from callcoach.words.numbers.find import NUMERALS

Sound = Callable[[str], str]
"""What is put in place of every word and character, of phrases and utterances alike."""

SEPARATOR: Final = "\ue000"
"""Stands between utterances; it is no token and so begins every utterance afresh."""
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

_LINE = "\n"
"""Stands between English utterances while they are encoded together."""
_SPACES = str.maketrans(dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f", " "))
_LOWER = {**str.maketrans(ascii_uppercase, ascii_lowercase), **_SPACES, ord(_LINE): _LINE}

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
        for word in words:
            self._give(word)
        self._said = Kept(_said)
        self._chunks = Kept(self._chunk)
        self._single = Kept(self._known)

    def learn(self, word: str) -> str:
        """Return the code of a phrase's word, a new one where it had none."""
        sounded = self._sounded(word)
        if is_character(sounded):
            return sounded
        return self._codes.get(sounded) or self._give(sounded)

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

    def encode_many(self, texts: Sequence[str]) -> tuple[str, Sequence[int]]:
        """Return utterances as codes, `SEPARATOR` between, and which text stands where.

        Those in ASCII come first: all of one language together take a handful of calls.
        """
        is_ascii = list(map(str.isascii, texts))
        order = [
            *compress(count(), is_ascii),
            *filterfalse(is_ascii.__getitem__, range(len(texts))),
        ]
        english = list(compress(texts, is_ascii))
        found = [self._encode_ascii(english)] if english else []
        if len(english) < len(texts):
            found.append(self._encode_others([texts[at] for at in order[len(english) :]]))
        return SEPARATOR.join(found), order

    def encode_words(self, words: Iterable[str]) -> str:
        """Return the tokens of an utterance as codes."""
        return "".join(map(self._single.__getitem__, words))

    def spoken(self, text: str) -> tuple[str, ...]:
        """Return the words of `tokenise(text)`."""
        if text.isascii():
            return tuple(chain.from_iterable(map(self._said.__getitem__, text.lower().split())))
        return tuple(characters(text) or tokenise(text).words)

    def _encode_ascii(self, texts: Sequence[str]) -> str:
        joined = _LINE.join(texts)
        if joined.count(_LINE) >= len(texts):
            joined = _LINE.join(text.translate(_SPACES) for text in texts)
        chunks = joined.translate(_LOWER).replace(_LINE, f" {_LINE} ").split(" ")
        return "".join(map(self._chunks.__getitem__, chunks))

    def _encode_others(self, texts: Sequence[str]) -> str:
        is_plain = only_characters().fullmatch
        if self._sound is not None:
            return SEPARATOR.join(self.encode_words(tokenise(text).words) for text in texts)
        codes = [
            text if is_plain(text) else self.encode_words(tokenise(text).words) for text in texts
        ]
        return unmarked(SEPARATOR.join(codes))

    def _give(self, word: str) -> str:
        if word[0].isdecimal():
            point = _NUMBERS_FROM + self._numbers
            self._numbers += 1
        else:
            point = _WORDS_FROM + self._words
            if point > _WORDS_TO:
                point += _MORE_WORDS_FROM - _WORDS_TO - 1
            self._words += 1
        self.words.append(word)
        self._codes[word] = chr(point)
        return self._codes[word]

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
        """Return the codes of what stands between two spaces; a line's end separates."""
        return SEPARATOR if chunk == _LINE else self.encode_words(self._said[chunk])


def _said(chunk: str) -> tuple[str, ...]:
    return tokenise(chunk).words
