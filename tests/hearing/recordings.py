"""The recordings and models of the checkout, for the tests of hearing."""

import json
import wave
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from callcoach.hearing.vosk import VoskEngine

MODELS = Path(__file__).resolve().parents[2] / "models"
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file holds, and what is said in it."""

    pcm: bytes
    """16 bit, little-endian, the channels one after another in each frame."""
    rate: int
    channels: int
    text: str
    words: tuple[tuple[str, float, float], ...]
    """Each word, and when it begins and ends, in seconds."""


@lru_cache
def engine(language: str) -> VoskEngine:
    """Return a tiny model, loaded once."""
    return VoskEngine(MODELS / f"tiny-{language}")


def sentence(language: str, number: int = 0, condition: str = "clean") -> Recording:
    """Return a sentence that the packs or a template make."""
    folder = MODELS / "testset" / language
    manifest: Any = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    chosen = [
        one
        for one in manifest["sentences"]
        if one["condition"] == condition and not one["is_novel"]
    ][number]
    words = tuple((it["word"], it["start"], it["end"]) for it in chosen["words"])
    return _read(folder / chosen["file"], chosen["text"], words)


def no_speech(language: str) -> Recording:
    """Return a recording in which nobody speaks."""
    folder = MODELS / "testset" / language
    manifest: Any = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return _read(folder / manifest["silent"][0], "", ())


def _read(file: Path, text: str, words: tuple[tuple[str, float, float], ...]) -> Recording:
    with wave.open(str(file)) as sound:
        pcm = sound.readframes(sound.getnframes())
        return Recording(pcm, sound.getframerate(), sound.getnchannels(), text, words)
