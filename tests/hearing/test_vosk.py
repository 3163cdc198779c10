"""The real Vosk, with the tiny models: what it hears, and what it is kept from."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from callcoach.errors import ModelError
from callcoach.hearing.heard import Final, Partial, Result
from callcoach.hearing.models.folder import UnfitModel
from callcoach.hearing.recogniser import Recogniser
from callcoach.hearing.vosk import VoskEngine
from tests.hearing.recordings import LANGUAGES, MODELS, Recording, engine, no_speech, sentence

BLOCK = 0.05
"""Seconds."""


def blocks(pcm: bytes, size: int) -> Iterator[bytes]:
    for begin in range(0, len(pcm), size):
        yield pcm[begin : begin + size]


def hear(recogniser: Recogniser, recording: Recording, size: int | None = None) -> list[Result]:
    """Return everything that comes of a recording, fed in blocks of `size` bytes."""
    results: list[Result] = []
    for block in blocks(recording.pcm, size or 2 * int(recording.rate * BLOCK)):
        results += recogniser.accept(block)
    return [*results, *recogniser.finish()]


def finals(results: Sequence[Result]) -> list[Final]:
    return [result for result in results if isinstance(result, Final)]


@pytest.mark.parametrize("condition", ["clean", "telephone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_heard_word_for_word(language: str, condition: str) -> None:
    recording = sentence(language, condition=condition)
    heard = finals(hear(engine(language).recogniser(recording.rate), recording))
    assert " ".join(final.text for final in heard) == recording.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_stand_at_their_times(language: str) -> None:
    recording = sentence(language)
    heard = finals(hear(engine(language).recogniser(recording.rate), recording))
    words = [word for final in heard for word in final.words]
    assert len(words) == len(recording.words)
    late = [
        abs(word.start - start) for word, (_, start, _) in zip(words, recording.words, strict=True)
    ]
    assert sorted(late)[len(late) // 2] < 0.06
    assert max(late) < 0.25
    assert all(0 <= word.confidence <= 1 for word in words)


def test_partials_come_before_the_final_and_are_another_type() -> None:
    recording = sentence("en")
    results = hear(engine("en").recogniser(recording.rate), recording)
    first = next(at for at, result in enumerate(results) if isinstance(result, Final))
    partials = [result for result in results[:first] if isinstance(result, Partial)]
    assert len(partials) > 1
    assert [one.at for one in partials] == sorted(one.at for one in partials)
    assert len({one.text for one in partials}) == len(partials), "only what is new is told"


@pytest.mark.parametrize("size", [1, 333, 801, 4001, 1_000_000])
def test_the_same_sound_gives_the_same_results_whatever_it_comes_in(size: int) -> None:
    recording = sentence("en", condition="telephone")
    whole = hear(engine("en").recogniser(recording.rate), recording)
    assert hear(engine("en").recogniser(recording.rate), recording, size) == whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_speaks_there_are_no_words(language: str) -> None:
    recording = no_speech(language)
    assert hear(engine(language).recogniser(recording.rate), recording) == []


def test_a_pause_ends_an_utterance_while_the_audio_goes_on() -> None:
    recording = sentence("en")
    quiet = bytes(2 * recording.rate)
    recogniser = engine("en").recogniser(recording.rate)
    results: list[Result] = []
    for block in blocks(recording.pcm + quiet, 2 * int(recording.rate * BLOCK)):
        results += recogniser.accept(block)
    assert [one.text for one in finals(results)] == [recording.text]
    assert recogniser.finish() == []


def test_times_go_on_after_an_utterance() -> None:
    recording = sentence("en")
    recogniser = engine("en").recogniser(recording.rate)
    first, second = (finals(hear(recogniser, recording)) for _ in range(2))
    length = len(recording.pcm) / 2 / recording.rate
    assert second[0].text == first[0].text
    assert second[0].start - first[0].start == pytest.approx(length, abs=0.1)


def test_recognisers_of_one_model_work_side_by_side() -> None:
    recordings = [sentence("en", number) for number in range(4)]
    alone = [finals(hear(engine("en").recogniser(one.rate), one)) for one in recordings]
    with ThreadPoolExecutor(4) as pool:
        together = pool.map(
            lambda one: finals(hear(engine("en").recogniser(one.rate), one)), recordings
        )
        assert list(together) == alone


def test_expected_words_keep_others_out() -> None:
    recording = sentence("en")
    recogniser = engine("en").recogniser(recording.rate, ["monday", "tuesday"])
    words = {word.text for final in finals(hear(recogniser, recording)) for word in final.words}
    assert words <= {"monday", "tuesday"}


@pytest.mark.parametrize("rate", [0, 44_100, 11_025, -8000])
def test_a_rate_that_makes_vosk_loop_or_lie_is_refused(rate: int) -> None:
    with pytest.raises(ModelError, match=str(rate)):
        engine("en").recogniser(rate)


@pytest.mark.parametrize("missing", ["am/final.mdl", "conf/model.conf", "conf/mfcc.conf"])
def test_what_a_model_lacks_is_named(missing: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODELS / "tiny-en", folder)
    (folder / missing).unlink()
    with pytest.raises(UnfitModel, match=missing.replace(".", r"\.")):
        VoskEngine(folder)


def test_words_to_expect_are_told_in_words_of_the_model() -> None:
    recording = sentence("zh")
    phrase = recording.text.replace(" ", "")
    recogniser = engine("zh").recogniser(recording.rate, (phrase, "魑魅魍魉"))
    heard = [*recogniser.accept(recording.pcm), *recogniser.finish()]
    assert [one.text for one in heard if isinstance(one, Final)] == [recording.text]
