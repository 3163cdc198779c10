"""Which of several stretches of words tells most of why something was noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import tokenise
from callcoach.words.telling import telling

MORE = (
    ("take you to court", "no option but"),
    ("attempt to collect", "it's about"),
    ("逾期六十天", "您"),
    ("神经病", "横什么"),
    ("didn't pay", "you"),
    ("Perfect", "6011 0009 9013 9424"),
    ("出生年份", "一九八五年"),
)


@pytest.mark.parametrize(("more", "less"), MORE)
def test_some_words_tell_more_than_others(more: str, less: str) -> None:
    assert telling(tokenise(more).words) > telling(tokenise(less).words)


@pytest.mark.parametrize("nothing", ["", "you have it", "I don't", "您的", "我也是的"])
def test_small_words_tell_nothing(nothing: str) -> None:
    assert telling(tokenise(nothing).words) == 0


@given(st.lists(st.sampled_from(["court", "the", "bailiffs", "钱", "的", "300"]), max_size=12))
def test_more_words_never_tell_less(words: list[str]) -> None:
    assert telling(words[1:]) <= telling(words) <= telling([*words, "court"])
