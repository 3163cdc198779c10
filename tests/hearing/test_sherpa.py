"""The real sherpa-onnx, with the tiny models: what is its own beside the port's contract."""

import shutil
from pathlib import Path

import pytest

from callcoach.hearing.heard import Final
from callcoach.hearing.models.unfit import UnfitModel
from callcoach.hearing.sherpa import SherpaEngine, hotwords
from tests.hearing.models.making import CHUNKS, onnx
from tests.hearing.recordings import MODELS, sentence
from tests.hearing.test_recogniser_contract import engine, feed, heard, words_of

TRANSDUCER, CTC = MODELS / "tiny-sherpa-en", MODELS / "tiny-sherpa-ctc-en"


@pytest.mark.parametrize(
    ("phrases", "is_in_capitals", "told"),
    [
        (["good morning", "ms wang"], False, "good morning/ms wang"),
        (["Good morning"], True, "GOOD MORNING"),
        (["don't worry"], False, "don't worry"),
        (["a/b:2 #x", "", "3.5", "您好"], False, "a b x/您好"),
        ([], False, ""),
    ],
)
def test_phrases_are_told_without_signs(
    phrases: list[str], is_in_capitals: bool, told: str
) -> None:
    assert hotwords(phrases, is_in_capitals) == told


def test_a_transducer_tells_how_sure_it_is_and_ctc_does_not() -> None:
    sure = [word.confidence for word in words_of(heard("sherpa-transducer"))]
    assert 0 < min(sure) < 1
    assert {word.confidence for word in words_of(heard("sherpa-ctc"))} == {1.0}


def test_a_phrase_changes_what_is_heard_but_keeps_nothing_out() -> None:
    recording = sentence("en")
    said = set(recording.text.split())
    found = []
    for phrases in ((), ("wednesday afternoon",), (recording.text,)):
        recogniser = engine("sherpa-transducer").recogniser(recording.rate, phrases)
        words = words_of([*feed(recogniser, recording.pcm), *recogniser.finish()])
        found.append([word.text for word in words])
    assert said & set(found[1]), "other phrases do not silence these words"
    right = [len(said & set(words)) for words in found]
    assert right[2] >= right[0]


def test_speech_without_a_pause_is_cut_after_twenty_seconds() -> None:
    recording = sentence("en", 3)
    first, last = recording.words[0][1], recording.words[-1][2]
    begin, end = (2 * int(recording.rate * at) for at in (first, last))
    pcm = recording.pcm[begin:end] * int(25 / (last - first))
    results = feed(engine("sherpa-ctc").recogniser(recording.rate), pcm)
    cut = [it for it in results if isinstance(it, Final)]
    assert len(cut) == 1
    assert 19 < cut[0].at < 22


@pytest.mark.parametrize("missing", ["decoder.int8.onnx", "joiner.int8.onnx", "tokens.txt"])
def test_what_a_model_lacks_is_named(missing: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(TRANSDUCER, folder)
    (folder / missing).unlink()
    with pytest.raises(UnfitModel, match=missing.partition(".")[0]):
        SherpaEngine(folder)


@pytest.mark.parametrize("model", [TRANSDUCER, CTC])
def test_a_net_that_is_damaged_inside_is_told(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    for net in folder.glob("*.onnx"):
        net.write_bytes(onnx(CHUNKS))
    with pytest.raises(UnfitModel, match="cannot be loaded"):
        SherpaEngine(folder)


@pytest.mark.parametrize("model", [TRANSDUCER, CTC])
def test_a_table_without_a_blank_is_no_model(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model, folder)
    tokens = folder / "tokens.txt"
    tokens.write_text(tokens.read_text(encoding="utf-8").replace("<blk>", "<no>"), encoding="utf-8")
    with pytest.raises(UnfitModel, match=r"tokens\.txt"):
        SherpaEngine(folder)
