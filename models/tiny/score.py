"""Decodes a test set with Vosk and counts the words that came out wrong."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from vosk import KaldiRecognizer

from callcoach.hearing.measuring.error_rate import Errors, align
from callcoach.hearing.measuring.trial import read_voice
from models.tiny.lexicon import Timed

CHUNK = 0.1
"""Seconds of audio handed over at once."""


def word_errors(pairs: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Errors:
    """Return the errors of pairs of what was said and what was heard, word by word."""
    return sum((align(said, heard) for said, heard in pairs), Errors())


def decode(model: Any, path: Path, channel: int = 0) -> tuple[Timed, ...]:
    """Return the words that a Vosk model hears in one channel of a 16-bit WAV file."""
    rate, samples = read_voice(path, channel)
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
