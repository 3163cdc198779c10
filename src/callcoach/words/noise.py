"""Corrupts text as a recogniser of telephone speech might, to measure what that costs.

The noise is synthetic. Its shares of errors are guesses at those of real recognisers, and part of
its errors is of kinds that tolerant matching can hardly undo (words taken at random, deletions,
insertions); still, figures measured with it compare methods and do not predict a recogniser.
Chinese: 56 % homophones (four in five of the same tone), 24 % near homophones (a third of them
outside of the classes of `words.pinyin`), 10 % deletions, 5 % insertions, 5 % other characters.
English: 70 % other words, of which a sixth is taken at random and the rest are neighbours by
letters, homophones, splits and joins; 15 % deletions, 15 % insertions.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from callcoach.words.normalise import is_character
from callcoach.words.pinyin import near, split, syllables, table

_PIECE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|\s+|[^\w\s]+|_")
_ALIKE = (
    ("a", "the", "uh", "of"),
    ("and", "in", "an", "end"),
    ("is", "as", "his", "it's"),
    ("to", "two", "too", "do"),
    ("there", "their", "they're"),
    ("your", "you're", "you", "or"),
    ("are", "our", "or", "her"),
    ("for", "four", "from", "or"),
    ("can", "can't", "and", "could"),
    ("we", "he", "you", "me"),
    ("i", "i'll", "i'd", "a", "i've"),
    ("will", "we'll", "would", "well"),
    ("this", "that", "the", "these"),
    ("have", "of", "had", "has"),
    ("with", "will", "which"),
    ("pay", "paid", "bay"),
    ("no", "know", "now"),
    ("by", "buy", "bye"),
)
"""Short words that recognisers of English confuse most."""


class Noise:
    """A model of errors over a vocabulary; it has no state, the caller's `Random` decides."""

    def __init__(self, words: Mapping[str, int] | Iterable[str]) -> None:
        """Take the words that may be written for others, with their counts where known."""
        counts = words if isinstance(words, Mapping) else dict.fromkeys(words, 1)
        self._counts = {word.lower(): count for word, count in counts.items() if word.isalpha()}
        self._counts = self._counts or {"the": 1}
        self._all = tuple(self._counts)
        self._weights = tuple(self._counts.values())
        self._alike: dict[str, tuple[str, ...]] = {}
        for group in _ALIKE:
            for word in group:
                others = tuple(other for other in group if other != word)
                self._alike[word] = (*self._alike.get(word, ()), *others)
        self._variants: dict[str, list[str]] = {}
        for word in self._counts:
            for variant in _shortened(word):
                self._variants.setdefault(variant, []).append(word)

    def corrupt(self, text: str, rate: float, random: Random) -> str:
        """Return `text` with errors in about `rate` (0 to 1) of its words and characters.

        Above 0 it also loses case and punctuation, as recognisers write. The same text, rate and
        state of `random` give the same result.
        """
        if rate <= 0:
            return text
        pieces = _pieces(text)
        written: list[_Piece] = []
        joined = False
        for at, piece in enumerate(pieces):
            if joined:
                joined = False
            elif random.random() >= rate:
                written.append(_Piece(_without_apostrophe(piece.text, rate, random), piece.kind))
            elif piece.kind == "han":
                written += (_Piece(char, "han") for char in _misheard(piece.text, random))
            elif piece.kind == "number":
                written.append(_Piece(_other_digit(piece.text, random), "number"))
            else:
                follower = pieces[at + 1].text if at + 1 < len(pieces) else ""
                if piece.text + follower in self._counts and follower and random.random() < 0.5:
                    joined = True
                    written.append(_Piece(piece.text + follower, "word"))
                else:
                    written += (_Piece(word, "word") for word in self._other(piece.text, random))
        return _spaced(written, random)

    def _other(self, word: str, random: Random) -> tuple[str, ...]:
        """Return what is written for a word that went wrong."""
        chance = random.random()
        if chance < 0.15:
            return ()
        if chance < 0.30:
            return (word, self._any(random)) if random.random() < 0.5 else (self._any(random), word)
        if chance < 0.42:
            return (self._any(random),)
        if word in self._alike and random.random() < 0.7:
            return (random.choice(self._alike[word]),)
        if random.random() < 0.1 and (halves := self._halves(word)):
            return halves
        neighbours = self._neighbours(word)
        if not neighbours:
            return (self._any(random),)
        weights = [
            self._counts[other] ** 0.5 / (1 + (other[0] != word[0]) + abs(len(other) - len(word)))
            for other in neighbours
        ]
        return (random.choices(neighbours, weights)[0],)

    def _any(self, random: Random) -> str:
        return random.choices(self._all, self._weights)[0]

    def _halves(self, word: str) -> tuple[str, ...]:
        """Return a word as two known ones, nothing where that is not possible."""
        for at in range(2, len(word) - 1):
            if word[:at] in self._counts and word[at:] in self._counts:
                return word[:at], word[at:]
        return ()

    def _neighbours(self, word: str) -> tuple[str, ...]:
        """Return the known words that differ in two letters at most, in one where short."""
        found = {
            other: None for variant in _shortened(word) for other in self._variants.get(variant, ())
        }
        found.pop(word, None)
        most = 1 if len(word) < 4 else 2
        return tuple(other for other in found if abs(len(other) - len(word)) <= most)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    kind: str
    """`han`, `word` or `number`."""


