"""Speaks the utterances that a model for sherpa-onnx is trained on, and says when pieces begin."""

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from models.sherpa.fbank import BANDS, SILENT, fbank
from models.sherpa.pieces import Pieces
from models.tiny.channel import amplify, degrade, noise, pad
from models.tiny.corpus import PART, as_heard, draw_utterances, in_new_processes
from models.tiny.lexicon import Spelling, Timed, speller, time_words
from models.tiny.mfcc import HOP, RATE, Samples
from models.tiny.phones import Language, phone_set
from models.tiny.speech import Manner, say
from models.tiny.texts import Texts, Words, join
from models.tiny.voices import Cast, training_cast

_CLEAN, _NARROW = 0.35, 0.6
"""The share that is not degraded, and of these the share that went through 8 kHz."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the net hears, and what it should write."""

    features: npt.NDArray[np.float16]
    """[frames, 80] log energies above those of digital silence, 100 frames a second."""
    tokens: npt.NDArray[np.int64]
    """[tokens]"""
    begins: npt.NDArray[np.float64]
    """[tokens]: when each begins to sound, in seconds."""


@dataclass(frozen=True, slots=True)
class _Shard:
    """A part of a corpus, made by one process."""

    language: Language
    pieces: Pieces
    utterances: tuple[Words, ...]
    """Without words: nobody speaks."""
    seed: int
    path: Path


def make_corpus(
    texts: Texts,
    pieces: Pieces,
    parts: int,
    *,
    seed: int,
    jobs: int,
    folder: Path,
    part: int = PART,
) -> tuple[Utterance, ...]:
    """Return parts of so many utterances, spoken by `jobs` processes at a time.

    Files go to `folder` and stay there. The same seed gives the same corpus, whatever `jobs` is:
    each part comes from a new process, because the synthesiser's state outlives a sentence.
    """
    shards = [_shard(texts, pieces, part, seed * 1000 + number, folder) for number in range(parts)]
    paths = in_new_processes(_make_shard, shards, jobs)
    return tuple(utterance for path in paths for utterance in read_part(path))


def read_part(path: Path) -> list[Utterance]:
    """Return the utterances of a file that a process wrote."""
    with np.load(path) as held:
        features, tokens, begins = held["features"], held["tokens"], held["begins"]
        frames, counts = np.cumsum(held["frames"])[:-1], np.cumsum(held["counts"])[:-1]
    return [
        Utterance(*each)
        for each in zip(
            np.split(features, frames),
            np.split(tokens, counts),
            np.split(begins, counts),
            strict=True,
        )
    ]


def begins_of(words: tuple[Timed, ...], pieces: Pieces) -> tuple[list[int], list[float]]:
    """Return the tokens of timed words, and when each begins: by its share of a word's letters."""
    tokens: list[int] = []
    begins: list[float] = []
    for timed in words:
        cut, done = pieces.cut(timed.word), 0
        whole = sum(map(len, cut))
        for piece in cut:
            begins.append(timed.start + (timed.end - timed.start) * done / whole)
            done += len(piece)
        tokens += pieces.numbers(timed.word)
    return tokens, begins


def _shard(texts: Texts, pieces: Pieces, part: int, seed: int, folder: Path) -> _Shard:
    drawn = draw_utterances(texts, part, seed)
    return _Shard(texts.language, pieces, drawn, seed, folder / f"{seed}.npz")


def _make_shard(shard: _Shard) -> Path:
    cast = training_cast(shard.language)
    words = random.Random(shard.seed)
    sounds = np.random.default_rng(shard.seed)
    made: list[Utterance] = []
    babble = noise(RATE, sounds)
    for utterance in shard.utterances:
        sound, timed = _utter(utterance, shard.language, cast, words)
        if words.random() < 0.05:
            babble = sound + sounds.standard_normal(len(sound))
        if not utterance and words.random() < 0.6:
            heard = amplify(noise(len(sound), sounds), sounds.uniform(0, 52))
        elif words.random() < _CLEAN:
            heard = amplify(sound, sounds.uniform(-12, 0))
            if words.random() < _NARROW:
                heard = resample_poly(resample_poly(heard, 1, 2), 2, 1)[: len(sound)]
        else:
            heard = degrade(sound, babble, sounds)
        tokens, begins = begins_of(timed, shard.pieces)
        features = (fbank(as_heard(heard)) - SILENT).astype(np.float16)
        made.append(Utterance(features, np.array(tokens, np.int64), np.array(begins, np.float64)))
    np.savez(
        shard.path,
        features=np.concatenate([each.features for each in made]).reshape(-1, BANDS),
        tokens=np.concatenate([each.tokens for each in made]),
        begins=np.concatenate([each.begins for each in made]),
        frames=np.array([len(each.features) for each in made]),
        counts=np.array([len(each.tokens) for each in made]),
    )
    return shard.path


def _utter(
    words: Words, language: Language, cast: Cast, chance: random.Random
) -> tuple[Samples, tuple[Timed, ...]]:
    """Return an utterance at 16 kHz with silence around it, and when its words are said."""
    before, after = chance.uniform(0.05, 0.7), chance.uniform(0.05, 0.9)
    if not words:
        return np.zeros(int(RATE * chance.uniform(0.7, 2.7)) // HOP * HOP), ()
    manner = cast.manner(chance)
    text = " ".join(words) if chance.random() < 0.3 else join(words, language)
    spoken = say(text, manner)
    accent = manner.voice.partition("+")[0]
    alone = {word: _alone(language, word, accent) for word in words}
    said = time_words(tuple(phone_set(language).read(spoken.marks)), words, alone)
    moved = tuple(Timed(it.word, it.start + before, it.end + before) for it in said)
    return pad(spoken.samples, before, after), moved


@lru_cache(maxsize=20_000)
def _alone(language: Language, word: str, accent: str) -> Spelling:
    """Return the phones of a word by itself: an accent's variants speak the same ones."""
    return speller(phone_set(language), Manner(accent))(join((word,), language))
