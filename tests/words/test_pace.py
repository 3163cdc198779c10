"""How long a line takes to say, where nobody has measured it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.pace import CHINESE_PER_SECOND, ENGLISH_PER_SECOND, speaking_seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 0.5),
        ("Yes.", 0.5),
        ("Good morning, this is Anna.", 5 / 2.5),
        ("您好，我是安心分期的。", 9 / 4),
        ("您好 Anna", 2 / 4 + 1 / 2.5),
        ("It's due.", 3 / 2.5),
    ],
)
def test_english_is_counted_in_words_and_chinese_in_characters(text: str, seconds: float) -> None:
    assert speaking_seconds(text) == pytest.approx(seconds, abs=0.06)


def test_an_english_word_with_an_accent_is_a_word_and_not_a_chinese_character() -> None:
    assert speaking_seconds("my café " * 5) == speaking_seconds("my cafe " * 5)


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_words_never_take_less_time(one: str, other: str) -> None:
    together = speaking_seconds(f"{one} {other}")
    assert together >= max(speaking_seconds(one), speaking_seconds(other), 0.5)


@given(st.integers(min_value=1, max_value=200))
def test_time_grows_with_the_number_of_words(count: int) -> None:
    english = max(round(count / ENGLISH_PER_SECOND, 1), 0.5)
    chinese = max(round(count / CHINESE_PER_SECOND, 1), 0.5)
    assert speaking_seconds("word " * count) == english
    assert speaking_seconds("好" * count) == chinese
