"""Turns utterances into strings of one code point per token, which automata run over."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain, compress, filterfalse
from typing import Final, TypeVar

from callcoach.words.engine.thin import FILLERS, STUTTERED, Stumbles
from callcoach.words.normalise import RUN, characters, expand, fold, is_character, tokenise

Sound = Callable[[str], str]
"""What is put in place of every word and character, of phrases and utterances alike."""

SEPARATOR: Final = "\ue000"
"""Stands between utterances; it is no token and so begins every utterance afresh."""
UNKNOWN: Final = "\ue001"
"""A word that is in no phrase."""
SOME_NUMBER: Final = "\ue002"
"""A number in digits that no phrase names."""
_FILLERS_FROM, _STUTTERED_FROM, _WORDS_FROM, _MORE_WORDS_FROM = 0xE010, 0xE040, 0xE100, 0x100000
_WORDS_TO = 0xF8FF
_NUMBERS_FROM = 0xF0000


def _reserved(words: Iterable[str], begin: int, end: int) -> tuple[str, frozenset[str]]:
    """Return the codes from `begin` to `end`, and those with the characters among `words`."""
    codes = "".join(map(chr, range(begin, end)))
    return codes, frozenset(codes).union(filter(is_character, words))


_FILLER_CODES, FILLER = _reserved(FILLERS, _FILLERS_FROM, _STUTTERED_FROM)
_STUTTERED_CODES, STUTTER = _reserved(STUTTERED, _STUTTERED_FROM, _WORDS_FROM)
STUMBLES: Final = Stumbles(FILLER, STUTTER)
"""What is left out of strings of codes where the words as they stand are not all there is."""

_DIGIT = re.compile(r"\d")
_MOST_KEPT: Final = 65_536
"""How many different words of utterances are remembered."""
_LONGEST_KEPT: Final = 24
_LONGEST_OTHER_KEPT: Final = 4
"""Longer pieces of utterances are not likely to come again, in characters."""

_Value = TypeVar("_Value")


class _Kept(dict[str, _Value]):
    """What was found out about pieces of utterances; empties itself before it is large.

    Pieces with digits and long ones are not kept.
    """

    def __init__(self, find: Callable[[str], _Value]) -> None:
        self._find = find

    def __missing__(self, piece: str) -> _Value:
        value = self._find(piece)
        longest = _LONGEST_KEPT if piece.isascii() else _LONGEST_OTHER_KEPT
        if len(piece) <= longest and (piece.isalpha() or not _DIGIT.search(piece)):
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[piece] = value
        return value


class _Characters(dict[int, str]):
    """Codes of Chinese characters that stand for a sound; fills itself as they occur."""

    def __init__(self, code: Callable[[str], str]) -> None:
        self._code = code

    def __missing__(self, point: int) -> str:
        self[point] = self._code(chr(point))
        return self[point]


class Alphabet:
    """The codes of the words of all phrases; a Chinese character is its own code.

    Words and numbers of no phrase share a code each. It only grows while phrases are compiled;
    afterwards it may be shared between threads.
    """

    def __init__(self, words: Sequence[str] = (), sound: Sound | None = None) -> None:
        """Begin with the words that an alphabet of before had, in its order."""
        self._sound = sound
        self._codes: dict[str, str] = {}
        for reserved, codes in ((FILLERS, _FILLER_CODES), (STUTTERED, _STUTTERED_CODES)):
            unlike = sorted({self._sounded(word) for word in reserved})
            self._codes |= zip(filterfalse(is_character, unlike), codes, strict=False)
        self._words = 0
        self._numbers = 0
        self.words: list[str] = []
        """The words that have a code of their own, in the order they came."""
        for word in words:
            self._give(word)
        self._chunks = _Kept(self._chunk)
        self._runs = _Kept(self._run)
        self._spans = _Kept(_spans)
        self._said = _Kept(_said)
        self._single = _Kept(self._known)
        self._characters = None if sound is None else _Characters(self._known)

    def learn(self, word: str) -> str:
        """Return the code of a phrase's word, a new one where it had none."""
        sounded = self._sounded(word)
        if is_character(sounded):
            return sounded
        return self._codes.get(sounded) or self._give(sounded)

    def encode(self, text: str) -> str:
        """Return an utterance as one code per token of `tokenise(text)`.

        No token holds a space, and what stands between spaces comes again and again: most of it
        is looked up, not tokenised.
        """
        if self._characters is None and (plain := characters(text)) is not None:
            return plain
        return "".join(map(self._chunks.__getitem__, text.split()))

    def locate(self, text: str, codes: str, first: int, past: int) -> tuple[int, int]:
        """Return where the tokens from `first` to before `past` begin and end, in characters.

        `codes` are those of `text`.
        """
        if text.startswith(codes[:past]) and codes[:past].isalpha():
            return first, past
        if self._characters is None and characters(text) == codes:
            places = tuple(compress(range(len(text)), map(str.isalpha, text)))
            return places[first], places[past - 1] + 1
        chunks = text.split()
        pasts = list(accumulate(map(len, map(self._chunks.__getitem__, chunks))))
        ends = list(accumulate(map(len, chunks)))
        at = bisect_right(pasts, first)
        start, end = self._span(chunks[at], first - (pasts[at - 1] if at else 0))
        is_even = ends[-1] + len(chunks) - 1 == len(text)
        begin = ends[at - 1] + at if at and is_even else _begin(text, at)
        start += begin
        if past - first > 1:
            if past > pasts[at]:
                at = bisect_right(pasts, past - 1, at)
                begin = ends[at - 1] + at if is_even else _begin(text, at)
            _, end = self._span(chunks[at], past - 1 - (pasts[at - 1] if at else 0))
        return start, begin + end

    def _span(self, chunk: str, token: int) -> tuple[int, int]:
        """Return where a token of what stands between two spaces begins and ends in it."""
        return self._spans[chunk][token] if chunk.isascii() else _span(chunk, token)

    def spoken(self, text: str) -> tuple[str, ...]:
        """Return the words of `tokenise(text)`."""
        return tuple(chain.from_iterable(map(self._said.__getitem__, text.split())))

    def encode_words(self, words: Iterable[str]) -> str:
        """Return the tokens of an utterance as codes."""
        return "".join(map(self._single.__getitem__, words))

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
        """Return the codes of what stands between two spaces."""
        if self._characters is None and (plain := characters(chunk)) is not None:
            return plain
        return "".join(map(self._runs.__getitem__, RUN.findall(fold(chunk))))

    def _run(self, run: str) -> str:
        if run[0].isdecimal():
            return self._known(run.replace(",", ""))
        if is_character(run[0]):
            return run if self._characters is None else run.translate(self._characters)
        return "".join(map(self._known, expand(run)))


def _begin(text: str, at: int) -> int:
    """Return where the `at`th of what stands between spaces begins."""
    return len(text) - len(text.split(None, at)[-1])


def _span(chunk: str, token: int) -> tuple[int, int]:
    for found in RUN.finditer(fold(chunk)):
        begin, end = found.span()
        run = found.group()
        if is_character(run[0]):
            if token < end - begin:
                return begin + token, begin + token + 1
            token -= end - begin
        else:
            count = 1 if run[0].isdecimal() else len(expand(run))
            if token < count:
                return begin, end
            token -= count
    raise IndexError(token)


def _spans(chunk: str) -> tuple[tuple[int, int], ...]:
    tokens = tokenise(chunk)
    return tuple(zip(tokens.starts, tokens.ends, strict=True))


def _said(chunk: str) -> tuple[str, ...]:
    return tokenise(chunk).words
