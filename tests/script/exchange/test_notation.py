"""Phrases between notations: nothing that was literal becomes a mark, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.exchange.notation import (
    AnyNumber,
    Space,
    Words,
    flatten,
    is_literal,
    literal,
    quote,
    texts_of,
)
from callcoach.words.normalise import tokenise
from callcoach.words.phrase import ANY_NUMBER, Gap, PhraseError, Sequence, sequences

MARKED = st.text(alphabet="ab 还款'3.…#()[]|?*+{}", min_size=1, max_size=20)


@given(st.one_of(MARKED, st.text(max_size=20)))
def test_a_literal_text_has_the_same_words_as_its_phrase(text: str) -> None:
    words = tokenise(text).words
    found = literal(text)
    if not words:
        assert found is None
    else:
        assert found is not None
        assert sequences(found.text.value) == (words,)
        assert is_literal(found.text.value)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Thank You", "Thank You"),
        ("good (morning)", "good morning"),
        ("a|b", "a b"),
        ("#1 in town", "1 in town"),
        ("so... no", "so no"),
        ("还款（本金）", "还款（本金）"),
        ("3.5 [percent]", "3.5 percent"),
    ],
)
def test_marks_are_taken_out_of_literal_texts(text: str, phrase: str) -> None:
    assert quote(text) == phrase


def tokens(phrase: str) -> set[Sequence]:
    """Return what a phrase stands for, by way of its flat rows."""
    found = set()
    for flat in flatten(phrase):
        row: list[str | Gap] = []
        for part in flat:
            match part:
                case Words(text):
                    row += tokenise(text).words
                case AnyNumber():
                    row.append(ANY_NUMBER)
                case Space(most):
                    row.append(Gap(most))
        found.add(tuple(row))
    return found


@given(st.text(alphabet="ab c还'3.#()[]|", min_size=1, max_size=24))
def test_a_phrase_read_by_its_parts_stands_for_what_it_stands_for(phrase: str) -> None:
    try:
        known = sequences(phrase)
    except PhraseError:
        with pytest.raises(PhraseError):
            flatten(phrase)
        return
    if len(known) < 50:
        assert tokens(phrase) == set(known)


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("I'm here", ("I'm here",)),
        ("I'm [still] here", ("I'm still here", "I'm here")),
        (
            "(thank you|thanks) [so much]",
            ("thank you so much", "thank you", "thanks so much", "thanks"),
        ),
        ("我(们|)是[这边]客服", ("我们是这边客服", "我们是客服", "我是这边客服", "我是客服")),
        ("pay ... now", None),
        ("owe #", None),
    ],
)
def test_texts_of_a_phrase(phrase: str, texts: tuple[str, ...] | None) -> None:
    assert texts_of(phrase) == texts


def test_too_many_texts_are_refused() -> None:
    with pytest.raises(PhraseError, match="more than 500 texts"):
        texts_of("[a] [b] [c] [d] [e] [f] [g] [h] [i] j")
    assert len(texts_of("[a] [b] [c] [d] [e] [f] [g] [h] j") or ()) == 256
