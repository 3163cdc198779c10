"""Speaks the test set: sentences clean and by telephone, two calls, and no speech at all.

The voices, and on the telephone one of the accents, are in no model's training; half of the
sentences are not made by any template. What is in the files stands in `manifest.json`.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np
from scipy.signal import resample_poly

from models.tiny.channel import TELEPHONE_RATE, add_noise, amplify, noise, pad, telephone
from models.tiny.lexicon import Spelling, Timed, speller, time_words
from models.tiny.mfcc import RATE, Samples
from models.tiny.phones import Language, phone_set
from models.tiny.speech import Manner, say
from models.tiny.templates import read_text
from models.tiny.texts import Texts, Words, join, texts
from models.tiny.transcripts import Channel, Turn, transcript
from models.tiny.voices import test_cast
from models.tiny.wav import write_wav

Condition = Literal["clean", "telephone"]

SENTENCES = 16
"""Of each condition in the test set that is checked in."""
_WIDEBAND = 2
"""So many clean sentences are files of 16 kHz; all others are of 8 kHz, which is half the size."""
_WORDS = (3, 8)
"""The shortest and the longest sentence drawn."""
_RATIOS_DB = (10.0, 15.0, 20.0)
"""Signal-to-noise ratios on the telephone."""
_LOUDNESS_DB = -6.0
_LEAD, _TAIL = 0.25, 0.35
"""Seconds of silence around a sentence."""
_CALLS = (("three_instalments", 10), ("by_voice", 4))
"""The plans that the calls follow, and how many turns of each are spoken: the demo, and one in
which everything can be told from the voices alone."""
_PAUSE, _BREATH = 0.9, 0.3
"""Seconds between two turns, and between two sentences of one turn."""
_CALLERS = {
    "en": (Manner("en-us+m5", 165), Manner("en+f3", 160)),
    "zh": (Manner("cmn-latn-pinyin+m5", 165), Manner("cmn-latn-pinyin+f3", 160)),
}
"""The agent and the customer."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to speak, and how."""

    file: str
    condition: Condition
    is_novel: bool
    """No template makes it."""
    words: Words
    manner: Manner
    rate: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sentence in the manifest."""

    file: str
    condition: Condition
    is_novel: bool
    voice: str
    text: str
    """The words with spaces between them, as Vosk writes them."""
    words: tuple[Timed, ...]


@dataclass(frozen=True, slots=True)
class RecordedTurn:
    """A turn of a call in the manifest."""

    speaker: Channel
    text: str
    start: float
    end: float
    """In seconds."""


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """A call in the manifest: the agent on the left channel, the customer on the right."""

    file: str
    plan: str
    turns: tuple[RecordedTurn, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in the files of a test set."""

    language: Language
    sentences: tuple[Recorded, ...]
    calls: tuple[RecordedCall, ...]
    silent: tuple[str, ...]
    """Files in which nobody speaks."""


def write_testset(
    language: Language,
    folder: Path,
    *,
    sentences: int = SENTENCES,
    seed: int = 2026,
    report: Callable[[str], None],
) -> None:
    """Write the WAV files and the manifest of a test set with so many sentences a condition."""
    folder.mkdir(parents=True, exist_ok=True)
    said = texts(language)
    chosen = tuple(_choose(said, sentences, Random(seed)))
    calls = tuple(
        (plan, tuple(_cut(turn, said) for turn in transcript(plan, language)[:turns]))
        for plan, turns in _CALLS
    )
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        manifest = pool.submit(_speak, language, folder, chosen, calls, seed).result()
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.iterdir())
    report(
        f"{folder}: {len(manifest.sentences)} sentences, {len(calls)} calls, {size / 1000:.0f} kB"
    )


_CutTurn = tuple[Channel, tuple[Words, ...]]
"""A turn with its sentences cut into words."""


def _cut(turn: Turn, said: Texts) -> _CutTurn:
    return turn.speaker, tuple(said.cut(sentence) for sentence in turn.sentences)


