"""Speaks, degrades and labels the utterances that a model is trained on, in child processes."""

import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from models.tiny.channel import amplify, degrade, noise, pad
from models.tiny.mfcc import HOP, RATE, WINDOW, Features, Samples, mfcc
from models.tiny.phones import SILENCE, Language, Phone, PhoneSet, phone_set
from models.tiny.speech import say
from models.tiny.texts import Texts, Words, join
from models.tiny.voices import Cast, training_cast

_SENTENCE, _SALAD = 0.70, 0.94
"""Up to the first share of all utterances are sentences, up to the second words in no order; the
rest have no speech in them."""
_CLEAN = 0.12
"""The share that is not degraded."""
PART = 1000
"""Utterances that one process speaks."""
_LOUDEST = 32767

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Utterances as the net sees them, one after another."""

    features: npt.NDArray[np.float16]
    """[frames, 40] at 100 frames a second."""
    labels: npt.NDArray[np.uint8]
    """[frames]: the number of the phone that sounds at each frame's centre."""
    lengths: npt.NDArray[np.int64]
    """[utterances], in frames."""

    @property
    def hours(self) -> float:
        """Return how long it is."""
        return len(self.labels) * HOP / RATE / 3600


@dataclass(frozen=True, slots=True)
class _Shard:
    """A part of a corpus, made by one process."""

    language: Language
    utterances: tuple[Words, ...]
    """Without words: nobody speaks."""
    seed: int
    path: Path


def make_corpus(
    texts: Texts, parts: int, *, seed: int, jobs: int, folder: Path, part: int = PART
) -> Corpus:
    """Return a corpus of parts of so many utterances, spoken by `jobs` processes at a time.

    Files go to `folder` and stay there. The same seed gives the same corpus, whatever `jobs` is:
    each part comes from a new process, because the synthesiser's state outlives a sentence.
    """
    shards = [_shard(texts, part, seed * 1000 + number, folder) for number in range(parts)]
    return _join(in_new_processes(_make_shard, shards, jobs))


def in_new_processes(make: Callable[[S], Path], shards: Iterable[S], jobs: int) -> list[Path]:
    """Return what `make` makes of each shard, in a process of its own, `jobs` at a time."""
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, max_tasks_per_child=1) as pool:
        return list(pool.map(make, shards))


def draw_utterances(texts: Texts, count: int, seed: int) -> tuple[Words, ...]:
    """Return what is to be said, most of it sentences; without words, nobody speaks."""
    chance = random.Random(seed)
    return tuple(_draw(texts, chance) for _ in range(count))


def label(phones: Sequence[Phone], frames: int, numbers: PhoneSet) -> npt.NDArray[np.uint8]:
    """Return [frames] the phone that sounds at the centre of each frame."""
    starts = np.array([phone.at for phone in phones])
    names = np.array([numbers.numbers[phone.name] for phone in phones])
    centres = (np.arange(frames) * HOP + WINDOW / 2) / RATE
    current = np.clip(np.searchsorted(starts, centres, "right") - 1, 0, None)
    return names[current].astype(np.uint8)


def as_heard(sound: Samples) -> Samples:
    """Return samples as a 16-bit file holds them."""
    return np.clip(np.round(sound), -_LOUDEST - 1, _LOUDEST)


def _shard(texts: Texts, part: int, seed: int, folder: Path) -> _Shard:
    drawn = draw_utterances(texts, part, seed)
    return _Shard(texts.language, drawn, seed, folder / f"{seed}.npz")


def _draw(texts: Texts, chance: random.Random) -> Words:
    share = chance.random()
    if share < _SENTENCE:
        return texts.draw(chance)
    return texts.salad(chance) if share < _SALAD else ()


def _make_shard(shard: _Shard) -> Path:
    phones, cast = phone_set(shard.language), training_cast(shard.language)
    words = random.Random(shard.seed)
    sounds = np.random.default_rng(shard.seed)
    features: list[Features] = []
    labels: list[npt.NDArray[np.uint8]] = []
    babble = noise(RATE, sounds)
    for utterance in shard.utterances:
        sound, said = _utter(utterance, shard.language, cast, phones, words)
        if words.random() < 0.05:
            babble = sound + sounds.standard_normal(len(sound))
        if not utterance and words.random() < 0.6:
            heard = amplify(noise(len(sound), sounds), sounds.uniform(0, 52))
        elif words.random() < _CLEAN:
            heard = amplify(sound, sounds.uniform(-12, 0))
        else:
            heard = degrade(sound, babble, sounds)
        cepstra = mfcc(as_heard(heard))
        features.append(cepstra)
        labels.append(label(said, len(cepstra), phones))
    np.savez(
        shard.path,
        features=np.concatenate(features).astype(np.float16),
        labels=np.concatenate(labels),
        lengths=np.array([len(part) for part in labels]),
    )
    return shard.path


def _utter(
    words: Words, language: Language, cast: Cast, phones: PhoneSet, chance: random.Random
) -> tuple[Samples, tuple[Phone, ...]]:
    """Return an utterance at 16 kHz with silence around it, and its phones."""
    before, after = chance.uniform(0.05, 0.7), chance.uniform(0.05, 0.9)
    opening = Phone(0.0, SILENCE)
    if not words:
        return np.zeros(int(RATE * chance.uniform(0.7, 2.7))), (opening,)
    # Chinese with spaces is said word by word, without them as a sentence; both occur.
    text = " ".join(words) if chance.random() < 0.3 else join(words, language)
    spoken = say(text, cast.manner(chance))
    said = tuple(Phone(phone.at + before, phone.name) for phone in phones.read(spoken.marks))
    return pad(spoken.samples, before, after), (opening, *said)


def _join(paths: Sequence[Path]) -> Corpus:
    features, labels, lengths = [], [], []
    for path in paths:
        with np.load(path) as part:
            features.append(part["features"])
            labels.append(part["labels"])
            lengths.append(part["lengths"])
    return Corpus(np.concatenate(features), np.concatenate(labels), np.concatenate(lengths))
