"""Word errors are counted as everybody counts them."""

import pytest

from models.tiny.score import word_errors


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ("a b c", "a b c", 0),
        ("a b c", "a c", 1),
        ("a b c", "a x c", 1),
        ("a b c", "a b b c", 1),
        ("a b c", "", 3),
        ("a b c d", "b c d a", 2),
        ("", "a b", 2),
    ],
)
def test_errors(said: str, heard: str, wrong: int) -> None:
    errors = word_errors([(said.split(), heard.split())])
    assert (errors.count, errors.said) == (wrong, len(said.split()))


def test_the_rate_is_over_all_words_not_over_sentences() -> None:
    errors = word_errors([(["a"], ["b"]), (["a"] * 9, ["a"] * 9)])
    assert errors.rate == pytest.approx(0.1)
