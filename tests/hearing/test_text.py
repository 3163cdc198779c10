"""Recognised words become a text, and doubtful ones keep their places in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.captured import SURE_FROM
from callcoach.hearing.heard import Word
from callcoach.hearing.text import joined
from callcoach.words.normalise import tokenise


def words(text: str, *confidence: float) -> list[Word]:
    """Return the words between the spaces of a text; those without a confidence are sure."""
    parts = text.split(" ")
    sure = [*confidence, *[1.0] * len(parts)]
    return [Word(part, at, at + 1.0, sure[at]) for at, part in enumerate(parts)]


@pytest.mark.parametrize(
    ("recognised", "text"),
    [
        ("we can confirm it", "we can confirm it"),
        ("请问 您 现在 月 收入", "请问您现在月收入"),
        ("用 app 还款", "用app还款"),
        ("don't pay 300", "don't pay 300"),
        ("𠮷 野家", "𠮷野家"),
        ("", ""),
    ],
)
def test_words_stand_together_as_people_write_them(recognised: str, text: str) -> None:
    assert joined(words(recognised))[0] == text


def test_doubtful_words_are_told_by_their_places() -> None:
    text, doubts = joined(words("you must pay now", 1.0, SURE_FROM, 0.2, 0.69))
    assert [(text[it.start : it.end], it.confidence) for it in doubts] == [
        ("pay", 0.2),
        ("now", 0.69),
    ]
    text, doubts = joined(words("我 要 起诉 你", 1.0, 1.0, 0.4))
    assert [(text[it.start : it.end], it.confidence) for it in doubts] == [("起诉", 0.4)]


WORD = st.one_of(
    st.text("abcdefghij'", min_size=1, max_size=6),
    st.text("你我他们还款", min_size=1, max_size=4),
    st.text("0123456789", min_size=1, max_size=3),
)


@given(st.lists(st.tuples(WORD, st.floats(0, 1)), max_size=12))
def test_joining_loses_no_word_and_doubts_are_its_words(given: list[tuple[str, float]]) -> None:
    heard = [Word(text, 0.0, 0.0, sure) for text, sure in given]
    text, doubts = joined(heard)
    assert tokenise(text).words == tokenise(" ".join(word.text for word in heard)).words
    unsure = [(word.text, word.confidence) for word in heard if word.confidence < SURE_FROM]
    assert [(text[it.start : it.end], it.confidence) for it in doubts] == unsure
