"""The sentences that the models learn from, and those kept back to test them."""

import random

import pytest

from models.tiny.phones import Language
from models.tiny.segment import segmenter
from models.tiny.templates import read_text
from models.tiny.texts import Texts, texts
from models.tiny.transcripts import transcript
from models.tiny.voices import test_cast as cast_kept_back
from models.tiny.voices import training_cast

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.fixture(scope="module", params=LANGUAGES)
def said(request: pytest.FixtureRequest) -> Texts:
    return texts(request.param)


def test_the_vocabulary_is_that_of_the_packs_calls(said: Texts) -> None:
    assert 400 <= len(said.vocabulary) <= 800
    assert list(said.vocabulary) == sorted(set(said.vocabulary))


def test_whatever_is_drawn_is_in_the_vocabulary(said: Texts) -> None:
    chance = random.Random(11)
    drawn = [said.draw(chance) for _ in range(3000)]
    assert all(drawn)
    assert {word for words in drawn for word in words} <= set(said.vocabulary)


def test_every_word_of_the_demo_is_in_the_vocabulary(said: Texts) -> None:
    turns = transcript("three_instalments", said.language)
    assert len(turns) > 20
    words = {word for turn in turns for sentence in turn.sentences for word in said.cut(sentence)}
    assert words <= set(said.vocabulary)


def test_sentences_kept_back_use_known_words_in_an_order_that_nothing_makes(said: Texts) -> None:
    novel = [said.cut(sentence) for sentence in read_text(f"novel_{said.language}.txt")]
    chance = random.Random(12)
    drawn = {said.draw(chance) for _ in range(5000)}
    assert len(novel) >= 20
    assert {word for words in novel for word in words} <= set(said.vocabulary)
    assert not drawn & set(novel)


def test_the_same_seed_draws_the_same(said: Texts) -> None:
    once, again = ([said.draw(chance) for _ in range(50)] for chance in map(random.Random, (3, 3)))
    assert once == again


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_telephone", [False, True])
def test_no_voice_that_tests_is_heard_in_training(language: Language, is_telephone: bool) -> None:
    heard, kept = training_cast(language), cast_kept_back(language, is_telephone=is_telephone)
    assert not set(heard.variants) & set(kept.variants)


def test_the_longest_word_is_cut_first_and_strangers_are_words_of_one_character() -> None:
    cutter = segmenter(["分期", "分", "下个月", "下"])
    assert list(cutter.cut("下个月分期吧分下")) == ["下个月", "分期", "吧", "分", "下"]
