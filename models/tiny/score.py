"""Decodes a test set with Vosk and counts the words that came out wrong."""

import json
import wave
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vosk import KaldiRecognizer

from models.tiny.lexicon import Timed

CHUNK = 0.1
"""Seconds of audio handed over at once."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Words wrong, missing or too many, among all that were said."""

    wrong: int
    said: int

    @property
    def rate(self) -> float:
        """Return the word error rate."""
        return self.wrong / self.said if self.said else 0.0


def word_errors(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Errors:
    """Return the errors of pairs of what was said and what was heard."""
    wrong = said = 0
    for reference, heard in pairs:
        wrong += _distance(reference, heard)
        said += len(reference)
    return Errors(wrong, said)


def decode(model: Any, path: Path, channel: int = 0) -> tuple[Timed, ...]:
    """Return the words that a Vosk model hears in one channel of a 16-bit WAV file."""
    with wave.open(str(path)) as file:
        rate, channels = file.getframerate(), file.getnchannels()
        sound = memoryview(file.readframes(file.getnframes())).cast("h")
    samples = sound[channel::channels].tobytes()
    recogniser = KaldiRecognizer(model, rate)
    recogniser.SetWords(True)
    words: list[Timed] = []
    step = 2 * int(rate * CHUNK)
    for start in range(0, len(samples), step):
        if recogniser.AcceptWaveform(samples[start : start + step]):
            words += _words(recogniser.Result())
    return (*words, *_words(recogniser.FinalResult()))


def _words(result: str) -> Iterable[Timed]:
    heard = json.loads(result)
    return [Timed(word["word"], word["start"], word["end"]) for word in heard.get("result", ())]


def _distance(reference: Sequence[str], heard: Sequence[str]) -> int:
    row = list(range(len(heard) + 1))
    for number, word in enumerate(reference, 1):
        diagonal, row[0] = row[0], number
        for column, other in enumerate(heard, 1):
            cost = min(row[column] + 1, row[column - 1] + 1, diagonal + (word != other))
            diagonal, row[column] = row[column], cost
    return row[-1]
