"""The recordings and models of the checkout, for the tests of hearing."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from callcoach.hearing.measuring.trial import read_voice
from callcoach.hearing.vosk import VoskEngine

MODELS = Path(__file__).resolve().parents[2] / "models"
SETS = MODELS / "testset"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file holds, and what is said in it."""

    pcm: bytes
    """16 bit, little-endian, one channel."""
    rate: int
    text: str
    words: tuple[tuple[str, float, float], ...]
    """Each word, and when it begins and ends, in seconds."""


@lru_cache
def engine(language: str) -> VoskEngine:
    """Return a tiny model, loaded once."""
    return VoskEngine(MODELS / f"tiny-{language}")


def sentence(language: str, number: int = 0, condition: str = "clean") -> Recording:
    """Return a sentence that the packs or a template make."""
    chosen = [
        one
        for one in _manifest(language)["sentences"]
        if one["condition"] == condition and not one["is_novel"]
    ][number]
    words = tuple((it["word"], it["start"], it["end"]) for it in chosen["words"])
    return _read(SETS / language / chosen["file"], chosen["text"], words)


def no_speech(language: str) -> Recording:
    """Return a recording in which nobody speaks."""
    return _read(SETS / language / _manifest(language)["silent"][0], "", ())


@lru_cache
def _manifest(language: str) -> Any:
    return json.loads((SETS / language / "manifest.json").read_text(encoding="utf-8"))


def _read(file: Path, text: str, words: tuple[tuple[str, float, float], ...]) -> Recording:
    rate, pcm = read_voice(file)
    return Recording(pcm, rate, text, words)
