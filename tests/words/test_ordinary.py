"""Common English words, what is derived from them, and slips of the hand."""

import pytest

from callcoach.words.ordinary import is_ordinary, is_slip, ordinary_words


@pytest.mark.parametrize(
    "word", ["pay", "paying", "paid", "stopped", "happily", "policies", "okay", "instalments"]
)
def test_common_words_and_their_forms_are_ordinary(word: str) -> None:
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["kumar", "sameer", "shackleford", "harini", "okonkwo", "xkj"])
def test_names_and_codes_are_not(word: str) -> None:
    assert not is_ordinary(word)


@pytest.mark.parametrize("word", ["morninig", "acount", "thakns", "byeee", "sorrry", "addres"])
def test_a_slip_is_one_edit_from_a_word_of_the_trade(word: str) -> None:
    assert is_slip(word)


@pytest.mark.parametrize("word", ["kumar", "harini", "shan", "rosa"])
def test_a_name_is_no_slip(word: str) -> None:
    assert not is_slip(word)


def test_the_table_is_large_and_in_small_letters() -> None:
    words = ordinary_words()
    assert len(words) > 15_000
    assert all(word == word.lower() for word in words)
