"""The parts of the builder of the models for sherpa-onnx; the whole is in `test_sherpa_build`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sherpa.corpus import begins_of
from models.sherpa.fbank import BANDS, SILENT, fbank
from models.sherpa.pieces import BEGIN, Pieces, count_words, learn_pieces
from models.tiny.lexicon import Timed
from models.tiny.mfcc import mfcc

WORDS = {"pay": 9, "payment": 7, "paying": 2, "day": 5, "today": 3}


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return learn_pieces(WORDS, 24)


def test_frequent_words_become_one_piece(pieces: Pieces) -> None:
    assert pieces.cut("pay") == ("▁pay",)
    assert "".join(pieces.cut("payday")) == "▁payday"
    assert len(pieces.tokens) == len(set(pieces.tokens)) == 24


@given(st.text("paymentigdo", min_size=1, max_size=12))
def test_pieces_spell_every_word_of_known_letters(word: str) -> None:
    learnt = learn_pieces(WORDS, 24)
    cut = learnt.cut(word)
    assert "".join(cut) == BEGIN + word
    assert [learnt.tokens[number] for number in learnt.numbers(word)] == list(cut)


def test_tables_name_every_token_once(pieces: Pieces) -> None:
    rows = [line.split(" ") for line in pieces.table().splitlines()]
    assert [int(number) for _, number in rows] == list(range(24))
    assert rows[0] == ["<blk>", "0"]
    scores = dict(line.split("\t") for line in pieces.vocabulary().splitlines())
    assert set(scores) == set(pieces.tokens)
    assert float(scores["ay"]) > float(scores["▁pay"]) > float(scores["▁payment"])
    assert float(scores["▁payment"]) > float(scores["y"]), "letters come last"


def test_every_word_of_the_vocabulary_counts() -> None:
    counts = count_words([("pay", "today"), ("pay",)], ("pay", "instalment"))
    assert counts == {"pay": 5, "today": 1, "instalment": 3}


def test_pieces_begin_in_their_word(pieces: Pieces) -> None:
    words = (Timed("pay", 0.5, 0.9), Timed("payday", 1.0, 1.6))
    tokens, begins = begins_of(words, pieces)
    assert len(tokens) == len(begins) == 1 + len(pieces.cut("payday"))
    assert begins[:2] == [0.5, 1.0]
    assert begins == sorted(begins)
    assert begins[-1] < 1.6


@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (399, 0), (400, 3), (16_000, 100)])
def test_a_frame_stands_for_every_hundredth_of_a_second(samples: int, frames: int) -> None:
    assert fbank(np.zeros(samples)).shape == (frames, BANDS)
    assert (fbank(np.zeros(samples)) == np.float32(SILENT)).all()


def test_energies_tell_where_a_tone_is() -> None:
    seconds = np.arange(16_000) / 16_000
    loudest = [
        int(fbank(8000 * np.sin(2 * np.pi * hertz * seconds))[50].argmax())
        for hertz in (200, 1000, 4000)
    ]
    assert loudest == sorted(loudest)
    assert len(set(loudest)) == 3


def test_energies_are_those_that_the_cepstra_come_from() -> None:
    """Both modules follow Kaldi: the mean over the bands moves with the first cepstrum."""
    sound = np.random.default_rng(1).standard_normal(16_000) * np.linspace(10, 3000, 16_000)
    cepstra, energies = mfcc(sound)[:, 0], fbank(sound).mean(axis=1)[: len(mfcc(sound))]
    assert np.corrcoef(cepstra, energies)[0, 1] > 0.99
