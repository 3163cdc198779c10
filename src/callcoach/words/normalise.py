"""Turns an utterance into tokens: Latin words, single Chinese characters and numbers, with spans.

Case, width and punctuation do not matter, nor do the spaces that a recogniser puts between
Chinese words; traditional characters become simplified ones where that is one for one; English
contractions become the words they stand for, with or without their apostrophe. A masked word is
one word, and however many letters were masked in a row are one `*`: `f***` is `f*`.

An accent that stands apart from its letter is composed with it, and what has no width, such as a
soft hyphen, parts no word.

Hesitations and stutters stay: `thin` leaves them out.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import compress, pairwise

import msgspec

from callcoach.words.composed import LOOSE, Composed, composed
from callcoach.words.simplified import simplified, simplified_table

_LONGEST_KEPT = 24
"""Longer pieces are not likely to come again, in characters."""


_LONGEST_SAID = 4000
"""Characters of a text of which the tokens are remembered."""


class Tokens(msgspec.Struct, frozen=True, gc=False):
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
_NUMBER = r"(?:\d{1,3}(?:(?:,\d{2,3}){0,5},\d{3}|(?:\.\d{3})+,\d{2})(?!\d)|\d+)(?:\.\d+)?"
"""With marks as in English (1,280.50), in India (1,25,000) or on the Continent (1.280,50).

Groups without end are a list, and looking to its end from each of them would take too long.
"""
RUN = re.compile(
    rf"[{_HAN}]+|{_NUMBER}"
    rf"|(?<!\*)[a-z]{{1,3}}\*\*+(?![*a-z])|{_LETTERS}(?:(?:'|\*+){_LETTERS})*"
)
"""A Latin word, a run of Chinese characters, or a number, in folded text; none holds a space."""
_PLAIN_RUN = re.compile(rf"[a-z]+(?:'[a-z]+)*|{_NUMBER}", re.ASCII)
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
_is_odd = re.compile(f"[{LOOSE}{''.join(mark for mark, _ in _TYPED)}]").search
"""Finds what makes a text one to straighten or to compose; asking once is quicker than both."""
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
    if not _is_plain(text):
        return None
    return text if text.isalpha() else unmarked(text)


def _is_plain(text: str) -> bool:
    return text[:1] >= _FIRST_HAN and only_characters().fullmatch(text) is not None


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
    """Return the tokens of `text`; their spans point into `text` as it was given.

    They are remembered: an utterance is heard, measured and judged one after another. Those of a
    text that nobody says in one breath are not, they take up fifty times the room of the text.
    """
    return _remembered(text) if len(text) <= _LONGEST_SAID else _tokenise(text)


@lru_cache(maxsize=512)
def _remembered(text: str) -> Tokens:
    return _tokenise(text)


def _tokenise(text: str) -> Tokens:
    if not text.isascii():
        if _is_plain(text):
            return _characters(text)
        if _is_odd(text) is not None:
            text = straight(text)
            whole = composed(text)
            if whole is not None:
                return _given(tokenise(whole.text), whole)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for chunk in fold(text).split(" "):
        if chunk.isascii() and len(chunk) <= _LONGEST_KEPT:
            for word, start, end in _kept(chunk):
                words.append(word)
                starts.append(at + start)
                ends.append(at + end)
        else:
            _read(chunk, at, words, starts, ends)
        at += len(chunk) + 1
    return Tokens(tuple(words), tuple(starts), tuple(ends))


def normal_form(text: str) -> str:
    """Return a text as phrases are compared with it: its tokens, with spaces between."""
    return " ".join(tokenise(text).words)


def _given(tokens: Tokens, whole: Composed) -> Tokens:
    """Return the tokens of a composed text with their places in the text as it was given."""
    starts = tuple([whole.starts[start] for start in tokens.starts])
    return Tokens(tokens.words, starts, tuple([whole.ends[end - 1] for end in tokens.ends]))


def _characters(text: str) -> Tokens:
    """Return the tokens of a text that has only marks and spaces beside its characters."""
    places = range(len(text))
    if text.isalpha():
        return Tokens(tuple(text), tuple(places), tuple(range(1, len(text) + 1)))
    is_word = list(map(str.isalpha, text))
    starts = tuple(compress(places, is_word))
    return Tokens(tuple(compress(text, is_word)), starts, tuple([start + 1 for start in starts]))


@lru_cache(maxsize=16_384)
def _kept(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """Return the tokens of a piece of a folded text, each with where it begins and ends.

    No token holds a space, and most of what stands between two spaces comes again and again.
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    _read(chunk, 0, words, starts, ends)
    return tuple(zip(words, starts, ends, strict=True))


def _read(chunk: str, at: int, words: list[str], starts: list[int], ends: list[int]) -> None:
    """Add the tokens of a piece of a folded text, which begins at `at`; a run may be several."""
    for match in runs_of(chunk).finditer(chunk):
        run = match[0]
        begin, end = at + match.start(), at + match.end()
        if is_character(run[0]):
            words += run
            starts += range(begin, end)
            ends += range(begin + 1, end + 1)
            continue
        parts = (_unmarked_number(run),) if run[0].isdecimal() else expand(run)
        words += parts
        starts += (begin,) * len(parts)
        ends += (end,) * len(parts)


def _unmarked_number(run: str) -> str:
    """Return a number with a point before its decimals and no other mark."""
    if run[-3:-2] == ",":
        return run.replace(".", "").replace(",", ".")
    return run.replace(",", "")


def runs_of(folded: str) -> re.Pattern[str]:
    """Return what finds the runs in a folded text: `RUN`, or what is faster and finds the same."""
    return _PLAIN_RUN if folded.isascii() and "*" not in folded else RUN
