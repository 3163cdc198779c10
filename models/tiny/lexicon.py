"""Learns how the synthesiser really says each word in running speech, and finds words in time."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import numpy.typing as npt

from models.tiny.phones import SILENCE, Language, Phone, PhoneSet, phone_set
from models.tiny.speech import Manner, say
from models.tiny.texts import Texts, Words, join
from models.tiny.voices import lexicon_accents

Spelling = tuple[str, ...]
"""The phones of a word."""
Lexicon = Mapping[str, tuple["Pronunciation", ...]]

_SENTENCES = 2000
_RAREST = 0.06
"""A way of saying a word that is rarer than this share is an error of the alignment."""
_MOST = 6
"""Pronunciations of one word."""
_GAP, _SUBSTITUTION = 10, 11
"""Costs of an edit; whole numbers, so that the way back through the table is exact."""


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """One way of saying a word."""

    phones: Spelling
    weight: float
    """How often it is heard, against the most frequent way: 1 for that."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A word and when it is said, in seconds."""

    word: str
    start: float
    end: float


def learn_lexicon(texts: Texts, seed: int = 5) -> Lexicon:
    """Return the pronunciations of all words of the vocabulary, over the accents in training."""
    chance = random.Random(seed)
    sentences = tuple(
        texts.draw(chance) if chance.random() < 0.6 else texts.salad(chance)
        for _ in range(_SENTENCES)
    )
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_listen, texts.language, texts.vocabulary, sentences).result()


def _listen(language: Language, vocabulary: Words, sentences: tuple[Words, ...]) -> Lexicon:
    phones = phone_set(language)
    heard: dict[str, Counter[Spelling]] = defaultdict(Counter)
    accents = lexicon_accents(language)
    for number, accent in enumerate(accents):
        spell = speller(phones, Manner(accent))
        alone = {word: spell(join((word,), language)) for word in vocabulary}
        for word, spelling in alone.items():
            heard[word][spelling] += 2
        for words in sentences[number :: len(accents)]:
            spelling = spell(join(words, language))
            for word, (first, past) in zip(words, align(spelling, words, alone), strict=True):
                if first < past:
                    heard[word][spelling[first:past]] += 1
    return {word: _frequent(heard[word]) for word in vocabulary}


def speller(phones: PhoneSet, manner: Manner) -> Callable[[str], Spelling]:
    """Return what tells the phones of a text as one voice says it."""
    return lambda text: phones.spell(say(text, manner).marks)


def time_words(
    said: Sequence[Phone], words: Words, alone: Mapping[str, Spelling]
) -> tuple[Timed, ...]:
    """Return when each word of an utterance is said.

    `alone` has the phones of each word said by itself in the same voice.
    """
    sounding = [number for number, phone in enumerate(said) if phone.name != SILENCE]
    spelling = tuple(said[number].name for number in sounding)
    timed: list[Timed] = []
    for word, (first, past) in zip(words, align(spelling, words, alone), strict=True):
        if first == past:  # swallowed by the word before
            timed.append(
                Timed(word, timed[-1].end if timed else 0.0, timed[-1].end if timed else 0.0)
            )
            continue
        after = sounding[past - 1] + 1
        end = said[after].at if after < len(said) else said[-1].at
        timed.append(Timed(word, said[sounding[first]].at, end))
    return tuple(timed)


def align(spelling: Spelling, words: Words, alone: Mapping[str, Spelling]) -> list[tuple[int, int]]:
    """Return, for each word, the first of its phones in an utterance and the one past its last.

    The least edit distance between the utterance and its words said one by one.
    """
    expected = [(phone, number) for number, word in enumerate(words) for phone in alone[word]]
    numbers = {phone: number for number, phone in enumerate({*spelling, *dict(expected)})}
    wanted = np.array([numbers[phone] for phone, _ in expected])
    found = np.array([numbers[phone] for phone in spelling])
    differs = _SUBSTITUTION * (wanted[:, None] != found[None, :])
    costs = _edit_costs(differs)
    owners = [0] * len(spelling)
    row, column = len(expected), len(spelling)
    while column > 0:
        cost = costs[row, column]
        if row and cost == costs[row - 1, column - 1] + differs[row - 1, column - 1]:
            row, column = row - 1, column - 1
            owners[column] = expected[row][1]
        elif row and cost == costs[row - 1, column] + _GAP:
            row -= 1
        else:
            column -= 1
            owners[column] = expected[max(row - 1, 0)][1]
    spans: list[tuple[int, int]] = []
    at = 0
    for number in range(len(words)):
        past = at
        while past < len(owners) and owners[past] == number:
            past += 1
        spans.append((at, past))
        at = past
    return spans


def _edit_costs(differs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return [rows + 1, columns + 1] the least cost of every pair of beginnings."""
    rows, columns = differs.shape
    slope = _GAP * np.arange(columns + 1)
    costs = np.empty((rows + 1, columns + 1), np.int64)
    costs[0] = slope
    for row in range(rows):
        above = costs[row]
        costs[row + 1, 0] = above[0] + _GAP
        costs[row + 1, 1:] = np.minimum(above[:-1] + differs[row], above[1:] + _GAP)
        # A gap after the best beginning so far: the running minimum, each step dearer by one gap.
        costs[row + 1] = np.minimum.accumulate(costs[row + 1] - slope) + slope
    return costs


def _frequent(ways: Counter[Spelling]) -> tuple[Pronunciation, ...]:
    best, total = ways.most_common(1)[0][1], ways.total()
    return tuple(
        Pronunciation(spelling, count / best)
        for spelling, count in ways.most_common(_MOST)
        if count >= _RAREST * total
    )
