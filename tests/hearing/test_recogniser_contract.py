"""What every recogniser behind the port keeps to: Vosk, sherpa-onnx and the scripted one alike."""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest

from callcoach.errors import ModelError
from callcoach.hearing.heard import Final, Partial, Result, Word
from callcoach.hearing.measuring.error_rate import Errors, align
from callcoach.hearing.recogniser import Engine, Recogniser
from callcoach.hearing.sherpa import SherpaEngine
from callcoach.hearing.vosk import VoskEngine
from tests.hearing.recordings import MODELS, Recording, no_speech, sentence
from tests.hearing.scripted import ScriptedEngine

SENTENCES = range(6)
SIZES = (37, 801, 4000, 1_000_000)
"""Bytes of a block."""
SCRIPTED = "scripted"
FOLDERS: Mapping[str, tuple[Callable[[Path], Engine], str, str]] = {
    "vosk-en": (VoskEngine, "tiny-en", "en"),
    "vosk-zh": (VoskEngine, "tiny-zh", "zh"),
    "sherpa-transducer": (SherpaEngine, "tiny-sherpa-en", "en"),
    "sherpa-ctc": (SherpaEngine, "tiny-sherpa-ctc-en", "en"),
}
BOUNDS = {"vosk-en": 0.05, "vosk-zh": 0.05, "sherpa-transducer": 0.3, "sherpa-ctc": 0.3}
"""Word error rates on these clean sentences: the tiny models are fixtures, some better ones."""
NAMES = (*FOLDERS, SCRIPTED)
every_engine = pytest.mark.parametrize("name", NAMES)


@lru_cache
def engine(name: str) -> Engine:
    if name == SCRIPTED:
        return ScriptedEngine(spoken(name).words)
    load, folder, _ = FOLDERS[name]
    return load(MODELS / folder)


def spoken(name: str, number: int = 0) -> Recording:
    """Return a sentence in the language of an engine; the scripted one knows only the first."""
    if name == SCRIPTED:
        return sentence("en")
    return sentence(FOLDERS[name][2], number)


def blocks(pcm: bytes, size: int) -> Iterator[bytes]:
    for begin in range(0, len(pcm), size):
        yield pcm[begin : begin + size]


def feed(recogniser: Recogniser, pcm: bytes, size: int = 1600) -> list[Result]:
    results: list[Result] = []
    for block in blocks(pcm, size):
        results += recogniser.accept(block)
    return results


def hear(name: str, recording: Recording, size: int = 1600) -> list[Result]:
    recogniser = engine(name).recogniser(recording.rate)
    return [*feed(recogniser, recording.pcm, size), *recogniser.finish()]


@lru_cache
def heard(name: str, number: int = 0) -> tuple[Result, ...]:
    """Return what comes of a sentence, heard once for all tests."""
    return tuple(hear(name, spoken(name, number)))


def finals(results: Sequence[Result]) -> list[Final]:
    return [result for result in results if isinstance(result, Final)]


def words_of(results: Sequence[Result]) -> list[Word]:
    return [word for final in finals(results) for word in final.words]


@pytest.mark.parametrize("name", FOLDERS)
def test_speech_is_heard(name: str) -> None:
    errors = Errors()
    for number in SENTENCES:
        recording = spoken(name, number)
        words = [word.text for word in words_of(heard(name, number))]
        errors += align(recording.text.split(), words)
    assert (errors.rate or 0.0) <= BOUNDS[name], errors


@every_engine
def test_the_size_of_the_blocks_changes_nothing(name: str) -> None:
    recording = spoken(name)
    whole = hear(name, recording, SIZES[-1])
    assert finals(whole)
    for size in SIZES[:-1]:
        assert hear(name, recording, size) == whole, size


@every_engine
def test_partials_lead_to_finals_in_order(name: str) -> None:
    recording = spoken(name)
    pause = bytes(2 * recording.rate)
    recogniser = engine(name).recogniser(recording.rate)
    results = feed(recogniser, recording.pcm + pause)
    assert len(finals(results)) == 1, "a pause ends an utterance while the audio goes on"
    first = results.index(finals(results)[0])
    partials = [result for result in results[:first] if isinstance(result, Partial)]
    assert len(partials) > 1
    assert [one.text for one in partials] != [partials[0].text] * len(partials)
    assert all(one.start <= one.at for one in partials)
    at = [result.at for result in results]
    assert at == sorted(at)
    assert at[-1] <= (len(recording.pcm) + len(pause)) / 2 / recording.rate
    assert recogniser.finish() == [], "and nothing is told twice"


