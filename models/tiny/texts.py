"""Draws the sentences that a model is trained on, and knows all of their words."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from models.tiny.lines import Lines, shipped_lines
from models.tiny.phones import Language
from models.tiny.segment import Segmenter, segmenter
from models.tiny.spoken import words_of
from models.tiny.templates import Templates, read_text, templates

Words = tuple[str, ...]

_SAID_AS = {"ms": "miz", "wechat": "weechat"}
"""What espeak-ng reads by its letters, or wrongly, and how to write it so that it does not."""
_DRAWS = 20_000
"""Sentences after which every word of the slots and of the lines' facts has been seen."""
_LONGEST = 14
"""Words of one training sentence: a longer line is said in pieces, as people breathe."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What is said in a language."""

    language: Language
    vocabulary: Words
    """In alphabetical order."""
    _lines: Lines | None
    _templates: Templates
    _cutter: Segmenter | None

    def draw(self, chance: random.Random) -> Words:
        """Return a sentence: half of them the packs', half of them the templates'."""
        if self._lines is not None and chance.random() < 0.5:
            written = self._lines.rendered(chance)
            said = words_of(written, self.language)
        else:
            said = self._templates.draw(chance)
        return _piece(self.cut(said), chance) if said else self.draw(chance)

    def salad(self, chance: random.Random) -> Words:
        """Return up to eight words in no order, so that the net hears every phone after any."""
        return tuple(chance.choice(self.vocabulary) for _ in range(chance.randint(2, 8)))

    def cut(self, said: str) -> Words:
        """Return the words of a sentence: between spaces, or by the Chinese word list."""
        if self._cutter is None:
            return tuple(said.split())
        return tuple(self._cutter.cut(said.replace(" ", "")))


def join(words: Iterable[str], language: Language) -> str:
    """Return words as the synthesiser takes them for a sentence."""
    separator = " " if language == "en" else ""
    return separator.join(_SAID_AS.get(word, word) for word in words)


def texts(language: Language) -> Texts:
    """Return what is said in the shipped packs' calls and in the templates of a language."""
    cutter = segmenter(_chinese_words()) if language == "zh" else None
    lines = shipped_lines(language)
    known = templates(language)
    bare = Texts(language, (), lines, known, cutter)
    chance = random.Random(0)
    said = [*lines.all_words(chance), *(known.draw(chance) for _ in range(_DRAWS))]
    said += (words_of(lines.rendered(chance), language) for _ in range(_DRAWS))
    vocabulary = tuple(sorted({word for sentence in said for word in bare.cut(sentence)}))
    return Texts(language, vocabulary, lines, known, cutter)


def texts_of(language: Language, sentences: Iterable[str]) -> Texts:
    """Return texts of a few sentences alone; Chinese ones come with spaces between the words."""
    given = tuple(sentences)
    vocabulary = tuple(sorted({word for sentence in given for word in sentence.split()}))
    cutter = segmenter(vocabulary) if language == "zh" else None
    return Texts(language, vocabulary, None, Templates(given, {}), cutter)


def _chinese_words() -> list[str]:
    return [word for line in read_text("zh_words.txt") for word in line.split()]


def _piece(words: Words, chance: random.Random) -> Words:
    if len(words) <= _LONGEST:
        return words
    start = chance.choice((0, chance.randrange(len(words) - _LONGEST + 1)))
    return words[start : start + chance.randint(_LONGEST // 2, _LONGEST)]
