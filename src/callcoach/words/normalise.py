"""Turns an utterance into tokens: Latin words, single Chinese characters and numbers, with spans.

Case, width and punctuation do not matter, nor do the spaces that a recogniser puts between
Chinese words; traditional characters become simplified ones where that is one for one; English
contractions become the words they stand for, with or without their apostrophe. A masked word is
one word, and however many letters were masked in a row are one `*`: `f***` is `f*`.

Hesitations and stutters stay: `thin` leaves them out.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise

from callcoach.words.simplified import simplified, simplified_table


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
    """Maps a code point to its narrow, lower-case and simplified form; fills itself as needed.

    Only one-to-one foldings, so that a span in the folded text is a span in the text.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char).lower()
        self[code] = simplified(folded if len(folded) == 1 else char)
        return self[code]


_FOLD = _Fold({ord(mark): "'" for mark in "’‘ʼ＇`｀´"})
_HAN = "々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_OTHER = rf"[^\W\d_a-z{_HAN}]"
"""A letter that is neither Chinese nor one of the 26."""
_LETTERS = rf"(?:[a-z]+|{_OTHER})+"
RUN = re.compile(
    rf"(?<!\*)[a-z]{{1,3}}\*\*+(?![*a-z])|{_LETTERS}(?:(?:'|\*+){_LETTERS})*|[{_HAN}]+"
    r"|\d+(?:,\d{3})*(?:\.\d+)?"
)
"""A Latin word, a run of Chinese characters, or a number, in folded text; none holds a space."""
_PLAIN_RUN = re.compile(r"[a-z]+(?:'[a-z]+)*|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_FIRST_HAN = "\u4e00"
_MARKS = " ，。？！、；："
"""What stands between the characters of a text that `characters` takes."""
_MASK = re.compile(r"\*+")
_CHARACTER = re.compile(f"[{_HAN}]")
_IRREGULAR = {
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
    "y'all": ("you", "all"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "gimme": ("give", "me"),
    "lemme": ("let", "me"),
    "dunno": ("do", "not", "know"),
}
_BARE = (
    "i'm i've you're you've you'll you'd he's she's it's it'll we've they're they've they'll "
    "they'd that's that'll there's here's what's who's where's how's let's y'all isn't aren't "
    "wasn't weren't don't doesn't didn't haven't hasn't hadn't can't won't couldn't wouldn't "
    "shouldn't mustn't needn't ain't"
)
"""Contractions that are written without their apostrophe and are then no other common word.

Left as they are, because they are words: ill, well, were, id, wed, hell, shell, shed.
"""
_APOSTROPHE = {word.replace("'", ""): word for word in _BARE.split()}
_TYPED = (("’", "'"), ("‘", "'"), ("“", " "), ("”", " "), ("—", " "), ("–", " "), ("…", " "))
_OTHERWISE = frozenset((*_APOSTROPHE, *_IRREGULAR))
"""What stands for other words without an apostrophe, too."""
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
    if word.isascii():
        return False
    return ("一" <= word <= "龥" and len(word) == 1) or _CHARACTER.fullmatch(word) is not None


def fold(text: str) -> str:
    """Return `text` narrow, lower-case and simplified, character for character."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text if only_characters().fullmatch(text) else text.translate(_FOLD)


def straight(text: str) -> str:
    """Return `text` with plain forms of the quotes and dashes that typing makes others of.

    Tokens stay what and where they are, and most such texts are ASCII then, which is quicker.
    """
    if not text.isascii():
        for mark, plain in _TYPED:
            text = text.replace(mark, plain)
    return text


def characters(text: str) -> str | None:
    """Return the Chinese characters of a text that has only marks and spaces besides, else None.

    It is for speed: they are its tokens, nothing in it has another form.
    """
    if text[:1] < _FIRST_HAN or not only_characters().fullmatch(text):
        return None
    return text if text.isalpha() else unmarked(text)


def unmarked(text: str) -> str:
    """Return a text without what may stand between its Chinese characters.

    Replacing mark after mark is six times as fast as one regular expression for all.
    """
    for mark in _MARKS:
        text = text.replace(mark, "")
    return text


@lru_cache(maxsize=1)
def only_characters() -> re.Pattern[str]:
    """Return what most Chinese utterances are: characters that stay as they are, and marks.

    `unmarked` of such a text is its tokens, one after another.
    Full-width marks have a narrow form too, but only a comma between digits matters to a token.
    """
    ends = [
        0x4DFF,
        *sorted(code for code in simplified_table() if 0x4E00 <= code <= 0x9FFF),
        0xA000,
    ]
    stay = "".join(
        f"{chr(before + 1)}-{chr(after - 1)}"
        for before, after in pairwise(ends)
        if after - before > 1
    )
    return re.compile(f"[{stay}{_MARKS}]+")


@lru_cache(maxsize=8192)
def expand(word: str) -> tuple[str, ...]:
    """Return a lower-case Latin word as the words it stands for: `i'm` becomes `i`, `am`.

    Every `'s` becomes `is`, whether it was one or not: phrases are read the same way.
    """
    word = _APOSTROPHE.get(word, word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if "'" in word:
        for ending, full in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending):
                return word.removesuffix(ending), full
    return (_MASK.sub("*", word),)


def tokenise(text: str) -> Tokens:
    """Return the tokens of `text`; their spans point into `text` as it was given."""
    text = straight(text)
    plain = characters(text)
    if plain is not None:
        places = range(len(text))
        starts = tuple(places if plain == text else compress(places, map(str.isalpha, text)))
        return Tokens(tuple(plain), starts, tuple([start + 1 for start in starts]))
    folded = fold(text)
    runs = runs_of(folded)
    spans = [found.span() for found in runs.finditer(folded)]
    words = [folded[start:end] for start, end in spans]
    if runs is RUN or "'" in folded or not _OTHERWISE.isdisjoint(words) or "," in "".join(words):
        return _apart(words, spans)
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return Tokens(tuple(words), starts, ends)


def runs_of(folded: str) -> re.Pattern[str]:
    """Return what finds the runs in a folded text: `RUN`, or what is faster and finds the same."""
    return _PLAIN_RUN if folded.isascii() and "*" not in folded else RUN


def _apart(runs: Sequence[str], spans: Sequence[tuple[int, int]]) -> Tokens:
    """Return the tokens of runs, some of which stand for several."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for run, (begin, end) in zip(runs, spans, strict=True):
        if is_character(run[0]):
            words += run
            starts += range(begin, end)
            ends += range(begin + 1, end + 1)
            continue
        parts = (run.replace(",", ""),) if run[0].isdecimal() else expand(run)
        words += parts
        starts += (begin,) * len(parts)
        ends += (end,) * len(parts)
    return Tokens(tuple(words), tuple(starts), tuple(ends))