def _choose(said: Texts, count: int, chance: Random) -> Iterator[Sentence]:
    novel = [said.cut(sentence) for sentence in read_text(f"novel_{said.language}.txt")]
    conditions: tuple[Condition, ...] = ("clean", "telephone")
    for part, condition in enumerate(conditions):
        cast = test_cast(said.language, is_telephone=condition == "telephone")
        mine = novel[part::2]
        for number in range(count):
            is_novel = number % 2 == 1 and number // 2 < len(mine)
            wideband = condition == "clean" and number < _WIDEBAND
            manner = replace(cast.manner(chance), gap=0)
            yield Sentence(
                file=f"{condition}-{number:02}.wav",
                condition=condition,
                is_novel=is_novel,
                words=mine[number // 2] if is_novel else _draw(said, chance),
                manner=manner,
                rate=RATE if wideband else TELEPHONE_RATE,
            )


def _draw(said: Texts, chance: Random) -> Words:
    shortest, longest = _WORDS
    while not shortest <= len(words := said.draw(chance)) <= longest:
        pass
    return words


def _speak(
    language: Language,
    folder: Path,
    sentences: tuple[Sentence, ...],
    calls: tuple[tuple[str, tuple[_CutTurn, ...]], ...],
    seed: int,
) -> Manifest:
    chance = np.random.default_rng(seed)
    recorded = tuple(_record(language, folder, sentence, chance) for sentence in sentences)
    spoken = tuple(
        _record_call(language, folder / f"call-{number}.wav", plan, turns)
        for number, (plan, turns) in enumerate(calls)
    )
    silent = "silent.wav"
    quiet = np.concatenate([np.zeros(2 * RATE), amplify(noise(4 * RATE, chance), 46.0)])
    write_wav(folder / silent, [telephone(quiet)], TELEPHONE_RATE)
    return Manifest(language, recorded, spoken, (silent,))


def _record(
    language: Language, folder: Path, sentence: Sentence, chance: np.random.Generator
) -> Recorded:
    sound, words = _utter(language, sentence.words, sentence.manner)
    spoken = sound[: int(words[-1].end * RATE)]  # the synthesiser adds half a second of nothing
    sound = amplify(pad(spoken, _LEAD, _TAIL), _LOUDNESS_DB)
    if sentence.condition == "telephone":
        sound = telephone(add_noise(sound, chance.choice(_RATIOS_DB), chance))
    elif sentence.rate != RATE:
        sound = resample_poly(sound, sentence.rate, RATE)
    write_wav(folder / sentence.file, [sound], sentence.rate)
    return Recorded(
        sentence.file,
        sentence.condition,
        sentence.is_novel,
        sentence.manner.voice,
        " ".join(sentence.words),
        _moved(words, _LEAD),
    )


def _record_call(
    language: Language, path: Path, plan: str, turns: tuple[_CutTurn, ...]
) -> RecordedCall:
    placed: list[tuple[Channel, float, Samples]] = []
    written: list[RecordedTurn] = []
    agent, customer = _CALLERS[language]
    now = 0.5
    for speaker, sentences in turns:
        start = now
        for words in sentences:
            sound, timed = _utter(language, words, agent if speaker == "agent" else customer)
            placed.append((speaker, now, sound))
            end = now + timed[-1].end
            now = end + _BREATH
        text = " ".join(word for words in sentences for word in words)
        written.append(RecordedTurn(speaker, text, round(start, 3), round(end, 3)))
        now = end + _PAUSE
    channels: list[Samples] = []
    for side in ("agent", "customer"):
        channel = np.zeros(int((now + 0.5) * RATE))
        for speaker, start, sound in placed:
            if speaker == side:
                first = int(start * RATE)
                fitting = sound[: len(channel) - first]
                channel[first : first + len(fitting)] += fitting
        channels.append(amplify(telephone(channel), _LOUDNESS_DB))
    write_wav(path, channels, TELEPHONE_RATE)
    return RecordedCall(path.name, plan, tuple(written))


def _utter(language: Language, words: Words, manner: Manner) -> tuple[Samples, tuple[Timed, ...]]:
    """Return a sentence at 16 kHz, and when its words are said."""
    phones = phone_set(language)
    spoken = say(join(words, language), manner)
    alone = {word: _alone(language, word, manner) for word in words}
    return spoken.samples, time_words(tuple(phones.read(spoken.marks)), words, alone)


@lru_cache(maxsize=10_000)
def _alone(language: Language, word: str, manner: Manner) -> Spelling:
    return speller(phone_set(language), manner)(join((word,), language))


def _moved(words: tuple[Timed, ...], by: float) -> tuple[Timed, ...]:
    return tuple(
        Timed(timed.word, round(timed.start + by, 3), round(timed.end + by, 3)) for timed in words
    )
