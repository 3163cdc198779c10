"""Turns an utterance into tokens: Latin words, single Chinese characters and numbers, with spans.

Case, width and punctuation do not matter, nor do the spaces that a recogniser puts between
Chinese words; English contractions become the words they stand for.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one utterance; the three tuples have the same length."""

    words: tuple[str, ...]
    """Lower-case Latin words, single Chinese characters, or numbers in digits."""
    starts: tuple[int, ...]
    """Where each token begins in the utterance, in characters."""
    ends: tuple[int, ...]
    """Where each token ends in the utterance, exclusive."""


class _Fold(dict[int, str]):
    """Maps a code point to its narrow, lower-case form; fills itself as characters occur.

    Only one-to-one foldings, so that a span in the folded text is a span in the text.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLD = _Fold({ord(mark): "'" for mark in "’‘ʼ＇`｀´"})
_HAN = "々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)|[{_HAN}]|[^\W\d_{_HAN}]+(?:'[^\W\d_{_HAN}]+)*"
)
_CHARACTER = re.compile(f"[{_HAN}]")
_IRREGULAR = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
}
_ENDINGS = (
    ("'s", "is"),
    ("n't", "not"),
    ("'m", "am"),
    ("'re", "are"),
    ("'ve", "have"),
    ("'ll", "will"),
    ("'d", "would"),
)


def is_character(word: str) -> bool:
    """Tell whether a token is a single Chinese character (or kana)."""
    return _CHARACTER.fullmatch(word) is not None


@lru_cache(maxsize=8192)
def expand(word: str) -> tuple[str, ...]:
    """Return a lower-case Latin word as the words it stands for: `i'm` becomes `i`, `am`.

    Every `'s` becomes `is`, whether it was one or not: phrases are read the same way.
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if "'" not in word:
        return (word,)
    for ending, full in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending):
            return word.removesuffix(ending), full
    return (word,)


def tokenise(text: str) -> Tokens:
    """Return the tokens of `text`; their spans point into `text` as it was given."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(text.translate(_FOLD)):
        raw = found.group()
        if found.lastgroup == "number":
            parts: tuple[str, ...] = (raw.replace(",", ""),)
        else:
            parts = expand(raw) if len(raw) > 1 else (raw,)
        begin, end = found.span()
        for part in parts:
            words.append(part)
            starts.append(begin)
            ends.append(end)
    return Tokens(tuple(words), tuple(starts), tuple(ends))