def _pieces(text: str) -> list[_Piece]:
    """Return the words, numbers and Chinese characters of a text, in lower case."""
    pieces: list[_Piece] = []
    for found in _PIECE.findall(text.lower().replace("’", "'")):
        if found[0].isdecimal():
            pieces.append(_Piece(found, "number"))
        elif found[0].isalpha():
            run = ""
            for char in found:
                if is_character(char):
                    pieces += [_Piece(run, "word")] * bool(run)
                    run = ""
                    pieces.append(_Piece(char, "han"))
                else:
                    run += char
            pieces += [_Piece(run, "word")] * bool(run)
    return pieces


def _spaced(pieces: list[_Piece], random: Random) -> str:
    """Return the pieces with spaces between words, and now and then between characters."""
    text = ""
    for before, piece in zip([None, *pieces], pieces, strict=False):
        is_run = before is not None and before.kind == piece.kind == "han"
        if before is not None and (not is_run or random.random() < 0.55):
            text += " "
        text += piece.text
    return text


def _without_apostrophe(word: str, rate: float, random: Random) -> str:
    return word.replace("'", "") if "'" in word and random.random() < rate else word


def _other_digit(number: str, random: Random) -> str:
    at = random.randrange(len(number))
    if not number[at].isdecimal():
        return number
    return number[:at] + random.choice("0123456789") + number[at + 1 :]


@lru_cache(maxsize=65536)
def _shortened(word: str) -> tuple[str, ...]:
    """Return a word and what is left of it without any one letter."""
    return (word, *dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word))))


def _misheard(char: str, random: Random) -> str:
    """Return what is written for a Chinese character that went wrong: none, one or two."""
    chance = random.random()
    if chance < 0.10:
        return ""
    if chance < 0.15:
        return char + _any_character(random)
    if chance < 0.20 or not syllables(char):
        return _any_character(random)
    reading = random.choice(table().readings[char])
    if chance < 0.44:
        others = _near_or_odd(reading.syllable, random)
        return _by_frequency(_all_tones(random.choice(others)), random) if others else char
    tones = table().characters.get(reading.syllable, {})
    same = tones.get(reading.tone, "").replace(char, "")
    if not same or random.random() < 0.2:
        same = _all_tones(reading.syllable).replace(char, "")
    return _by_frequency(same, random) if same else _any_character(random)


def _near_or_odd(syllable: str, random: Random) -> list[str]:
    """Return near syllables or, one time in three, such as share only the initial or the final."""
    if random.random() < 2 / 3 and (found := near(syllable)):
        return sorted(found)
    initial, final = split(syllable)
    return [
        other
        for other in table().characters
        if other != syllable and other not in near(syllable) and _shares(other, initial, final)
    ]


def _shares(syllable: str, initial: str, final: str) -> bool:
    begins, ends = split(syllable)
    return begins == initial or ends == final


def _all_tones(syllable: str) -> str:
    """Return the characters of a syllable, those of each tone by falling frequency in turn."""
    tones = table().characters.get(syllable, {})
    return "".join(
        found
        for rank in range(12)
        for found in (chars[rank : rank + 1] for chars in tones.values())
    )


def _by_frequency(chars: str, random: Random) -> str:
    """Return one of some characters, the first ones much more often."""
    return random.choices(chars, [1 / (rank + 1) for rank in range(len(chars))])[0]


def _any_character(random: Random) -> str:
    """Return a frequent character of any sound."""
    chars = _all_tones(random.choice(tuple(table().characters)))
    return _by_frequency(chars, random)
