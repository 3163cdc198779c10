"""Synthetic errors of recognition: repeatable, of about the rate that is asked for."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.noise import Noise
from callcoach.words.normalise import tokenise
from callcoach.words.pinyin import syllables

WORDS = "thank you for calling about your payment plan today i can not pay the balance a lot alot"
NOISE = Noise(WORDS.split())
TEXTS = st.text(st.sampled_from("thank you pays '’,.?您好谢谢还款金额1280 \n😀é"), max_size=60)
RATES = st.floats(0, 1)
ENGLISH = "Thank you for calling about your payment plan, I can't pay the balance today. " * 40
CHINESE = "您好，谢谢您来电，我们想跟您核对一下这笔分期的还款金额和日期。" * 40


@given(TEXTS, RATES, st.integers())
def test_the_same_seed_gives_the_same_noise(text: str, rate: float, seed: int) -> None:
    once = NOISE.corrupt(text, rate, Random(seed))
    assert NOISE.corrupt(text, rate, Random(seed)) == once


@given(TEXTS, st.integers())
def test_without_a_rate_a_text_stays_as_it_is(text: str, seed: int) -> None:
    assert NOISE.corrupt(text, 0, Random(seed)) == text


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_about_as_many_words_go_wrong_as_asked(text: str) -> None:
    for rate in (0.05, 0.1, 0.3):
        noisy = NOISE.corrupt(text, rate, Random(1))
        errors = distance(tokenise(text).words, tokenise(noisy).words)
        assert 0.6 * rate < errors / len(tokenise(text).words) < 1.5 * rate


def test_most_chinese_errors_sound_the_same_and_some_do_not() -> None:
    random = Random(3)
    wrong = [NOISE.corrupt("款", 1, random).strip() for _ in range(2000)]
    same = sum("kuan" in syllables(char) for char in wrong if len(char) == 1)
    assert 0.5 < same / len(wrong) < 0.62
    assert 0.07 < wrong.count("") / len(wrong) < 0.13


def test_it_writes_as_recognisers_do() -> None:
    noisy = NOISE.corrupt("Thank YOU, for calling!", 1e-9, Random(1))
    assert noisy == "thank you for calling"


def test_no_words_at_all_are_words_enough() -> None:
    assert isinstance(Noise(()).corrupt("hello there", 1, Random(1)), str)


def distance(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return the edit distance of two rows of words."""
    row = list(range(len(other) + 1))
    for at, word in enumerate(one, 1):
        above, row[0] = row[0], at
        for place, candidate in enumerate(other, 1):
            change = above + (word != candidate)
            above = row[place]
            row[place] = min(change, above + 1, row[place - 1] + 1)
    return row[-1]
