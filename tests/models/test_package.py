"""The real Vosk reads what is written: a net made by hand hears loud and quiet."""

import wave
from pathlib import Path

import numpy as np
import pytest
from vosk import KaldiRecognizer, Model, SetLogLevel

from models.tiny.acoustics import acoustic_model
from models.tiny.compressed import Precision
from models.tiny.fst import Order
from models.tiny.grammar import bigram
from models.tiny.graph import PlacedPhones, lexicon_graph, word_numbers
from models.tiny.layers import Affine, balance
from models.tiny.lexicon import Pronunciation
from models.tiny.mfcc import CEPSTRA, RATE, mfcc
from models.tiny.package import model_files, write_files
from models.tiny.phones import SILENCE, PhoneSet
from models.tiny.score import decode
from models.tiny.wav import write_wav

_RARE = 1e-4
"""So dear that one burst is not taken for two words."""
_LEXICON = {"loud": (Pronunciation(("L",), _RARE),), "never": (Pronunciation(("N", "N"), _RARE),)}
_PHONES = PhoneSet((SILENCE, "L", "N"), {SILENCE: 0, "L": 1, "N": 2}, {}, frozenset())
_ROWS = 8
"""Of the hidden layer; two would do, but a column of one-byte weights is at least five long."""
BURSTS = ((0.6, 1.0), (1.8, 2.4), (3.0, 3.3))
"""When the test sound is loud, in seconds."""


def sound() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return four seconds of faint noise with loud bursts."""
    noise = np.random.default_rng(3).normal(0, 1, 4 * RATE)
    at = np.arange(len(noise)) / RATE
    is_loud = np.any([(start <= at) & (at < end) for start, end in BURSTS], axis=0)
    return noise * np.where(is_loud, 3000.0, 5.0)


def net() -> tuple[Affine, ...]:
    """Return a net that scores `L` where the first cepstrum is high and silence where it is low."""
    levels = mfcc(sound())[:, 0]
    middle = float((levels.max() + levels.min()) / 2)
    chance = np.random.default_rng(1)
    hidden = chance.normal(0, 1e-4, (_ROWS, CEPSTRA))
    hidden[0, 0], hidden[1, 0] = 1.0, -1.0
    bias = np.full(_ROWS, -100.0)
    bias[0], bias[1] = -middle, middle
    output = chance.normal(0, 1e-4, (3, _ROWS))
    output = np.concatenate([output, np.zeros((2, _ROWS))])
    output[1, 0], output[0, 1], output[2, :2] = 1.0, 1.0, -1.0
    return balance([Affine((0,), hidden, bias), Affine((0,), output, np.zeros(5))])


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wav") / "bursts.wav"
    write_wav(path, [sound()], RATE)
    return path


def write(folder: Path, precision: Precision) -> Model:
    """Return the hand-made model, written to a folder and read by Vosk."""
    SetLogLevel(-1)
    placed, words = PlacedPhones(_PHONES), word_numbers(tuple(_LEXICON))
    acoustic = acoustic_model(placed.outputs, net(), np.full(5, 0.2), precision)
    graph = lexicon_graph(_LEXICON, words, placed).written(Order.OUTPUT)
    grammar = bigram([("loud", "loud"), ("loud",), ("never",)], words).written(Order.BOTH)
    write_files(folder, model_files(acoustic, graph, grammar, words, placed))
    return Model(str(folder))


@pytest.mark.parametrize("precision", Precision)
def test_vosk_hears_each_burst_as_a_word_at_its_time(
    precision: Precision, heard: Path, tmp_path: Path
) -> None:
    words = decode(write(tmp_path, precision), heard)
    assert [word.word for word in words] == ["loud"] * len(BURSTS)
    for word, (start, end) in zip(words, BURSTS, strict=True):
        assert word.start == pytest.approx(start, abs=0.06)
        assert word.end == pytest.approx(end, abs=0.06)


def test_a_grammar_given_at_run_time_is_kept_to(heard: Path, tmp_path: Path) -> None:
    model = write(tmp_path, Precision.FLOAT)
    with wave.open(str(heard)) as file:
        samples = file.readframes(file.getnframes())
    recogniser = KaldiRecognizer(model, RATE, '["never"]')
    recogniser.AcceptWaveform(samples)
    assert "loud" not in recogniser.FinalResult()
