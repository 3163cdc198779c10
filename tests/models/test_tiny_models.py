"""The models that are checked in hear the test set that is checked in, each within its bounds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from vosk import Model, SetLogLevel

from models.tiny.lexicon import Timed
from models.tiny.package import size_of
from models.tiny.phones import Language
from models.tiny.score import decode, word_errors
from models.tiny.texts import texts
from models.tiny.transcripts import transcript

MODELS = Path(__file__).resolve().parents[2] / "models"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
BOUNDS = {
    ("clean", "made"): 0.01,
    ("telephone", "made"): 0.03,
    ("clean", "novel"): 0.08,
    ("telephone", "novel"): 0.15,
}
"""The word error rates that a model may have; no template makes the novel sentences."""
CALL_BOUND = 0.04


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of the test set, and what a model made of it."""

    file: str
    condition: str
    origin: str
    """`made` by a template or a pack, or `novel`."""
    said: list[str]
    times: tuple[Timed, ...]
    words: tuple[Timed, ...]


@lru_cache
def manifest(language: Language) -> Any:
    path = MODELS / "testset" / language / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache
def model(language: Language) -> Model:
    SetLogLevel(-1)
    return Model(str(MODELS / f"tiny-{language}"))


def listen(language: Language, file: str, channel: int = 0) -> tuple[Timed, ...]:
    return decode(model(language), MODELS / "testset" / language / file, channel)


@lru_cache
def heard(language: Language) -> tuple[Heard, ...]:
    return tuple(
        Heard(
            sentence["file"],
            sentence["condition"],
            "novel" if sentence["is_novel"] else "made",
            sentence["text"].split(),
            tuple(Timed(**word) for word in sentence["words"]),
            listen(language, sentence["file"]),
        )
        for sentence in manifest(language)["sentences"]
    )


def sides(language: Language) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the file, channel and words of each side of each call."""
    for call in manifest(language)["calls"]:
        for channel, speaker in enumerate(("agent", "customer")):
            turns = [turn["text"] for turn in call["turns"] if turn["speaker"] == speaker]
            yield call["file"], channel, " ".join(turns).split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_is_smaller_than_a_megabyte(language: Language) -> None:
    assert size_of(MODELS / f"tiny-{language}") < 1_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_knows_every_word_of_the_demo(language: Language) -> None:
    listed = (MODELS / f"tiny-{language}" / "graph" / "words.txt").read_text(encoding="utf-8")
    known = {line.split()[0] for line in listed.splitlines()}
    said = texts(language)
    for turn in transcript("three_instalments", language):
        for sentence in turn.sentences:
            assert set(said.cut(sentence)) <= known, sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("condition", "origin"), BOUNDS)
def test_voices_kept_back_are_heard(language: Language, condition: str, origin: str) -> None:
    kind = (condition, origin)
    chosen = [each for each in heard(language) if (each.condition, each.origin) == kind]
    errors = word_errors((each.said, [word.word for word in each.words]) for each in chosen)
    assert errors.said > 30
    assert (errors.rate or 0) <= BOUNDS[kind], errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_come_at_their_times(language: Language) -> None:
    early_or_late = [
        abs(found.start - true.start)
        for each in heard(language)
        if each.said == [word.word for word in each.words]
        for found, true in zip(each.words, each.times, strict=True)
    ]
    early_or_late.sort()
    assert len(early_or_late) > 100
    assert early_or_late[len(early_or_late) // 2] < 0.05
    assert early_or_late[len(early_or_late) * 95 // 100] < 0.15


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_side_of_a_call_is_heard_on_its_channel(language: Language) -> None:
    errors = word_errors(
        (said, [word.word for word in listen(language, file, channel)])
        for file, channel, said in sides(language)
    )
    assert errors.said > 120
    assert (errors.rate or 0) <= CALL_BOUND, errors


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_and_noise_have_no_words(language: Language) -> None:
    assert [listen(language, file) for file in manifest(language)["silent"]] == [()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_file_is_heard_the_same_again(language: Language) -> None:
    first = heard(language)[0]
    assert listen(language, first.file) == first.words