@every_engine
def test_times_are_in_order_and_true(name: str) -> None:
    late: list[float] = []
    for number in SENTENCES:
        recording = spoken(name, number)
        words = words_of(heard(name, number))
        edges = [edge for word in words for edge in (word.start, word.end)]
        assert edges == sorted(edges)
        assert all(0 <= word.confidence <= 1 for word in words)
        said = [text for text, _, _ in recording.words]
        same = SequenceMatcher(None, said, [word.text for word in words], autojunk=False)
        for match in same.get_matching_blocks():
            for step in range(match.size):
                _, start, _ = recording.words[match.a + step]
                late.append(abs(words[match.b + step].start - start))
    assert len(late) > 10
    late.sort()
    assert late[len(late) * 9 // 10] <= 0.2, late


@every_engine
def test_silence_and_noise_have_no_words(name: str) -> None:
    recording = no_speech("en")
    chance = Random(1)
    white = b"".join(
        chance.randrange(-300, 300).to_bytes(2, "little", signed=True) for _ in range(16_000)
    )
    for pcm in (recording.pcm, bytes(3 * 16_000), white):
        recogniser = engine(name).recogniser(recording.rate)
        assert [*feed(recogniser, pcm), *recogniser.finish()] == []


@every_engine
def test_it_goes_on_after_it_was_finished(name: str) -> None:
    recording = spoken(name)
    recogniser = engine(name).recogniser(recording.rate)
    assert recogniser.finish() == []
    turns = [[*feed(recogniser, recording.pcm), *recogniser.finish()] for _ in range(2)]
    length = len(recording.pcm) / 2 / recording.rate
    first, second = map(words_of, turns)
    assert [word.text for word in second] == [word.text for word in first] != []
    for one, other in zip(first, second, strict=True):
        assert other.start - one.start == pytest.approx(length, abs=0.1)


@every_engine
def test_half_a_sample_waits_for_its_other_half(name: str) -> None:
    recording = spoken(name)
    recogniser = engine(name).recogniser(recording.rate)
    silence = bytes(2 * recording.rate)
    results = [*recogniser.accept(silence[:-1]), *recogniser.finish()]
    results += [*feed(recogniser, silence[-1:] + recording.pcm), *recogniser.finish()]
    assert [word.text for word in words_of(results)] == [
        word.text for word in words_of(heard(name))
    ]


@every_engine
def test_voices_are_heard_side_by_side_as_alone(name: str) -> None:
    recordings = [spoken(name, number) for number in range(2)]
    alone = [list(heard(name, number)) for number in range(2)]
    with ThreadPoolExecutor(2) as pool:
        for _ in range(3):
            assert list(pool.map(lambda one: hear(name, one), recordings)) == alone


@every_engine
@pytest.mark.parametrize("rate", [0, -8000, 11_025, 44_100])
def test_a_rate_that_it_does_not_take_is_refused(name: str, rate: int) -> None:
    with pytest.raises(ModelError, match=str(rate)):
        engine(name).recogniser(rate)


@every_engine
def test_phrases_to_expect_are_taken(name: str) -> None:
    recording = spoken(name)
    recogniser = engine(name).recogniser(recording.rate, [*recording.text.split(), "a/b:2 #x", ""])
    results = [*feed(recogniser, recording.pcm), *recogniser.finish()]
    assert {word.text for word in words_of(results)} & set(recording.text.split())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@every_engine
def test_memory_stays_what_it_was(name: str) -> None:
    recording = spoken(name)
    recogniser = engine(name).recogniser(recording.rate)

    def listen(seconds: float) -> float:
        """Return the memory in use after more of the same voice, in MB."""
        for _ in range(int(seconds * 2 * recording.rate / len(recording.pcm))):
            feed(recogniser, recording.pcm)
        recogniser.finish()
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
        return pages * 4096 / 1e6

    before = listen(20)
    assert listen(40) - before < 8
